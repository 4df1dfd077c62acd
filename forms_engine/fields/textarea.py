"""Several lines of text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text
from schemas.branches import types_of

LONG = 200


class Textarea(Text):
    """Chosen by the form, or because the answer may be longer than a line."""

    kind = "textarea"
    template = "fields/textarea.html"
    writing = "textarea"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        is_long = int(schema.get("maxLength", 0)) >= LONG and "format" not in schema and "pattern" not in schema
        is_chosen = presentation.get("widget") == "textarea" or (is_long and "widget" not in presentation)
        return is_chosen and types_of(schema) - {"null"} == {"string"}

    def context(self) -> dict[str, Any]:
        return super().context() | {"lines": self.question.presentation.get("rows", 5)}
