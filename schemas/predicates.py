"""Conditions compiled to plain functions: a page asks dozens of them at every request.

A predicate gives exactly the verdict of the validator. The few keywords that conditions are made of are compiled;
anything else is given to the validator whole.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from typing import Any

from schemas.conjunction import is_among, same
from schemas.formats import FORMAT_CHECKER
from schemas.keywords import judge
from schemas.vocabulary import REGISTRY

Predicate = Callable[[Any], bool]

# Keywords whose verdict needs their neighbours, and those that make a schema one for the validator alone.
BESIDE_OTHERS = {"if", "then", "else", "additionalProperties", "pattern", "unevaluatedProperties"}
APART = {"patternProperties", "prefixItems", "unevaluatedItems"}
# With one of these inside, what is unevaluated is left to the validator.
SPEAKING_OTHERWISE = {"patternProperties", "dependentSchemas", "$ref", "$dynamicRef"}

ANNOTATIONS = {"title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly", "$comment"}


def predicate(schema: Any) -> Predicate:
    """The function that tells whether a value is valid against a schema without references (see references.closed)."""
    if isinstance(schema, bool):
        return lambda value: schema
    keywords = [key for key in schema if key not in ANNOTATIONS and not key.startswith("x-")]
    if not APART.isdisjoint(keywords) or any(not _is_simple(key, schema[key]) for key in keywords):
        return _judged(schema)
    return _every([_compiled(key, schema) for key in keywords if key not in ("then", "else")])


def _judged(schema: Any) -> Predicate:
    compiled = judge(schema, registry=REGISTRY, format_checker=FORMAT_CHECKER)
    return lambda value: bool(compiled.is_valid(value))


def _compiled(key: str, schema: dict[str, Any]) -> Predicate:
    if key == "if":
        return _if(schema)
    if key == "additionalProperties":
        return _additional(schema["additionalProperties"], frozenset(schema.get("properties", ())))
    if key == "unevaluatedProperties":
        return _unevaluated(schema)
    if key == "pattern":
        return _judged({name: schema[name] for name in ("pattern", "maxLength") if name in schema})
    return KEYWORDS[key](schema[key])


def is_number(value: Any) -> bool:
    """A JSON number; Python's True is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_simple(key: str, value: Any) -> bool:
    if key not in KEYWORDS and key not in BESIDE_OTHERS:
        return False
    if key == "const":
        return _is_scalar(value)
    if key == "enum":
        return all(map(_is_scalar, value))
    if key == "unevaluatedProperties":
        return value is False
    return key != "type" or isinstance(value, str)


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list)


def _every(predicates: list[Predicate]) -> Predicate:
    if len(predicates) == 1:
        return predicates[0]

    def every(value: Any) -> bool:
        for one in predicates:  # noqa: SIM110 - a generator would cost more than most of what is asked
            if not one(value):
                return False
        return True

    return every


def _const(expected: Any) -> Predicate:
    return lambda value: same(value, expected)


def _enum(expected: list[Any]) -> Predicate:
    return lambda value: is_among(value, expected)


def _required(names: list[str]) -> Predicate:
    asked = frozenset(names)
    return lambda value: not isinstance(value, dict) or asked <= value.keys()


def _properties(schemas: dict[str, Any]) -> Predicate:
    pairs = [(name, predicate(schema)) for name, schema in schemas.items()]

    def properties(value: Any) -> bool:
        if isinstance(value, dict):
            for name, holds in pairs:
                if name in value and not holds(value[name]):
                    return False
        return True

    return properties


def _if(schema: dict[str, Any]) -> Predicate:
    holds, then, otherwise = (predicate(schema.get(key, True)) for key in ("if", "then", "else"))
    return lambda value: then(value) if holds(value) else otherwise(value)


def _additional(schema: Any, named: frozenset[str]) -> Predicate:
    holds = predicate(schema)
    return lambda value: (
        not isinstance(value, dict) or all(name in named or holds(inner) for name, inner in value.items())
    )


class _Everything:
    """Contains every name."""

    def __contains__(self, name: object) -> bool:
        return True


def _unevaluated(schema: dict[str, Any]) -> Predicate:
    """No property that nothing speaks of, which "unevaluatedProperties": false asks for (JSON Schema §11.3)."""
    if _mentions(schema, SPEAKING_OTHERWISE):
        return _judged(schema)
    spoken = list(_spoken(schema))
    always = frozenset().union(*(names for holds, names in spoken if holds is None and isinstance(names, frozenset)))
    depends = [(holds or _always, names) for holds, names in spoken if holds or not isinstance(names, frozenset)]
    return lambda value: (
        not isinstance(value, dict)
        or all(name in always or any(name in names and holds(value) for holds, names in depends) for name in value)
    )


def _spoken(schema: Any) -> Iterator[tuple[Predicate | None, Container[str]]]:
    """The properties that a schema speaks of where a value is valid against it, and under which condition."""
    if isinstance(schema, bool):
        return
    yield None, frozenset(schema.get("properties", ()))
    if "additionalProperties" in schema or schema.get("unevaluatedProperties", False) is not False:
        yield None, _Everything()
    for inner in schema.get("allOf", ()):
        yield from _spoken(inner)
    for inner in (*schema.get("anyOf", ()), *schema.get("oneOf", ())):
        yield from _spoken_if(predicate(inner), inner)
    if "if" in schema:
        holds = predicate(schema["if"])
        yield from _spoken_if(holds, schema["if"])
        yield from _spoken_if(holds, schema.get("then", True))
        yield from _spoken_if(lambda value: not holds(value), schema.get("else", True))


def _spoken_if(condition: Predicate, schema: Any) -> Iterator[tuple[Predicate, Container[str]]]:
    for holds, names in _spoken(schema):
        yield (_every([condition, holds]) if holds else condition), names


def _mentions(schema: Any, keywords: set[str]) -> bool:
    if isinstance(schema, list):
        return any(_mentions(inner, keywords) for inner in schema)
    return isinstance(schema, dict) and (
        not keywords.isdisjoint(schema) or any(_mentions(inner, keywords) for inner in schema.values())
    )


def _always(value: Any) -> bool:
    return True


def _items(schema: Any) -> Predicate:
    holds = predicate(schema)
    return lambda value: not isinstance(value, list) or all(holds(inner) for inner in value)


def _count(holds: Callable[[int, Any], bool]) -> Callable[[Any], Predicate]:
    return lambda limit: lambda value: not isinstance(value, list) or holds(len(value), limit)


def _format(name: str) -> Predicate:
    return lambda value: FORMAT_CHECKER.conforms(value, name)


def _one_of(schemas: list[Any]) -> Predicate:
    predicates = [predicate(schema) for schema in schemas]
    return lambda value: sum(1 for one in predicates if one(value)) == 1


def _not(schema: Any) -> Predicate:
    holds = predicate(schema)
    return lambda value: not holds(value)


def _all_of(schemas: list[Any]) -> Predicate:
    return _every([predicate(schema) for schema in schemas])


def _any_of(schemas: list[Any]) -> Predicate:
    predicates = [predicate(schema) for schema in schemas]
    return lambda value: any(one(value) for one in predicates)


def _limit(holds: Callable[[Any, Any], bool]) -> Callable[[Any], Predicate]:
    return lambda limit: lambda value: not is_number(value) or holds(value, limit)


def _length(holds: Callable[[int, Any], bool]) -> Callable[[Any], Predicate]:
    return lambda limit: lambda value: not isinstance(value, str) or holds(len(value), limit)


def _type(name: str) -> Predicate:
    return TYPES[name]


TYPES: dict[str, Predicate] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
    "number": is_number,
    "integer": lambda value: is_number(value) and (isinstance(value, int) or value.is_integer()),
}

KEYWORDS: dict[str, Callable[[Any], Predicate]] = {
    "type": _type,
    "const": _const,
    "enum": _enum,
    "required": _required,
    "properties": _properties,
    "not": _not,
    "allOf": _all_of,
    "anyOf": _any_of,
    "oneOf": _one_of,
    "items": _items,
    "minItems": _count(lambda number, limit: number >= limit),
    "maxItems": _count(lambda number, limit: number <= limit),
    "format": _format,
    "minimum": _limit(lambda value, limit: value >= limit),
    "maximum": _limit(lambda value, limit: value <= limit),
    "exclusiveMinimum": _limit(lambda value, limit: value > limit),
    "exclusiveMaximum": _limit(lambda value, limit: value < limit),
    "minLength": _length(lambda value, limit: value >= limit),
    "maxLength": _length(lambda value, limit: value <= limit),
}
