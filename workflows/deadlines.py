"""Deadlines (処理期限) in working days, which schemas.working_days defines, and the clock of a case."""

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.timezone import localdate, now

from schemas.working_days import add_working_days, is_working_day

if TYPE_CHECKING:
    from workflows.cases import Case


@lru_cache(maxsize=4096)
def due_on(start: date, working_days: int) -> date:
    """The last day of a period that begins with ``start``, which is not counted itself (民法 第140条)."""
    return add_working_days(start, working_days)


def working_days_between(start: date, end: date) -> int:
    """How many working days a period from ``start`` to ``end`` counts, again without its first day."""
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


def stop_clock(case: "Case") -> None:
    """The standard period does not run while the applicant corrects (行政手続法 第6条・第7条)."""
    case.stopped_at = now()
    case.save(update_fields=["stopped_at"])


def restart_clock(case: "Case") -> None:
    """The period runs on, as many working days later as it stood still; what was corrected is saved with it."""
    if case.due_on and case.stopped_at:
        case.due_on = due_on(case.due_on, working_days_between(localdate(case.stopped_at), localdate()))
    case.stopped_at = None
    case.save(update_fields=["stopped_at", "due_on", "content_sha256"])
