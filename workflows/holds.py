"""Holds (保留): a task waits for an inquiry or for another office; the clock runs on unless the step says otherwise.

It is on hold through the day that was named.  After that the sweep (reminders) brings it back to where it waited.
"""

from datetime import date

from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from workflows.acts import acting
from workflows.authority import DecisionRefused, is_at_post, is_manager
from workflows.cases import Case, Task
from workflows.deadlines import HELD, restart_clock, stop_clock
from workflows.movements import keep
from workflows.staff import StaffMember
from workflows.traces import note
from workflows.watches import HOLD_OVER, watched_again


def hold(task: Task, by: StaffMember, reason: str, until: date) -> Task:
    """Put the task on hold until that day (保留).  Raises DecisionRefused, also without a reason."""
    with acting(task, by, "hold"):
        if not reason.strip():
            raise DecisionRefused(_("保留の理由を書いてください。"))
        if until < localdate():
            raise DecisionRefused(_("保留の期限は今日より後の日にしてください。"))
        if task.held_at:
            raise DecisionRefused(_("すでに保留中です。"))
        task.held_at, task.held_until, task.opened_at = now(), until, task.opened_at or now()
        task.save(update_fields=["held_at", "held_until", "opened_at", *watched_again(task, HOLD_OVER)])
        if task.human_step.hold_stops_clock:
            stop_clock(task.case, HELD)
        keep("hold", task.case, by, task, reason=reason.strip(), until=until)
        note("hold", task.case, by, step=task.step, until=str(until))
    return task


def release(task: Task, by: StaffMember) -> Task:
    """Take the task up again, by whom it waits for or the process manager.  Raises DecisionRefused."""
    with acting(task, by, may=lambda: is_at_post(task, by) or is_manager(by)):
        if not task.held_at:
            raise DecisionRefused(_("保留中ではありません。"))
        end_hold(task)
        keep("release", task.case, by, task)
        note("release", task.case, by, step=task.step)
    return task


def bring_back(task: Task) -> None:
    """The day has passed until which the task was on hold: it waits again; the caller holds the lock of the case."""
    until = task.held_until
    end_hold(task)
    keep(HOLD_OVER, task.case, None, task, until=until)
    note(HOLD_OVER, task.case, None, step=task.step, until=str(until))


def settle_holds(case: Case) -> None:
    """Where held tasks were cut off with their parallel block, the clock does not stand still for them any longer."""
    if case.stopped_at is None:
        return
    held = [task for task in Task.objects.blocking(case).exclude(held_at=None) if task.human_step.hold_stops_clock]
    for _gone in range(case.clock_stops.running().filter(kind=HELD).count() - len(held)):
        restart_clock(case, HELD)


def end_hold(task: Task) -> None:
    """The task waits for nothing any more, and the clock runs on; the caller holds the lock of the case."""
    task.held_at = task.held_until = None
    task.save(update_fields=["held_at", "held_until", *watched_again(task, HOLD_OVER)])
    if task.human_step.hold_stops_clock:
        restart_clock(task.case, HELD)
