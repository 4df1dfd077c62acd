"""A day that may not be known to the day: as a date, with boxes to tick where the day, or the month too, is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.calendars import partial_in_words
from forms_engine.fields.choice import CHECKED
from forms_engine.fields.control import NONE, Posted, Rows, Sheet, placed
from forms_engine.fields.date import BOXES, WESTERN, Date, bare
from schemas.formats import is_date
from schemas.partial_dates import is_partial_date, read
from schemas.pointers import MISSING
from schemas.writing import normalise

TICKS = ("~no_month", "~no_day")
ADVICE = {
    "ja": "{label}は年・月・日を入力してください。わからないときは「日は不明」か「月と日は不明」を選んでください",
    "ja-easy": "{label}は 年・月・日を 書いてください。わからない ときは 不明を えらんで ください",
    "en": "{label}: enter the year, month and day; tick what is unknown",
}
CONTRADICTION = {
    "ja": "{label}は、不明とした月や日を空にしてください",
    "ja-easy": "{label}は、わからない 月や 日を 書かないで ください",
    "en": "{label}: leave the month or day empty that you marked as unknown",
}


class PartialDate(Date):
    """Stored as YYYY, YYYY-MM or YYYY-MM-DD. What is unknown is said, never concluded from a box left blank."""

    kind = "partial_date"
    template = "fields/partial_date.html"
    parts = (*BOXES, *TICKS)
    writing = "partial-date"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "partial-date"

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        name, found = placed(self.name, rows), read(str(answer))
        if found is None or found[2] is not None:
            return super().typed(answer, rows) | {name + tick: [""] for tick in TICKS}
        year, month, _day = found
        boxes = (f"{year:04}", str(month or ""), "")
        ticks = ("1" if month is None else "", "1" if month else "")
        texts = zip((*BOXES, *TICKS), (*boxes, *ticks), strict=True)
        return {f"{name}~era": [WESTERN]} | {name + part: [text] for part, text in texts}

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        name = placed(self.name, rows)
        if posted.first(name):
            return normalise("partial-date", posted.first(name))
        year, month, day = (bare(posted.first(name + part)) for part in BOXES)
        no_month, no_day = (bool(posted.first(name + tick)) for tick in TICKS)
        if not (no_month or no_day):
            return self._whole(super().read(posted, rows))
        if day or (month and no_month) or not year or not (month or no_month):
            return f"{year}/{month}/{day}?"
        return self._month_or_year(posted.first(f"{name}~era"), year, month)

    @staticmethod
    def _whole(found: Any) -> Any:
        """A day; a month alone in the boxes is none, for nobody said that its day is unknown."""
        is_short = isinstance(found, str) and is_partial_date(found) and not is_date(found)
        return f"{found}?" if is_short else found

    @staticmethod
    def _month_or_year(era: str, year: str, month: str) -> str:
        named = year if era in (WESTERN, "") or not year.isdigit() else f"{era}{year}年"
        written = f"{named.removesuffix('年')}年{month}月" if month else named
        found = normalise("partial-date", written)
        return found if is_partial_date(found) else f"{era}{year}/{month}?"

    def complaint(self, posted: Posted, rows: Rows, answer: Any) -> dict[str, str]:
        name = placed(self.name, rows)
        if not any(posted.first(name + tick) for tick in TICKS):
            return super().complaint(posted, rows, answer) if posted.first(f"{name}~day") else ADVICE
        is_double = posted.first(f"{name}~day") or (posted.first(f"{name}~no_month") and posted.first(f"{name}~month"))
        return CONTRADICTION if is_double else ADVICE

    def text(self, answer: Any) -> str:
        return partial_in_words(str(answer), self.question.asking.language)

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        name, found = placed(self.name, rows), self.read(sheet.posted, rows)
        ticks = {tick[1:]: CHECKED if sheet.posted.first(name + tick) else NONE for tick in TICKS}
        both = self.text(found) if found is not MISSING and is_partial_date(str(found)) else NONE
        return super().slots(sheet, rows) | ticks | {"both": both}
