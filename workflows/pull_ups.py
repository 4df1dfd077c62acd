"""Pull-ups (引上げ): a later officer takes a case past one who is stuck, who then reads it afterwards (後閲)."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from schemas.conditions import holds
from workflows import places
from workflows.acts import acting
from workflows.assignees import assignment, decider
from workflows.authority import DecisionRefused
from workflows.cases import LATER_READING, STEP, Case, Task
from workflows.holds import end_hold
from workflows.movements import keep
from workflows.readings import ask_to_read
from workflows.spec import ChoiceStep, GroupStep, HumanStep, Step
from workflows.staff import StaffMember, keys_of
from workflows.traces import note


def pull_up(task: Task, by: StaffMember, reason: str) -> Task:
    """Take the case past this task and others before the member's own step; the task that then waits for him.

    Only approvals can be passed over: sections that have to be consulted are not, and nobody passes over the decider.
    Raises DecisionRefused.
    """
    with acting(task, by, may=lambda: True) as activation:
        if not reason.strip():
            raise DecisionRefused(_("引上げの理由を書いてください。"))
        own, passed = _own_step(task, by)
        for step in passed:
            whom = assignment(step.by, task.case)
            ask_to_read(task.case, whom, LATER_READING, step.key, task)
        if task.held_at:
            end_hold(task)
        keep("pull_up", task.case, by, task, to=own.key, reason=reason.strip())
        activation.leave("pulled_up", own.key)
        note("pull_up", task.case, by, step=task.step, to=own.key)
    return Task.objects.blocking(task.case).filter(step=own.key).latest("pk")


def may_pull_up(task: Task, by: StaffMember) -> bool:
    """Whether a later step of the member lets him take the case past this task."""
    try:
        _own_step(task, by)
    except DecisionRefused:
        return False
    return True


def _own_step(task: Task, by: StaffMember) -> tuple[HumanStep, Sequence[HumanStep]]:
    """The member's own step further on, and who is passed over on the way to it."""
    if task.kind != STEP or task.human_step.kind != "approval":
        raise DecisionRefused(_("引き上げられるのは、承認の段階で止まっている案件だけです。"))
    passed = [task.human_step]
    for step in _ahead(task.case, task.step):
        if "pull_up" in step.may and _is_for(step, task.case, by):
            return step, passed
        if step.kind != "approval":
            break
        passed.append(step)
    raise DecisionRefused(_("この案件を引き上げられる段階の担当ではありません。"))


def _is_for(step: HumanStep, case: Case, by: StaffMember) -> bool:
    whom = assignment(decider(step, case), case)
    if whom.meant_for:
        return False
    return whom.member == by if whom.member else whom.key in keys_of(by)


def _ahead(case: Case, key: str) -> Iterator[HumanStep]:
    """The persons who follow, as the facts stand; it ends at whatever else happens on the way."""
    yield from _persons(list(places.ahead(case.spec.steps, key)), case)


def _persons(steps: Sequence[Step], case: Case) -> Iterator[HumanStep]:
    queue = list(steps)
    while queue:
        step = queue.pop(0)
        if isinstance(step, HumanStep):
            yield step
        elif isinstance(step, ChoiceStep):
            queue[:0] = _taken(step, case)
        elif isinstance(step, GroupStep):
            queue[:0] = step.steps
        else:
            return


def _taken(step: ChoiceStep, case: Case) -> Sequence[Step]:
    return next((b.steps for b in step.branches if b.when is None or holds(b.when, case.facts)), ())
