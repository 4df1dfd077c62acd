"""Working days of a municipal office: not Saturday, Sunday, a national holiday, or 29 December to 3 January
(地方自治法 第4条の2 and the closing-day ordinances that follow it; 国民の祝日に関する法律)."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import jpholiday

DAY = timedelta(days=1)
FARTHEST = 5000


@lru_cache(maxsize=8192)
def is_holiday(day: date) -> bool:
    """Whether the day is a national holiday, substitute holidays (振替休日, 国民の休日) included."""
    return bool(jpholiday.is_holiday(day))


def is_working_day(day: date) -> bool:
    """Whether offices are open."""
    return day.weekday() < 5 and not _is_year_end(day) and not is_holiday(day)


def add_working_days(day: date, count: int) -> date:
    """The `count`-th working day after `day`, which is not counted itself (民法 第140条); before it if negative.

    Zero gives the day itself, or the next working day (民法 第142条). Raises ValueError beyond 5,000 days.
    """
    if abs(count) > FARTHEST:
        raise ValueError(f"more than {FARTHEST} working days")
    step = DAY if count >= 0 else -DAY
    for _ in range(abs(count)):
        day = _open(day + step, step)
    return _open(day, step)


def _open(day: date, step: timedelta) -> date:
    while not is_working_day(day):
        day += step
    return day


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
