"""A whole number, or a decimal one: digits of any width in, a JSON number stored."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text
from schemas.branches import types_of
from schemas.writing import normalise

NUMBERS = frozenset({"integer", "number"})
# RFC 8259 §6: beyond 2**53 - 1 receivers read different numbers.
EXACT = 2**53 - 1


def digits(value: float, schema: Mapping[str, Any]) -> str:
    """A number as people write it: 2,027 people, but the year 2027 (`"x-kind": "year"`)."""
    return str(value) if schema.get("x-kind") == "year" else f"{value:,}"


class Integer(Text):
    """A text box with a numeric keypad: number inputs lose what they cannot read, and this must not."""

    kind = "integer"
    writing = "number"

    @property
    def input_mode(self) -> str:  # type: ignore[override]
        """Keypads of telephones have no minus, those for whole numbers no point."""
        schema = self.question.schema
        if schema.get("minimum", schema.get("exclusiveMinimum", -1)) < 0:
            return ""
        return "numeric" if "integer" in types_of(schema) else "decimal"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        named = types_of(schema) - {"null"}
        return bool(named) and named <= NUMBERS

    @property
    def unit(self) -> str:
        """What it is counted in, as the form says: 人, kg."""
        return str(self.question.presentation.get("unit", ""))

    def understood(self, text: str) -> Any:
        """The number; its own unit may be typed behind it."""
        if self.unit and text.endswith(self.unit):
            text = normalise(self.writing, text.removesuffix(self.unit))
        try:
            return int(text)
        except ValueError:
            return self._decimal(text)

    def _decimal(self, text: str) -> Any:
        try:
            number = float(text)
        except ValueError:
            return text
        return number if math.isfinite(number) and abs(number) <= EXACT else text

    def written(self, answer: Any) -> str:
        """Decimal digits; large and small numbers never in the exponent form, which nobody types."""
        if isinstance(answer, float):
            return str(int(answer)) if answer.is_integer() else repr(answer)
        return str(answer)

    def text(self, answer: Any) -> str:
        return digits(answer, self.question.schema) + self.unit if isinstance(answer, int | float) else str(answer)

    def width(self) -> int:
        """As wide as the largest number allowed."""
        largest = self.question.schema.get("maximum", self.question.schema.get("exclusiveMaximum"))
        return max(4, len(f"{largest:,}") + 1) if largest is not None else 12
