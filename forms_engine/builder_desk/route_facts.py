"""Facts (事実) that a route may look at, by their titles: the answers and calculations of the forms that run on it, and
what staff fill in on the way (職員記入欄)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.definitions import FormVersion
from forms_engine.manuscripts import Manuscript
from schemas.alternatives import choices
from schemas.calculations import results
from schemas.editing.step_commands import every_step
from schemas.possible import possible
from schemas.staff_fields import every_entry, fact_name, known_at, steps_asking

Document = Mapping[str, Any]
#: How a fact can be compared.
TRUTH, CHOICE, LIST, NUMBER, TEXT = "truth", "choice", "list", "number", "text"
NUMBERS = ("integer", "number")
#: Formats of answers that tell one person from another.
OF_PERSONS = frozenset({"name", "kana", "phone", "email", "postal-code", "corporate-number"}) | {
    *("account-number", "bank-code", "branch-code", "bank-kana"),
}


@dataclass(frozen=True)
class Fact:
    """One fact: its name in conditions, its title, and what the form says of it.

    By what ``is_of_person``, a name or a street, no office decides: it is known where it is used, and not offered.
    """

    name: str
    title: str
    schema: Mapping[str, Any] = field(default_factory=dict)
    unit: str = ""
    is_of_person: bool = False

    @property
    def kind(self) -> str:
        said = self.schema.get("type")
        said = next((one for one in said if one != "null"), "") if isinstance(said, list) else said
        if said == "boolean" and "const" not in self.schema:
            return TRUTH
        if said == "array":
            return LIST
        return CHOICE if self.choices else NUMBER if said in NUMBERS else TEXT

    @property
    def choices(self) -> list[tuple[Any, str]]:
        """The answers that can be chosen, with their titles."""
        holder = self.schema.get("items", {}) if self.schema.get("type") == "array" else self.schema
        found = choices(dict(holder)) if isinstance(holder, Mapping) else []
        return [(value, label or str(value)) for value, label in found]


Facts = Mapping[str, Fact]


def forms_of(key: str) -> list[Document]:
    """The forms that run on a route: published ones in their newest version, and those being worked on."""
    found = {one.definition.key: one.document for one in FormVersion.objects.newest().select_related("definition")}
    found |= {draft.key: draft.document for draft in Manuscript.objects.forms()}
    return [form for form in found.values() if form.get("procedure", {}).get("workflow") == key]


def facts_of(document: Document) -> Facts:
    """Every fact that conditions of this route may name, free texts last; those that no form has, by their names."""
    found: dict[str, Fact] = {**entry_facts(document)}
    for form in forms_of(document["workflow"]):
        found = {**{one.name: one for one in facts_of_form(form)}, **found}
    used = dict.fromkeys(name for when in conditions(document) for name in when)
    found |= {name: Fact(name, name) for name in used if name not in found}
    return dict(sorted(found.items(), key=lambda one: one[1].kind == TEXT))


def facts_of_form(form: Document) -> Iterator[Fact]:
    """What conditions can look at in the cases of a form."""
    titles, units = form.get("x-titles", {}), _units(form)
    properties = possible(form["schema"]).get("properties", {})
    verified = {name: {"type": "boolean"} for name in form.get("facts", {})}
    calculated = results(form.get("calculations", {}), form["schema"], verified)
    yield from _answers(properties, "", "", units)
    for name, schema in {**calculated, **verified}.items():
        if name not in properties:
            yield Fact(name, titles.get(name, name), schema, units.get(name, ""))


def entry_facts(document: Mapping[str, Any]) -> Facts:
    """What staff fill in on a route, as facts with titles: 「現地調査：査定額」."""
    found: dict[str, Fact] = {}
    for step in every_step(document["steps"]):
        for key in steps_asking(step) if "staff_fields" in step else ():
            for name, schema in step["staff_fields"]["properties"].items():
                fact = fact_name(key, name)
                unit = _("円") if schema.get("x-kind") == "money" else ""
                found[fact] = Fact(fact, f"{_named(step, key)}：{schema['title']}", schema, unit)
    return found


def _named(step: Mapping[str, Any], key: str) -> str:
    """The step, or the member of a consultation whose entry it is."""
    title = str(step.get("title") or step["key"])
    if key == step["key"]:
        return title
    member = step["members"][int(key.rpartition("__")[2]) - 1]
    return _("%(step)s（%(member)s）") % {"step": title, "member": member.get("title") or key.rpartition("__")[2]}


def filled_in_later(document: Document, step: str) -> frozenset[str]:
    """The entries of staff that are not there yet when a case comes to a step."""
    known = known_at(document["steps"], step)
    return frozenset() if known is None else frozenset(every_entry(document["steps"])) - known


def conditions(document: Document) -> Iterator[Mapping[str, Any]]:
    """Every condition in a route: of branches, of rows of authority, of rules."""
    for step in every_step(document["steps"]):
        for name in ("cases", "authority", "table"):
            yield from (row.get("when") or {} for row in step.get(name, ()))


def titles_of(facts: Facts) -> dict[str, str]:
    """Titles of facts by name, and of choices by "name=value", as schemas.conditions tells them."""
    named = {one.name: one.title for one in facts.values()}
    chosen = {f"{one.name}={value}": label for one in facts.values() for value, label in one.choices}
    return {**named, **chosen}


def departments_of(key: str) -> Sequence[str]:
    """The departments whose published forms run on a route; a draft of somebody else stands in nobody's way."""
    found = (version.document["procedure"] for version in FormVersion.objects.newest())
    return sorted({one["department"] for one in found if one["workflow"] == key})


def departments_meant(key: str) -> Sequence[str]:
    """The same with the forms that are being worked on."""
    found = (form.get("procedure", {}).get("department", "") for form in forms_of(key))
    return sorted({one for one in found if one})


def _answers(properties: Document, at: str, before: str, units: Mapping[str, str]) -> Iterator[Fact]:
    for key, schema in properties.items():
        name, title = f"{at}/{key}" if at else key, f"{before}{_title(schema, key)}"
        if not isinstance(schema, Mapping) or _is_unreadable(schema):
            continue
        if schema.get("type") == "object":
            yield from _answers(schema.get("properties", {}), f"{at}/{key}", f"{title}：", units)
        else:
            yield Fact(name, title, schema, units.get(key, ""), _is_of_person(key, schema, is_part=bool(at)))


def _title(schema: Any, key: str) -> str:
    return str(schema.get("title", key)) if isinstance(schema, Mapping) else key


def _is_unreadable(schema: Mapping[str, Any]) -> bool:
    """What no condition can look at: files, and the numbers that stand in a table of their own."""
    is_file = "x-file" in schema or {"media_type", "sha256"} <= set(schema.get("properties") or ())
    return is_file or str(schema.get("format", "")).startswith(("my-number", "data-url"))


def _is_of_person(key: str, schema: Mapping[str, Any], is_part: bool) -> bool:
    """Names and numbers of people, and the free texts inside of a person or an address, but the city they live in."""
    if schema.get("type") != "string" or choices(dict(schema)):
        return False
    how = schema.get("format", "line")
    return how in OF_PERSONS or (is_part and how == "line" and key != "city")


def _units(form: Document) -> dict[str, str]:
    shown = form.get("presentation", {})
    return {key: said["unit"] for key, said in shown.items() if isinstance(said, Mapping) and said.get("unit")}
