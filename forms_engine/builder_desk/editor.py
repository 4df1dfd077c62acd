"""The editor of a form: structure, the page as residents see it, and what can be set of the selected thing."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forms_engine import manuscripts
from forms_engine.builder_desk import wishes
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.builder_desk.properties import field_properties
from forms_engine.builder_desk.structure import structure
from forms_engine.manuscripts import EditConflict, Manuscript
from schemas.editing import CommandRefused
from schemas.editing.palette import PARTS
from schemas.formulas import FormulaRefused, Names, read_formula
from schemas.pointers import MISSING


@require_safe
@for_builders
def editor(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """The whole editor; its panes alone for the script that asks for them."""
    draft = manuscript_or_404(request.user, draft_id)
    return _shown(request, draft, request.GET.get("page", ""), request.GET.get("field", ""))


@require_POST
@for_builders
def edit(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """One command on the draft, kept at once; what does not fit is said beside what was typed."""
    draft, posted = manuscript_or_404(request.user, draft_id), request.POST
    before = set(structure(draft.document).homes)
    try:
        draft = manuscripts.edit(draft, _command(draft, request), request.user, wishes.seen(posted))
    except CommandRefused as refused:
        return _refused(request, draft, refused.problem.message(_language()))
    except FormulaRefused as refused:
        return _refused(request, draft, refused.problem.message(_language()))
    except EditConflict as conflict:
        return _refused(request, draft, _conflict_words(conflict))
    new = [key for key in structure(draft.document).homes if key not in before]
    return _after(request, draft, new[0] if new else posted.get("selected", ""))


@require_POST
@for_builders
def undo(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Take the last edit back."""
    draft = manuscript_or_404(request.user, draft_id)
    manuscripts.undo(draft)
    return _after(request, draft, request.POST.get("selected", ""))


@require_POST
@for_builders
def redo(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Let the edit that was taken back last count again."""
    draft = manuscript_or_404(request.user, draft_id)
    manuscripts.redo(draft)
    return _after(request, draft, request.POST.get("selected", ""))


def _command(draft: Manuscript, request: BuilderRequest) -> dict[str, Any]:
    """The posted command; a formula is read into the calculation that it means."""
    if "formula" not in request.POST:
        return wishes.command(request.POST)
    expression = read_formula(request.POST["formula"], Names(draft.document))
    return {"do": "calculate", "field": request.POST.get("field", ""), "expression": expression}


def _conflict_words(conflict: EditConflict) -> str:
    who = conflict.by or _("ほかの人")
    if conflict.value is MISSING:
        return _("%(who)s が先に変えたため、保存していません。今の内容を確かめてから、もう一度変えてください。") % {
            "who": who
        }
    params = {"who": who, "value": conflict.value}
    return (
        _("%(who)s が先に「%(value)s」に変えたため、保存していません。確かめてから、もう一度変えてください。") % params
    )


def _refused(request: BuilderRequest, draft: Manuscript, said: str) -> HttpResponse:
    """The editor as it is, with why nothing was kept, and what was typed."""
    draft.refresh_from_db()
    typed = next((request.POST[name] for name in ("formula", "title", "value", "text") if request.POST.get(name)), "")
    page, field = request.POST.get("page_shown", ""), request.POST.get("selected", "")
    return _shown(request, draft, page, field, {"said": said, "typed": typed}, 422)


def _after(request: BuilderRequest, draft: Manuscript, field: str) -> HttpResponse:
    """Where a builder is after an edit: the panes for the script, else the editor's address again."""
    page = request.POST.get("page_shown", "")
    if "HX-Request" in request.headers:
        draft.refresh_from_db()
        return _shown(request, draft, page, field)
    chosen = {name: value for name, value in (("page", page), ("field", field)) if value}
    return redirect(f"{reverse('builder:editor', args=[draft.pk])}?{urlencode(chosen)}")


def _shown(
    request: BuilderRequest,
    draft: Manuscript,
    page: str,
    field: str,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    document = draft.document
    shown = structure(document, _language())
    chosen = field_properties(document, shown, field, _language()) if field else None
    current = (shown.page_of(field) if chosen else None) or shown.page(page) or next(iter(shown.pages), None)
    context = {
        "draft": draft,
        "document": document,
        "structure": shown,
        "page": current,
        "field": chosen,
        "parts": PARTS,
        "language": _language(),
        "can_redo": draft.can_redo(),
        **(more or {}),
    }
    template = "builder_desk/_panes.html" if "HX-Request" in request.headers else "builder_desk/editor.html"
    return render(request, template, context, status=status)


def _language() -> str:
    return get_language() or "ja"
