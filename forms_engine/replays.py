"""Replays (再判定): past applications judged by a changed form and the route that is published now; nothing is stored.

Only counts and receipt numbers come out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from forms_engine.applications import Application
from forms_engine.facts import calculated
from forms_engine.rehearsals.rehearsal import route_of
from forms_engine.settlement import Settlement
from forms_engine.spec import FormSpec
from schemas.form_checks import checks_of
from workflows.cases import Case
from workflows.courses import Course, course
from workflows.spec import WorkflowSpec

#: Applications that are read in one replay, the newest first.
MOST = 200
#: Receipt numbers that are told of each kind.
NAMED = 20


@dataclass
class Replay:
    """How many past applications were read, and the receipt numbers of those that would go otherwise: not be let
    through by the form, lose answers because their fields are gone, or take another way.  ``more`` were not read."""

    read: int = 0
    more: int = 0
    refused: list[str] = field(default_factory=list)
    shortened: list[str] = field(default_factory=list)
    rerouted: list[str] = field(default_factory=list)


def replay(document: Mapping[str, Any], today: date, most: int = MOST) -> Replay:
    """The past applications of the form, held against this document and the route that is published for it.

    Dates are judged as on the day on which each arrived; what registers say is what the case was told then.
    """
    rows = Application.objects.submitted().with_version().filter(form_version__definition__key=document["form"])
    found, spec, version = Replay(), FormSpec.load(document), route_of(document)
    route = WorkflowSpec.load(version.document) if version else None
    for one, case in _past(rows.order_by("-submitted_at")[:most]):
        found.read += 1
        _compare(one, case, spec, route, found)
    found.more = max(0, rows.count() - found.read)
    return found


def _past(rows: Any) -> Iterator[tuple[Application, Case]]:
    for one in rows:
        case = Case.objects.of(one).select_related("version").first()
        if case is not None:
            yield one, case


def _compare(one: Application, case: Case, spec: FormSpec, route: WorkflowSpec | None, found: Replay) -> None:
    """Adds the receipt number where something is otherwise."""
    day, given = one.arrival_date, one.standing_answers()
    known = {name: case.facts[name] for name in spec.facts if name in case.facts}
    settlement = Settlement(spec, day)
    answers = settlement.settle(given)
    facts = {**answers, **calculated(settlement, answers, known), **known}
    if spec.problems(answers) or checks_of(spec.document, facts, "error"):
        found.refused.append(one.reference)
    elif any(key not in answers for key in given):
        found.shortened.append(one.reference)
    if route is not None:
        before = course(WorkflowSpec.load(case.version.document), case.facts, case.department_key, day)
        after = course(route, facts, str(spec.procedure.get("department", "")), day)
        if _way(before) != _way(after):
            found.rerouted.append(one.reference)


def _way(one: Course) -> tuple[Any, ...]:
    return one.steps, [post.key for post in one.posts], one.by_rule
