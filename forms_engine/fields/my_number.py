"""A My Number (個人番号): typed once, kept apart, and never shown again; the answer is a reference to it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, override

from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet, placed
from schemas.formats import MY_NUMBER_REFERENCE
from schemas.my_numbers import basis_in_words, is_my_number
from schemas.pointers import MISSING

#: Endings of the names of what is typed, and of the reference that says what was typed before.
TYPED, HELD, REMOVE = "~number", "~held", "~remove"


class MyNumber(Control):
    """What is typed never comes back to the browser, not even a mistyped number: people type it again.

    The reference travels with the page, so that it stays with its row when another row is removed; whose number it
    leads to is judged where it is submitted.
    """

    kind = "my_number"
    template = "fields/my_number.html"
    parts = (TYPED, HELD)
    input_mode = "numeric"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return is_my_number(schema)

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        name, held = placed(self.name, rows), answer if isinstance(answer, str) else ""
        return {f"{name}{TYPED}": [""], f"{name}{HELD}": [held], f"{name}{REMOVE}": []}

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        name = placed(self.name, rows)
        if kept := posted.attached.get(placed(self.pointer, rows)):
            return kept[-1]
        if posted.first(f"{name}{REMOVE}"):
            return self.blank()
        if f"{name}{HELD}" not in posted.texts:
            return saved if saved is not MISSING else self.blank()
        held = posted.first(f"{name}{HELD}")
        return held if MY_NUMBER_REFERENCE.fullmatch(held) else self.blank()

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        return self.answer(posted, rows, MISSING)

    def text(self, answer: Any) -> str:
        """That there is one, in words: dots would be read out one by one."""
        with override(self.question.asking.language):
            return gettext("入力済み（番号は表示しません）")

    def context(self) -> dict[str, Any]:
        asking = self.question.asking
        return {"basis": basis_in_words(asking.my_number_basis, asking.language)}

    @property
    def notes(self) -> str:
        return f"{super().notes} {self.name}~basis".strip()

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        answer = sheet.answer(placed(self.pointer, rows))
        held = answer if isinstance(answer, str) else ""
        return {"held": held, "kept": self._kept(placed(self.name, rows)) if held else NONE}

    def _kept(self, name: str) -> SafeString:
        """That there is one already, with the box to take it away."""
        with override(self.question.asking.language):
            said, remove = self.text(name), gettext("消去する")
            when = gettext("変えるときだけ、入力してください。")
        return format_html(
            '<p class="my-number__kept"><strong>{}</strong><label class="choice"><input type="checkbox" name="{}"'
            ' value="1"><span>{}<span class="visually-hidden">：{}</span></span></label></p>'
            '<p class="field__help">{}</p>',
            said, f"{name}{REMOVE}", remove, self.question.title, when,
        )  # fmt: skip
