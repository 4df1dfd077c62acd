"""The structure of a form as its editor shows it: pages, fields on them, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.editing.homes import Home, homes
from schemas.wording import in_words

Document = dict[str, Any]
AND = {"ja": "、かつ", "ja-easy": "、そして ", "en": " and "}
WHEN = {
    "ja": "「{title}」が{wanted}のとき",
    "ja-easy": "「{title}」が {wanted}の とき",
    "en": "when “{title}” is {wanted}",
}
OTHERWISE = {"ja": "「{title}」が{wanted}でないとき", "en": "when “{title}” is not {wanted}"}


@dataclass(frozen=True)
class FieldEntry:
    """One field on a page: its key and title, whether it must be answered, and when it is asked at all."""

    key: str
    title: str
    is_required: bool
    is_calculated: bool
    when: str


@dataclass(frozen=True)
class PageEntry:
    """One page with its fields; content between fields has no entry of its own."""

    key: str
    title: str
    place: int
    fields: Sequence[FieldEntry] = field(default_factory=list)


@dataclass(frozen=True)
class Structure:
    """A form's pages and fields, read once for one drawing of the editor."""

    pages: Sequence[PageEntry]
    homes: Mapping[str, Home]

    def page(self, key: str) -> PageEntry | None:
        return next((page for page in self.pages if page.key == key), None)

    def page_of(self, key: str) -> PageEntry | None:
        return next((page for page in self.pages if any(one.key == key for one in page.fields)), None)

    def entries(self) -> Iterator[FieldEntry]:
        for page in self.pages:
            yield from page.fields


def structure(document: Document, language: str = "ja") -> Structure:
    """The structure of a form's document."""
    found: dict[str, Home] = {}
    for home in homes(document):
        for key in home.properties:
            found.setdefault(key, home)
    titles = {key: _title(home.properties[key], key) for key, home in found.items()}
    pages = [
        PageEntry(page["key"], page["title"], place, list(_entries(page, found, titles, language)))
        for place, page in enumerate(document.get("pages", ()))
    ]
    return Structure(pages, found)


def _title(schema: Any, key: str) -> str:
    return str(schema.get("title") or key) if isinstance(schema, dict) else key


def _entries(
    page: Mapping[str, Any], found: Mapping[str, Home], titles: Mapping[str, str], language: str
) -> Iterator[FieldEntry]:
    for key in page["fields"]:
        home = found.get(key) if isinstance(key, str) else None
        if home is None:
            continue
        schema = home.properties[key]
        calculated = bool(isinstance(schema, dict) and schema.get("readOnly"))
        when = conditions_in_words(home, found, titles, language)
        yield FieldEntry(key, titles[key], home.is_required(key), calculated, when)


def conditions_in_words(home: Home, found: Mapping[str, Home], titles: Mapping[str, str], language: str = "ja") -> str:
    """When what is declared in a home is asked; empty if always."""
    said = [text for one in home.conditions for text in _condition(one, found, titles, language)]
    return AND.get(language, AND["ja"]).join(said)


def _condition(condition: Any, found: Mapping[str, Home], titles: Mapping[str, str], language: str) -> Iterator[str]:
    texts, inner = WHEN, condition
    if isinstance(condition, dict) and set(condition) == {"not"}:
        texts, inner = OTHERWISE, condition["not"]
    properties = inner.get("properties", {}) if isinstance(inner, dict) else {}
    for key, wanted in properties.items():
        home = found.get(key)
        schema = home.properties[key] if home else {}
        words = in_words(wanted, language, key, choice_titles(key, schema))
        yield texts.get(language, texts["ja"]).format(title=titles.get(key, key), wanted=words)


def choice_titles(key: str, schema: Any) -> dict[str, str]:
    """The titles of a field's choices, by "key=value", as conditions are said in words."""
    holder = schema.get("items", schema) if isinstance(schema, dict) else {}
    listed = holder.get("oneOf", ()) if isinstance(holder, dict) else ()
    return {f"{key}={one['const']}": str(one["title"]) for one in listed if "const" in one and "title" in one}
