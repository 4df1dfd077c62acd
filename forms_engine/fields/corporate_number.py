"""Numbers that name somebody: thirteen digits of a corporation (法人番号), or any row of digits of fixed length."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text

FORMATS = frozenset({"corporate-number", "digits", "local-government-code"})


class CorporateNumber(Text):
    """Digits of any width with or without separators."""

    kind = "corporate_number"
    input_mode = "numeric"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") in FORMATS

    def width(self) -> int:
        longest = int(self.question.schema.get("maxLength", 13))
        return longest + 2 if longest <= 30 else 0
