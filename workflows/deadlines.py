"""Deadlines (処理期限) in working days, which schemas.working_days defines, and the clock of a case with its stops."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from django.db import models
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from schemas.working_days import add_working_days, is_working_day

if TYPE_CHECKING:
    from workflows.cases import Case

#: Why a clock stands still.
CORRECTION, PULLED_BACK, HELD = "correction", "pulled_back", "hold"


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
def due_on(start: date, working_days: int) -> date:
    """The last day of a period that begins with ``start``, which is not counted itself (民法 第140条)."""
    return add_working_days(start, working_days)


def working_days_between(start: date, end: date) -> int:
    """How many working days a period from ``start`` to ``end`` counts, again without its first day."""
    return sum(is_working_day(start + timedelta(days=number)) for number in range(1, (end - start).days + 1))


def stop_clock(case: "Case", kind: str = CORRECTION) -> None:
    """The standard period does not run while the applicant corrects (行政手続法 第6条・第7条)."""
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
            case.due_on = due_on(case.due_on, working_days_between(localdate(case.stopped_at), localdate()))
        case.stopped_at = None
    case.save(update_fields=["stopped_at", "due_on", "content_sha256"])


def end_clock(case: "Case") -> None:
    """A case that closes while its clock stands still leaves no stop open."""
    if case.stopped_at is not None:
        case.clock_stops.running().update(until=now())
        case.stopped_at = None
        case.save(update_fields=["stopped_at"])


def elapsed(case: "Case", at: datetime | None = None) -> timedelta:
    """How long the clock of a case ran until then (now, or its closing): the sum of its running times."""
    end = min(filter(None, (case.closed_at, at or now())))
    stops = [(stop.since, stop.until or end) for stop in case.clock_stops.all()]
    return max(timedelta(0), end - case.opened_at - _covered(stops, case.opened_at, end))


def _covered(stops: Iterable[tuple[datetime, datetime]], begin: datetime, end: datetime) -> timedelta:
    """How much of the time from ``begin`` to ``end`` these intervals cover, what overlaps counted once."""
    total, reached = timedelta(0), begin
    for since, until in sorted(stops):
        since, until = max(since, reached), min(until, end)
        if until > since:
            total, reached = total + (until - since), until
    return total
