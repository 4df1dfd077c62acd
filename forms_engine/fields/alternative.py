"""One of several kinds of answer: what it is, then the questions of that kind.

What is chosen is not part of the answer: it travels beside it as `~choice`, and is told from a saved answer by what
that answer fits. Branches that ask for the same thing ask under the same name, so it stays when another is chosen.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils.html import format_html

from forms_engine.fields.choice import SELECTED, Option, numbered
from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet, placed
from schemas.branches import Branch, branches, fitting, is_nullable
from schemas.pointers import MISSING

ROUNDS = 4
KIND_WORDS: Mapping[str, Mapping[str, str]] = {
    "string": {"ja": "文字", "ja-easy": "文字", "en": "Text"},
    "number": {"ja": "数", "ja-easy": "数", "en": "Number"},
    "integer": {"ja": "整数", "ja-easy": "数", "en": "Whole number"},
    "boolean": {"ja": "はい・いいえ", "ja-easy": "はい・いいえ", "en": "Yes or no"},
    "array": {"ja": "一覧", "ja-easy": "いくつか", "en": "List"},
    "object": {"ja": "項目ごと", "ja-easy": "1つずつ", "en": "Details"},
    "null": {"ja": "なし", "ja-easy": "ない", "en": "None"},
    "": {"ja": "そのほか", "ja-easy": "ほか", "en": "Other"},
}


class Alternative(Control):
    """Choosing another kind keeps what both ask for; the rest of the former one is no answer any more."""

    kind = "alternative"
    is_leaf = False
    template = "fields/alternative.html"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return len(branches(schema)) > 1

    @cached_property
    def branches(self) -> list[Branch]:
        return branches(self.question.schema)

    @cached_property
    def options(self) -> list[Option]:
        """The branches by name; two of the same name are told apart by their number."""
        names = [branch.title or self._word(branch.kind) for branch in self.branches]
        told = [
            f"{name}（{names[: place + 1].count(name)}）" if names.count(name) > 1 else name
            for place, name in enumerate(names)
        ]
        return [
            replace(option, title=name)
            for option, name in zip(numbered((place, "") for place in range(len(names))), told, strict=True)
        ]

    def _word(self, kind: str) -> str:
        words = KIND_WORDS.get(kind, KIND_WORDS[""])
        return words.get(self.question.asking.language, words["ja"])

    @cached_property
    def variants(self) -> dict[tuple[int, str], Control]:
        """The controls of the branches, by the schema that holds for what is answered."""
        return {}

    def control(self, place: int, answer: Any) -> Control:
        """The control of one branch, for what is answered in it."""
        schema = self.branches[place].schema({} if answer is MISSING else answer)
        key = (place, json.dumps(schema))
        if key not in self.variants:
            own, chosen = self.question.schema.get("title", ""), self.options[place].title
            title = own if schema.get("properties") else f"{own}（{chosen}）" if own else chosen
            question = replace(self.question, schema={**schema, "title": title}, required=True)
            self.variants[key] = self.control_of(question)
        return self.variants[key]

    def is_null(self, place: int) -> bool:
        """Whether choosing this branch is already the whole answer."""
        return self.branches[place].kind == "null"

    def place(self, posted: Posted, rows: Rows) -> int | None:
        """The place of the branch that was chosen."""
        sent = posted.first(f"{placed(self.name, rows)}~choice")
        is_known = sent.isascii() and sent.isdigit() and len(sent) < 4 and int(sent) < len(self.branches)
        return int(sent) if is_known else None

    def fitting(self, answer: Any) -> int | None:
        """The place of the branch that a saved answer was given in."""
        if answer is MISSING or (answer is None and not any(map(self.is_null, range(len(self.branches))))):
            return None
        return fitting(self.branches, answer)

    # What goes in and comes out

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        place = self.fitting(answer)
        chosen = {f"{placed(self.name, rows)}~choice": ["" if place is None else str(place)]}
        if place is None or self.is_null(place):
            return chosen
        return self.control(place, answer).typed(answer, rows) | chosen

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        """The answer in the chosen branch, read again while it changes which questions that branch has."""
        place = self.place(posted, rows)
        if place is None:
            return saved if saved is None else self.blank()
        if self.is_null(place):
            return None
        before = saved if self.fitting(saved) == place else MISSING
        answer: Any = before
        for _ in range(ROUNDS):
            control = self.control(place, answer)
            answer = control.answer(posted, rows, before)
            if self.control(place, answer) is control:
                break
        return answer

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        return self.answer(posted, rows, MISSING)

    def blank(self) -> Any:
        return None if is_nullable(self.question.schema) and self.question.required else MISSING

    def is_blank(self, posted: Posted, rows: Rows) -> bool:
        return self.place(posted, rows) is None

    def settle(self, posted: Posted, rows: Rows = ()) -> None:
        place = self.place(posted, rows)
        if place is not None and not self.is_null(place):
            self.control(place, MISSING).settle(posted, rows)

    def walk(self, answer: Any, rows: Rows = ()) -> Iterator[tuple[Control, Rows]]:
        yield self, rows
        place = self.fitting(answer)
        if place is not None and not self.is_null(place):
            yield from self.control(place, answer).walk(answer, rows)

    def text(self, answer: Any) -> str:
        place = self.fitting(answer)
        is_plain = place is None or self.is_null(place)
        return self._word("null") if is_plain else self.control(place or 0, answer).text(answer)

    # HTML

    def context(self) -> dict[str, Any]:
        return {"options": self.options}

    def _chosen(self, sheet: Sheet, rows: Rows) -> Control | None:
        """The control of the chosen branch, as it stands for what was typed in it."""
        place = self.place(sheet.posted, rows)
        is_plain = place is None or self.is_null(place)
        return None if is_plain else self.control(place or 0, self.read(sheet.posted, rows))

    def said(self, pointer: str, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        """Said once: at the control of the branch where that shows its own errors, else here."""
        control = self._chosen(sheet, rows)
        name = format_html(' id="{}" tabindex="-1"', placed(self.name, rows))
        if control is None or hasattr(control, "inside"):
            return super().said(pointer, sheet, rows) | {"anchor": name}
        return super().said(pointer, replace(sheet, errors={}, warnings={}, remarks={}), rows)

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        place, control = self.place(sheet.posted, rows), self._chosen(sheet, rows)
        mark = {"nothing": SELECTED} if place is None else {f"option{place}": SELECTED}
        inside = NONE if control is None else getattr(control, "inside", control.html)(sheet, rows)
        return mark | {"members": inside}
