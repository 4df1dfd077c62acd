"""Forwarding (転送): a task goes to somebody else or back to whom it was meant for; or somebody is asked first."""

from django.utils.timezone import now
from django.utils.translation import gettext as _

from workflows.acts import acting
from workflows.assignees import MANAGER, NOBODY, PERSON, Assignment, assignee_from, keys_for
from workflows.audit import LONGEST_TEXT
from workflows.authority import DecisionRefused, is_at_post, is_manager
from workflows.cases import ADDED, APPLICANT, CaseBusy, Task
from workflows.deadlines import step_due
from workflows.movements import keep
from workflows.notices import notify_staff
from workflows.spec import ADDED as ADDED_STEP
from workflows.staff import PERMISSION, StaffMember, is_held, keys_of
from workflows.traces import note
from workflows.watches import watch


def forward(task: Task, by: StaffMember, to: str, reason: str = "") -> Task:
    """Pass the task on to the holders of a post (``department/role``) or to one member (a login).

    Whom it waits for may, where the step allows it, and the process manager always.  A decision goes only to a post
    that the route names for it, or to one of its holders.  Raises DecisionRefused.
    """
    manages = is_manager(by)
    with acting(task, by, "" if manages else "forward", may=lambda: manages or is_at_post(task, by)):
        whom = _found(task, to)
        if task.human_step.is_decision and not _may_decide(task, whom):
            raise DecisionRefused(_("決裁は、経路で決められた職かその職にある人にしか転送できません。"))
        whom.put_on(task)
        task.opened_at = task.opened_at or now()  # who passes it on has seen it
        task.save(update_fields=["owner_permission", "owner", "meant_for", "opened_at"])
        notify_staff(task)
        keep("forward", task.case, by, task, to=to, reason=reason.strip())
        note("forward", task.case, by, step=task.step, to=to[:LONGEST_TEXT])
    return task


def add_step(task: Task, by: StaffMember, to: str, reason: str = "") -> Task:
    """Ask a post or one member before this task goes on (追加承認).  The new task.  Raises DecisionRefused."""
    with acting(task, by, "add_step"):
        if task.held_at:
            raise DecisionRefused(_("保留中の処理です。保留を解いてから決裁してください。"))
        whom = _found(task, to)
        added = Task(process=task.case, flow_task=_added_node(task), token=task.token, kind=ADDED, before=task)
        added.step, added.came_from = task.step.removesuffix(ADDED_STEP) + ADDED_STEP, task
        added.due_on = step_due(task.case, task.human_step.working_days)
        watch(added)
        whom.put_on(added)
        added.save(force_insert=True)
        Task.objects.filter(pk=task.pk).update(is_parked=True)
        task.is_parked = True
        notify_staff(added)
        keep("add_step", task.case, by, added, to=to, reason=reason.strip())
        note("add_step", task.case, by, step=task.step, to=to[:LONGEST_TEXT])
    return added


def hand_back(task: Task, by: StaffMember) -> Task:
    """The post that it was meant for is held again: back to it, by the process manager.  Raises DecisionRefused."""
    with acting(task, by, may=lambda: is_manager(by)):
        if not task.is_unroutable or not is_held(task.meant_for, but_by=task.case.subject.drafter):
            raise DecisionRefused(_("本来の担当の職に就いている人がまだいません。"))
        to = task.meant_for
        Assignment(to).put_on(task)
        task.save(update_fields=["owner_permission", "owner", "meant_for"])
        notify_staff(task)
        keep("hand_back", task.case, by, task, to=to)
        note("hand_back", task.case, by, step=task.step, to=to)
    return task


def rescue() -> int:
    """Bring to the process manager what waits for a post that nobody holds, or for somebody who left; how many.

    Part of the sweep.
    """
    stuck = [task for key in _waited_for() if not is_held(key) for task in _waiting_for(key)]
    left = Task.objects.filter(finished=None, owner__is_active=False).select_related("process")
    return sum(_rescue(task) for task in [*stuck, *left])


def _waited_for() -> list[str]:
    open_tasks = Task.objects.filter(finished=None, owner=None).exclude(owner_permission__in=(APPLICANT, PERSON))
    permissions = open_tasks.order_by().values_list("owner_permission", flat=True).distinct()
    return [
        permission.removeprefix(PERMISSION)
        for permission in permissions
        if permission not in (None, PERMISSION + MANAGER)
    ]


def _waiting_for(key: str) -> list[Task]:
    return list(Task.objects.filter(finished=None, owner_permission=PERMISSION + key).select_related("process"))


def _rescue(task: Task) -> bool:
    """What somebody else is at just now is left to the next sweep."""
    try:
        with task.activation():
            return _bring_to_manager(task)
    except CaseBusy:
        return False


def _bring_to_manager(task: Task) -> bool:
    has_left = task.owner is not None and not task.owner.is_active
    if not task.is_open or (not has_left and (task.owner or is_held(task.key))):
        return False
    meant_for = NOBODY if has_left else task.key
    Assignment(MANAGER, meant_for=meant_for).put_on(task)
    task.save(update_fields=["owner_permission", "owner", "meant_for"])
    notify_staff(task)
    keep("unroutable", task.case, None, task, to=meant_for)
    note("unroutable", task.case, None, step=task.step, to=meant_for)
    return True


def _added_node(task: Task) -> object:
    return task.case.flow_class.instance.node("added")


def _found(task: Task, to: str) -> Assignment:
    whom = assignee_from(to)
    if whom is None:
        raise DecisionRefused(_("「%(to)s」という職や職員は今いません。") % {"to": to})
    if whom.member and (task.case.subject.is_applicant(whom.member) or whom.member == task.case.subject.drafter):
        raise DecisionRefused(_("自分が申請・起案した案件は決裁できません。"))
    return whom


def _may_decide(task: Task, whom: Assignment) -> bool:
    keys = {keys_for(by, task.case) for by in task.human_step.every_by} - {""}
    return bool(keys & keys_of(whom.member)) if whom.member else whom.key in keys
