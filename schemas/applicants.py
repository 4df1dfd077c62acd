"""Synthetic applicants (試しの申請者): examples for the combinations of all answers that something turns on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, islice, product
from math import prod
from typing import Any

from schemas.calculations import evaluate
from schemas.conditions import holds
from schemas.controlling import behind, turning_points
from schemas.examples import LEFT_OUT, example
from schemas.form_checks import checks_of
from schemas.problems import Problem
from schemas.validation import is_valid

Document = Mapping[str, Any]
Wanted = Mapping[str, Any]
#: Applicants of one trial, unless said otherwise.
MOST = 120
#: Answers that are changed one after the other until the form's own checks let somebody through.
STEPS = 8
#: Changes that are tried for each of them.
TRIES = 60


@dataclass(frozen=True)
class Applicant:
    """One synthetic applicant: what was varied, the answers (valid for the schema), the facts, and the checks of the
    form that stop them."""

    wanted: Wanted
    answers: Mapping[str, Any]
    facts: Mapping[str, Any]
    stopped: tuple[Problem, ...] = ()
    warned: tuple[Problem, ...] = ()

    @property
    def arrives(self) -> bool:
        """Whether the form lets them submit."""
        return not self.stopped


@dataclass
class Walks:
    """All applicants of a trial.  ``tried`` combinations of ``possible`` ones were tried; for ``unanswerable`` of
    them no valid answers were found, others came to answers that were there already."""

    points: Mapping[str, list[Any]]
    applicants: list[Applicant] = field(default_factory=list)
    tried: int = 0
    unanswerable: int = 0

    @property
    def possible(self) -> int:
        return prod(len(values) for values in self.points.values())

    @property
    def left_out(self) -> int:
        return max(0, self.possible - self.tried)

    @property
    def arriving(self) -> list[Applicant]:
        return [one for one in self.applicants if one.arrives]


def walks(document: Document, today: date, conditions: Sequence[Mapping[str, Any]] = (), most: int = MOST) -> Walks:
    """Who answers the least, who answers everything, then ``most`` tries: every single value that something turns on,
    pairs of them, and what more there is room for; then at most twice as many to bring somebody past the form's own
    checks under each condition, and with each value, under which nobody arrived yet.

    ``conditions`` are those of the route.  The same arguments always give the same applicants.
    """
    found = Walks(turning_points(document, conditions, today))
    crowd = _Crowd(document, today, found)
    crowd.add({}, is_full=False)
    crowd.add({}, is_full=True)
    base = _passing(crowd, {}, TRIES)
    for wanted in islice(_combinations(found.points, base), most):
        crowd.add(wanted)
    for goal in _goals(found, [*conditions, *(one["when"] for one in document.get("checks", ()))]):
        if found.tried >= most * 3:
            break
        _passing(crowd, {**base, **goal}, TRIES // 4, frozenset(goal))
    return found


@dataclass
class _Crowd:
    """Who was made so far."""

    document: Document
    today: date
    walks: Walks
    seen: set[str] = field(default_factory=set)

    def add(self, wanted: Wanted, is_full: bool = False) -> Applicant | None:
        """The applicant of these wishes, who is added if nobody gave the same answers; None if there is none."""
        self.walks.tried += 1
        answers = {at: value for at, value in wanted.items() if at.startswith("/")}
        known = {name: wanted.get(name, False) for name in self.document.get("facts", {})}
        made = example(self.document, self.today, answers, is_full)
        if made is None:
            self.walks.unanswerable += 1
            return None
        one = _judged(self.document, wanted, made, known, self.today)
        mark = repr((one.answers, known))
        if mark not in self.seen:
            self.seen.add(mark)
            self.walks.applicants.append(one)
        return one


def _judged(document: Document, wanted: Wanted, answers: dict[str, Any], known: Wanted, today: date) -> Applicant:
    """Facts and checks as a submission would have them."""
    given = {**answers, **known}
    calculated = evaluate(document.get("calculations", {}), given, document["schema"], today)
    facts = {**answers, **{name: value for name, value in calculated.items() if value is not None}, **known}
    errors, warnings = (tuple(checks_of(document, facts, kind)) for kind in ("error", "warning"))
    return Applicant(wanted, answers, facts, errors, warnings)


def _passing(crowd: _Crowd, base: Wanted, tries: int, fixed: frozenset[str] = frozenset()) -> Wanted:
    """Wishes with which the form's own checks let somebody through, or as many of them as were found in a few steps.

    Only answers are changed that the checks look at which stop somebody, those that are ``fixed`` excepted: one at a
    time, else all to one value, else two.  Where none of that helps, a check may only be satisfied together with others
    that look at the same answers (a sum that must be large enough, and equal to another): theirs are changed too.
    """
    one = crowd.add(base)
    for _step in range(STEPS):
        if one is None or one.arrives:
            break
        rated = None
        for ring in _looked_at(crowd, one):
            near = {at: values for at, values in ring.items() if at not in fixed}
            for way in (_singles(near, base), _together(near, base), _in_turn(_every_pair(near, base))):
                rated = rated or _rated(crowd, islice(way, tries), _stops(one))
        if rated is None:
            break
        base, one = rated
    return base


def _goals(found: Walks, conditions: list[Mapping[str, Any]]) -> Iterator[Wanted]:
    """What to wish for so that somebody arrives with every value of every answer, and under every condition."""
    for condition in conditions:
        named = {name if name in found.points else f"/{name.lstrip('/')}": schema for name, schema in condition.items()}
        goal = {
            at: next(
                (value for value in found.points[at] if value is not LEFT_OUT and is_valid(schema, value)), LEFT_OUT
            )
            for at, schema in named.items()
            if at in found.points
        }
        if goal and not any(holds(condition, one.facts) for one in found.arriving):
            yield goal
    for at, values in found.points.items():
        for value in values:
            if not any(one.wanted.get(at, LEFT_OUT) == value for one in found.arriving):
                yield {at: value}


def _looked_at(crowd: _Crowd, one: Applicant) -> Iterator[dict[str, list[Any]]]:
    """The answers that decide whether this applicant is stopped; then those of all checks that look at any of them."""
    stopping, points = {problem.params["key"] for problem in one.stopped}, crowd.walks.points
    looked = {check["key"]: behind(crowd.document, check["when"]) for check in crowd.document["checks"]}
    near = set[str]().union(*(looked[key] for key in stopping))
    yield {at: values for at, values in points.items() if at in near}
    beside = near.union(*(ring for ring in looked.values() if ring & near))
    if beside != near:
        yield {at: values for at, values in points.items() if at in beside}


def _rated(crowd: _Crowd, tries: Iterator[Wanted], most: int) -> tuple[Wanted, Applicant] | None:
    """The first of some tries that fewer checks stop than ``most``."""
    for wanted in tries:
        one = crowd.add(wanted)
        if one is not None and _stops(one) < most:
            return wanted, one
    return None


def _stops(one: Applicant) -> int:
    return len(one.stopped)


def _singles(points: Mapping[str, list[Any]], base: Wanted) -> Iterator[Wanted]:
    for at, values in points.items():
        yield from ({**base, at: value} for value in values)


def _together(points: Mapping[str, list[Any]], base: Wanted) -> Iterator[Wanted]:
    """All numbers the same, all days the same: sums and periods come right where single values would not."""
    shared: dict[tuple[type, Any], list[str]] = {}
    for at, values in points.items():
        for value in values:
            if isinstance(value, str | int | float) and not isinstance(value, bool):
                shared.setdefault((str if isinstance(value, str) else int, value), []).append(at)
    yield from ({**base, **dict.fromkeys(places, value)} for (_, value), places in shared.items() if len(places) > 1)


def _combinations(points: Mapping[str, list[Any]], base: Wanted) -> Iterator[Wanted]:
    """Single values, then pairs taken from many answers in turn, then everything."""
    yield from _singles(points, base)
    yield from _in_turn(_every_pair(points, base))
    yield from (dict(zip(points, values, strict=True)) for values in product(*points.values()))


def _every_pair(points: Mapping[str, list[Any]], base: Wanted) -> list[Iterator[Wanted]]:
    return [_pairs(points, base, pair) for pair in combinations(points, 2)]


def _pairs(points: Mapping[str, list[Any]], base: Wanted, pair: tuple[str, str]) -> Iterator[Wanted]:
    one, other = pair
    for first, second in product(points[one], points[other]):
        if first is not LEFT_OUT and second is not LEFT_OUT:
            yield {**base, one: first, other: second}


def _in_turn(lists: list[Iterator[Wanted]]) -> Iterator[Wanted]:
    """One of each, then the next of each."""
    waiting = lists
    while waiting:
        rest = []
        for one in waiting:
            found = next(one, None)
            if found is not None:
                yield found
                rest.append(one)
        waiting = rest
