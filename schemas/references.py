"""References ("$ref") of a schema, replaced by what they point to, so that it can be read without a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
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
LEFT_OUT = ("$defs", "$schema", "$id", "$anchor", "$comment", "$ref", "$dynamicRef", "$dynamicAnchor")
MAPS = (*SCHEMA_MAPS, "$defs")
# A schema may contain itself (a household of households); nobody fills in more levels than this. How often a reference
# is followed into itself, and how many references at all: the first that is not too much for the whole.
LEVELS = ((3, 60), (2, 60), (1, 60), (1, 5), (1, 3), (1, 2))
# Schemas within a schema once it is unfolded: the largest forms of government have some thousands.
MOST_PARTS = 20_000
# Where unfolding stopped; such a part is shown, and nobody is asked for it.
CUT = "x-cut"


class TooDeep(ValueError):
    """The schema contains itself in so many places that nobody could be shown all of it."""


class Circular(ValueError):
    """The schema says of an answer only that it is what the schema says: no validator comes to an end with it."""


class _Ledger:
    """Counts the parts of one unfolding."""

    def __init__(self, repeats: int, levels: int) -> None:
        self.repeats, self.levels, self.parts = repeats, levels, 0

    def count(self) -> None:
        self.parts += 1
        if self.parts > MOST_PARTS:
            raise TooDeep


@dataclass(frozen=True)
class _Place:
    """Where a schema stands: what its references resolve against, the references followed to get here, and those of
    them that speak of the same answer.
    """

    resolver: Any
    ledger: _Ledger
    base: str = ""
    followed: tuple[tuple[str, str], ...] = ()
    here: tuple[tuple[str, str], ...] = ()

    def of(self, schema: Mapping[str, Any]) -> _Place:
        """The place of a schema in it: one with an "$id" is a document of its own."""
        if not isinstance(schema.get("$id"), str):
            return self
        resolver = self.resolver.in_subresource(DRAFT202012.create_resource(schema))
        return replace(self, resolver=resolver, base=schema["$id"])


def closed(schema: Any, registry: Registry[Any] = REGISTRY) -> Any:
    """An equivalent schema without "$ref": each becomes a member of "allOf" beside its siblings.

    What came from the vocabulary carries "x-vocabulary" with its name there. A schema that contains itself is unfolded
    three levels deep, less where that would be too much; what lies deeper carries "x-cut". Raises
    referencing.exceptions.Unresolvable for a reference to nothing, TooDeep for what is too much on any level, Circular
    for a schema that is nothing but itself.
    """
    if not isinstance(schema, dict):
        return schema
    for level in LEVELS:
        try:
            return _unfolded(schema, registry, _Ledger(*level))
        except TooDeep:
            if level == LEVELS[-1]:
                raise
    return schema


def _unfolded(schema: dict[str, Any], registry: Registry[Any], ledger: _Ledger) -> Any:
    resource = DRAFT202012.create_resource(schema)
    place = _Place(registry.resolver_with_root(resource), ledger, schema.get("$id", ""))
    return _closed({key: value for key, value in schema.items() if key != "$id"}, place)


def _closed(schema: Any, place: _Place) -> Any:
    if not isinstance(schema, dict):
        return schema
    place.ledger.count()
    place = place.of(schema)
    result = {key: _closed_keyword(key, value, place) for key, value in schema.items() if key not in LEFT_OUT}
    reference = schema.get("$ref", schema.get("$dynamicRef"))
    if reference is None:
        return result
    both = [_target(schema["$dynamicRef"], place)] if "$ref" in schema and "$dynamicRef" in schema else []
    result["allOf"] = [_target(reference, place), *both, *_narrowing(result), *result.get("allOf", [])]
    name = _vocabulary_name(reference, place.base)
    if name:
        result["x-vocabulary"] = name
    return result


def _narrowing(result: dict[str, Any]) -> list[Any]:
    """Properties beside a reference, moved behind its target: they narrow it, its order of fields stays."""
    if "properties" not in result or "additionalProperties" in result:
        return []
    return [{"properties": result.pop("properties")}]


#: Keywords whose schemas speak of the same answer as the schema they stand in.
SAME_ANSWER = {"allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas"}


def _closed_keyword(key: str, value: Any, place: _Place) -> Any:
    if key not in SAME_ANSWER:
        place = replace(place, here=())
    if key in SCHEMA_MAPS and isinstance(value, dict):
        return {name: _closed(one, place) for name, one in value.items()}
    if key in SCHEMA_LISTS and isinstance(value, list):
        return [_closed(one, place) for one in value]
    return _closed(value, place) if key in SCHEMA_VALUES else value


def _target(reference: str, place: _Place) -> Any:
    base = reference.partition("#")[0] or place.base
    step = (base, reference.partition("#")[2])
    found = place.resolver.lookup(reference)
    if step in place.here:
        raise Circular
    if place.followed.count(step) >= place.ledger.repeats or len(place.followed) >= place.ledger.levels:
        return _outline(found.contents)
    steps, here = (*place.followed, step), (*place.here, step)
    followed = replace(place, resolver=found.resolver, base=base, followed=steps, here=here)
    if not isinstance(found.contents, dict):
        return found.contents
    return _closed({key: value for key, value in found.contents.items() if key != "$id"}, followed)


def _outline(schema: Any) -> Any:
    """What a schema says of itself without its parts: where unfolding stops."""
    if not isinstance(schema, Mapping):
        return schema
    parts = {*SCHEMA_MAPS, *SCHEMA_LISTS, *SCHEMA_VALUES, *LEFT_OUT, "required", "dependentRequired"}
    return {key: value for key, value in schema.items() if key not in parts} | {CUT: True}


def _vocabulary_name(reference: str, base: str) -> str:
    uri, _, fragment = reference.partition("#")
    prefix = "/$defs/"
    return fragment.removeprefix(prefix) if is_vocabulary(uri or base) and fragment.startswith(prefix) else ""


Change = Callable[[dict[str, Any]], dict[str, Any]]


def rebuilt(schema: Any, change: Change) -> Any:
    """A new schema in which `change` was made to every schema that is an object, the inner ones first."""
    if not isinstance(schema, Mapping):
        return schema
    return change({key: _rebuilt_keyword(key, value, change) for key, value in schema.items()})


def _rebuilt_keyword(key: str, value: Any, change: Change) -> Any:
    if key in MAPS and isinstance(value, Mapping):
        return {name: rebuilt(one, change) for name, one in value.items()}
    if key in SCHEMA_LISTS and isinstance(value, list):
        return [rebuilt(one, change) for one in value]
    return rebuilt(value, change) if key in SCHEMA_VALUES else value


def references(schema: Any) -> Iterator[str]:
    """Every reference in a schema."""
    found: list[str] = []

    def note(part: dict[str, Any]) -> dict[str, Any]:
        found.extend(str(part[key]) for key in ("$ref", "$dynamicRef") if key in part)
        return part

    rebuilt(schema, note)
    yield from found
