"""The structure of a form as its editor shows it: pages, what stands on them, and what is said of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.editing.homes import Home, address_within, homes, inside
from schemas.editing.palette import WORD
from schemas.vocabulary import vocabulary
from schemas.wording import in_words

Document = dict[str, Any]
AND = {"ja": "、かつ", "ja-easy": "、そして ", "en": " and "}
WHEN = {
    "ja": "「{title}」が{wanted}のとき",
    "ja-easy": "「{title}」が {wanted}の とき",
    "en": "when “{title}” is {wanted}",
}
OTHERWISE = {"ja": "「{title}」が{wanted}でないとき", "en": "when “{title}” is not {wanted}"}
LONGEST_TEXT = 24


@dataclass(frozen=True)
class Column:
    """What stands within a table or a group: its address and title."""

    address: str
    title: str


@dataclass(frozen=True)
class Entry:
    """One thing on a page: a field, or content (then ``content`` is its key and ``key`` is empty)."""

    title: str
    place: int
    key: str = ""
    content: str = ""
    is_required: bool = False
    is_calculated: bool = False
    when: str = ""
    columns: tuple[Column, ...] = ()

    @property
    def id(self) -> str:
        return f"field-{self.key}" if self.key else f"content-{self.content}"


@dataclass(frozen=True)
class PageEntry:
    """One page with what stands on it."""

    key: str
    title: str
    place: int
    description: str = ""
    entries: Sequence[Entry] = field(default_factory=list)

    @property
    def fields(self) -> list[Entry]:
        return [one for one in self.entries if one.key]


@dataclass(frozen=True)
class Structure:
    """A form's pages and fields, read once for one drawing of the editor."""

    pages: Sequence[PageEntry]
    homes: Mapping[str, Home]

    def page(self, key: str) -> PageEntry | None:
        return next((page for page in self.pages if page.key == key), None)

    def page_of(self, key: str) -> PageEntry | None:
        """The page on which a field, or content, stands."""
        return next((page for page in self.pages if any(key in (one.key, one.content) for one in page.entries)), None)

    def entry(self, key: str) -> Entry | None:
        return next((one for one in self.fields() if one.key == key), None)

    def fields(self) -> Iterator[Entry]:
        for page in self.pages:
            yield from page.fields

    def titles(self) -> dict[str, str]:
        return {key: title_of(home.properties[key], key) for key, home in self.homes.items()}


def structure(document: Document, language: str = "ja") -> Structure:
    """The structure of a form's document."""
    found: dict[str, Home] = {}
    for home in homes(document):
        for key in home.properties:
            found.setdefault(key, home)
    drawn = _Drawing(document, found, language)
    pages = [
        PageEntry(page["key"], page["title"], place, page.get("description", ""), list(drawn.entries(page)))
        for place, page in enumerate(document.get("pages", ()))
    ]
    return Structure(pages, found)


def title_of(schema: Any, key: str) -> str:
    """What a field is called: its own title, else that of the shared item it is."""
    if not isinstance(schema, dict):
        return key
    word = str(schema.get("$ref", "")).removeprefix(WORD)
    return str(schema.get("title") or vocabulary()["$defs"].get(word, {}).get("title") or key)


class _Drawing:
    """What a page's entries are made of; conditions that many fields share are put into words once."""

    def __init__(self, document: Document, found: Mapping[str, Home], language: str) -> None:
        self.document, self.found, self.language = document, found, language
        self.titles = {key: title_of(home.properties[key], key) for key, home in found.items()}
        self._said: dict[str, str] = {}

    def entries(self, page: Mapping[str, Any]) -> Iterator[Entry]:
        for place, one in enumerate(page["fields"]):
            if isinstance(one, dict):
                block = self.document.get("content", {}).get(one["content"], {})
                yield Entry(content_title(block), place, content=one["content"], when=self.when_of(block))
            elif one in self.found:
                yield self._field(one, place)

    def _field(self, key: str, place: int) -> Entry:
        home = self.found[key]
        schema = home.properties[key]
        calculated = bool(isinstance(schema, dict) and schema.get("readOnly"))
        columns = tuple(columns_of(home, key))
        required, when = home.is_required(key), self._when(home)
        return Entry(self.titles[key], place, key, "", required, calculated, when, columns)

    def _when(self, home: Home) -> str:
        if home.at not in self._said:
            self._said[home.at] = conditions_in_words(home, self.found, self.titles, self.language)
        return self._said[home.at]

    def when_of(self, block: Mapping[str, Any]) -> str:
        return facts_in_words(block.get("when") or {}, self.found, self.titles, self.language)


def columns_of(home: Home, address: str) -> Iterator[Column]:
    """What stands within the field with this address; what a file must be like, say, stands within a shared item."""
    inner = inside(home, address.rpartition("/")[2])
    if inner is None or "$ref" in inner.schema:
        return
    for name, schema in inner.properties.items():
        yield Column(address_within(home, address, name), title_of(schema, name))


def content_title(block: Mapping[str, Any]) -> str:
    """What content is called in a list: its title, else how its text begins."""
    text = str(block.get("title") or block.get("alt") or block.get("text") or "").replace("**", "")
    line = text.strip().partition("\n")[0]
    return line if len(line) <= LONGEST_TEXT else f"{line[:LONGEST_TEXT]}…"


def conditions_in_words(home: Home, found: Mapping[str, Home], titles: Mapping[str, str], language: str = "ja") -> str:
    """When what is declared in a home is asked; empty if always."""
    said = [text for one in home.conditions for text in _condition(one, found, titles, language)]
    return AND.get(language, AND["ja"]).join(said)


def facts_in_words(
    when: Mapping[str, Any], found: Mapping[str, Home], titles: Mapping[str, str], language: str = "ja"
) -> str:
    """A condition over facts in words."""
    return AND.get(language, AND["ja"]).join(_condition({"properties": when}, found, titles, language))


def _condition(condition: Any, found: Mapping[str, Home], titles: Mapping[str, str], language: str) -> Iterator[str]:
    texts, inner = WHEN, condition
    if isinstance(condition, dict) and set(condition) == {"not"}:
        texts, inner = OTHERWISE, condition["not"]
    properties = inner.get("properties", {}) if isinstance(inner, dict) else {}
    for key, wanted in properties.items():
        home = found.get(key)
        schema = home.properties[key] if home else {}
        words = _wanted(wanted, language, key, choice_titles(key, schema))
        yield texts.get(language, texts["ja"]).format(title=titles.get(key, key), wanted=words)


def _wanted(wanted: Any, language: str, key: str, titles: Mapping[str, str]) -> str:
    """One of several choices is said as if it were the only one: who reads it knows that others may be chosen too."""
    is_one = isinstance(wanted, dict) and set(wanted) == {"contains"}
    return in_words(wanted["contains"] if is_one else wanted, language, key, titles)


def choice_titles(key: str, schema: Any) -> dict[str, str]:
    """The titles of a field's choices, by "key=value", as conditions are said in words."""
    holder = schema.get("items", schema) if isinstance(schema, dict) else {}
    listed = holder.get("oneOf", ()) if isinstance(holder, dict) else ()
    return {f"{key}={one['const']}": str(one["title"]) for one in listed if "const" in one and "title" in one}
