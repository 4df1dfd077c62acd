"""Watches (見守り): on which day somebody is to hear of a task that still waits, and what of that was told.

Each task names the next day on which it is to be looked at, so the sweep reads what is due and nothing else.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from schemas.working_days import Calendar
from workflows.closing_days import calendar_of
from workflows.deadlines import due_on
from workflows.spec import NOT_WATCHED

if TYPE_CHECKING:
    from workflows.cases import Task

#: What is told of a task: it will be due, it is overdue, somebody above hears of it, its hold is over, and the standard
#: period of its case is.
DUE_SOON, OVERDUE, ESCALATED = "due_soon", "overdue", "escalated"
HOLD_OVER, PERIOD_OVER = "hold_over", "period_over"
DAY = timedelta(days=1)


class Watched(models.Model):
    """Columns of what is watched: the day to look at it, and what was told already."""

    look_on = models.DateField(_("見守りの日"), null=True, blank=True)
    alarmed = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True


def alarms(task: "Task") -> dict[str, date]:
    """What is to be told of the task, and the first day on which that is so; nothing that was told already.

    While it is on hold, only that its hold, or the period of its case, is over; nothing while it waits for others.
    """
    calendar, told = calendar_of(task.case.department_key), task.alarmed.split()
    found = _of_case(task) | ({HOLD_OVER: task.held_until + DAY} if task.held_until else _of_step(task, calendar))
    unheard = {kind: day for kind, day in found.items() if kind not in told or kind == HOLD_OVER}
    return {} if task.is_parked else unheard


def _of_case(task: "Task") -> dict[str, date]:
    """The standard period (標準処理期間), which stands still while the clock does."""
    case = task.case
    return {PERIOD_OVER: case.due_on + DAY} if case.due_on and task.is_blocking and not case.stopped_at else {}


def _of_step(task: "Task", calendar: Calendar) -> dict[str, date]:
    found = {OVERDUE: task.due_on + DAY} if task.due_on else {}
    watch = task.human_step.watch if task.is_blocking else NOT_WATCHED
    came = localdate(task.created)
    days = {DUE_SOON: watch.remind_after, ESCALATED: watch.escalate_after if task.kind == "step" else None}
    return found | {kind: due_on(came, count, calendar) for kind, count in days.items() if count is not None}


def watch(task: "Task") -> None:
    """Set, without saving, the day on which the task is next to be looked at; tomorrow if it waits for others."""
    days = alarms(task).values()
    later = localdate() + DAY
    task.look_on = min(days) if days else (later if task.is_parked or task.case.stopped_at else None)


def watched_again(task: "Task", kind: str) -> list[str]:
    """This may be told once more, because its cause is a new one; the names of what the caller is to save."""
    task.alarmed = " ".join(word for word in task.alarmed.split() if word != kind)
    watch(task)
    return ["alarmed", "look_on"]


def told(task: "Task", kinds: Any) -> list[str]:
    """These were told; the names of what the caller is to save."""
    task.alarmed = " ".join([*task.alarmed.split(), *kinds])
    watch(task)
    return ["alarmed", "look_on"]
