"""A day: era, year, month and day in four boxes, in the Japanese or the western calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from forms_engine.fields.choice import SELECTED
from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet, placed
from forms_engine.fields.stencil import slot
from forms_engine.fields.text import AUTOFILL
from schemas.eras import ERAS, era_of, from_wareki, wareki
from schemas.pointers import MISSING
from schemas.writing import digits, folded, normalise

WESTERN = "西暦"
CALENDARS = (WESTERN, *(era.name for era in ERAS))
ROMAN = {WESTERN: "Western", "令和": "Reiwa", "平成": "Heisei", "昭和": "Shōwa", "大正": "Taishō", "明治": "Meiji"}
SIGNS = frozenset("+-‐‑−－＋")
BOXES = ("~year", "~month", "~day")
ADVICE = {
    "ja": "{label}は年・月・日をすべて入力してください",
    "ja-easy": "{label}は 年・月・日を ぜんぶ 書いてください",
    "en": "{label}: enter the year, the month and the day",
}
NO_SUCH_DAY = {
    "ja": "{label}は実際にある日付を入力してください（元号と年の組み合わせも確かめてください）",
    "ja-easy": "{label}は カレンダーに ある日を 書いてください",
    "en": "{label}: enter a day that exists; check the era and the year",
}


def day_of(text: Any) -> date | None:
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


class Date(Control):
    """Stored as ISO 8601. On the day an era changed both names are accepted; 明治 starts in 1873 (see schemas.eras)."""

    kind = "date"
    template = "fields/date.html"
    parts = BOXES

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "date"

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        name, day = placed(self.name, rows), day_of(answer)
        if day is None:
            return {f"{name}~era": [WESTERN], f"{name}~year": ["" if answer in (MISSING, None) else str(answer)]} | {
                f"{name}{part}": [""] for part in BOXES[1:]
            }
        numbers = zip(BOXES, (f"{day.year:04}", str(day.month), str(day.day)), strict=True)
        return {f"{name}~era": [WESTERN]} | {f"{name}{part}": [number] for part, number in numbers}

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        """The day; what is none comes back as typed, for the schema to refuse.

        A whole date in the first box (昭和50年5月1日, 1975/5/1) or under the pointer itself is understood too.
        """
        name = placed(self.name, rows)
        whole, (year, month, day) = posted.first(name), [folded(posted.first(name + part)) for part in BOXES]
        if not (whole or year or month or day):
            return self.blank()
        if whole or not (month or day):
            return normalise("date", whole or year)
        return _day_named(posted.first(f"{name}~era"), year, month, day)

    def complaint(self, posted: Posted, rows: Rows, answer: Any) -> dict[str, str]:
        if day_of(answer):
            return {}
        name = placed(self.name, rows)
        return NO_SUCH_DAY if all(posted.first(name + part) for part in BOXES) else ADVICE

    def text(self, answer: Any) -> str:
        day = day_of(answer)
        return both_calendars(day, self.question.asking.language) if day else str(answer)

    def context(self) -> dict[str, Any]:
        words = ROMAN if self.question.asking.language == "en" else {}
        is_birthday = AUTOFILL.get((self.question.vocabulary, self.question.key)) == "bday" and self.question.is_own
        calendars = [(name, words.get(name, name), slot(f"era{place}")) for place, name in enumerate(CALENDARS)]
        return {"calendars": calendars, "is_birthday": is_birthday}

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        name = placed(self.name, rows)
        era = sheet.posted.first(f"{name}~era")
        day = day_of(self.read(sheet.posted, rows))
        return {part[1:]: sheet.posted.first(name + part) for part in BOXES} | {
            f"era{CALENDARS.index(era)}" if era in CALENDARS else "era0": SELECTED,
            "both": both_calendars(day, self.question.asking.language) if day else NONE,
        }


def _day_named(era: str, year: str, month: str, day: str) -> str:
    """ISO 8601 where the boxes name a day, else their texts joined as typed."""
    typed = f"{'' if era == WESTERN else era}{year}-{month}-{day}"
    if not year.isdigit():
        return normalise("date", typed)
    if not SIGNS.isdisjoint(month + day):
        return typed  # 「1-2」 is no month, and least of all the twelfth
    if era in (WESTERN, "") and len(year) < 4:
        return typed  # nobody means the year 75
    try:
        numbers = int(digits(year)), int(digits(month)), int(digits(day))
        found = date(*numbers) if era in (WESTERN, "") else from_wareki(era, *numbers)
    except (ValueError, OverflowError):
        return typed
    return found.isoformat()
