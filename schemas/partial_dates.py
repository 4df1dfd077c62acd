"""Partial dates: days of which the day, or the month too, is not known: YYYY, YYYY-MM or YYYY-MM-DD (ISO 8601, EDTF).

A calculation needs a whole day: forms say which they mean with {"earliest_day": …} or {"latest_day": …}.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from schemas.eras import ERAS, era_months

ERA_NAMES = "|".join(f"{era.name}|{era.letter}|{era.letter.lower()}" for era in ERAS)
WRITTEN = re.compile(
    rf"(?:(?P<era>{ERA_NAMES})\s*(?P<own>[0-9]{{1,2}}|元)|(?P<year>[0-9]{{4}}))"
    r"(?:\s*年?|\s*[年./-]\s*(?P<month>[0-9]{1,2})\s*月?)"
)
UNKNOWN = re.compile(r"\s*(?:月日|日)?は?\s*(?:不明|不詳|\?)$")
STORED = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-9]{2}))?)?")


def read(text: str) -> tuple[int, int | None, int | None] | None:
    """Year, month and day of a stored partial date; None for what is none."""
    match = STORED.fullmatch(text)
    if match is None or match["year"] == "0000":
        return None
    year, month, day = (int(part) if part else None for part in match.group("year", "month", "day"))
    if year is None or (month and day is not None and not 1 <= day <= monthrange(year, month)[1]):
        return None
    return year, month, day


def is_partial_date(text: str) -> bool:
    """A year, a month of a year, or a day that exists."""
    return read(text) is not None


def earliest(text: str) -> date | None:
    """The first day that a partial date can mean."""
    found = read(text)
    return date(found[0], found[1] or 1, found[2] or 1) if found else None


def latest(text: str) -> date | None:
    """The last day that a partial date can mean."""
    found = read(text)
    if found is None:
        return None
    year, month = found[0], found[1] or 12
    return date(year, month, found[2] or monthrange(year, month)[1])


def month_or_year(text: str) -> str:
    """YYYY-MM or YYYY of 2026/4, 令和8年4月, R8.4, 昭和50年, 1975年5月日不明; empty for anything else (half width)."""
    match = WRITTEN.fullmatch(UNKNOWN.sub("", text).strip())
    if match is None:
        return ""
    month = int(match["month"]) if match["month"] else None
    if month is not None and not 1 <= month <= 12:
        return ""
    if match["era"] is None:
        return match["year"] if month is None else f"{match['year']}-{month:02}"
    try:
        return era_months(match["era"], 1 if match["own"] == "元" else int(match["own"]), month)
    except ValueError:
        return ""
