"""A page of a draft as residents would see it. It can be filled in and follows the answers; nothing is kept."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.forms import form_for
from forms_engine.spec import FormSpec
from schemas import check

POLICY = "; ".join(
    f"{directive} {sources}"
    for directive, sources in {**settings.CONTENT_SECURITY_POLICY, "frame-ancestors": "'self'"}.items()
)
#: What can be wrong with a draft without the pages of it that are right being impossible to show.
UNFINISHED = frozenset({"field_on_no_page", "definition_empty", "translation_of_nothing"})


@xframe_options_sameorigin
@require_http_methods(["GET", "HEAD", "POST"])
@for_builders
def preview(request: BuilderRequest, draft_id: Any, page_key: str) -> HttpResponse:
    """The page, with the answers that were posted to it."""
    document = manuscript_or_404(request.user, draft_id).document
    context: dict[str, Any] = {"title": document.get("title", "")}
    try:
        context |= _page(request, document, page_key)
    except Exception:  # a draft may be anything; what is wrong with it stands in the list of problems
        if not check(document):
            raise
        context["trouble"] = _("この画面は、まだ表示できません。下の「直すところ」を見てください。")
    response = render(request, "builder_desk/preview.html", context)
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _page(request: BuilderRequest, document: dict[str, Any], page_key: str) -> dict[str, Any]:
    spec = FormSpec.load(_part(document, page_key))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_for(spec, page_key, {}, language=get_language() or "ja", data=data, files=files)
    page = next(one for one in document["pages"] if one["key"] == page_key)
    return {"form": form, "page": page, "html": form.html}


def _part(document: dict[str, Any], page_key: str) -> dict[str, Any]:
    """The document with this page first, so that one which has no field yet can be shown too."""
    pages = [page for page in document["pages"] if page["key"] == page_key or page["fields"]]
    return {**document, "pages": pages}
