"""A page of a draft as residents would see it. It can be filled in and follows the answers; nothing is kept."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from forms_engine import languages
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.forms import form_for
from forms_engine.spec import FormSpec
from schemas import check
from schemas.translations import text_of

POLICY = "; ".join(
    f"{directive} {sources}"
    for directive, sources in {**settings.CONTENT_SECURITY_POLICY, "frame-ancestors": "'self'"}.items()
)


@xframe_options_sameorigin
@require_http_methods(["GET", "HEAD", "POST"])
@for_builders
def preview(request: BuilderRequest, draft_id: Any, page_key: str) -> HttpResponse:
    """The page, with the answers that were posted to it, in the language that was asked for, at first in Japanese."""
    document = manuscript_or_404(request.user, draft_id).document
    asked = request.GET.get("language", "")
    language = asked if languages.is_language(asked) else "ja"
    with translation.override(languages.interface(language)):
        response = render(request, "builder_desk/preview.html", _context(request, document, page_key, language))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def _context(request: BuilderRequest, document: dict[str, Any], page_key: str, language: str) -> dict[str, Any]:
    common = {"title": document.get("title", ""), "spoken": language}
    try:
        return common | _page(request, document, page_key, language)
    except Exception:  # a draft may be anything; what is wrong with it stands in the list of problems
        if not check(document):
            raise
        return common | {"trouble": _("この画面は、まだ表示できません。下の「直すところ」を見てください。")}


def _page(request: BuilderRequest, document: dict[str, Any], page_key: str, language: str) -> dict[str, Any]:
    spec = FormSpec.load(_part(document, page_key))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = form_for(spec, page_key, {}, language=language, data=data, files=files)
    place, page = next((at, one) for at, one in enumerate(document["pages"]) if one["key"] == page_key)
    words = {name: text_of(document, f"/pages/{place}/{name}", language) for name in ("title", "description")}
    return {"form": form, "page": {**page, **words}, "html": form.html}


def _part(document: dict[str, Any], page_key: str) -> dict[str, Any]:
    """The document with pages that have no field yet left out, but for this one."""
    pages = [page for page in document["pages"] if page["key"] == page_key or page["fields"]]
    return {**document, "pages": pages}
