"""Named entries: an object whose keys people choose themselves. Rows of a name and its value, like a table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from forms_engine.fields.control import Control, Posted, Rows, Sheet, placed
from forms_engine.fields.table import Table
from schemas.pointers import MISSING, escaped, parts
from schemas.problems import Problem

# No key is written like this: a tilde in a pointer stands before 0 or 1 (RFC 6901 §3).
PLACE = "~entries"
WORDS: Mapping[str, tuple[str, str, str]] = {
    "ja": ("そのほかの項目", "項目の名前", "内容"),
    "ja-easy": ("ほかの こと", "なまえ", "なかみ"),
    "en": ("Further items", "Name of the item", "Value"),
}


def takes_entries(schema: Mapping[str, Any]) -> bool:
    """Whether an object may hold what it does not name, and says what; one that names nothing may hold anything."""
    more = schema.get("additionalProperties")
    if "patternProperties" in schema or (isinstance(more, dict) and bool(more)):
        return True
    return not schema.get("properties") and more is not False


class Entries:
    """The part of a group (see Group) that asks for what its schema does not name."""

    def __init__(self, group: Control, declared: Mapping[str, Any]) -> None:
        self.group, self.declared = group, declared

    @cached_property
    def table(self) -> Table:
        """The rows as a table of objects {"key", "value"} at a place that no answer has."""
        question = self.group.question
        title, name, value = WORDS.get(question.asking.language, WORDS["ja"])
        title = title if self.declared else question.title
        schema: dict[str, Any] = {"type": "array", "title": title, "items": self._items(name, value)}
        most = question.schema.get("maxProperties")
        if isinstance(most, int) and not self.declared:
            schema["maxItems"] = most
        own = replace(question, pointer=f"{question.pointer}/{PLACE}", schema=schema, required=False, caption=title)
        if "patternProperties" in question.schema:
            names = own.asking.controlling | {f"{own.pattern}/*/key"}
            own = replace(own, asking=replace(own.asking, controlling=names))
        return Table(own, self.group.control_of)

    def _items(self, name: str, value: str) -> dict[str, Any]:
        """A row's schema: which value is asked for depends on the key where patterns say so."""
        schema = self.group.question.schema
        names, more = schema.get("propertyNames"), schema.get("additionalProperties", {})
        key = {"type": "string", **(names if isinstance(names, dict) else {}), "title": name}
        rest = _titled(more if isinstance(more, dict) else {}, value)
        patterns = schema.get("patternProperties", {})
        rules = [_rule(pattern, _titled(one, value)) for pattern, one in patterns.items()]
        otherwise = {"not": {"anyOf": [_matching(pattern) for pattern in patterns]}}
        found = {"if": otherwise, "then": {"properties": {"value": rest}}} if patterns else {}
        properties = {"key": key, "value": {"title": value} if patterns else rest}
        return {"type": "object", "properties": properties, "required": ["key", "value"], "allOf": [*rules, found]}

    def listed(self, answer: Any) -> list[dict[str, Any]]:
        """The entries of an object as rows."""
        found = answer.items() if isinstance(answer, Mapping) else ()
        return [{"key": key, "value": value} for key, value in found if key not in self.declared]

    def typed(self, answer: Any, rows: Rows) -> dict[str, list[str]]:
        return self.table.typed(self.listed(answer), rows)

    def answer(self, posted: Posted, rows: Rows, saved: Any) -> dict[str, Any]:
        """The entries as an object; a name that is given twice or is one of the form's own is refused."""
        read = self.table.answer(posted, rows, self.listed(saved))
        found: dict[str, Any] = {}
        for number, row in enumerate(read if isinstance(read, list) else []):
            key = row.get("key", "")
            if key in found or key in self.declared:
                posted.refuse(Problem(f"{self._pointer(rows)}/{number}/key", "entry_repeated", {"key": key}))
            elif not key:
                posted.refuse(Problem(f"{self._pointer(rows)}/{number}/key", "required", {}))
            else:
                found[key] = row.get("value", MISSING)
        return {key: value for key, value in found.items() if value is not MISSING}

    def _pointer(self, rows: Rows) -> str:
        return placed(self.table.pointer, rows)

    def places(self, answer: Any, rows: Rows) -> Iterator[tuple[str, str]]:
        """The pointer of each entry's value with that of the row it is typed in."""
        at = placed(self.group.pointer, rows)
        for number, row in enumerate(self.listed(answer)):
            yield f"{at}/{escaped(row['key'])}", f"{self._pointer(rows)}/{number}/value"

    def walk(self, answer: Any, rows: Rows) -> Iterator[tuple[Control, Rows]]:
        return self.table.walk(self.listed(answer), rows)

    def text(self, answer: Any) -> str:
        return self.table.text(self.listed(answer))

    def html(self, sheet: Sheet, rows: Rows) -> SafeString:
        """The rows, with the entries standing where the table looks for them."""
        at = placed(self.group.pointer, rows)
        given = self.table.answer(sheet.posted, rows, self.listed(sheet.answer(at)))
        listed = given if isinstance(given, list) else []
        return self.table.html(replace(sheet, answers=_with(sheet.answers, [*parts(at), PLACE], listed)), rows)


def _titled(schema: Any, title: str) -> dict[str, Any]:
    return {"title": title, **schema} if isinstance(schema, dict) else {"title": title}


def _matching(pattern: str) -> dict[str, Any]:
    return {"properties": {"key": {"type": "string", "pattern": pattern}}}


def _rule(pattern: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"if": {**_matching(pattern), "required": ["key"]}, "then": {"properties": {"value": schema}}}


def _with(document: Any, path: list[str], value: Any) -> Any:
    """A copy of a document with a value at a path; parts that are not there are made."""
    if not path:
        return value
    first, *rest = path
    if isinstance(document, list) and first.isdigit() and int(first) < len(document):
        return [_with(one, rest, value) if place == int(first) else one for place, one in enumerate(document)]
    held = document if isinstance(document, Mapping) else {}
    return {**held, first: _with(held.get(first), rest, value)}
