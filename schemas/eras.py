"""和暦: dates as people here write and read them. Stored dates are always ISO 8601; an era is only a way of writing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Era:
    """One era (元号) with its first and last day; the day of change belongs to both (改元の政令)."""

    name: str
    letter: str
    first: date
    last: date


# Days before 1873-01-01 are of the lunisolar calendar: Meiji starts here where the solar calendar does
# (明治5年太政官布告第337号).
ERAS = (
    Era("令和", "R", date(2019, 5, 1), date.max),
    Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    Era("明治", "M", date(1873, 1, 1), date(1912, 7, 30)),
)

YEAR_ONE = {"明治": 1868}

WRITTEN = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|[RHSTMrhstm])\s*(?P<year>[0-9]{1,2}|元)\s*[年./-]"
    r"\s*(?P<month>[0-9]{1,2})\s*[月./-]\s*(?P<day>[0-9]{1,2})\s*日?"
)


def era_of(day: date) -> Era | None:
    """The era that a day is written in today (the new one on a day of change); None before 1873."""
    return next((era for era in ERAS if era.first <= day), None)


def era_named(text: str) -> Era | None:
    """The era of a name (令和) or a letter (R, r)."""
    return next((era for era in ERAS if text in (era.name, era.letter, era.letter.lower())), None)


def wareki(day: date) -> str:
    """「令和8年4月1日」; the first year is 元年. Days before 1873 stay in the western calendar."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年{day.month}月{day.day}日"
    year = day.year - _year_one(era) + 1
    return f"{era.name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def from_wareki(era_name: str, year: int, month: int, day: int) -> date:
    """The day that an era date means. Raises ValueError when the era has no such day."""
    era = era_named(era_name)
    if era is None or year < 1:
        raise ValueError(f"no such era year: {era_name}{year}")
    found = date(_year_one(era) + year - 1, month, day)
    if not era.first <= found <= era.last:
        raise ValueError(f"{era.name} has no such day: {found.isoformat()}")
    return found


def parse_wareki(text: str) -> date | None:
    """The day of a text such as 令和8年4月1日 or R8.4.1 (ASCII digits); None when it is no era date."""
    match = WRITTEN.fullmatch(text.strip())
    if match is None:
        return None
    year = 1 if match["year"] == "元" else int(match["year"])
    try:
        return from_wareki(match["era"], year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None


def _year_one(era: Era) -> int:
    return YEAR_ONE.get(era.name, era.first.year)


def era_months(era_name: str, year: int, month: int | None = None) -> str:
    """The year, or the month, that an era year means, as YYYY or YYYY-MM. Raises ValueError when the era has none.

    A year or month of a change belongs to both eras: 昭和64年 and 平成元年 are both 1989.
    """
    era = era_named(era_name)
    if era is None or year < 1:
        raise ValueError(f"no such era year: {era_name}{year}")
    western = _year_one(era) + year - 1
    first, last = date(western, month or 1, 1), date(western, month or 12, 28)
    if last < era.first.replace(day=1) or first > era.last:
        raise ValueError(f"{era.name} has no such month: {western}-{month or ''}")
    return f"{western:04}" if month is None else f"{western:04}-{month:02}"


def wareki_months(year: int, month: int | None = None) -> str:
    """「昭和50年5月」, 「昭和50年」; both eras where a change falls into it; empty before 1873."""
    found = []
    for era in reversed(ERAS):
        try:
            era_months(era.name, own := year - _year_one(era) + 1, month)
        except ValueError:
            continue
        found.append(f"{era.name}{'元' if own == 1 else own}年")
    return "・".join(found) + (f"{month}月" if month and found else "")
