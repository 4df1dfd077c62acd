"""The last resort: a box for an answer of any schema. Text is text where that is clear, else it is read as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from forms_engine.fields.control import Control
from schemas.branches import types_of
from schemas.writing import normalise


def parsed(text: str) -> Any:
    """The JSON value of a text; raises ValueError for what is none (NaN and infinities are none: RFC 8259 §6)."""
    return json.loads(text, parse_constant=_refuse)


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


class Anything(Control):
    """Every JSON value can be typed: a text that would read as another value is typed as a JSON string, in quotes."""

    kind = "anything"
    template = "fields/textarea.html"
    writing = "textarea"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return True

    def context(self) -> dict[str, Any]:
        return {"lines": 3, "autocomplete": "off"}

    def understood(self, text: str) -> Any:
        try:
            answer = parsed(text)
        except (ValueError, RecursionError):
            return text
        return answer

    def typed(self, answer: Any, rows: tuple[int, ...] = ()) -> dict[str, list[str]]:
        typed = super().typed(answer, rows)
        return typed if answer is not None else {name: ["null"] for name in typed}

    def written(self, answer: Any) -> str:
        if not isinstance(answer, str):
            return json.dumps(answer, ensure_ascii=False)
        return json.dumps(answer, ensure_ascii=False) if self._is_ambiguous(answer) else answer

    def _is_ambiguous(self, text: str) -> bool:
        return normalise(self.writing, text) != text or not text or self.understood(text) != text

    def text(self, answer: Any) -> str:
        return answer if isinstance(answer, str) else self.written(answer)

    def blank(self) -> Any:
        """Nothing typed; null where it is the only answer there can be."""
        return None if types_of(self.question.schema) == {"null"} and self.question.required else super().blank()
