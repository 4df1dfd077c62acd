"""A draft (下書き) of a definition while a command works on it: translations follow the texts that they belong to.

Translations are addressed by pointer. A command moves and copies parts freely; afterwards each translation is found
again by the very object that held its text, so that none is lost, and none stays behind.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from schemas.editing.homes import Document, Home, declared, homes_of
from schemas.editing.refusal import CommandRefused
from schemas.pointers import lookup, parts, pointer

Place = tuple[int, str]


class Draft:
    """A copy of a document to be worked on in place; ``finished()`` is the document after it."""

    def __init__(self, document: Document) -> None:
        self.document: Document = copy.deepcopy(document)
        self._kept: list[Any] = []
        self._texts = {language: dict(self._by_holder(language)) for language in self._languages()}

    def _languages(self) -> list[str]:
        return list(self.document.get("translations") or {})

    def _by_holder(self, language: str) -> Iterator[tuple[Place, str]]:
        for address, text in self.document["translations"][language].items():
            *place, last = parts(address)
            holder = lookup(self.document, pointer(place))
            self._kept.append(holder)  # an object that is kept keeps its id
            yield (id(holder), last), text

    @property
    def pages(self) -> list[dict[str, Any]]:
        pages: list[dict[str, Any]] = self.document.setdefault("pages", [])
        return pages

    def page(self, key: str) -> dict[str, Any]:
        """The page of that key. Raises CommandRefused when there is none (any more)."""
        found = next((page for page in self.pages if page["key"] == key), None)
        if found is None:
            raise CommandRefused("edit_no_page", {"page": key})
        return found

    def homes_of(self, field: str) -> list[Home]:
        """Everywhere the field is declared. Raises CommandRefused when that is nowhere (any more)."""
        found = homes_of(self.document, field)
        if not found:
            raise CommandRefused("edit_no_field", {"field": field})
        return found

    def declared(self, address: str) -> list[tuple[Home, str]]:
        """The same for a field, or for a column of a table or a part of a group, with its name in each home."""
        found = declared(self.document, address)
        if not found:
            raise CommandRefused("edit_no_field", {"field": address})
        return found

    def copied(self, part: Any) -> Any:
        """A copy of a part of the document, whose texts are translated as those of the part are."""
        made = copy.deepcopy(part)
        for one, other in _together(part, made):
            self._kept.append(other)
            for texts in self._texts.values():
                texts |= {(id(other), last): text for (at, last), text in list(texts.items()) if at == id(one)}
        return made

    def languages(self) -> list[str]:
        """The languages in which anything is translated now."""
        return list(self._texts)

    def translate(self, language: str, address: str, text: str) -> None:
        """Set the translation of the text at a pointer; an empty one takes it away."""
        *place, last = parts(address)
        holder = lookup(self.document, pointer(place))
        self._kept.append(holder)
        texts = self._texts.setdefault(language, {})
        texts.pop((id(holder), last), None)
        if text:
            texts[id(holder), last] = text

    def finished(self) -> Document:
        """The document with its translations where their texts are now; languages without any are left out."""
        found = {language: self._addressed(texts) for language, texts in self._texts.items() if texts}
        written = {language: texts for language, texts in found.items() if texts}
        if written or "translations" in self.document:
            self.document["translations"] = written
        if not written:
            self.document.pop("translations", None)
        return self.document

    def _addressed(self, texts: dict[Place, str]) -> dict[str, str]:
        """Translations in the order in which they were written, those of texts that are gone left out."""
        addresses = {
            (id(holder), str(last)): f"{at}{pointer([last])}"
            for at, holder in _holders(self.document, "")
            for last, text in (holder.items() if isinstance(holder, dict) else enumerate(holder))
            if isinstance(text, str)
        }
        return {addresses[place]: text for place, text in texts.items() if place in addresses}


def _holders(node: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Every object and list of the document itself, with its pointer; not the translations."""
    if not isinstance(node, dict | list):
        return
    yield at, node
    for name, inner in node.items() if isinstance(node, dict) else enumerate(node):
        if at or name != "translations":
            yield from _holders(inner, at + pointer([name]))


def _together(one: Any, other: Any) -> Iterator[tuple[Any, Any]]:
    """The objects and lists of a part and of its copy, side by side."""
    if isinstance(one, dict | list):
        yield one, other
        for name, inner in one.items() if isinstance(one, dict) else enumerate(one):
            yield from _together(inner, other[name])
