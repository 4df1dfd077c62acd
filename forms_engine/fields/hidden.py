"""A field that nobody is asked for: its first value ("const" or "default") is the answer, and nothing is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet
from schemas.pointers import MISSING


class Hidden(Control):
    """An answer that was saved stays; what a browser sends for it is ignored."""

    kind = "hidden"
    parts = ()

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return presentation.get("widget") == "hidden"

    @property
    def first(self) -> Any:
        """The value that the schema begins with; MISSING where it names none."""
        schema = self.question.schema
        return schema.get("const", schema.get("default", MISSING))

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        return {}

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        return self.first if saved is MISSING else saved

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        return self.first

    def html(self, sheet: Sheet, rows: Rows = ()) -> SafeString:
        return NONE
