"""Any number of several answers: a group of checkboxes."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from forms_engine.fields.choice import CHECKED, Option, is_same, numbered, options_of, plain
from forms_engine.fields.control import Control, Posted, Rows, Sheet, placed
from schemas.branches import types_of
from schemas.pointers import MISSING


def items_of(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema of the items of a list; empty where it says nothing about them."""
    items = schema.get("items")
    return items if isinstance(items, Mapping) else {}


class Choices(Control):
    """The answer lists what is checked in the order of the form, so that the same choice is always the same answer."""

    kind = "choices"
    template = "fields/choices.html"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return (
            types_of(schema) - {"null"} == {"array"}
            and "prefixItems" not in schema
            and bool(options_of(items_of(schema)))
        )

    @cached_property
    def options(self) -> list[Option]:
        return numbered(options_of(items_of(self.question.schema)))

    def context(self) -> dict[str, Any]:
        return {"options": self.options}

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        return {placed(self.name, rows): [self._sent(one) for one in answer] if isinstance(answer, list) else []}

    def _sent(self, item: Any) -> str:
        return next((option.sent for option in self.options if is_same(option.answer, item)), plain(item))

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        sent = [text for text in posted.texts.get(placed(self.name, rows), ()) if text]
        known = [option.answer for option in self.options if option.sent in sent]
        strange = [text for text in sent if all(option.sent != text for option in self.options)]
        return known + strange or self.blank()

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        untouched = isinstance(saved, list) and sorted(self.typed(saved, rows)[placed(self.name, rows)]) == sorted(
            posted.texts.get(placed(self.name, rows), ())
        )
        return saved if untouched else self.read(posted, rows)

    def blank(self) -> Any:
        """Nothing checked: the empty list is an answer where one is required."""
        return [] if self.question.required else MISSING

    def text(self, answer: Any) -> str:
        joint = ", " if self.question.asking.language == "en" else "、"
        return joint.join(map(self._title, answer))

    def _title(self, item: Any) -> str:
        return next((one.title for one in self.options if is_same(one.answer, item)), plain(item))

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        sent = sheet.posted.texts.get(placed(self.name, rows), ())
        return {f"option{place}": CHECKED for place, option in enumerate(self.options) if option.sent in sent}
