"""Days, months and years in words, in both calendars: what a resident typed in one is shown in the other."""

from __future__ import annotations

from datetime import date

from schemas.eras import era_of, wareki, wareki_months
from schemas.partial_dates import read

UNKNOWN = {
    "ja": ("日は不明", "月日は不明"),
    "ja-easy": ("日は わからない", "月と 日は わからない"),
    "en": ("day unknown", "month and day unknown"),
}


def day_of(text: object) -> date | None:
    """The day of a stored date; None for anything else."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def both_calendars(day: date, language: str) -> str:
    """「2026年4月1日（令和8年4月1日）」."""
    if language == "en":
        return f"{day.isoformat()} ({wareki(day)})" if era_of(day) else day.isoformat()
    western = f"{day.year}年{day.month}月{day.day}日"
    return f"{western}（{wareki(day)}）" if era_of(day) else western


def month_in_words(text: str, language: str) -> str:
    """「2026年4月（令和8年4月）」 of 2026-04, 「1975年（昭和50年）」 of 1975; other text stays as it is."""
    found = read(text)
    if found is None or found[2] is not None:
        return text
    year, month, _day = found
    japanese = wareki_months(year, month)
    if language == "en":
        return f"{text} ({japanese})" if japanese else text
    western = f"{year}年" + (f"{month}月" if month else "")
    return f"{western}（{japanese}）" if japanese else western


def partial_in_words(text: str, language: str) -> str:
    """「1975年5月（昭和50年5月）、日は不明」; a whole day as `both_calendars`."""
    found = read(text)
    if found is None:
        return text
    day = day_of(text)
    if found[2] is not None and day:
        return both_calendars(day, language)
    unknown = UNKNOWN.get(language, UNKNOWN["ja"])[found[1] is None]
    return f"{month_in_words(text, language)}{', ' if language == 'en' else '、'}{unknown}"
