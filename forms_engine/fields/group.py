"""An object: a fieldset around the questions for its properties. Person, address and the like are groups of leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from forms_engine.fields.control import Control, Posted, Rows, Sheet, placed
from forms_engine.fields.entries import Entries, takes_entries
from schemas.branches import is_nullable, types_of
from schemas.pointers import MISSING

# Leaves that stand side by side where there is room, by word of the vocabulary.
LINES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "person": (("family_name", "given_name"), ("family_name_kana", "given_name_kana")),
    "household_member": (("family_name", "given_name"), ("family_name_kana", "given_name_kana")),
    "bank_account": (("bank_code", "branch_code"),),
}


class Group(Control):
    """A group that is not required and where nothing was typed is no answer at all."""

    kind = "group"
    is_leaf = False
    template = "fields/group.html"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        is_object = types_of(schema) - {"null"} == {"object"} or bool(schema.get("properties"))
        return is_object and types_of(schema) <= {"object", "null"}

    @cached_property
    def entries(self) -> Entries | None:
        """What asks for entries under names of the resident's own, where the schema takes them."""
        schema = self.question.schema
        return Entries(self, schema.get("properties", {})) if takes_entries(schema) else None

    @cached_property
    def members(self) -> dict[str, Control]:
        """The control for each property, in the order of the schema."""
        required = self.question.schema.get("required", ())
        properties = self.question.schema.get("properties", {}).items()
        members = {key: schema for key, schema in properties if schema is not False}
        return {
            key: self.control_of(self.question.member(key, {} if schema is True else schema, key in required))
            for key, schema in members.items()
        }

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        answers = answer if isinstance(answer, Mapping) else {}
        texts: dict[str, list[str]] = {}
        for key, member in self.members.items():
            texts.update(member.typed(answers.get(key, MISSING), rows))
        return texts | self.entries.typed(answers, rows) if self.entries else texts

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> Any:
        """The members' answers; what was answered for members that are hidden now stays, for they may come back."""
        before = saved if isinstance(saved, Mapping) else {}
        hidden = {} if self.entries else {key: one for key, one in before.items() if key not in self.members}
        answers = self._answers(posted, rows, before)
        is_null = saved is None or (self.question.required and is_nullable(self.question.schema) and saved != {})
        if is_null and not answers and self.is_blank(posted, rows):
            return None
        return hidden | answers if answers or self.question.required or saved == {} else MISSING

    def _answers(self, posted: Posted, rows: Rows, before: Mapping[str, Any]) -> dict[str, Any]:
        if not self.question.required and not before and self.is_blank(posted, rows):
            return {}
        found = {key: member.answer(posted, rows, before.get(key, MISSING)) for key, member in self.members.items()}
        entries = self.entries.answer(posted, rows, before) if self.entries else {}
        return {key: answer for key, answer in found.items() if answer is not MISSING} | entries

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        return self.answer(posted, rows, MISSING)

    def is_blank(self, posted: Posted, rows: Rows) -> bool:
        is_blank = all(member.is_blank(posted, rows) for member in self.members.values())
        return is_blank and (self.entries is None or self.entries.table.is_blank(posted, rows))

    def settle(self, posted: Posted, rows: Rows = ()) -> None:
        for member in self.members.values():
            member.settle(posted, rows)
        if self.entries:
            self.entries.table.settle(posted, rows)

    def units(self) -> Iterator[Control]:
        for member in self.members.values():
            yield from member.units()
        if self.entries:
            yield self.entries.table

    def announced(self, fresh: Collection[str]) -> set[str]:
        asked = [unit.pointer for unit in self.units() if not unit.question.schema.get("readOnly")]
        if len(asked) > 1 and all(pointer in fresh for pointer in asked):
            return {self.pointer}
        return set().union(*(member.announced(fresh) for member in self.members.values()))

    def walk(self, answer: Any, rows: Rows = ()) -> Iterator[tuple[Control, Rows]]:
        yield self, rows
        answers = answer if isinstance(answer, Mapping) else {}
        for key, member in self.members.items():
            yield from member.walk(answers.get(key, MISSING), rows)
        if self.entries:
            yield from self.entries.walk(answers, rows)

    def text(self, answer: Any) -> str:
        members = self.members.items()
        texts = [member.text(answer[key]) for key, member in members if answer.get(key) is not None]
        return " ".join([*texts, self.entries.text(answer)] if self.entries else texts)

    def html(self, sheet: Sheet, rows: Rows = ()) -> SafeString:
        pointer = placed(self.pointer, rows)
        numbers = {f"row{depth}": str(number) for depth, number in enumerate(rows)}
        return self.stencil.fill(numbers | self.said(pointer, sheet, rows) | {"members": self.inside(sheet, rows)})

    def inside(self, sheet: Sheet, rows: Rows) -> SafeString:
        """The members' HTML, lines of belonging leaves together."""
        html = [self._line(keys, sheet, rows) for keys in self.lines]
        html += [self.entries.html(sheet, rows)] if self.entries else []
        return mark_safe("".join(html))  # noqa: S308 - each part was escaped where it was made

    def _line(self, keys: tuple[str, ...], sheet: Sheet, rows: Rows) -> str:
        html = "".join(self.members[key].html(sheet, rows) for key in keys)
        return f'<div class="field-row">{html}</div>' if len(keys) > 1 else html

    @cached_property
    def lines(self) -> list[tuple[str, ...]]:
        """The members' keys, each alone or with those it shares its line with."""
        left, lines = dict.fromkeys(self.members), []
        together = {keys[0]: keys for keys in LINES.get(self.question.word, ()) if all(key in left for key in keys)}
        for key in self.members:
            if key in left:
                lines.append(together.get(key, (key,)))
                for taken in lines[-1]:
                    left.pop(taken, None)
        return lines
