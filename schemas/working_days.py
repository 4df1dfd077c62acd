"""Working days of a municipal office: not Saturday, Sunday, a national holiday, or 29 December to 3 January
(地方自治法 第4条の2 and the closing-day ordinances that follow it; 国民の祝日に関する法律)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import jpholiday

DAY = timedelta(days=1)
FARTHEST = 5000
#: After so many closed days on end, an office is taken to be closed for ever.
LONGEST_CLOSED = 1000

MonthDay = tuple[int, int]


@dataclass(frozen=True)
class Calendar:
    """The closing days (閉庁日) that an office has of its own, besides those of the law; first and last day included.

    `spans` are of one year; `yearly` come every year, as (month, day), and may go over the new year.
    """

    spans: tuple[tuple[date, date], ...] = ()
    yearly: tuple[tuple[MonthDay, MonthDay], ...] = ()

    def is_closed(self, day: date) -> bool:
        """Whether the office is closed by its own rules."""
        if any(first <= day <= last for first, last in self.spans):
            return True
        return any(_in_year((day.month, day.day), first, last) for first, last in self.yearly)


#: Closed on the days of the law alone.
STATUTORY = Calendar()


def _in_year(day: MonthDay, first: MonthDay, last: MonthDay) -> bool:
    return first <= day <= last if first <= last else day >= first or day <= last


@lru_cache(maxsize=8192)
def is_holiday(day: date) -> bool:
    """Whether the day is a national holiday, substitute holidays (振替休日, 国民の休日) included."""
    return bool(jpholiday.is_holiday(day))


def is_working_day(day: date, calendar: Calendar = STATUTORY) -> bool:
    """Whether the office of that calendar is open."""
    return day.weekday() < 5 and not _is_year_end(day) and not is_holiday(day) and not calendar.is_closed(day)


def add_working_days(day: date, count: int, calendar: Calendar = STATUTORY) -> date:
    """The `count`-th working day after `day`, which is not counted itself (民法 第140条); before it if negative.

    Zero gives the day itself, or the next working day (民法 第142条). Raises ValueError beyond 5,000 days, and for a
    calendar that leaves no working day.
    """
    if abs(count) > FARTHEST:
        raise ValueError(f"more than {FARTHEST} working days")
    step = DAY if count >= 0 else -DAY
    for _ in range(abs(count)):
        day = _open(day + step, step, calendar)
    return _open(day, step, calendar)


def _open(day: date, step: timedelta, calendar: Calendar) -> date:
    for _ in range(LONGEST_CLOSED):
        if is_working_day(day, calendar):
            return day
        day += step
    raise ValueError("no working day in this calendar")


def working_days_between(start: date, end: date, calendar: Calendar = STATUTORY) -> int:
    """How many working days a period from `start` to `end` counts, again without its first day."""
    return sum(is_working_day(start + DAY * number, calendar) for number in range(1, (end - start).days + 1))


def _is_year_end(day: date) -> bool:
    return (day.month == 12 and day.day >= 29) or (day.month == 1 and day.day <= 3)


def fiscal_year(day: date) -> int:
    """会計年度: 1 April to 31 March, named by the year it begins in (地方自治法 第208条)."""
    return day.year if day.month >= 4 else day.year - 1


def age(born: date, on: date) -> int:
    """Full years on the morning of `on`; negative when not yet born.

    年齢計算ニ関スル法律 (with 民法 第143条) completes a year of age at the end of the day before the birthday, so a
    person has the new age from the first moment of the birthday, and one born on 29 February from 1 March in common
    years. A law that counts 「…歳に達する日」 means the day before: ask for the age on the following day there.
    """
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
