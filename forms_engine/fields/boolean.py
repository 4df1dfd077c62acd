"""Yes or no: two radio buttons, so that "not answered" stays different from "no"; or a checkbox."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override

from forms_engine.fields.choice import CHECKED, Choice, Option, numbered
from forms_engine.fields.control import NONE, Rows, Sheet, placed
from schemas.branches import types_of

YES_NO = {"ja": ("はい", "いいえ"), "ja-easy": ("はい", "いいえ"), "en": ("Yes", "No")}


class Boolean(Choice):
    """A checkbox that is left alone says no where an answer is required, and nothing where it is not.

    Yes and no are the only answers: a third button stands beside them only to take back an optional one that was given,
    because a radio button cannot be unchosen.
    """

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

    def context(self) -> dict[str, Any]:
        return super().context() | {"offers_none": False}

    @cached_property
    def take_back(self) -> SafeString:
        with override(self.question.asking.language):
            words = gettext("答えを取り消す")
        controls = mark_safe(" data-controls") if self.question.controls else NONE
        return format_html(
            '<label class="choice"><input type="radio" name="{}" value=""{}><span>{}</span></label>',
            self.name, controls, words,
        )  # fmt: skip

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        if not self.is_checkbox:
            slots = super().slots(sheet, rows)
            is_optional = not self.question.required and "nothing" not in slots
            return slots | {"none": mark_safe(placed(self.take_back, rows)) if is_optional else NONE}  # noqa: S308
        return {"checked": CHECKED if sheet.posted.first(placed(self.name, rows)) == "true" else NONE}
