"""Offers: what can be chosen on a task now, and where its case can be returned to."""

from workflows.cases import Case, Task
from workflows.spec import HumanStep, ParallelStep, Unit


def passed_before(case: Case, key: str) -> list[Unit]:
    """What the case came through on its way to this step and still stands: persons, and parallel blocks as a whole."""
    made = case.decisions.filter(voided_at=None, outcome__in=("approved", "objected"))
    passed = set(made.values_list("step", flat=True))
    return [unit for unit in case.spec.before(key) if _is_passed(unit, passed)]


def _is_passed(unit: Unit, passed: set[str]) -> bool:
    if isinstance(unit, ParallelStep):
        return any(step.key in passed for step in unit.people())
    return unit.key in passed


def earlier_steps(task: Task) -> list[Unit]:
    """Where a task's case can be returned to, in the order in which it came through."""
    return passed_before(task.case, task.step)


def offered(task: Task) -> tuple[str, ...]:
    """The outcomes that can be chosen on this task now."""
    step: HumanStep = task.human_step
    if "returned" in step.outcomes and not earlier_steps(task):
        return tuple(outcome for outcome in step.outcomes if outcome != "returned")
    return step.outcomes
