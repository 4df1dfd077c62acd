"""Readings (後閲・供覧): tasks that hold nobody up, and are closed by reading what was decided or sent round."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from workflows.assignees import Assignment
from workflows.authority import DecisionRefused
from workflows.cases import CIRCULATION, ESCALATION, LATER_READING, READ, Case, Task
from workflows.movements import keep
from workflows.notices import notify_staff
from workflows.references import ASIDE
from workflows.staff import StaffMember
from workflows.traces import note
from workflows.watches import ESCALATED, watch

VERBS = {LATER_READING: "read_later", CIRCULATION: "read", ESCALATION: "read"}


def ask_to_read(
    case: Case, whom: Assignment, kind: str, step: str, came_from: Task | None = None, due_on: date | None = None
) -> Task:
    """Put it before somebody to read; the case does not wait for it, and it outlives the case."""
    node: Any = case.flow_class.instance.node("reading")
    task = Task(process=case, flow_task=node, token=ASIDE, kind=kind, step=step, came_from=came_from, due_on=due_on)
    task.lane = READ
    whom.put_on(task)
    watch(task)
    task.save(force_insert=True)
    notify_staff(task, ESCALATED if kind == ESCALATION else "arrived")
    return task


def close_reading(task: Task, by: StaffMember, comment: str = "") -> Task:
    """Say that one has read it.  Raises DecisionRefused if it is not the member's to read, or was read already."""
    with transaction.atomic():
        found = Task.objects.select_for_update(of=("self",)).select_related("process").get(pk=task.pk)
        if found.is_blocking:
            raise DecisionRefused(_("これは閲覧だけの処理ではありません。"))
        if not found.waits_for(by):
            raise DecisionRefused(_("この処理の担当ではないため、閲覧済みにできません。"))
        if not found.is_open:
            raise DecisionRefused(_("すでに閲覧済みです。"))
        found.outcome, found.status, found.started, found.finished = "read", "DONE", now(), now()
        found.save(update_fields=["outcome", "status", "started", "finished"])
        keep(VERBS[found.kind], found.case, by, found, reason=comment.strip())
        note(VERBS[found.kind], found.case, by, step=found.step)
    return found
