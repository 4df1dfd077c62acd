"""A month of a year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text


class YearMonth(Text):
    """Typed as 2026-04, 2026/4 or 2026年4月; stored as 2026-04."""

    kind = "year_month"
    input_mode = "numeric"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") in ("year-month", "month")

    def text(self, answer: Any) -> str:
        year, _, month = str(answer).partition("-")
        is_plain = year.isdigit() and month.isdigit() and self.question.asking.language != "en"
        return f"{year}年{int(month)}月" if is_plain else str(answer)

    def width(self) -> int:
        return 9
