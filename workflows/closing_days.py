"""Closing days (閉庁日) that the office has of its own, besides those of the law; of all of it or of one section."""

from datetime import date
from functools import lru_cache
from time import monotonic

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schemas.working_days import Calendar
from workflows import audit
from workflows.staff import Department, StaffMember

#: An office that is closed every year for longer than this has a mistake in its calendar.
LONGEST_YEARLY, LONGEST = 60, 366


class ClosingDayRefused(Exception):
    """These days cannot be closing days; the message says why."""


class ClosingDay(models.Model):
    """Days on which the office is closed, both included; every year on the same days of the month if ``yearly``.

    Without a department, all of the office is closed.
    """

    first = models.DateField(gettext_lazy("初日"))
    last = models.DateField(gettext_lazy("末日"))
    yearly = models.BooleanField(gettext_lazy("毎年"), default=False)
    title = models.CharField(gettext_lazy("名称"), max_length=100)
    department = models.ForeignKey(Department, models.CASCADE, null=True, blank=True, related_name="closing_days")

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("閉庁日")
        ordering = ["first", "id"]

    def __str__(self) -> str:
        return f"{self.title} {self.first}–{self.last}"


@transaction.atomic
def close_office(
    first: date,
    last: date,
    title: str,
    by: StaffMember | None = None,
    department: Department | None = None,
    yearly: bool = False,
) -> ClosingDay:
    """From now on these days, both included, count in no period.

    Days by which running cases are due stay as they were told to the applicants.  Raises ClosingDayRefused.
    """
    if last < first:
        raise ClosingDayRefused(_("閉庁日の末日は初日より後にしてください。"))
    if (last - first).days >= (LONGEST_YEARLY if yearly else LONGEST):
        raise ClosingDayRefused(_("閉庁日が長すぎます。初日と末日を確かめてください。"))
    if not title.strip():
        raise ClosingDayRefused(_("閉庁日の名称を書いてください。"))
    made = ClosingDay.objects.create(first=first, last=last, title=title.strip(), department=department, yearly=yearly)
    audit.record("close_office", _target(made), by, first=str(first), last=str(last), yearly=yearly)
    forget()
    return made


@transaction.atomic
def open_office(closing_day: ClosingDay, by: StaffMember | None = None) -> None:
    """These days are working days again, as far as the law lets them be."""
    audit.record("open_office", _target(closing_day), by, first=str(closing_day.first), last=str(closing_day.last))
    closing_day.delete()
    forget()


def _target(closing_day: ClosingDay) -> str:
    return f"department:{closing_day.department.key}" if closing_day.department else "organisation"


def calendar_of(department: str) -> Calendar:
    """The calendar of a department (its key); another process may know of a change to it a minute later."""
    return _calendars(int(monotonic() // 60)).get(department) or _calendars(int(monotonic() // 60))[""]


def forget() -> None:
    """Calendars are read anew when they are next asked for."""
    _calendars.cache_clear()
    transaction.on_commit(_calendars.cache_clear)


@lru_cache(maxsize=1)
def _calendars(minute: int) -> dict[str, Calendar]:
    """The calendar of each department that has closing days of its own, and under "" that of all others."""
    rows = list(ClosingDay.objects.select_related("department"))
    keys = {"", *(row.department.key for row in rows if row.department)}
    return {key: _calendar([row for row in rows if not row.department or row.department.key == key]) for key in keys}


def _calendar(rows: list[ClosingDay]) -> Calendar:
    spans = tuple((row.first, row.last) for row in rows if not row.yearly)
    yearly = ((row.first, row.last) for row in rows if row.yearly)
    return Calendar(spans, tuple(((one.month, one.day), (other.month, other.day)) for one, other in yearly))
