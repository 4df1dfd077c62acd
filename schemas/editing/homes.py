"""Homes (置き場所): the objects in a form's schema that declare the form's own fields, at its root or in a branch."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from schemas.editing.members import put
from schemas.pointers import escaped, parts, pointer

Document = dict[str, Any]
Schema = dict[str, Any]
#: Stands for every row of a table in the address of a column.
ROWS = "*"


@dataclass(frozen=True)
class Home:
    """One object with `properties`, its pointer in the document, and the conditions (schemas) under which it counts."""

    at: str
    schema: Schema
    conditions: tuple[Schema, ...] = ()

    @property
    def properties(self) -> dict[str, Any]:
        return self.schema.get("properties") or {}

    def has(self, key: str) -> bool:
        return key in self.properties

    def is_required(self, key: str) -> bool:
        return key in (self.schema.get("required") or ())


def homes(document: Document) -> Iterator[Home]:
    """The root first, then each branch of it, outer ones before inner ones."""
    yield from _homes(document["schema"], "/schema", ())


def home_of(document: Document, key: str) -> Home:
    """Where the field is declared first. Raises KeyError when it is declared nowhere."""
    return next(iter(homes_of(document, key)), None) or _nowhere(key)


def homes_of(document: Document, key: str) -> list[Home]:
    """Everywhere the field is declared; a form may declare one in several branches."""
    return [home for home in homes(document) if home.has(key)]


def declared(document: Document, address: str) -> list[tuple[Home, str]]:
    """Every home of a field with the field's name there. An address that begins with a slash leads into a field:
    "/members/*/age" is a column of a table, "/plan/area" a part of a group. What a shared word declares has no home.
    """
    if not address.startswith("/"):
        return [(home, address) for home in homes_of(document, address)]
    first, *inner = [part for part in parts(address) if part != ROWS] or [""]
    found = [_within(home, first, inner) for home in homes_of(document, first)] if inner else []
    return [(home, inner[-1]) for home in found if home is not None and home.has(inner[-1])]


def inside(home: Home, name: str) -> Home | None:
    """The home of what stands inside of a field: the columns of a table, the parts of a group; None if it has none."""
    schema, at = home.properties.get(name), home.at + pointer(["properties", name])
    if isinstance(schema, dict) and schema.get("type") == "array":
        schema, at = schema.get("items"), f"{at}/items"
    return Home(at, schema) if isinstance(schema, dict) and isinstance(schema.get("properties"), dict) else None


def address_within(home: Home, address: str, name: str) -> str:
    """The address of a part of the field with this address, which is declared in that home."""
    own, _, key = address.rpartition("/")
    schema = home.properties.get(key)
    rows = [ROWS] if isinstance(schema, dict) and schema.get("type") == "array" else []
    return (address if own or address.startswith("/") else pointer([address])) + pointer([*rows, name])


def _within(home: Home, first: str, inner: list[str]) -> Home | None:
    found = inside(home, first)
    for name in inner[:-1]:
        found = inside(found, name) if found is not None else None
    return found


def _nowhere(key: str) -> Home:
    raise KeyError(key)


def _homes(schema: Any, at: str, conditions: tuple[Schema, ...]) -> Iterator[Home]:
    if not isinstance(schema, dict):
        return
    yield Home(at, schema, conditions)
    condition = schema.get("if")
    for keyword in ("then", "else"):
        inner = (*conditions, {"not": condition} if keyword == "else" else condition) if condition else conditions
        yield from _homes(schema.get(keyword), f"{at}/{keyword}", inner)
    for keyword in ("allOf", "anyOf", "oneOf"):
        for place, one in enumerate(schema.get(keyword) or ()):
            yield from _homes(one, f"{at}/{keyword}/{place}", conditions)
    for name, one in (schema.get("dependentSchemas") or {}).items():
        yield from _homes(one, f"{at}/dependentSchemas/{escaped(name)}", (*conditions, {"required": [name]}))


def require(home: Home, key: str, required: bool) -> None:
    """`required` in the order of the properties; the list is taken away when it is empty."""
    names = {*home.schema.get("required", ()), key} if required else {*home.schema.get("required", ())} - {key}
    beyond = [name for name in home.schema.get("required", ()) if name in names and name not in home.properties]
    put(home.schema, "required", [name for name in home.properties if name in names] + beyond or None)


def tidy(document: Document) -> None:
    """No empty branch, and no empty list of branches, is left in the schema."""
    for home in reversed(list(homes(document))):  # inner ones first: what is empty inside may empty the outside
        members = home.schema.get("allOf")
        if members is None:
            continue
        kept = [one for one in members if not _is_empty(one)]
        put(home.schema, "allOf", kept or None)
    for name in ("presentation", "calculations"):
        put(document, name, document.get(name) or None)


def _is_empty(member: Any) -> bool:
    branches = [member[word] for word in ("then", "else") if word in member] if isinstance(member, dict) else []
    return bool(branches) and not any(_says(one) for one in branches)


def _says(branch: Any) -> bool:
    """Whether a branch still asks for anything."""
    return not isinstance(branch, dict) or any(value for value in branch.values())
