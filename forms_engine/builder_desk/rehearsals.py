"""Trying a whole draft (試す): what synthetic applicants came to, one of them looked at, and past applications."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forms_engine import readout
from forms_engine.archive import rehearsal as paper
from forms_engine.builder_desk.checklist import place_of
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.builder_desk.places import Place
from forms_engine.rehearsals import findings
from forms_engine.rehearsals.findings import Finding
from forms_engine.rehearsals.rehearsal import Rehearsal, rehearse, varied
from forms_engine.replays import NAMED, replay
from schemas import Problem, check
from schemas.applicants import Applicant
from workflows.routable import Section

#: Combinations beyond this are not counted to the last.
MANY = 10_000


@require_safe
@for_builders
def report(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """What was found, in words with links; a part of the editor for the script, else a page."""
    draft = manuscript_or_404(request.user, draft_id)
    document = draft.document
    context = {"draft": draft, "has_problems": bool(check(document))}
    if not context["has_problems"]:
        context |= _told(rehearse(document, localdate()), document)
    is_part = "HX-Request" in request.headers
    return render(request, f"builder_desk/{'_rehearsal' if is_part else 'rehearsal'}.html", context)


@require_safe
@for_builders
def applicant(request: BuilderRequest, draft_id: Any, number: int) -> HttpResponse:
    """One synthetic applicant: the answers as who decides would read them, and the way that the case would take."""
    draft = manuscript_or_404(request.user, draft_id)
    found, one = _found(draft.document, number)
    way, language = found.course_of(one), _language()
    titles = {step.key: step.title or step.key for step in found.route.every_step()} if found.route else {}
    context = {
        "draft": draft,
        "number": number,
        "one": one,
        "varied": varied(found.spec, one, language),
        "sections": _read_out(found, one, language),
        "stopped": [problem.message(language) for problem in one.stopped],
        "steps": [titles.get(key, key) for key in way.steps] if way else [],
        "way": way,
    }
    return render(request, "builder_desk/applicant.html", context)


@require_safe
@for_builders
def document(request: BuilderRequest, draft_id: Any, number: int) -> HttpResponse:
    """The document that would be kept of one synthetic applicant, as PDF."""
    found, one = _found(manuscript_or_404(request.user, draft_id).document, number)
    try:
        made = paper.drawn(found.spec, one.answers)
    except ValueError as too_large:
        raise Http404 from too_large
    response = HttpResponse(made.pdf, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="specimen-{number}.pdf"'
    return response


@require_safe
@for_builders
def past(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """How past applications would fare: counts and receipt numbers."""
    draft = manuscript_or_404(request.user, draft_id)
    context: dict[str, Any] = {"draft": draft, "has_problems": bool(check(draft.document))}
    if not context["has_problems"]:
        found = replay(draft.document, localdate())
        kinds = [
            (_("新しい様式では提出できない申請"), found.refused),
            (_("なくなる項目の答えを持つ申請"), found.shortened),
            (_("別の経路を通る申請"), found.rerouted),
        ]
        context |= {"replay": found, "kinds": [(words, len(those), those[:NAMED]) for words, those in kinds]}
    return render(request, "builder_desk/replay.html", context)


def _told(found: Rehearsal, document: dict[str, Any]) -> dict[str, Any]:
    groups = [
        (_("様式"), findings.of_form(found)),
        (_("決裁経路"), findings.of_route(found)),
        (_("書面（PDF）"), findings.of_paper(found)),
    ]
    language = _language()
    told = [(title, [(one, _place(one, document)) for one in those]) for title, those in groups]
    return {
        "groups": told,
        "troubles": sum(one.is_trouble for _title, those in groups for one in those),
        "walks": found.walks,
        "people": [(number, one, varied(found.spec, one, language)) for number, one in found.numbered()],
        "points": len(found.walks.points),
        "left": _("1万以上") if found.walks.left_out > MANY else str(found.walks.left_out),
        "stopped": len(found.walks.applicants) - len(found.walks.arriving),
    }


def _place(one: Finding, document: dict[str, Any]) -> Place | None:
    return place_of(Problem(one.pointer, "", {}), document) if one.pointer else None


def _found(document: dict[str, Any], number: int) -> tuple[Rehearsal, Applicant]:
    """The rehearsal and the applicant of a number. Raises Http404."""
    found = None if check(document) else rehearse(document, localdate())
    one = found.applicant(number) if found else None
    if found is None or one is None:
        raise Http404
    return found, one


def _read_out(found: Rehearsal, one: Applicant, language: str) -> list[Section]:
    """The answers as they stand before whoever decides; files are named and not to be opened."""
    sections = readout.sections(found.spec, one.answers, language, paper.unlinked)
    return [replace(section, rows=[replace(row, files=[]) for row in section.rows]) for section in sections]


def _language() -> str:
    return get_language() or "ja"
