"""A list: rows that can be added and removed, each one object or one single answer.

The buttons are submit buttons, so a table grows without JavaScript: `_add` names the table; `_remove`, `_up` and
`_down` name the row.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from forms_engine.fields.choices import items_of
from forms_engine.fields.control import Control, Posted, Rows, Sheet, placed
from forms_engine.fields.file import HELD, REMOVE
from forms_engine.fields.stencil import Stencil
from schemas.branches import is_nullable, types_of
from schemas.effective import Plan, plan_of
from schemas.pointers import MISSING

MOST_ROWS = 1000
#: What asks for the page as it would now be, and changes no table.
REDRAWN = ("_refresh", "_postal")
#: Buttons that name a table or a row; a value is renumbered with the rows above it.
BUTTONS = ("_add", "_remove", "_up", "_down")


class Table(Control):
    """Rows where nothing was typed are no answers; the remaining ones close up."""

    kind = "table"
    is_leaf = False
    template = "fields/table.html"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return types_of(schema) - {"null"} == {"array"}

    # Rows

    @cached_property
    def variants(self) -> dict[str | int, Control]:
        """The controls of a row, by the schema that holds for it: rows differ only where items are conditional."""
        return {}

    @cached_property
    def plans(self) -> list[Plan]:
        """The compiled schemas of the first rows, where they have their own, and of all others."""
        schema = self.question.schema
        return [plan_of(one) for one in (*schema.get("prefixItems", ()), dict(items_of(schema)))]

    def row(self, number: int, answer: Any) -> Control:
        """The control of one row, for what is answered in it."""
        place = min(number, len(self.plans) - 1)
        plan = self.plans[place]
        if plan.is_static and place in self.variants:
            return self.variants[place]
        schema = plan.resolved(answer if isinstance(answer, dict) else {} if answer is MISSING else answer)
        key = place if plan.is_static else json.dumps(schema)
        if key not in self.variants:
            self.variants[key] = self.control_of(self.question.row(schema))
        return self.variants[key]

    @property
    def fixed(self) -> int:
        """How many rows at the beginning have a place and a meaning of their own (prefixItems)."""
        return len(self.question.schema.get("prefixItems", ()))

    @property
    def fewest(self) -> int:
        """Rows that are shown at least: what is required, and one to begin with where the table is."""
        fewest = int(self.question.schema.get("minItems", 0))
        return max(self.fixed, min(fewest, MOST_ROWS), 1) if self.question.required else self.fixed

    @property
    def most(self) -> int:
        schema = self.question.schema
        most = self.fixed if schema.get("items") is False else MOST_ROWS
        return min(int(schema.get("maxItems", most)), most)

    def count(self, posted: Posted, rows: Rows) -> int:
        """How many rows were posted; told by the names where a client does not say it."""
        name = placed(self.name, rows)
        told = posted.first(f"{name}~rows")
        if told.isascii() and told.isdigit() and len(told) < 6:
            return min(int(told), MOST_ROWS)
        found = (_row_number(name, one) for one in {*posted.texts, *posted.uploads})
        return min(max((number + 1 for number in found if number is not None), default=0), MOST_ROWS)

    # What goes in and comes out

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        answers = answer if isinstance(answer, list) else []
        texts = {f"{placed(self.name, rows)}~rows": [str(len(answers))]}
        for number, one in enumerate(answers):
            texts.update(self.row(number, one).typed(one, (*rows, number)))
        return texts

    def settle(self, posted: Posted, rows: Rows = ()) -> None:
        """Drop the rows where nothing was typed and the one whose button was pressed; close up the others."""
        name = placed(self.name, rows)
        pressed = posted.first("_remove")
        filled = self._filled(posted, rows)
        numbers = [number for number in filled if f"{name}/{number}" != pressed or number < self.fixed]
        kept = self._moved(numbers, posted, name)
        if kept != list(range(self.count(posted, rows))):
            _close_up(posted, name, kept)
        is_adding = posted.first("_add") == name and len(kept) < self.most
        posted.texts[f"{name}~rows"] = [str(len(kept) + is_adding)]
        if is_adding:
            posted.texts["_add"] = [f"{name}/{len(kept)}/"]  # a page may be read more than once
        for number in range(len(kept)):
            self.row(number, MISSING).settle(posted, (*rows, number))

    def _filled(self, posted: Posted, rows: Rows) -> list[int]:
        """The rows that stay: those where something was typed, and blank ones that those after them need."""
        typed = {one for one in range(self.count(posted, rows)) if not self._is_blank_row(posted, (*rows, one))}
        blank = max(self._asked(posted, rows), min(self.fixed, max(typed, default=0)))
        return sorted({*range(blank), *typed})

    def _asked(self, posted: Posted, rows: Rows) -> int:
        """The rows that stay, blank or not, for whoever asks for one more below them, or for one inside the last; all
        of them where the page is only drawn again, so that none vanishes while something above it is answered."""
        name, adding = placed(self.name, rows), posted.first("_add")
        if adding == name or any(posted.first(one) for one in REDRAWN):
            return max(self.count(posted, rows), self.fixed)
        number = _row_number(name, adding)
        return 0 if number is None else number + 1

    def _moved(self, kept: list[int], posted: Posted, name: str) -> list[int]:
        """The rows in the order that the buttons "up" and "down" ask for; rows of fixed meaning stay in their place."""
        order = list(kept)
        for button, step in (("_up", -1), ("_down", 1)):
            moving = next((place for place, one in enumerate(order) if f"{name}/{one}" == posted.first(button)), None)
            if moving is not None and self.fixed <= moving + step < len(order) and moving >= self.fixed:
                order[moving], order[moving + step] = order[moving + step], order[moving]
                posted.texts[button] = [""]  # a page may be read more than once
        return order

    def _is_blank_row(self, posted: Posted, rows: Rows) -> bool:
        if not self.row(rows[-1], MISSING).is_blank(posted, rows):
            return False
        start = placed(f"{self.name}/{rows[-1]}/", rows)
        return not any(_is_typed(posted, name) for name in posted.texts if name.startswith(start))

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        before = saved if isinstance(saved, list) else []
        count = self.count(posted, rows)
        found = [self._row_answer(number, posted, rows, before) for number in range(count)]
        named = [None if one is MISSING else one for one in found[: self.fixed]] if self._is_asked(found) else []
        answers = [*named, *(answer for answer in found[self.fixed :] if answer is not MISSING)]
        if answers or saved == []:
            return answers
        return saved if saved is None else self._nothing()

    def _is_asked(self, found: list[Any]) -> bool:
        return any(answer is not MISSING for answer in found)

    def _nothing(self) -> Any:
        if not self.question.required:
            return MISSING
        return None if is_nullable(self.question.schema) else []

    def _row_answer(self, number: int, posted: Posted, rows: Rows, before: list[Any]) -> Any:
        """The row's answer, read again while what is answered in it changes which questions it has."""
        place = (*rows, number)
        saved = before[number] if number < len(before) else MISSING
        if self.row(number, saved).is_blank(posted, place) and not isinstance(saved, bool):
            return MISSING
        answer: Any = saved
        for _ in range(4):
            control = self.row(number, answer)
            answer = control.answer(posted, place, saved)
            if self.row(number, answer) is control:
                break
        return answer

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        return self.answer(posted, rows, MISSING)

    def is_blank(self, posted: Posted, rows: Rows) -> bool:
        return all(self._is_blank_row(posted, (*rows, number)) for number in range(self.count(posted, rows)))

    def walk(self, answer: Any, rows: Rows = ()) -> Iterator[tuple[Control, Rows]]:
        yield self, rows
        for number, one in enumerate(answer if isinstance(answer, list) else []):
            yield from self.row(number, one).walk(one, (*rows, number))

    def text(self, answer: Any) -> str:
        return "\n".join(self.row(number, one).text(one) for number, one in enumerate(answer))

    # HTML

    def html(self, sheet: Sheet, rows: Rows = ()) -> SafeString:
        pointer = placed(self.pointer, rows)
        count = max(self.count(sheet.posted, rows), self.fewest)
        numbers = {f"row{depth}": str(number) for depth, number in enumerate(rows)}
        stencil = self.stencil if sheet.is_whole(pointer) else self.closed
        drawn = {"count": str(count), "rows": self._rows_html(count, sheet, rows)}
        return stencil.fill(numbers | self.said(pointer, sheet, rows) | drawn)

    def _rows_html(self, count: int, sheet: Sheet, rows: Rows) -> SafeString:
        html = [self._row_html(number, sheet, (*rows, number)) for number in range(count)]
        return mark_safe("".join(html))  # noqa: S308 - each row was escaped where it was made

    def _row_html(self, number: int, sheet: Sheet, rows: Rows) -> SafeString:
        control = self.row(number, sheet.answer(placed(f"{self.pointer}/{number}", rows)))
        drawn = control.html if number < self.fixed else getattr(control, "inside", control.html)
        members = drawn(sheet, rows)
        numbers = {f"row{depth}": str(place) for depth, place in enumerate(rows)}
        stencil = self._row_stencil(number, sheet.is_whole(placed(self.pointer, rows[:-1])))
        return stencil.fill(numbers | {"number": str(number + 1), "members": members})

    def context(self) -> dict[str, Any]:
        return {"row": self.question.row({}), "open": True, "grows": self.most > self.fixed}

    def _row_stencil(self, number: int, is_open: bool) -> Stencil:
        if number < self.fixed:
            return self.fixed_row
        return self.row_stencil if is_open else self.closed_row

    @cached_property
    def fixed_row(self) -> Stencil:
        return self._stencil("fields/table_fixed.html")

    @cached_property
    def closed(self) -> Stencil:
        return self._stencil(self.template, open=False)

    @cached_property
    def row_stencil(self) -> Stencil:
        return self._stencil("fields/table_row.html")

    @cached_property
    def closed_row(self) -> Stencil:
        return self._stencil("fields/table_row.html", open=False)


def _is_typed(posted: Posted, name: str) -> bool:
    """Whether an input of the row holds something of the resident's own: a calendar is chosen before any date is."""
    if name.endswith(HELD):
        removed = posted.texts.get(f"{name.removesuffix(HELD)}{REMOVE}", ())
        return not {*posted.first(name).split()} <= {*removed}
    return any(posted.texts[name]) and not name.endswith(("~era", "~rows", "~choice", REMOVE))


def _row_number(name: str, one: str) -> int | None:
    """The number of the row of table `name` that the input `one` is in."""
    match = re.match(r"/([0-9]{1,4})(?=[/~]|$)", one[len(name) :]) if one.startswith(name) else None
    return int(match[1]) if match else None


def _close_up(posted: Posted, name: str, kept: list[int]) -> None:
    """Give the kept rows the numbers from 0 on; forget the others."""
    places = {old: new for new, old in enumerate(kept)}
    pressed = {button: posted.texts[button] for button in BUTTONS if button in posted.texts}
    posted.texts = _renumbered(posted.texts, name, places)
    for button, values in pressed.items():
        posted.texts[button] = list(_renumbered({one: [] for one in values}, name, places)) or [""]
    posted.uploads = _renumbered(posted.uploads, name, places)


def _renumbered(values: dict[str, list[Any]], name: str, places: dict[int, int]) -> dict[str, list[Any]]:
    renamed = {}
    for one, value in values.items():
        number = _row_number(name, one)
        if number is None:
            renamed[one] = value
        elif number in places:
            rest = one[len(name) + 1 + len(str(number)) :]
            renamed[f"{name}/{places[number]}{rest}"] = value
    return renamed
