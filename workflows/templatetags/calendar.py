"""Days, times and deadlines as a person reads them, in the language of the page."""

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import get_language, gettext, ngettext

from schemas.eras import wareki
from schemas.working_days import working_days_between

register = template.Library()
SOON = 2  # working days left from which a deadline is shown as near


@register.filter
def day(value: date | datetime | None) -> str:
    """「2026年11月26日（木）」 / "Thursday 26 November 2026"; empty for nothing."""
    if value is None:
        return ""
    local = _local(value)
    if get_language() == "en":
        return date_format(local, "l j F Y")
    return f"{local.year}年{local.month}月{local.day}日（{'月火水木金土日'[local.weekday()]}）"


@register.filter
def moment(value: datetime | None) -> str:
    """The day and the time to the minute."""
    return f"{day(value)} {localtime(value):%H:%M}" if value else ""


@register.filter
def era_day(value: date | datetime | None) -> str:
    """The day in the Japanese era (「令和8年11月26日」); in other languages as ``day``."""
    if value is None or get_language() == "en":
        return day(value)
    return wareki(date(*_local(value).timetuple()[:3]))


@dataclass(frozen=True)
class Due:
    """A deadline held against today: how near it is, and that in words."""

    on: date
    state: str
    words: str


@register.filter
def due(on: date | None) -> Due | None:
    """How the deadline stands today; None where there is none."""
    if on is None:
        return None
    today = localdate()
    if on < today:
        return Due(on, "overdue", _overdue(working_days_between(on, today)))
    if on == today:
        return Due(on, "today", gettext("今日まで"))
    left = working_days_between(today, on)
    words = ngettext("あと%(days)d開庁日", "あと%(days)d開庁日", left) % {"days": left}
    return Due(on, "soon" if left <= SOON else "later", words)


def _overdue(days: int) -> str:
    """A deadline on Friday is over on Saturday, but not yet by a working day."""
    if not days:
        return gettext("期限を過ぎました")
    return ngettext("%(days)d開庁日超過", "%(days)d開庁日超過", days) % {"days": days}


def _local(value: date | datetime) -> date:
    return localtime(value) if isinstance(value, datetime) else value
