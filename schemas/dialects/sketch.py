"""A sketch: the form that a foreign description is being turned into, and everything that is to be said about it."""

from __future__ import annotations

import copy
import re
from dataclasses import dataclass, field
from typing import Any

from schemas.adoption import WRAPPED, WRAPPER
from schemas.dialects.keywords import published, text_of
from schemas.dialects.places import Path, Schema, address, at, in_place, members, names_of, walked
from schemas.possible import possible
from schemas.problems import Problem

PROCEDURE: dict[str, Any] = {
    "kind": "application",
    "mode": "online_complete",
    "identity": "L1",
    "workflow": "section_chief",
    "department": "general_affairs",
    "period": {"working_days": 10},
    "retention_years": 5,
}
NOT_A_KEY = re.compile(r"[^a-z0-9_]+")
WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[_\-.\s]+")
# A remark that names fields names this many of them.
NAMED = 12


@dataclass(frozen=True)
class Adopted:
    """A foreign form description as a form definition.

    `document` is what `schemas.check` accepts; `dialect` the name of the idiom it was written in; `remarks` what was
    changed, set aside or guessed, and what is left to decide, with pointers into `document`.
    """

    document: dict[str, Any]
    dialect: str
    remarks: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Text:
    """An explanation or a heading that stands before a field."""

    path: Path
    text: str
    is_heading: bool = False


@dataclass
class Sketch:
    """Collects schema, pages and presentation while a dialect is read; `finished` makes the definition of them."""

    schema: Schema
    name: str = ""
    remarks: list[Problem] = field(default_factory=list)
    pages: list[dict[str, Any]] = field(default_factory=list)
    presentation: dict[str, dict[str, Any]] = field(default_factory=dict)
    calculations: dict[str, Any] = field(default_factory=dict)
    extras: dict[str, Any] = field(default_factory=dict)
    texts: list[Text] = field(default_factory=list)
    lists: dict[tuple[str, ...], list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, schema: Any, name: str = "") -> Sketch:
        """The sketch that begins with a schema of any draft."""
        root, remarks = published(schema if isinstance(schema, dict) else {})
        sketch = cls(root, name, remarks)
        if any(remark.code == "import_wrapped" for remark in remarks):
            sketch.extras[WRAPPED] = WRAPPER
        for field_name in [one for one, inner in root["properties"].items() if _is_fixed(inner)]:
            sketch.lock((field_name,))
        return sketch

    # What is said about it

    def say(self, code: str, at: str = "", **params: Any) -> None:
        """A remark; the same one is made once."""
        if Problem(at, code, params) not in self.remarks:
            self.remarks.append(Problem(at, code, params))

    def name_in(self, code: str, name: str, **params: str) -> None:
        """A remark that is made once for all fields it is about."""
        names = self.lists.setdefault((code, *(f"{key}={value}" for key, value in params.items())), [])
        if name not in names:
            names.append(name)

    def named(self) -> list[Problem]:
        """The remarks about several fields."""
        found = []
        for (code, *pairs), names in self.lists.items():
            shown = names if len(names) <= NAMED else [*names[:NAMED], f"+{len(names) - NAMED}"]
            found.append(Problem("", code, {**dict(pair.split("=", 1) for pair in pairs), "names": shown}))
        return found

    # What is known of it

    def at(self, path: Path) -> list[Schema]:
        """Every schema of the answer at a path (see places.at)."""
        return at(self.schema, path)

    def has(self, path: Path) -> bool:
        """Whether any answers can bring the field into existence."""
        return bool(self.at(path))

    def label(self, path: Path) -> str:
        """The field as a remark names it."""
        titles = [text_of(schema.get("title")) for schema in self.at(path)]
        return next(filter(None, titles), "/".join(path))

    def fields(self) -> list[str]:
        """The top-level fields in the order of asking: what a condition brings up follows what it looks at."""
        return ordered(self.schema)

    # What is changed in it

    def title(self, path: Path, text: Any) -> None:
        """Give the field its title, in every branch that describes it."""
        for schema in self.at(path) if text_of(text) else ():
            schema["title"] = text_of(text)

    def annotate(self, path: Path, **keywords: Any) -> None:
        """Keywords that say nothing about validity, in every branch."""
        for schema in self.at(path):
            schema.update(copy.deepcopy(keywords))

    def present(self, path: Path, **settings: Any) -> None:
        """How the field is presented; texts that are said twice are joined."""
        known = self.presentation.setdefault(address(path), {})
        for key, value in settings.items():
            if key == "help" and known.get(key) not in (None, value):
                known[key] = f"{known[key]}\n{value}"
            elif value not in (None, ""):
                known[key] = value

    def lock(self, path: Path) -> None:
        """Nobody may change the answer: the first value stands, or the field is left open where it must be answered."""
        values = [schema.get("default", schema.get("const")) for schema in self.at(path)]
        first = next((value for value in values if value is not None), None)
        if first is not None and len(path) == 1 and _is_fact(path[0]) and isinstance(first, str | int | float | bool):
            self.calculations[path[0]] = first
        elif self.is_required(path):
            self.name_in("import_locked", self.label(path))
            return
        self.annotate(path, readOnly=True)

    def explain(self, path: Path, text: str, is_heading: bool = False) -> None:
        """A text that people read before they come to the field."""
        if text.strip():
            self.texts.append(Text(path, text.strip(), is_heading))

    def hide(self, path: Path) -> None:
        """The field keeps a first value, but is not shown; where it must be answered and has none, it is shown."""
        if self.is_required(path) and not any({"default", "const"} & schema.keys() for schema in self.at(path)):
            self.name_in("import_locked", self.label(path))
            return
        self.present(path, widget="hidden")
        self.name_in("import_hidden", self.label(path))

    def is_required(self, path: Path) -> bool:
        """Whether any branch requires the field."""
        parents = at(self.schema, path[:-1])
        return any(path[-1] in part.get("required", ()) for one in parents for part in in_place(self.schema, one))

    def open_page(self, title: str, key: str = "", description: str = "") -> dict[str, Any]:
        """A new page; it is dropped again if nothing is put on it."""
        page: dict[str, Any] = {"key": key, "title": title, "fields": []}
        self.pages.append(page | ({"description": description} if description else {}))
        return self.pages[-1]

    def place(self, name: str, page: dict[str, Any]) -> None:
        """Put a top-level field on a page, unless it stands on another already."""
        home = next((one for one in self.pages if name in one["fields"]), None)
        if home is None:
            page["fields"].append(name)
        elif home is not page:
            self.say("import_split", "", field=self.label((name,)))


def ordered(schema: Schema) -> list[str]:
    """The names of an object's properties, each that a condition brings up behind the last that it looks at."""
    found = list(schema.get("properties", {}))
    for part in in_place(schema, schema):
        for triggers, branch in _branches(part):
            names = [name for name in names_of(schema, branch) if name not in found]
            places = [found.index(trigger) for trigger in triggers if trigger in found]
            place = max(places) + 1 if places else len(found)
            while places and place < len(found) and found[place] not in schema.get("properties", {}):
                place += 1
            found[place:place] = names
    return [*found, *(name for name in names_of(schema, schema) if name not in found)]


def _branches(part: Schema) -> list[tuple[list[str], Any]]:
    found = [([name], one) for name, one in part.get("dependentSchemas", {}).items()]
    looked_at = _looked_at(part.get("if"))
    return [*found, *((looked_at, part[key]) for key in ("then", "else") if key in part)]


def _looked_at(condition: Any) -> list[str]:
    if not isinstance(condition, dict):
        return []
    inner = [one for key in ("allOf", "anyOf", "oneOf") for one in condition.get(key, ())] + [condition.get("not")]
    own = [*condition.get("properties", {}), *condition.get("required", ())]
    return [*own, *(name for one in inner for name in _looked_at(one))]


def _is_fixed(schema: Any) -> bool:
    """Whether a field was read-only where it came from, and has a first value."""
    return isinstance(schema, dict) and schema.get("x-readOnly") is True and "default" in schema


def _is_fact(name: str) -> bool:
    return re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,62}", name) is not None


def words_of(name: str) -> str:
    """A name as words: "firstName" and "first_name" are "First name"."""
    words = " ".join(filter(None, WORDS.split(name.removeprefix("view:")))) or name
    return words[:1].upper() + words[1:].lower() if words.isascii() and not words.isupper() else words


def key_of(text: str, default: str) -> str:
    """A key of our own for a text: small letters, digits and underscores."""
    key = NOT_A_KEY.sub("_", words_of(text).lower()).strip("_")[:60]
    return key if key[:1].isalpha() else f"{default}_{key}".strip("_")[:60] if key else default


def titled(sketch: Sketch) -> None:
    """Every field that a person may see has a title; those made from names are named in a remark."""
    for _name, properties in list(members(sketch.schema, sketch.schema)):
        properties.update({name: {} for name, inner in properties.items() if inner is True})
    for name, schema in possible(sketch.schema).get("properties", {}).items():
        if not schema.get("title"):
            sketch.at((name,))[0]["title"] = words_of(name)
            sketch.name_in("import_titles", name)
    _title_inner(sketch.schema)


def _title_inner(root: Schema) -> None:
    """Fields inside of groups, unless some schema of this name has a title that would be lost behind another one."""
    found: dict[str, list[Schema]] = {}

    def collect(schema: Schema) -> None:
        properties = schema.get("properties")
        for name, inner in properties.items() if isinstance(properties, dict) else ():
            if isinstance(inner, dict):
                found.setdefault(name, []).append(inner)

    walked(root, collect)
    for name, schemas in found.items():
        if not any(text_of(one.get("title")) for schema in schemas for one in in_place(root, schema)):
            for schema in schemas:
                schema["title"] = words_of(name)
