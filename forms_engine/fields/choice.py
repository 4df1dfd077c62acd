"""One of several answers: radio buttons while they are few, a select when they are many."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet, placed
from forms_engine.fields.stencil import slot
from schemas.branches import is_nullable
from schemas.pointers import MISSING

FEW = 5
CHECKED, SELECTED = SafeString(" checked"), SafeString(" selected")


@dataclass(frozen=True)
class Option:
    """One answer to choose: `sent` is what the browser sends for it, `mark` the slot that says it is chosen."""

    answer: Any
    title: str
    sent: str
    mark: SafeString


def options_of(schema: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """The answers that a schema lists, with their titles; none when it lists none.

    Titled answers are `oneOf` or `anyOf` of `const` and `title`, plain ones `enum` or `const`.
    """
    for branches in (schema.get("oneOf"), schema.get("anyOf")):
        if branches and all(isinstance(one, Mapping) and "const" in one for one in branches):
            return [(one["const"], str(one.get("title", plain(one["const"])))) for one in branches]
    listed = schema.get("enum", [schema["const"]] if "const" in schema else [])
    return [(answer, plain(answer)) for answer in listed]


def plain(answer: Any) -> str:
    """An answer as text: itself, or its JSON; none of all as a dash."""
    if answer is None:
        return "―"
    return answer if isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


def numbered(listed: Iterable[tuple[Any, str]]) -> list[Option]:
    """Options with what the browser sends: the plain text, or the JSON where two would read alike or blank."""
    pairs = list(listed)
    texts = ["null" if answer is None else plain(answer) for answer, _ in pairs]
    distinct = len(set(texts)) == len(texts) and all(text.strip() == text != "" for text in texts)
    sent = texts if distinct else [json.dumps(answer, ensure_ascii=False) for answer, _ in pairs]
    marks = [slot(f"option{place}") for place in range(len(pairs))]
    return [Option(*pair, text, mark) for pair, text, mark in zip(pairs, sent, marks, strict=True)]


def is_same(one: Any, other: Any) -> bool:
    """Equality of JSON values: true is not 1 (JSON Schema §4.2.2)."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


class Choice(Control):
    """What is not listed is returned as typed, so that the schema refuses it."""

    kind = "choice"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return bool(options_of(schema))

    @cached_property
    def options(self) -> list[Option]:
        return numbered(options_of(self.question.schema))

    @property
    def is_radio(self) -> bool:
        widget = self.question.presentation.get("widget", "")
        return widget in ("radio", "yes_no") or (widget != "select" and len(self.options) <= FEW)

    @property
    def template(self) -> str:  # type: ignore[override]
        return "fields/choice.html" if self.is_radio else "fields/select.html"

    @cached_property
    def slot_of(self) -> dict[str, str]:
        return {option.sent: f"option{place}" for place, option in enumerate(self.options)}

    def context(self) -> dict[str, Any]:
        return {"options": self.options, "offers_none": not self.question.required}

    def written(self, answer: Any) -> str:
        return next((option.sent for option in self.options if is_same(option.answer, answer)), plain(answer))

    def text(self, answer: Any) -> str:
        return next((option.title for option in self.options if is_same(option.answer, answer)), plain(answer))

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        sent = posted.first(placed(self.name, rows))
        return self.understood(sent) if sent else self.blank()

    def understood(self, text: str) -> Any:
        return next((option.answer for option in self.options if option.sent == text), text)

    def blank(self) -> Any:
        """Nothing chosen, which is null where that is no choice of its own; else it must be chosen like the others."""
        is_listed = any(option.answer is None for option in self.options)
        return None if self.question.required and is_nullable(self.question.schema) and not is_listed else MISSING

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        is_blank = answer is MISSING or (answer is None and self.blank() is None)
        return {placed(self.name, rows): [""] if is_blank else [self.written(answer)]}

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        chosen = self.slot_of.get(sheet.posted.first(placed(self.name, rows)))
        mark = CHECKED if self.is_radio else SELECTED
        return {chosen: mark} if chosen else {"nothing": NONE if self.is_radio else SELECTED}
