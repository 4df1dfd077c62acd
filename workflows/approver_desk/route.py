"""The route of a case as it is drawn: its stations in order, what was decided at each, and where it stands now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from schemas.conditions import holds
from workflows.cases import APPLICANT, Case, Task
from workflows.decisions import Decision
from workflows.spec import Branch, ChoiceStep, RulesStep, Step
from workflows.staff import Department, Role, assignee_key

DONE, NOW, LATER, SKIPPED = "done", "now", "later", "skipped"


@dataclass(frozen=True)
class Station:
    """One step on the way: ``state`` is done, now, later, or skipped where the case ended before it."""

    key: str
    title: str
    is_rules: bool
    is_decision: bool
    who: str
    state: str
    due_on: date | None = None
    decisions: Sequence[Decision] = field(default_factory=tuple)


@dataclass(frozen=True)
class Travel:
    """What is known of a case's way: its decisions by step, where it is now, what departments are called."""

    case: Case
    at: str
    due_on: date | None
    decisions: Mapping[str, list[Decision]]
    titles: Mapping[str, str]

    def passed(self, keys: Sequence[str]) -> bool:
        """Whether anybody decided, or has to decide now, at one of these steps."""
        return self.at in keys or any(key in self.decisions for key in keys)


def stations(case: Case, task: Task | None, decisions: Sequence[Decision]) -> list[Station]:
    """The steps that the case took and is going to take, for the facts as they are now; other branches are left out."""
    by_step: dict[str, list[Decision]] = {}
    for decision in decisions:
        by_step.setdefault(decision.step, []).append(decision)
    travel = Travel(case, _at(task, decisions), task.due_on if task else None, by_step, _titles())
    steps = list(_steps(case.spec.steps, travel))
    reached = _last_reached(steps, travel)
    return [_station(step, place, reached, travel) for place, step in enumerate(steps)]


def _at(task: Task | None, decisions: Sequence[Decision]) -> str:
    """The key of the step that waits; while the applicant corrects, the one that asked for it; empty once closed."""
    if task is None:
        return ""
    return decisions[-1].step if task.owner_permission == APPLICANT else task.step


def _titles() -> dict[str, str]:
    rows = (model.objects.values_list("key", "title") for model in (Department, Role))
    departments, roles = (dict(pairs) for pairs in rows)
    return {**{f"department:{key}": title for key, title in departments.items()}, **roles}


def _steps(steps: Sequence[Step], travel: Travel) -> Iterator[Step]:
    """Every step but the choices, of which only the branch that is taken."""
    for step in steps:
        if not isinstance(step, ChoiceStep):
            yield step
        elif (branch := _taken(step, travel)) is not None:
            yield from _steps(branch.steps, travel)


def _taken(step: ChoiceStep, travel: Travel) -> Branch | None:
    """The branch in which something was decided; if none yet, the one that the facts lead to."""
    walked = [branch for branch in step.branches if travel.passed(_keys(branch.steps))]
    if walked:
        return walked[-1]
    facts = travel.case.facts
    return next((branch for branch in step.branches if branch.when is None or holds(branch.when, facts)), None)


def _keys(steps: Sequence[Step]) -> list[str]:
    branches = [branch for step in steps if isinstance(step, ChoiceStep) for branch in step.branches]
    return [step.key for step in steps] + [key for branch in branches for key in _keys(branch.steps)]


def _last_reached(steps: Sequence[Step], travel: Travel) -> int:
    """The place of the step that the case waits at, else of the last one decided at."""
    if travel.at:
        return next((place for place, step in enumerate(steps) if step.key == travel.at), -1)
    return max((place for place, step in enumerate(steps) if step.key in travel.decisions), default=-1)


def _station(step: Step, place: int, reached: int, travel: Travel) -> Station:
    is_here = step.key == travel.at
    return Station(
        key=step.key,
        title=step.title,
        is_rules=isinstance(step, RulesStep),
        is_decision=getattr(step, "is_decision", False),
        who=_who(step, travel),
        state=NOW if is_here else _state(place, reached, travel),
        due_on=travel.due_on if is_here else None,
        decisions=tuple(travel.decisions.get(step.key, ())),
    )


def _state(place: int, reached: int, travel: Travel) -> str:
    if place <= reached:
        return DONE
    return LATER if travel.case.is_open else SKIPPED


def _who(step: Step, travel: Travel) -> str:
    """「環境課 課長」: whom the step waits for, in words; nobody for rules."""
    by = getattr(step, "by", None)
    if by is None:
        return ""
    return in_words(assignee_key(by, travel.case.department_key), travel.titles)


def in_words(key: str, titles: Mapping[str, str]) -> str:
    """An assignee key (``environment/section_chief``) in the words of the organisation."""
    department, role = key.split("/")
    parts = [titles.get(f"department:{department}", department), titles.get(role, role)]
    return " ".join(part for part in parts if part != "*")
