"""Progress (経路の進み具合): the whole route of a case as it stands: who did what when, and everywhere it waits now.

A route is a list of stops; a stop that holds others has branches.  Of a choice only the branch that is taken is there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import TypeVar

from django.db.models import prefetch_related_objects

from schemas.conditions import holds
from workflows.assignees import PERSON, decider, keys_for
from workflows.cases import APPLICANT, Case, Task
from workflows.decisions import Decision
from workflows.movements import Movement
from workflows.spec import (
    ADDED,
    AsideStep,
    Branch,
    ChoiceStep,
    GroupStep,
    HumanStep,
    ParallelStep,
    Step,
    added_before,
)
from workflows.staff import Department, Role, StaffMember
from workflows.tables import RulesStep

T = TypeVar("T", Decision, Movement, Task)
DONE, NOW, LATER, SKIPPED = "done", "now", "later", "skipped"


@dataclass(frozen=True)
class Stop:
    """One step on the way: ``state`` is done, now, later, or skipped where the case went past it or ended before.

    ``who`` says in words whom it waits or waited for.  ``tasks`` are those open at it; ``branches`` what is inside it.
    """

    key: str
    kind: str
    title: str
    state: str
    who: str = ""
    due_on: date | None = None
    tasks: Sequence[Task] = ()
    decisions: Sequence[Decision] = ()
    movements: Sequence[Movement] = ()
    branches: "Sequence[Sequence[Stop]]" = field(default_factory=tuple)
    needed: int = 0

    @property
    def is_rules(self) -> bool:
        return self.kind == "rules"

    @property
    def is_decision(self) -> bool:
        return self.kind == "decision"


@dataclass(frozen=True)
class Progress:
    """The stops in order, and the open tasks that hold the case up: several where branches run beside each other.

    ``readings`` are what is still to be read (後閲・供覧); ``names`` says in words to whom or where movements
    went, ``elsewhere`` are those of the case as a whole.
    """

    stops: Sequence[Stop]
    waiting: Sequence[Task]
    readings: Sequence[Task] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    elsewhere: Sequence[Movement] = ()

    def flat(self) -> Iterator[Stop]:
        """Every stop of one step, blocks left out, in the order of the document."""
        return _flat(self.stops)

    @property
    def positions(self) -> list[str]:
        """The keys of the steps that the case waits at."""
        return [stop.key for stop in self.flat() if stop.state == NOW]


def _flat(stops: Sequence[Stop]) -> Iterator[Stop]:
    for stop in stops:
        if not stop.branches:
            yield stop
        for branch in stop.branches:
            yield from _flat(branch)


@dataclass(frozen=True)
class Travel:
    """All that is known of a case's way, read once."""

    case: Case
    tasks: Mapping[str, list[Task]]
    done: frozenset[str]
    decisions: Mapping[str, list[Decision]]
    movements: Mapping[str, list[Movement]]
    titles: Mapping[str, str]

    def passed(self, steps: Sequence[Step]) -> bool:
        """Whether the case is or was at one of these steps."""
        return any(step.key in self.tasks or step.key in self.done for step in _every(steps))


def progress(case: Case, decisions: Sequence[Decision] | None = None) -> Progress:
    """Where the case stands on its route; ``decisions`` are all of the case's, where the caller has them.

    A handful of statements, however long its history.
    """
    made = list(case.decisions.order_by("number")) if decisions is None else decisions
    tasks = case.own(Task.objects.filter(process=case).select_related("owner").order_by("pk"))
    waiting = [task for task in tasks if task.is_open and task.is_blocking]
    done = {task.step for task in tasks if task.status == "DONE" and task.step} | {each.step for each in made}
    prefetch_related_objects([case], "assessments")
    done |= {each.step for each in case.assessments.all()}
    moved = list(case.movements.select_related("by").order_by("at", "pk"))
    at = _by_step(waiting, lambda task: _step_of(task, made))
    travel = Travel(case, at, frozenset(done), _by_step(made), _by_step(moved), titles_of_posts())
    readings = [task for task in tasks if task.is_open and not task.is_blocking]
    standing = [task for task in waiting if not task.is_parked]
    elsewhere = [each for each in moved if not each.step]
    return Progress(_stops(case.spec.steps, travel), standing, readings, _names(moved, travel), elsewhere)


def _names(movements: Sequence[Movement], travel: Travel) -> dict[str, str]:
    """Posts, steps and members that movements name by their keys, in words."""
    named = {movement.to for movement in movements} - {""}
    steps = {step.key: step.title for step in travel.case.spec.every_step() if step.key in named and step.title}
    posts = {key: in_words(key, travel.titles) for key in named if "/" in key}
    logins = named - steps.keys() - posts.keys()
    members = StaffMember.objects.filter(username__in=logins) if logins else ()
    return {**steps, **posts, **{member.get_username(): str(member) for member in members}}


def _step_of(task: Task, decisions: Sequence[Decision]) -> str:
    """Where a task stands; while the applicant corrects, at the step that asked for it."""
    if task.owner_permission != APPLICANT:
        return task.step
    return decisions[-1].step if decisions else ""


def _by_step(rows: Sequence[T], step: Callable[[T], str] = attrgetter("step")) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(step(row), []).append(row)
    return found


def titles_of_posts() -> dict[str, str]:
    """What departments and roles are called, by what ``in_words`` looks for."""
    rows = (model.objects.values_list("key", "title") for model in (Department, Role))
    departments, roles = (dict(pairs) for pairs in rows)
    return {**{f"department:{key}": title for key, title in departments.items()}, **roles}


def _every(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        for branch in getattr(step, "branches", ()):
            yield from _every(branch.steps)
        yield from _every(getattr(step, "steps", ()))


def _stops(steps: Sequence[Step], travel: Travel) -> list[Stop]:
    return [stop for step in steps for stop in _stops_of(step, travel)]


def _stops_of(step: Step, travel: Travel) -> Iterator[Stop]:
    if isinstance(step, ChoiceStep):
        branch = _taken(step, travel)
        yield from _stops(branch.steps, travel) if branch else ()
    elif isinstance(step, GroupStep):
        yield from _stops(step.steps, travel)
    elif isinstance(step, ParallelStep):
        yield _block(step, travel)
    else:
        if isinstance(step, HumanStep) and _is_known(step.key + ADDED, travel):
            yield _stop(added_before(step), travel)
        yield _stop(step, travel)


def _is_known(key: str, travel: Travel) -> bool:
    return key in travel.tasks or key in travel.decisions


def _taken(step: ChoiceStep, travel: Travel) -> Branch | None:
    """The branch that the case is or was in; if it was in none yet, the one that the facts lead to."""
    walked = [branch for branch in step.branches if travel.passed(branch.steps)]
    if walked:
        return walked[-1]
    facts = travel.case.facts
    return next((branch for branch in step.branches if branch.when is None or holds(branch.when, facts)), None)


def _block(step: ParallelStep, travel: Travel) -> Stop:
    branches = [_stops(branch.steps, travel) for branch in step.branches]
    states = {stop.state for branch in branches for stop in _flat(branch)}
    state = NOW if NOW in states else DONE if DONE in states else LATER if travel.case.is_open else SKIPPED
    return Stop(step.key, step.kind, step.title, state, branches=branches, needed=step.needed)


def _stop(step: RulesStep | HumanStep | AsideStep, travel: Travel) -> Stop:
    tasks = travel.tasks.get(step.key, [])
    return Stop(
        key=step.key,
        kind="rules" if isinstance(step, RulesStep) else step.kind,
        title=step.title,
        state=_state(step, travel),
        who=_who(step, travel),
        due_on=tasks[0].due_on if tasks else None,
        tasks=tasks,
        decisions=travel.decisions.get(step.key, ()),
        movements=travel.movements.get(step.key, ()),
    )


def _state(step: Step, travel: Travel) -> str:
    if step.key in travel.tasks:
        return NOW
    decisions = travel.decisions.get(step.key, [])
    if decisions and travel.case.is_open:
        return DONE if any(decision.voided_at is None for decision in decisions) else LATER
    if step.key in travel.done:
        return DONE
    return LATER if travel.case.is_open else SKIPPED


def _who(step: Step, travel: Travel) -> str:
    """「環境課 課長」, or a person's name; nobody for rules."""
    task = next(iter(travel.tasks.get(step.key, ())), None)
    if task is not None and task.owner_permission != APPLICANT:
        return str(task.owner) if task.owner_permission == PERSON else in_words(task.key, travel.titles)
    if not isinstance(step, HumanStep) or step.key.endswith(ADDED):
        return ""
    key = keys_for(decider(step, travel.case), travel.case)
    return in_words(key, travel.titles) if key else ""


def in_words(key: str, titles: Mapping[str, str]) -> str:
    """An assignee key (``environment/section_chief``) in the words of the organisation."""
    department, _slash, role = key.partition("/")
    parts = [titles.get(f"department:{department}", department), titles.get(role, role)]
    return " ".join(part for part in parts if part and part != "*")
