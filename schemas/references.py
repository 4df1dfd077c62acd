"""References ("$ref") of a schema, replaced by what they point to, so that it can be read without a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from referencing import Registry
from referencing.jsonschema import DRAFT202012

from schemas.vocabulary import REGISTRY, is_vocabulary

SCHEMA_MAPS = ("properties", "patternProperties", "dependentSchemas")
SCHEMA_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
SCHEMA_VALUES = (
    "items", "additionalProperties", "unevaluatedProperties", "unevaluatedItems", "contains", "not", "if", "then",
    "else", "propertyNames",
)  # fmt: skip
LEFT_OUT = ("$defs", "$schema", "$id", "$anchor", "$comment", "$ref")
# A schema may contain itself (a household of households); nobody fills in more levels than this.
REPEATS = 3


@dataclass(frozen=True)
class _Place:
    """Where a schema stands: what its references resolve against, and the references already followed to get here."""

    resolver: Any
    base: str = ""
    followed: tuple[tuple[str, str], ...] = ()


def closed(schema: Any, registry: Registry[Any] = REGISTRY) -> Any:
    """An equivalent schema without "$ref": each becomes a member of "allOf" beside its siblings.

    What came from the vocabulary carries "x-vocabulary" with its name there. A schema that contains itself is unfolded
    three levels deep. Raises referencing.exceptions.Unresolvable for a reference to nothing.
    """
    if not isinstance(schema, dict):
        return schema
    resource = DRAFT202012.create_resource(schema)
    return _closed(schema, _Place(registry.resolver_with_root(resource), schema.get("$id", "")))


def _closed(schema: Any, place: _Place) -> Any:
    if not isinstance(schema, dict):
        return schema
    result = {key: _closed_keyword(key, value, place) for key, value in schema.items() if key not in LEFT_OUT}
    if "$ref" in schema:
        result["allOf"] = [_target(schema["$ref"], place), *_narrowing(result), *result.get("allOf", [])]
        name = _vocabulary_name(schema["$ref"], place.base)
        if name:
            result["x-vocabulary"] = name
    return result


def _narrowing(result: dict[str, Any]) -> list[Any]:
    """Properties beside a reference, moved behind its target: they narrow it, its order of fields stays."""
    if "properties" not in result or "additionalProperties" in result:
        return []
    return [{"properties": result.pop("properties")}]


def _closed_keyword(key: str, value: Any, place: _Place) -> Any:
    if key in SCHEMA_MAPS and isinstance(value, dict):
        return {name: _closed(one, place) for name, one in value.items()}
    if key in SCHEMA_LISTS and isinstance(value, list):
        return [_closed(one, place) for one in value]
    return _closed(value, place) if key in SCHEMA_VALUES else value


def _target(reference: str, place: _Place) -> Any:
    base = reference.partition("#")[0] or place.base
    step = (base, reference.partition("#")[2])
    found = place.resolver.lookup(reference)
    if place.followed.count(step) >= REPEATS:
        return _outline(found.contents)
    return _closed(found.contents, replace(place, resolver=found.resolver, base=base, followed=(*place.followed, step)))


def _outline(schema: Any) -> Any:
    """What a schema says of itself without its parts: where unfolding stops."""
    if not isinstance(schema, Mapping):
        return schema
    parts = {*SCHEMA_MAPS, *SCHEMA_LISTS, *SCHEMA_VALUES, *LEFT_OUT, "required", "dependentRequired"}
    return {key: value for key, value in schema.items() if key not in parts}


def _vocabulary_name(reference: str, base: str) -> str:
    uri, _, fragment = reference.partition("#")
    prefix = "/$defs/"
    return fragment.removeprefix(prefix) if is_vocabulary(uri or base) and fragment.startswith(prefix) else ""
