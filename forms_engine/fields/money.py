"""An amount of yen: a whole number with its unit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.integer import Integer
from schemas.branches import types_of

YEN = {"ja": "円", "ja-easy": "円", "en": "yen"}


def is_money(schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
    """Whether an amount of money stands here, asked for or calculated."""
    return "money" in (presentation.get("widget"), schema.get("format"), schema.get("x-kind"))


class Money(Integer):
    """1,000 and 1000円 are both understood."""

    kind = "money"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return "integer" in types_of(schema) and is_money(schema, presentation)

    @property
    def unit(self) -> str:
        return super().unit or YEN.get(self.question.asking.language, YEN["ja"])

    def context(self) -> dict[str, Any]:
        return super().context() | {"unit": self.unit}

    def written(self, answer: Any) -> str:
        """With separators, so that a nought too many is seen; they are taken out again when it is read."""
        return f"{answer:,}" if isinstance(answer, int) and not isinstance(answer, bool) else super().written(answer)

    def text(self, answer: Any) -> str:
        gap = " " if self.question.asking.language == "en" else ""
        return f"{answer:,}{gap}{self.unit}" if isinstance(answer, int | float) else str(answer)
