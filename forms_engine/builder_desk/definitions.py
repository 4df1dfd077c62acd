"""The list of definitions: what is published, what is being worked on, and how a new one is begun."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

import schemas
from forms_engine import manuscripts
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscripts_of
from forms_engine.definitions import FormDefinition, FormVersion
from forms_engine.manuscripts import Manuscript, ManuscriptExists
from schemas.editing.field_commands import KEY
from workflows.capacities import BUILDER, departments_for
from workflows.staff import Department

EMPTY_PAGE = {"key": "page-1", "title": "はじめの画面", "fields": []}


@dataclass(frozen=True)
class Entry:
    """One form as the list shows it: published, being worked on, or both."""

    key: str
    title: str
    department: str
    version: int | None
    draft: Manuscript | None


@require_safe
@for_builders
def definitions(request: BuilderRequest) -> HttpResponse:
    """Every form that may be worked on, and what a new one can be made of."""
    context = {
        "entries": _entries(request),
        "starters": [(name, schemas.starter("forms", name)["title"]) for name in schemas.starters("forms")],
        "departments": _departments(request),
    }
    return render(request, "builder_desk/definitions.html", context)


@require_POST
@for_builders
def begin(request: BuilderRequest) -> HttpResponse:
    """A new draft: empty, of a starter, or of what is published under a key."""
    department = request.POST.get("department", "")
    if department not in {one.key for one in _departments(request)}:
        messages.error(request, _("担当課を選んでください。"))
        return redirect("builder:definitions")
    document, version = _document(request.POST.get("of", ""), request.POST, department)
    if document is None:
        messages.error(
            request, _("名前と記号を入力してください。記号は英小文字で始め、英小文字・数字・下線だけで書きます。")
        )
        return redirect("builder:definitions")
    try:
        draft = manuscripts.begin(document, department, request.user, version)
    except ManuscriptExists as exists:
        messages.info(request, _("この記号の下書きはもうあります。"))
        draft = exists.draft
    return (
        redirect("builder:editor", draft.pk)
        if manuscripts_of(request.user).filter(pk=draft.pk)
        else redirect("builder:definitions")
    )


def _document(of: str, posted: Any, department: str) -> tuple[dict[str, Any] | None, int | None]:
    """What the draft begins as, and the number of the version that it comes from."""
    kind, _sign, name = of.partition(":")
    if kind == "version":
        found = FormVersion.objects.of(name).select_related("definition").order_by("-number").first()
        return (dict(found.document), found.number) if found else (None, None)
    key, title = posted.get("key", "").strip(), posted.get("title", "").strip()
    if not KEY.match(key):
        return None, None
    if kind == "starter" and name in schemas.starters("forms"):
        starter = schemas.starter("forms", name)
        return {**starter, "form": key, "title": title or starter["title"]}, None
    return (_empty(key, title, department), None) if title else (None, None)


def _empty(key: str, title: str, department: str) -> dict[str, Any]:
    procedure = {
        "kind": "application", "mode": "online_complete", "identity": "L1", "workflow": "",
        "department": department, "period": {"working_days": 5}, "retention_years": 5,
    }  # fmt: skip
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {}}
    return {"form": key, "title": title, "schema": schema, "pages": [EMPTY_PAGE], "procedure": procedure}


def _entries(request: BuilderRequest) -> list[Entry]:
    working = {draft.key: draft for draft in manuscripts_of(request.user).forms()}
    newest = {version.definition.key: version for version in FormVersion.objects.current().select_related("definition")}
    published = [
        Entry(
            one.key,
            one.title,
            newest[one.key].document["procedure"]["department"],
            newest[one.key].number,
            working.pop(one.key, None),
        )
        for one in FormDefinition.objects.all()
        if one.key in newest
    ]
    new = [Entry(draft.key, draft.title, draft.department_key, None, draft) for draft in working.values()]
    return sorted([*new, *published], key=lambda entry: (entry.draft is None, entry.title))


def _departments(request: BuilderRequest) -> list[Department]:
    allowed = departments_for(request.user, BUILDER)
    return [one for one in Department.objects.all() if allowed is None or one.key in allowed]
