"""Looking through the audit entries (操作記録): by who, what, on what and when, newest first, a page at a time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.timezone import make_aware

from workflows.audit import AuditEntry, AuditQuerySet

PAGE = 50
#: Days before are taken for this one: nothing was recorded then.
FIRST = date(1970, 1, 1)


@dataclass(frozen=True)
class Wanted:
    """What is looked for; empty stands for anything.  A target is found by its beginning; days are both included."""

    actor: str = ""
    verb: str = ""
    target: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Found:
    """Some entries, and the number before which the next page begins; None on the last."""

    entries: list[AuditEntry]
    before: int | None


def search(wanted: Wanted, before: int | None = None, limit: int = PAGE) -> Found:
    """The newest entries that are wanted, or those before a number; paging costs the same however far one went."""
    rows = _wanted(wanted)
    rows = rows if before is None else rows.filter(number__lt=before)
    found = list(rows.order_by("-number")[: limit + 1])
    return Found(found[:limit], found[limit - 1].number if len(found) > limit else None)


def _wanted(wanted: Wanted) -> AuditQuerySet:
    rows = AuditEntry.objects.all()
    if wanted.actor:
        rows = rows.filter(actor=wanted.actor)
    if wanted.verb:
        rows = rows.filter(verb=wanted.verb)
    if wanted.target:
        rows = rows.filter(target__startswith=wanted.target)
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until and wanted.until < date.max:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return rows


def _midnight(day: date) -> datetime:
    """Where the day begins; of the first that there is, its name in UTC may lie before the calendar."""
    return make_aware(datetime.combine(max(day, FIRST), time()))
