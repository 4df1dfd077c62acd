"""A day: era, year, month and day in four boxes, in the Japanese or the western calendar."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from forms_engine.fields.calendars import both_calendars, day_of
from forms_engine.fields.choice import SELECTED
from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet, placed
from forms_engine.fields.stencil import slot
from forms_engine.fields.text import AUTOFILL
from schemas.eras import ERAS, from_wareki
from schemas.pointers import MISSING
from schemas.writing import digits, folded, normalise

WESTERN = "西暦"
CALENDARS = (WESTERN, *(era.name for era in ERAS))
ROMAN = {WESTERN: "Western", "令和": "Reiwa", "平成": "Heisei", "昭和": "Shōwa", "大正": "Taishō", "明治": "Meiji"}
SIGNS = frozenset("+-‐‑−－＋")
LONGEST_ERA = 64  # 昭和
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


CONTRADICTION = {
    "ja": "{label}は、年の欄の日付と月・日の欄が食い違っています。どちらかにそろえてください",
    "ja-easy": "{label}は、年の ところと、月・日の ところが ちがいます。おなじ 日に して ください",
    "en": "{label}: the date in the year box and the month and day differ. Give one date",
}


def bare(text: str) -> str:
    """What was typed into one box, in half width, without the word that stands beside the box anyway."""
    return re.sub(r"(?<=[0-9元])\s*[年月日]$", "", folded(text))


class Date(Control):
    """Stored as ISO 8601. On the day an era changed both names are accepted; 明治 starts in 1873 (see schemas.eras)."""

    kind = "date"
    template = "fields/date.html"
    parts: ClassVar[tuple[str, ...]] = BOXES

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

        A whole date in the first box (昭和50年5月1日, 1975/5/1) or under the pointer itself is understood too; where
        month and day say another, it is none.
        """
        name = placed(self.name, rows)
        whole, (year, month, day) = posted.first(name), [bare(posted.first(name + part)) for part in BOXES]
        if not (whole or year or month or day):
            return self.blank()
        if whole or not (month or day):
            return normalise("date", whole or year)
        pasted = _pasted(posted, name)
        if pasted:
            return pasted.isoformat() if _agree(pasted, month, day) else f"{year}/{month}/{day}"
        return _day_named(posted.first(f"{name}~era"), year, month, day)

    def complaint(self, posted: Posted, rows: Rows, answer: Any) -> dict[str, str]:
        if day_of(answer):
            return {}
        name = placed(self.name, rows)
        if _pasted(posted, name):
            return CONTRADICTION
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


def _pasted(posted: Posted, name: str) -> date | None:
    """The whole date that stands in the box of the year."""
    return day_of(normalise("date", posted.first(f"{name}~year")))


def _agree(day: date, month: str, number: str) -> bool:
    """Whether month and day, as far as they are filled, are those of the day."""
    pairs = ((month, day.month), (number, day.day))
    return all(not text or (text.isdigit() and int(text) == part) for text, part in pairs)


def _day_named(era: str, year: str, month: str, day: str) -> str:
    """ISO 8601 where the boxes name a day, else their texts joined as typed."""
    typed = f"{'' if era == WESTERN else era}{year}-{month}-{day}"
    if not year.isdigit():
        return normalise("date", typed)
    if not SIGNS.isdisjoint(month + day):
        return typed  # 「1-2」 is no month, and least of all the twelfth
    if era in (WESTERN, "") and len(year) < 4:
        return typed  # nobody means the year 75
    if era not in (WESTERN, "") and int(year) > LONGEST_ERA:
        return typed  # 令和99年 is a slip, not the year 2117
    try:
        numbers = int(digits(year)), int(digits(month)), int(digits(day))
        found = date(*numbers) if era in (WESTERN, "") else from_wareki(era, *numbers)
    except (ValueError, OverflowError):
        return typed
    return found.isoformat()
