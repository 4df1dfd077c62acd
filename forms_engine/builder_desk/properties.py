"""What can be set of the field that is selected in the editor, each with what stands there now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.comparisons import answers_of
from forms_engine.builder_desk.consents import consent_settings
from forms_engine.builder_desk.date_bounds import date_bounds
from forms_engine.builder_desk.field_kinds import kind_settings
from forms_engine.builder_desk.limits import limits
from forms_engine.builder_desk.settings import CHOICE, LINE, TEXT, Setting
from forms_engine.builder_desk.structure import Column, Entry, Structure, columns_of, title_of
from forms_engine.builder_desk.translations import title_texts
from schemas.editing import Use, uses
from schemas.editing.branch_commands import answers_in
from schemas.editing.homes import Home, declared
from schemas.editing.palette import PALETTE
from schemas.editing.usage import uses_of_column
from schemas.formulas import Names, write_formula
from schemas.pointers import MISSING, escaped, lookup

Document = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """One answer of a field, which fields are asked only with it, and which could be."""

    value: str
    title: str
    when: str
    shows: Sequence[Entry] = ()
    offered: Sequence[Entry] = ()

    @cached_property
    def shown_keys(self) -> set[str]:
        return {one.key for one in self.shows}


@dataclass(frozen=True)
class Selected:
    """The selected field, or a column of a table (then ``table`` is the field that it stands in)."""

    document: Document
    structure: Structure
    home: Home
    name: str
    address: str
    languages: Sequence[tuple[str, str]]

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        found = self.home.properties[self.name]
        return found if isinstance(found, Mapping) else {}

    @cached_property
    def at(self) -> str:
        return f"{self.home.at}/properties/{escaped(self.name)}"

    @cached_property
    def title(self) -> str:
        return title_of(self.schema, self.name)

    @cached_property
    def is_column(self) -> bool:
        return self.address.startswith("/")

    @cached_property
    def table(self) -> str:
        """The address of what the column stands in."""
        outer = self.address.rpartition("/")[0].removesuffix("/*")
        return outer if outer.count("/") > 1 else outer.removeprefix("/")

    @cached_property
    def place(self) -> int:
        """Its place among its neighbours."""
        if self.is_column:
            return list(self.home.properties).index(self.name)
        entry = self.structure.entry(self.address)
        return entry.place if entry else 0

    @cached_property
    def before(self) -> int:
        return self.place - 1

    @cached_property
    def after(self) -> int:
        return self.place + 1

    @cached_property
    def part(self) -> Mapping[str, str]:
        """What the field was made of, by language."""
        word = str(self.schema.get("$ref", "")).rpartition("/")[2]
        return PALETTE[word].titles if word in PALETTE else {}

    @cached_property
    def is_required(self) -> bool:
        return self.home.is_required(self.name)

    @cached_property
    def is_calculated(self) -> bool:
        return bool(self.schema.get("readOnly"))

    @cached_property
    def when(self) -> str:
        entry = self.structure.entry(self.address)
        return entry.when if entry else ""

    @cached_property
    def named(self) -> Setting:
        """What it is called: of all settings the first."""
        title, extra = self.schema.get("title", ""), {"field": self.address}
        return Setting("retitle_field", "title", _("項目の名前"), title, seen=f"{self.at}/title", extra=extra)

    @cached_property
    def settings(self) -> list[Setting]:
        return list(_settings(self))

    @cached_property
    def kinds(self) -> list[Setting]:
        return kind_settings(self.document, self.schema, self.address, self.at)

    @cached_property
    def consent(self) -> list[Setting]:
        """What is agreed to at it; of the form's own fields only."""
        return [] if self.is_column else list(consent_settings(self.document, self.schema, self.address))

    @cached_property
    def limits(self) -> list[Setting]:
        if self.schema.get("format") == "date" and not self.is_column and not self.is_calculated:
            return list(date_bounds(self.document, self.address))
        return list(limits(self.schema, self.address, self.at))

    @cached_property
    def texts(self) -> list[Setting]:
        return list(title_texts(self.document, self.schema, self.at, self.languages))

    @cached_property
    def has_choices(self) -> bool:
        holder = self.schema.get("items", {}) if self.schema.get("type") == "array" else self.schema
        return isinstance(holder, Mapping) and bool(holder.get("oneOf") or holder.get("enum"))

    @cached_property
    def choices(self) -> list[tuple[Any, str]]:
        return answers_of(self.schema) if self.has_choices else []

    @cached_property
    def choices_at(self) -> str:
        """Where in the document they stand."""
        outer = f"{self.at}/items" if self.schema.get("type") == "array" else self.at
        return f"{outer}/oneOf" if lookup(self.document, f"{outer}/oneOf") is not MISSING else f"{outer}/enum"

    @cached_property
    def choices_now(self) -> Any:
        """What stands there."""
        return lookup(self.document, self.choices_at)

    @cached_property
    def columns(self) -> list[Column]:
        return list(columns_of(self.home, self.address))

    @cached_property
    def has_columns(self) -> bool:
        return bool(self.columns)

    @cached_property
    def answers(self) -> list[Answer]:
        """The answers at which other fields can be shown; of the form's own fields only."""
        return [] if self.is_column else list(_answers(self))

    @cached_property
    def is_compared(self) -> bool:
        """Whether other fields can be shown by how its answer compares: numbers, and whether there is any."""
        return not self.is_column and not self.answers and not self.is_calculated

    @cached_property
    def thresholds(self) -> list[Answer]:
        """The comparisons with its answer by which other fields are shown now."""
        return list(_thresholds(self)) if self.is_compared else []

    @cached_property
    def is_number(self) -> bool:
        return self.schema.get("type") in ("integer", "number")

    @cached_property
    def later(self) -> list[Entry]:
        """The fields that stand behind it: those that its answer can decide about."""
        every = list(self.structure.fields())
        place = next((number for number, one in enumerate(every) if one.key == self.address), -1)
        return [one for one in every[place + 1 :] if not one.is_calculated]

    @cached_property
    def has_calculation(self) -> bool:
        return self.address in self.document.get("calculations", {})

    @cached_property
    def formula(self) -> str | None:
        """The calculation as a formula; None where there is no way to write it as one."""
        return write_formula(self.document["calculations"][self.address], Names(self.document))

    @cached_property
    def names(self) -> list[str]:
        return Names(self.document).titles()

    @cached_property
    def uses(self) -> list[Use]:
        return uses_of_column(self.document, self.address) if self.is_column else uses(self.document, self.address)

    @cached_property
    def only_shows(self) -> bool:
        """Whether nothing but conditions that show something stands in the way of deleting it."""
        return not self.is_column and bool(self.uses) and {use.kind for use in self.uses} <= {"condition", "content"}


def selected(
    document: Document, shown: Structure, address: str, languages: Sequence[tuple[str, str]]
) -> Selected | None:
    """The field or column of this address; None where there is none (any more)."""
    found = declared(document, address) if address else []
    return Selected(document, shown, *found[0], address, languages) if found else None


def _settings(field: Selected) -> Iterator[Setting]:
    extra, schema = {"field": field.address}, field.schema
    presented = field.document.get("presentation", {}).get(field.address, {})
    where = f"/presentation/{escaped(field.address)}"
    for aspect, label, kind in _aspects(schema):
        more, value = {**extra, "aspect": aspect}, presented.get(aspect, "")
        choices = _widgets(schema) if aspect == "widget" else ()
        yield Setting("present_field", "value", label, value, kind, "", f"{where}/{aspect}", more, choices)


def _aspects(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield "help", _("説明（項目の下に出ます）"), TEXT
    yield "easy", _("説明（やさしい日本語）"), TEXT
    if schema.get("type") in ("integer", "number"):
        yield "unit", _("単位（例：円、人、通）"), LINE
    if _widgets(schema):
        yield "widget", _("見せ方"), CHOICE


def _widgets(schema: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The ways in which the field can be shown, the usual one first."""
    usual = ("", _("おまかせ"))
    if schema.get("type") == "string" and ("oneOf" in schema or "enum" in schema):
        return usual, ("radio", _("ボタンを並べる")), ("select", _("一覧から選ぶ"))
    if schema.get("type") == "boolean" and "const" not in schema:
        return usual, ("checkbox", _("チェックを1つ付ける"))
    if schema.get("type") == "string" and schema.get("format") in (None, "line"):
        return usual, ("text", _("1行")), ("textarea", _("複数行"))
    return ()


def _answers(field: Selected) -> Iterator[Answer]:
    for value, label in answers_of(field.schema):
        when = {"contains": {"const": value}} if field.schema.get("type") == "array" else {"const": value}
        shows = _shown_by(field, when)
        yield Answer(str(value), label, json.dumps(when, ensure_ascii=False), shows, _offered(field, shows))


def _thresholds(field: Selected) -> Iterator[Answer]:
    found: dict[str, Any] = {}
    for home in field.structure.homes.values():
        for one in home.conditions:
            wanted = one.get("properties", {}).get(field.address) if isinstance(one, dict) else None
            if wanted is not None and set(one["properties"]) == {field.address}:
                found[json.dumps(wanted, ensure_ascii=False)] = wanted
    for text, wanted in found.items():
        shows = _shown_by(field, wanted)
        yield Answer(text, shows[0].when if shows else text, text, shows, _offered(field, shows))


def _offered(field: Selected, shows: Sequence[Entry]) -> list[Entry]:
    """The fields behind it, and those that were moved before it since."""
    chosen = {one.key for one in (*shows, *field.later)}
    return [one for one in field.structure.fields() if one.key in chosen]


def _shown_by(field: Selected, when: Any) -> list[Entry]:
    """The fields that are asked only with this answer, or with this and others."""
    homes = field.structure.homes
    return [one for one in field.structure.fields() if any(_asks(field, when, c) for c in homes[one.key].conditions)]


def _asks(field: Selected, when: Any, condition: Any) -> bool:
    wanted = condition.get("properties", {}).get(field.address)
    if condition != {"properties": {field.address: wanted}, "required": [field.address]}:
        return False
    return bool(wanted == when or ("const" in when and when["const"] in answers_in(wanted)))
