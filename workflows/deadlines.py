"""Deadlines (処理期限) in working days, which schemas.working_days defines, and the clock of a case with its stops.

Which stops a procedure allows is its policy (routable.ClockPolicy); an internal draft taken back, and a hold at a step
that says so, always stop it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from schemas.working_days import STATUTORY, Calendar, add_working_days, working_days_between
from workflows.closing_days import calendar_of

if TYPE_CHECKING:
    from workflows.cases import Case

#: Why a clock stands still.
CORRECTION, PULLED_BACK, HELD = "correction", "pulled_back", "hold"
#: Those that staff order; with CORRECTION, those for which a procedure's policy is asked.
STOPS = ("applicant_change", "added_documents", "third_party")
#: Where what has no due date stands among what has one: after all of it.
NEVER = date.max
DUE = Coalesce("due_on", models.Value(NEVER, models.DateField()))


class ClockStopQuerySet(models.QuerySet["ClockStop"]):
    def running(self) -> Self:
        """Those that have not ended."""
        return self.filter(until=None)


class ClockStop(models.Model):
    """One time that the clock of a case stood still (期間停止), and why."""

    case = models.ForeignKey("workflows.Case", models.CASCADE, related_name="clock_stops")
    kind = models.CharField(_("停止の理由"), max_length=20)
    since = models.DateTimeField(_("停止"), default=now)
    until = models.DateTimeField(_("再開"), null=True, blank=True)

    objects = ClockStopQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("期間停止")
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind}"


@lru_cache(maxsize=4096)
def due_on(start: date, working_days: int, calendar: Calendar = STATUTORY) -> date:
    """The last day of a period that begins with ``start``, which is not counted itself (民法 第140条)."""
    return add_working_days(start, working_days, calendar)


def calendar_for(case: "Case") -> Calendar:
    """The calendar in which the standard period of the case runs."""
    return STATUTORY if case.subject.clock_policy.counts_closing_days else calendar_of(case.department_key)


def period_end(case: "Case") -> date | None:
    """The day by which a case that opens now is due; None where its procedure sets no period."""
    days = case.subject.period_working_days
    return None if days is None else due_on(localdate(), days, calendar_for(case))


def step_due(case: "Case", working_days: int | None) -> date | None:
    """The day by which a step that is reached now is due."""
    return None if working_days is None else due_on(localdate(), working_days, calendar_of(case.department_key))


def stop_clock(case: "Case", kind: str = CORRECTION) -> None:
    """The standard period does not run while the applicant corrects (行政手続法 第6条・第7条), if so set down."""
    if kind in (CORRECTION, *STOPS) and kind not in case.subject.clock_policy.stops:
        return
    stop = ClockStop.objects.create(case=case, kind=kind)
    if case.stopped_at is None:
        case.stopped_at = stop.since
        case.save(update_fields=["stopped_at"])


def restart_clock(case: "Case", kind: str = CORRECTION) -> None:
    """The period runs on, as many working days later as it stood still; what was corrected is saved with it."""
    ended = case.clock_stops.running().filter(kind=kind).order_by("since")[:1]
    ClockStop.objects.filter(pk__in=list(ended.values_list("pk", flat=True))).update(until=now())
    if case.stopped_at and not case.clock_stops.running().exists():
        if case.due_on:
            case.due_on = moved(case.due_on, localdate(case.stopped_at), localdate(), calendar_for(case))
        case.stopped_at = None
    case.save(update_fields=["stopped_at", "due_on", "content_sha256"])


def moved(due: date, stopped: date, restarted: date, calendar: Calendar = STATUTORY) -> date:
    """The day by which something is due whose clock stood still from one day to another."""
    return due_on(due, working_days_between(stopped, restarted, calendar), calendar)


def expected_on(case: "Case") -> date | None:
    """The day by which it is to be decided as things stand (行政手続法 第9条): while the clock stands still, later."""
    if case.due_on is None or case.stopped_at is None:
        return case.due_on
    return moved(case.due_on, localdate(case.stopped_at), localdate(), calendar_for(case))


def end_clock(case: "Case") -> None:
    """A case that closes while its clock stands still leaves no stop open."""
    if case.stopped_at is not None:
        case.clock_stops.running().update(until=now())
        case.stopped_at = None
        case.save(update_fields=["stopped_at"])


def elapsed(case: "Case", at: datetime | None = None) -> timedelta:
    """How long the clock of a case ran until then (now, or its closing): the sum of its running times."""
    end = min(filter(None, (case.closed_at, at or now())))
    return ran(case.opened_at, end, [(stop.since, stop.until or end) for stop in case.clock_stops.all()])


def ran(begin: datetime, end: datetime, stops: Iterable[tuple[datetime, datetime]]) -> timedelta:
    """The sum of the times between ``begin`` and ``end`` in which no stop held; never negative."""
    return max(timedelta(0), end - begin - _covered(stops, begin, end))


def _covered(stops: Iterable[tuple[datetime, datetime]], begin: datetime, end: datetime) -> timedelta:
    """How much of the time from ``begin`` to ``end`` these intervals cover, what overlaps counted once."""
    total, reached = timedelta(0), begin
    for since, until in sorted(stops):
        since, until = max(since, reached), min(until, end)
        if until > since:
            total, reached = total + (until - since), until
    return total
