"""Yes or no: two radio buttons, so that "not answered" stays different from "no"; or a checkbox."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from forms_engine.fields.choice import CHECKED, Choice, Option, numbered
from forms_engine.fields.control import NONE, Rows, Sheet, placed
from schemas.branches import types_of

YES_NO = {"ja": ("はい", "いいえ"), "ja-easy": ("はい", "いいえ"), "en": ("Yes", "No")}


class Boolean(Choice):
    """A checkbox that is left alone says no where an answer is required, and nothing where it is not."""

    kind = "boolean"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return types_of(schema) - {"null"} == {"boolean"}

    @property
    def is_checkbox(self) -> bool:
        return self.question.presentation.get("widget") == "checkbox"

    @property
    def template(self) -> str:  # type: ignore[override]
        return "fields/boolean.html" if self.is_checkbox else super().template

    @cached_property
    def options(self) -> list[Option]:
        yes, no = self.question.presentation.get("labels") or YES_NO.get(self.question.asking.language, YES_NO["ja"])
        return numbered([(True, yes), (False, no)])

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        if not self.is_checkbox:
            return super().typed(answer, rows)
        return {placed(self.name, rows): ["true" if answer is True else ""]}

    def blank(self) -> Any:
        return False if self.is_checkbox and self.question.required else super().blank()

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        if not self.is_checkbox:
            return super().slots(sheet, rows)
        return {"checked": CHECKED if sheet.posted.first(placed(self.name, rows)) == "true" else NONE}
