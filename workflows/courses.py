"""Courses (道筋): the way that a case with given facts would take through a route if nobody objects; nothing is stored.

A rule that approves ends it, unless a person sees it first; a person at a step is taken to agree.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from schemas.conditions import holds
from schemas.staff_fields import is_entry
from workflows.assignees import decider, keys_for
from workflows.cases import Case
from workflows.places import flat
from workflows.rules import APPROVED, outcome_of
from workflows.spec import AsideStep, ChoiceStep, GroupStep, HumanStep, ParallelStep, Step, WorkflowSpec
from workflows.staff import is_held
from workflows.tables import BEFORE, RulesStep

Facts = Mapping[str, Any]
#: Posts that depend on who drafted the case: nobody can say beforehand who they are.
OF_DRAFTER = ("superior_of", "department_of")


@dataclass(frozen=True)
class Post:
    """Whom a step waits for: its assignee key, empty where the facts name nobody; ``is_held`` whether anybody is."""

    step: str
    key: str
    is_held: bool


@dataclass
class Course:
    """One way: the steps that were reached, the rows and branches that were taken (``step/row``), the posts it waits
    for.  ``by_rule`` says that a rule decided, ``is_decided`` that anybody or any rule did."""

    steps: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    by_rule: bool = False
    is_decided: bool = False


@dataclass(frozen=True)
class _Subject:
    """Something that nobody has drafted."""

    drafter: None = None


@dataclass(frozen=True)
class _Supposed:
    """What assignees look at of a case."""

    facts: Facts
    department_key: str
    subject: _Subject = _Subject()


def course(spec: WorkflowSpec, facts: Facts, department: str, day: date) -> Course:
    """The way of a case with these facts that a department would receive on that day."""
    found = Course()
    _follow(spec.steps, _Supposed(facts, department), day, found)
    return found


def conditions(spec: WorkflowSpec) -> Iterator[Mapping[str, Any]]:
    """Every condition of the route: of rules, branches and rows of authority."""
    for step in spec.every_step():
        if isinstance(step, RulesStep):
            yield from (row.when for row in step.table)
        elif isinstance(step, ChoiceStep):
            yield from (branch.when for branch in step.branches if branch.when)
        elif isinstance(step, HumanStep):
            yield from (row.when for row in step.authority if row.when)


def every_way(spec: WorkflowSpec) -> Iterator[tuple[str, str, str]]:
    """Every row and branch that could be taken: its mark (``step/row``), the step's title and its own."""
    for step in spec.every_step():
        rows = [(row.key, row.title) for row in step.table] if isinstance(step, RulesStep) else []
        if isinstance(step, ChoiceStep):
            rows = [(str(place), one.title) for place, one in enumerate(step.branches)]
        elif isinstance(step, HumanStep):
            rows = [(str(place), one.title) for place, one in enumerate(step.authority)]
        yield from (
            (f"{step.key}/{key}", step.title, title or str(place + 1)) for place, (key, title) in enumerate(rows)
        )


def untried(spec: WorkflowSpec) -> frozenset[str]:
    """What courses cannot come to, because it follows from what staff fill in (職員記入欄): the marks of such rows and
    branches, and the keys of the steps inside."""
    return frozenset(found for step in spec.every_step() for found in _untried(step))


def _untried(step: Step) -> Iterator[str]:
    if isinstance(step, RulesStep):
        yield from (f"{step.key}/{row.key}" for row in step.table if _is_of_staff(row.when))
    elif isinstance(step, HumanStep):
        yield from (f"{step.key}/{place}" for place, row in enumerate(step.authority) if _is_of_staff(row.when))
    elif isinstance(step, ChoiceStep):
        for place, branch in enumerate(step.branches):
            if _is_of_staff(branch.when):
                yield f"{step.key}/{place}"
                yield from (inside.key for inside in flat(branch.steps))


def _is_of_staff(when: Mapping[str, Any] | None) -> bool:
    return any(map(is_entry, when or ()))


def _follow(steps: Sequence[Step], case: _Supposed, day: date, found: Course) -> None:
    """Goes through some steps, until something decides at once."""
    for step in steps:
        if found.by_rule:
            return
        found.steps.append(step.key)
        if isinstance(step, RulesStep):
            _read_table(step, case, day, found)
        elif isinstance(step, HumanStep):
            _ask(step, case, found)
        elif isinstance(step, ChoiceStep):
            _choose(step, case, day, found)
        elif isinstance(step, GroupStep):
            _follow(step.steps, case, day, found)
        elif isinstance(step, ParallelStep):
            for branch in step.branches:
                _follow(branch.steps, case, day, found)
        elif isinstance(step, AsideStep):
            continue


def _read_table(step: RulesStep, case: _Supposed, day: date, found: Course) -> None:
    outcome, rows = outcome_of(step, case.facts, day)
    found.taken.extend(f"{step.key}/{row}" for row in rows)
    is_seen_first = step.sample == BEFORE and step.sample_percent >= 100
    found.by_rule = found.is_decided = outcome == APPROVED and not is_seen_first


def _ask(step: HumanStep, case: _Supposed, found: Course) -> None:
    supposed = cast(Case, case)
    for place, row in enumerate(step.authority):
        if row.when is None or holds(row.when, case.facts):
            found.taken.append(f"{step.key}/{place}")
            break
    by = decider(step, supposed)
    if not any(word in by for word in OF_DRAFTER) and "person" not in by:
        key = keys_for(by, supposed)
        found.posts.append(Post(step.key, key, bool(key) and is_held(key)))
    found.is_decided = found.is_decided or step.is_decision


def _choose(step: ChoiceStep, case: _Supposed, day: date, found: Course) -> None:
    for place, branch in enumerate(step.branches):
        if branch.when is None or holds(branch.when, case.facts):
            found.taken.append(f"{step.key}/{place}")
            _follow(branch.steps, case, day, found)
            return
