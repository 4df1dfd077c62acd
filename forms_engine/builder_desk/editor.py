"""The editor of a form: structure, the page as residents see it, and what can be set of the selected thing."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forms_engine import manuscripts, unfinished
from forms_engine.builder_desk import (
    company,
    conflicts,
    field_kinds,
    history,
    keystrokes,
    moves,
    route_moves,
    route_tabs,
    route_wishes,
    tabs,
    wishes,
)
from forms_engine.builder_desk.contents import image_of
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.builder_desk.places import Place
from forms_engine.builder_desk.route_facts import facts_of
from forms_engine.edits import Edit
from forms_engine.manuscripts import EditConflict, Manuscript, UndoUnseen
from schemas.editing import CommandRefused
from schemas.formulas import FormulaRefused


@require_safe
@for_builders
def editor(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """The whole editor; its panes alone for the script that asks for them."""
    return shown(request, manuscript_or_404(request.user, draft_id), Place.read(request.GET))


@require_POST
@for_builders
def edit(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """One command on the draft, kept at once; what does not fit is said beside what was typed."""
    draft, place = manuscript_or_404(request.user, draft_id), Place.read(request.POST)
    before = draft.document
    try:
        command = _command(request, before) if draft.is_form else _route_command(request, before)
        seen, typing = wishes.seen(request.POST), keystrokes.typing(request.POST)
        with transaction.atomic():
            draft = manuscripts.edit(draft, command, request.user, seen, typing)
            keystrokes.finish(draft, request.user, request.POST)
    except (CommandRefused, FormulaRefused) as refused:
        return _refused(request, draft, place, {"said": refused.problem.message(_language())})
    except EditConflict as conflict:
        return _refused(request, draft, place, {"conflict": conflicts.of(conflict, request.POST)})
    if keystrokes.is_typed(request.POST):
        return keystrokes.kept(draft, request.POST)
    after, rules = draft.document, moves if draft.is_form else route_moves
    place = rules.following(place, command, before, after)
    changed = field_kinds.told(command, before, after)
    return _after(request, draft, place, changed or rules.announced(command, after), changed)


@require_POST
@for_builders
def undo(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Take the last edit back, and say which."""
    draft = manuscript_or_404(request.user, draft_id)
    try:
        turned = manuscripts.undo(draft, request.user, company.moment(request.POST.get("since", "")))
    except UndoUnseen as unseen:
        said = _("%(what)s　この操作を元に戻すには、もう一度「元に戻す」を押してください。")
        words = company.in_words(unseen.edit, draft)
        return _refused(request, draft, Place.read(request.POST), {"said": said % {"what": words}})
    return _turned(request, draft, turned, _("元に戻しました：%(words)s"))


@require_POST
@for_builders
def redo(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Let the edit that was taken back last count again, and say which."""
    draft = manuscript_or_404(request.user, draft_id)
    return _turned(request, draft, manuscripts.redo(draft, request.user), _("やり直しました：%(words)s"))


def _turned(request: BuilderRequest, draft: Manuscript, turned: Edit | None, sentence: str) -> HttpResponse:
    before = draft.document
    draft.refresh_from_db()
    words = sentence % {"words": history.in_words(turned, before)} if turned else ""
    if words and "HX-Request" not in request.headers:
        messages.success(request, words)
    return _after(request, draft, Place.read(request.POST), words)


def _command(request: BuilderRequest, document: dict[str, Any]) -> dict[str, Any]:
    """The posted command; a press of ↑ or ↓ is a move, an uploaded image its data."""
    if "move" in request.POST:
        return moves.one_move(document, request.POST["move"])
    command = wishes.command(request.POST, document)
    image = request.FILES.get("image")
    if command["do"] == "set_content" and image is not None:
        command["value"] = image_of(image)
    return command


def _route_command(request: BuilderRequest, document: dict[str, Any]) -> dict[str, Any]:
    if "move" in request.POST:
        return route_moves.one_move(document, request.POST["move"])
    return route_wishes.command(request.POST, document, facts_of(document))


def _refused(request: BuilderRequest, draft: Manuscript, place: Place, why: dict[str, Any]) -> HttpResponse:
    """The editor as it is, with why nothing was kept, and what was typed."""
    if keystrokes.is_typed(request.POST):
        return keystrokes.not_kept()
    draft.refresh_from_db()
    typed = next((request.POST[name] for name in conflicts.TYPED if request.POST.get(name)), "")
    context = {"typed": typed, "setting_id": request.POST.get("setting", ""), **why}
    return shown(request, draft, place, context, 422)


def _after(request: BuilderRequest, draft: Manuscript, place: Place, told: str = "", changed: str = "") -> HttpResponse:
    """Where a builder is after an edit: the panes for the script, else the editor's address again."""
    if "HX-Request" not in request.headers:
        if changed:
            messages.success(request, changed)
        return redirect(f"{reverse('builder:editor', args=[draft.pk])}{place.query}")
    response = shown(request, draft, place, {"changed": changed})
    response.headers["HX-Push-Url"] = f"{reverse('builder:editor', args=[draft.pk])}{place.query}"
    if told:
        response.headers["HX-Trigger"] = json.dumps({"told": told})
    return response


def shown(
    request: BuilderRequest, draft: Manuscript, place: Place, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The editor at a place."""
    document, language, its = draft.document, _language(), tabs if draft.is_form else route_tabs
    place = place if place.tab in dict(its.titles()) else place.at(tab="fields")
    context = {
        "draft": draft,
        "document": document,
        "place": place,
        "tabs": its.titles(),
        "tab_template": f"builder_desk/tabs/{_template(draft, place)}.html",
        "language": language,
        "can_redo": draft.can_redo(),
        **its.context(draft, document, place, language),
        **(more or {}),
    }
    if "HX-Request" in request.headers:
        return render(request, "builder_desk/_panes.html", context, status=status)
    context["unfinished"] = unfinished.texts_of(draft, request.user)
    return render(request, "builder_desk/editor.html", context, status=status)


def _template(draft: Manuscript, place: Place) -> str:
    return "route" if place.tab == "fields" and not draft.is_form else place.tab


def _language() -> str:
    return get_language() or "ja"
