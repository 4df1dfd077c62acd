"""A name (氏名): as a person writes it, its reading, and other characters where those cannot be printed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from forms_engine.fields.control import NONE, Rows, Sheet, placed
from forms_engine.fields.group import Group
from forms_engine.fields.stencil import Stencil, slot

SUBSTITUTE = "name_substitute"
OPEN = SafeString(" open")


class Person(Group):
    """The substitute (代替文字) is out of the way until it is needed: it opens for a name that cannot be printed."""

    kind = "person"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        if not super().matches(schema, presentation):
            return False
        return SUBSTITUTE in schema.get("properties", {}) and SUBSTITUTE not in schema.get("required", ())

    def _line(self, keys: tuple[str, ...], sheet: Sheet, rows: Rows) -> str:
        html = super()._line(keys, sheet, rows)
        if keys != (SUBSTITUTE,):
            return html
        pointer = placed(f"{self.pointer}/{SUBSTITUTE}", rows)
        is_used = sheet.posted.first(placed(f"{self.name}/{SUBSTITUTE}", rows)) or pointer in sheet.errors
        is_told = pointer in sheet.remarks or pointer in sheet.warnings
        numbers = {f"row{depth}": str(number) for depth, number in enumerate(rows)}
        filled = {"inside": SafeString(html), "open": OPEN if is_used or is_told else NONE}
        return self.substitute.fill(numbers | filled)

    @cached_property
    def substitute(self) -> Stencil:
        context = {"name": self.question.name, "inside": slot("inside"), "open": slot("open")}
        return Stencil("fields/substitute.html", context, self.question.asking.language)
