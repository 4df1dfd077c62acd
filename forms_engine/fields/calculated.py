"""A calculated answer: shown, never asked; what a browser sends for it is ignored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from forms_engine.fields.control import Control, Posted, Rows, Sheet
from schemas.pointers import MISSING


class Calculated(Control):
    """Written as the same kind of answer would be if a person gave it."""

    kind = "calculated"
    template = "fields/calculated.html"
    parts = ()

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("readOnly") is True

    @cached_property
    def plain(self) -> Control:
        """The control that would ask for such an answer."""
        schema = {key: value for key, value in self.question.schema.items() if key != "readOnly"}
        return self.control_of(replace(self.question, schema=schema))

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        return {}

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        return saved

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        return MISSING

    def text(self, answer: Any) -> str:
        return self.plain.text(answer)

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        return {"value": self.shown(sheet, rows) or "―"}
