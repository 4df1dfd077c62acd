"""Reminders (催促): who a task waits for hears that it is due, overdue or free again, and then somebody above.

A task whose hold is over goes back to where it waited, and whom it waits for hears that, too.
The sweep may run twice, and on many workers at once: each task is looked at under the lock of its case, and what was
told is written down, with the next day to look, in the same transaction.
"""

from dataclasses import dataclass

from django.utils.timezone import localdate

from workflows import audit
from workflows.assignees import assignment
from workflows.cases import ESCALATION, CaseBusy, Task
from workflows.holds import bring_back
from workflows.movements import keep
from workflows.notices import notify_staff
from workflows.readings import ask_to_read
from workflows.traces import note
from workflows.watches import ESCALATED, HOLD_OVER, alarms, told

#: Tasks that are read at once, and such batches in one run.
BATCH, BATCHES = 200, 50


@dataclass(frozen=True)
class Swept:
    """How many tasks somebody was reminded of, and how many somebody above heard of."""

    reminded: int
    escalated: int


def sweep() -> Swept:
    """Look at every task whose day has come.  What somebody else is at just now is left to the next sweep."""
    reminded = escalated = 0
    for task in _due():
        kinds = _look(task)
        escalated += ESCALATED in kinds
        reminded += bool(set(kinds) - {ESCALATED})
    if reminded:
        audit.record("remind", "tasks", count=reminded)
    return Swept(reminded, escalated)


def _due() -> "list[Task]":
    """Read along the index of days, no more than one run can do."""
    due = Task.objects.filter(finished=None, look_on__lte=localdate()).order_by("look_on")
    return list(due.select_related("process")[: BATCH * BATCHES])


def _look(task: Task) -> list[str]:
    """Tell what is to be told of the task now; what that was."""
    try:
        with task.activation():
            if not task.is_open or task.look_on is None or task.look_on > localdate():
                return []
            kinds = [kind for kind, day in alarms(task).items() if day <= localdate()]
            for kind in kinds:
                _tell(task, kind)
            task.save(update_fields=told(task, kinds))
            return kinds
    except CaseBusy:
        return []


def _tell(task: Task, kind: str) -> None:
    if kind == ESCALATED:
        escalate(task)
        return
    if kind == HOLD_OVER:
        bring_back(task)
    notify_staff(task, kind)


def escalate(task: Task) -> Task:
    """Put it before whom the step names that this task waits too long (遅れの報告); the caller holds the case's lock.

    The task stays where it is: only who has the authority decides.  Whom it names may pull it up where the route lets
    him, and is rid of the report once the task is done.
    """
    whom = assignment(task.human_step.watch.escalate_to or {}, task.case)
    report = ask_to_read(task.case, whom, ESCALATION, task.step, task)
    keep("escalate", task.case, None, task, to=whom.member.get_username() if whom.member else whom.key)
    note("escalate", task.case, None, step=task.step[: audit.LONGEST_TEXT])
    return report
