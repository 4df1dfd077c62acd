"""Places in a foreign schema: what it says of the answer at a path, through references and alternatives.

A path names answers, not keywords: ("household", "*", "name") is the name in every row of the household.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from schemas.conjunction import same
from schemas.pointers import MISSING, escaped, lookup
from schemas.references import SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_VALUES

Schema = dict[str, Any]
Path = tuple[str, ...]

ROWS = "*"
IN_PLACE = ("allOf", "anyOf", "oneOf")
BRANCHES = ("then", "else")
ANNOTATIONS = {
    "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment",
}  # fmt: skip
MAPS = (*SCHEMA_MAPS, "$defs")


def address(path: Path) -> str:
    """The pointer of a path as `presentation` writes it."""
    return "".join(f"/{escaped(part)}" for part in path)


def is_annotation(keyword: str) -> bool:
    """Whether a keyword says nothing about what is valid."""
    return keyword in ANNOTATIONS or keyword.startswith("x-")


def opened(root: Schema, schema: Schema) -> Schema:
    """The schema itself, with a local reference replaced by a copy of its target, so that it may be written to.

    What stands beside the reference still holds: it wins as a title and tightens as a limit.
    """
    seen: set[str] = set()
    while (reference := schema.get("$ref")) and reference.startswith("#") and reference not in seen:
        seen.add(reference)
        target = lookup(root, reference[1:], None)
        if not isinstance(target, dict):
            break
        own = {key: value for key, value in schema.items() if key != "$ref"}
        schema.clear()
        schema.update(_joined(copy.deepcopy(target), own))
    return schema


def _joined(target: Schema, own: Schema) -> Schema:
    twice = [key for key in own.keys() & target.keys() if not is_annotation(key) and not same(own[key], target[key])]
    return {**own, "allOf": [target, *own.get("allOf", [])]} if twice else {**target, **own}


def members(root: Schema, schema: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every property that a schema declares in any of its branches: its name, and the object that declares it."""
    for part in in_place(root, schema):
        properties = part.get("properties")
        if isinstance(properties, dict):
            yield from ((name, properties) for name in properties)


def in_place(root: Schema, schema: Any) -> Iterator[Schema]:
    """The schema and every subschema that speaks of the same answer, each once, however often it is referred to."""
    return _in_place(root, schema, {})


def _in_place(root: Schema, schema: Any, seen: dict[int, Schema], depth: int = 0) -> Iterator[Schema]:
    if not isinstance(schema, dict) or depth > 12 or id(schema) in seen:
        return
    seen[id(schema)] = schema
    target = lookup(root, schema["$ref"][1:], None) if str(schema.get("$ref", "")).startswith("#") else None
    yield schema
    inner = [target, *(schema.get(key) for key in BRANCHES), *_dependents(schema)]
    inner += [one for key in IN_PLACE if isinstance(schema.get(key), list) for one in schema[key]]
    for one in inner:
        yield from _in_place(root, one, seen, depth + 1)


def _dependents(schema: Schema) -> list[Any]:
    dependents = schema.get("dependentSchemas")
    return list(dependents.values()) if isinstance(dependents, dict) else []


def names_of(root: Schema, schema: Any) -> list[str]:
    """The names of all properties that any branch declares, in their order."""
    return list(dict.fromkeys(name for name, _properties in members(root, schema)))


def at(root: Schema, path: Path, start: Any = MISSING) -> list[Schema]:
    """What is said of the answer at a path, one schema for each branch that declares it; written where it stands.

    References on the way are opened, those of the found schemas are not: a title beside a reference is enough.
    """
    found = [root if start is MISSING else start]
    for part in path:
        found = [inner for schema in found for inner in _inside(root, schema, part)]
    return [schema for schema in found if isinstance(schema, dict)]


def _inside(root: Schema, schema: Any, part: str) -> Iterator[Any]:
    if not isinstance(schema, dict):
        return
    opened(root, schema)
    if part == ROWS and "properties" not in schema:
        yield from _rows(schema)
    properties = schema.get("properties")
    if isinstance(properties, dict) and part in properties:
        if properties[part] is True:
            properties[part] = {}
        yield properties[part]
    inner = [schema.get(key) for key in BRANCHES] + _dependents(schema)
    inner += [one for key in IN_PLACE if isinstance(schema.get(key), list) for one in schema[key]]
    for one in inner:
        yield from _inside(root, one, part)


def _rows(schema: Schema) -> Iterator[Any]:
    yield schema.get("items")
    yield from schema.get("prefixItems", ()) if isinstance(schema.get("prefixItems"), list) else ()


def kinds_of(root: Schema, schema: Any) -> set[str]:
    """The JSON types that a schema names, through references."""
    found: set[str] = set()
    for part in in_place(root, schema):
        named = part.get("type")
        found.update([named] if isinstance(named, str) else named if isinstance(named, list) else ())
    return found


def walked(schema: Any, visit: Callable[[Schema], None]) -> None:
    """Visit a schema and every schema in it, inner ones first."""
    if not isinstance(schema, dict):
        return
    for key, value in list(schema.items()):
        if key in MAPS and isinstance(value, dict):
            for one in list(value.values()):
                walked(one, visit)
        elif key in SCHEMA_LISTS and isinstance(value, list):
            for one in value:
                walked(one, visit)
        elif key in SCHEMA_VALUES:
            walked(value, visit)
    visit(schema)
