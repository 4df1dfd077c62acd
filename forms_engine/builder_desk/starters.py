"""The gallery of starters (ひな形): found by title, category, life event or what they ask."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import schemas
from schemas.possible import possible

#: Fields that are named of each.
NAMED = 6


@dataclass(frozen=True)
class Starter:
    """One starter: its key, title, what it is for, and the titles of what it asks."""

    key: str
    title: str
    description: str
    tags: tuple[str, ...]
    fields: tuple[str, ...]
    words: str

    @property
    def first(self) -> tuple[str, ...]:
        return self.fields[:NAMED]

    @property
    def rest(self) -> int:
        return max(0, len(self.fields) - NAMED)


def gallery(search: str = "") -> list[Starter]:
    """The starters in which every word of the search stands."""
    wanted = search.casefold().split()
    return [one for one in _every() if all(word in one.words for word in wanted)]


@cache
def _every() -> tuple[Starter, ...]:
    return tuple(_starter(key) for key in schemas.starters("forms"))


def _starter(key: str) -> Starter:
    document = schemas.starter("forms", key)
    procedure, title = document["procedure"], document["title"]
    tags = tuple(dict.fromkeys((*procedure.get("categories", ()), *procedure.get("life_events", ()))))
    known = possible(document["schema"])["properties"]
    fields = tuple(str(one["title"]) for one in known.values() if "title" in one)
    said = document.get("description", "")
    words = " ".join((key, title, said, *tags, *procedure.get("keywords", ()), *fields)).casefold()
    return Starter(key, title, said, tags, fields, words)
