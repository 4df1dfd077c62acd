"""Corrections (補正) on floor 2: the case waits for its applicant, and goes on with the content as it then is."""

from django.utils.translation import gettext as _

from workflows.cases import APPLICANT, Case, CaseRefused, Task
from workflows.deadlines import CORRECTION, PULLED_BACK, restart_clock
from workflows.decisions import void_from
from workflows.search_terms import keep_terms
from workflows.spec import ParallelStep
from workflows.staff import StaffMember
from workflows.traces import note


def resume(case: Case, by: StaffMember | str | None = None, is_noted: bool = True) -> Case:
    """The applicant has corrected: back to the step that asked, with the content and the clock as they are now.

    Where that changes what other sections have agreed to (合議), back to them.  Raises CaseRefused if the case does not
    wait for a correction, CaseBusy.
    """
    with case.locked():
        task = _awaited(case)
        before, case.content_sha256 = case.content_sha256, case.subject.signed_content()["sha256"]
        keep_terms(case, case.subject)
        restart_clock(case, CORRECTION if task.came_from_id else PULLED_BACK)
        _unpark(case)
        back = _agreed_to(case, task) if case.content_sha256 != before else ""
        if back:
            void_from(case, back, _asking(task))
        task.process = case
        task.flow_task.activation_class(task).leave("resumed", back)
        if is_noted:
            note("resume", case, by)
    return case


def _awaited(case: Case) -> Task:
    task = next((task for task in case.open_tasks() if task.owner_permission == APPLICANT), None)
    if task is None:
        raise CaseRefused(_("この案件は補正を待っていません。"))
    return task


def _asking(task: Task) -> str:
    """The step that asked; empty where the drafter took the case back himself."""
    return task.came_from.step if task.came_from else ""


def _unpark(case: Case) -> None:
    """What waited only for the applicant is to be done again; what waits for somebody else still does."""
    parked = Task.objects.blocking(case).filter(is_parked=True)
    if any("/" in str(task.token) for task in parked):
        held_up = Task.objects.blocking(case).exclude(before=None).values("before")
        parked.exclude(pk__in=held_up).update(is_parked=False)


def _agreed_to(case: Case, task: Task) -> str:
    """The key of the block to go through again because somebody was consulted on what has changed; empty for none."""
    asking = _asking(task)
    consultations = [block for block in case.spec.every_step() if isinstance(block, ParallelStep)]
    members = {step.key: block for block in consultations for step in block.people() if step.kind == "consultation"}
    if not asking or not members:
        return ""
    made = case.decisions.filter(voided_at=None, outcome="approved", step__in=members)
    agreed = set(made.values_list("step", flat=True))
    first = next((step.key for step in case.spec.human_steps() if step.key in agreed), None)
    return _whole(case, first, asking) if first else ""


def _whole(case: Case, member: str, asking: str) -> str:
    """The outermost block around who agreed that is not also around who asks; the innermost if all are."""
    around = [block.key for block in case.spec.blocks(member)]
    shared = {block.key for block in case.spec.blocks(asking)}
    return next((key for key in around if key not in shared), around[-1])
