"""The definition itself (定義), for experts: JSON, checked as it is typed, put in as one edit."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms_engine import manuscripts
from forms_engine.builder_desk.editor import shown
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.builder_desk.places import Place
from forms_engine.manuscripts import Manuscript
from schemas import Problem, check
from schemas.definitions import is_storable
from schemas.metaschemas import shape_problems
from schemas.pointers import parts

PLACE = Place(tab="source")
LARGEST = 2_000_000


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and its line in the text; 0 where it has none."""

    message: str
    line: int = 0


class Unreadable(ValueError):
    """The text is not the definition of this form; ``finding`` says why."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.finding = Finding(message, line)


@require_POST
@for_builders
def source_check(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """What is wrong with the text as it stands, line by line; nothing is kept."""
    draft = manuscript_or_404(request.user, draft_id)
    return render(request, "builder_desk/_findings.html", {"findings": findings(draft, request.POST.get("source", ""))})


@require_POST
@for_builders
def replace(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """Put the text into the draft, if it can be read and nobody else has changed the draft meanwhile."""
    draft, text = manuscript_or_404(request.user, draft_id), request.POST.get("source", "")
    try:
        document = read(draft, text)
    except Unreadable as wrong:
        return _refused(request, draft, text, wrong.finding.message)
    if request.POST.get("serial") != str(draft.serial):
        return _refused(request, draft, text, Problem("", "edit_stale").message(_language()))
    manuscripts.replace(draft, document, request.user)
    return redirect(f"{reverse('builder:editor', args=[draft.pk])}{PLACE.query}")


def findings(draft: Manuscript, text: str) -> list[Finding]:
    """Everything that is wrong with a text."""
    try:
        document = read(draft, text)
    except Unreadable as wrong:
        return [wrong.finding]
    lines = dict(_lines(text))
    return [Finding(one.message(_language()), _line_of(one.pointer, lines)) for one in check(document)]


def read(draft: Manuscript, text: str) -> dict[str, Any]:
    """The document that the text is. Raises Unreadable, also where the editor could not show it."""
    if len(text) > LARGEST:
        raise Unreadable(_("定義が大きすぎます。"))
    try:
        document = json.loads(text)
    except json.JSONDecodeError as wrong:
        raise Unreadable(_("JSONとして読めません（%(why)s）") % {"why": wrong.msg}, wrong.lineno) from wrong
    except RecursionError as wrong:
        raise Unreadable(_("入れ子が深すぎます。")) from wrong
    except ValueError as wrong:
        raise Unreadable(_("定義の形が違います。")) from wrong
    if not is_storable(document):
        raise Unreadable(_("定義の形が違います。"))
    if not isinstance(document, dict) or document.get(draft.kind) != draft.key:
        words = _("「%(kind)s」は「%(key)s」のままにしてください。") % {"kind": draft.kind, "key": draft.key}
        raise Unreadable(words, 1)
    try:
        problem = next((one for one in check(document) if one.code.startswith("definition_type")), None)
    except RecursionError as wrong:
        raise Unreadable(_("入れ子が深すぎます。")) from wrong
    if problem is not None or not (_has_shape(document) if draft.is_form else _is_route(document)):
        raise Unreadable(problem.message(_language()) if problem else _("定義の形が違います。"))
    return document


def _has_shape(document: dict[str, Any]) -> bool:
    """Whether the editor finds what it counts on."""
    pages, schema = document.get("pages"), document.get("schema")
    is_paged = isinstance(pages, list) and bool(pages) and all(_is_page(page) for page in pages)
    return is_paged and isinstance(schema, dict) and isinstance(schema.get("properties"), dict)


def _is_route(document: dict[str, Any]) -> bool:
    """Whether the editor of routes finds what it counts on: anything that is wrong with the shape is refused here."""
    return isinstance(document.get("steps"), list) and not shape_problems("workflow", document)


def _is_page(page: Any) -> bool:
    return isinstance(page, dict) and {"key", "title"} <= set(page) and isinstance(page.get("fields"), list)


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Where each name first stands in the text; enough to find a place by the last names of its pointer."""
    for number, line in enumerate(text.splitlines(), 1):
        name = line.strip().partition(":")[0].strip()
        if name.startswith('"') and name.endswith('"'):
            yield name.strip('"'), number


def _line_of(pointer: str, lines: dict[str, int]) -> int:
    path = parts(pointer) if pointer.startswith("/") else []
    return next((lines[name] for name in reversed(path) if name in lines), 0)


def _refused(request: BuilderRequest, draft: Manuscript, text: str, said: str) -> HttpResponse:
    now = json.dumps(draft.document, ensure_ascii=False, indent=2)
    return shown(request, draft, PLACE, {"said": said, "source": text, "source_now": now}, 422)


def _language() -> str:
    return get_language() or "ja"
