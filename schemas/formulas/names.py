"""Names in formulas: what a builder calls a field, and the field that is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schemas.alternatives import choices
from schemas.pointers import pointer
from schemas.possible import possible

Path = tuple[str, ...]
ROWS = "*"
PLAIN = re.compile(r"[^\W\d][\w・ー々〆]*\Z")


@dataclass(frozen=True)
class Name:
    """One field, or one column of a table: its path by key ("*" stands for the rows), its titles, its schema."""

    path: Path
    titles: tuple[str, ...]
    schema: Mapping[str, Any]

    @property
    def table(self) -> Path | None:
        """The path of the table whose column it is."""
        return self.path[: self.path.index(ROWS)] if ROWS in self.path else None

    @property
    def pointer(self) -> str:
        return pointer(self.path)

    @property
    def column(self) -> str:
        """The pointer within a row."""
        return pointer(self.path[self.path.index(ROWS) + 1 :])

    @property
    def choices(self) -> Mapping[str, Any]:
        """The values that can be chosen, by title."""
        return {label or str(value): value for value, label in choices(dict(self.schema))}


@dataclass(frozen=True, eq=False)
class Names:
    """Every name that a formula of this form may use."""

    document: Mapping[str, Any]

    @cached_property
    def all(self) -> tuple[Name, ...]:
        known = possible(self.document["schema"]).get("properties", {})
        fields = tuple(_named(known, (), ()))
        titles = self.document.get("x-titles", {})
        own = [key for key in self.document.get("calculations", {}) if key not in known]
        own += list(self.document.get("facts", {}))
        return fields + tuple(Name((key,), (titles.get(key, key),), {}) for key in own)

    @cached_property
    def _meant(self) -> dict[tuple[str, ...], list[Name]]:
        """Names by everything they can be called: by titles or keys, with or without the group they stand in."""
        found: dict[tuple[str, ...], list[Name]] = {}
        for name in self.all:
            keys = tuple(part for part in name.path if part != ROWS)
            for called in {keys, name.titles, keys[-1:], name.titles[-1:]}:
                found.setdefault(called, []).append(name)
        return found

    def find(self, called: tuple[str, ...]) -> list[Name]:
        """The fields that may be meant by a name of these parts, the outermost ones if a shorter path has it."""
        found = self._meant.get(called, [])
        return [name for name in found if len(name.titles) == len(called)] or found

    def at(self, path: Path) -> Name | None:
        """The field at a path by key."""
        return next((name for name in self.all if name.path == path), None)

    def written(self, name: Name) -> str:
        """How the field is called in a formula: by its title, and by more where that means several."""
        for called in (name.titles[-1:], name.titles, tuple(part for part in name.path if part != ROWS)):
            if self.find(called) == [name]:
                return ".".join(part if PLAIN.match(part) else f"「{part}」" for part in called)
        return ".".join(part for part in name.path if part != ROWS)

    def titles(self) -> list[str]:
        """Every title, for suggestions."""
        return list(dict.fromkeys(self.written(name) for name in self.all))


def _named(properties: Mapping[str, Any], path: Path, titles: tuple[str, ...]) -> Iterator[Name]:
    for key, schema in properties.items():
        here, called = (*path, key), (*titles, str(schema.get("title") or key))
        yield Name(here, called, schema)
        yield from _named(schema.get("properties", {}), here, called)
        items = schema.get("items")
        if isinstance(items, Mapping) and ROWS not in path:
            yield from _named(items.get("properties", {}), (*here, ROWS), called)
