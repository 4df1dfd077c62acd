"""Publication (公開) of a draft: the checklist, what changes for residents and staff, and the act itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forms_engine import definitions
from forms_engine.applications import Application
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.definitions import DefinitionRefused, FormVersion
from forms_engine.manuscripts import Manuscript
from schemas import Problem, check
from schemas.differences import Difference, differences
from schemas.pointers import parts
from workflows.capacities import PUBLISHER, has_capacity
from workflows.definitions import WorkflowVersion
from workflows.definitions import current as current_workflow


@dataclass(frozen=True)
class Told:
    """One problem in words, and what in the editor it is about."""

    message: str
    page: str = ""
    field: str = ""


@require_safe
@for_builders
def problems(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """What still stands in the way of publishing, as a part of the editor."""
    draft = manuscript_or_404(request.user, draft_id)
    context = {"draft": draft, "problems": list(told(draft))}
    return render(request, "builder_desk/_problems.html", context)


@require_safe
@for_builders
def publication(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """The checklist, the differences to what is published, and how many applications are under way."""
    draft = manuscript_or_404(request.user, draft_id)
    newest = _newest(draft)
    context = {
        "draft": draft,
        "problems": list(told(draft)),
        "version": newest,
        "differences": [one.message(_language()) for one in _changed(draft, newest)],
        "running": _running(draft),
        "may_publish": has_capacity(request.user, PUBLISHER, draft.department_key),
    }
    return render(request, "builder_desk/publication.html", context)


@require_POST
@for_builders
def publish(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Make the draft a version. Only for who may publish for its department."""
    draft = manuscript_or_404(request.user, draft_id)
    if not has_capacity(request.user, PUBLISHER, draft.department_key):
        raise PermissionDenied
    try:
        version = definitions.publish(draft.document, request.user)
    except DefinitionRefused:
        messages.error(request, _("直すところが残っているため、公開していません。"))
        return redirect("builder:publication", draft.pk)
    Manuscript.objects.filter(pk=draft.pk).update(version_number=version.number)
    messages.success(request, _("第%(number)s版として公開しました。") % {"number": version.number})
    return redirect("builder:publication", draft.pk)


def told(draft: Manuscript) -> Iterator[Told]:
    """Everything that stands in the way, each with the place in the editor where it is put right."""
    document = draft.document
    for problem in [*check(document), *_unrouted(document)]:
        yield Told(problem.message(_language()), *_place(problem, document))


def _unrouted(document: dict[str, Any]) -> Iterator[Problem]:
    key = document.get("procedure", {}).get("workflow", "")
    try:
        current_workflow(key)
    except WorkflowVersion.DoesNotExist:
        yield Problem("/procedure/workflow", "form_unrouted", {"key": key})


def _place(problem: Problem, document: dict[str, Any]) -> tuple[str, str]:
    """The page and the field that a pointer into the document is about."""
    path = parts(problem.pointer) if problem.pointer.startswith("/") else []
    if path[:1] == ["pages"] and len(path) > 1 and path[1].isdigit() and int(path[1]) < len(document.get("pages", ())):
        return document["pages"][int(path[1])]["key"], ""
    if path[:1] in (["calculations"], ["presentation"]) and len(path) > 1:
        return "", path[1]
    return "", path[path.index("properties") + 1] if "properties" in path[:-1] else ""


def _newest(draft: Manuscript) -> FormVersion | None:
    return FormVersion.objects.of(draft.key).select_related("definition").order_by("-number").first()


def _changed(draft: Manuscript, newest: FormVersion | None) -> list[Difference]:
    return differences(newest.document, draft.document) if newest else []


def _running(draft: Manuscript) -> int:
    """Applications under way, which stay on the version that they began on."""
    return Application.objects.filter(form_version__definition__key=draft.key, closed_at=None).count()


def _language() -> str:
    return get_language() or "ja"
