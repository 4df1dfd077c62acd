"""A month of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.calendars import month_in_words
from forms_engine.fields.text import Text


class YearMonth(Text):
    """Typed as 2026-04, 2026年4月, 令和8年4月 or R8.4; stored as 2026-04."""

    kind = "year_month"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") in ("year-month", "month")

    def text(self, answer: Any) -> str:
        return month_in_words(str(answer), self.question.asking.language)

    def width(self) -> int:
        return 14
