"""Schema checks: whether the JSON Schema inside a form means what its author thinks, in every validator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from schemas.formats import FORMAT_CHECKER
from schemas.metaschemas import schema_problems
from schemas.patterns import pattern_trouble
from schemas.pointers import pointer
from schemas.problems import Problem
from schemas.references import SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_VALUES
from schemas.vocabulary import REGISTRY

KEYWORDS = {
    *SCHEMA_MAPS, *SCHEMA_LISTS, *SCHEMA_VALUES,
    "$schema", "$id", "$ref", "$defs", "$comment", "$anchor", "$dynamicRef", "$dynamicAnchor", "type", "const", "enum",
    "title", "description", "default", "examples", "deprecated", "readOnly", "writeOnly",
    "required", "dependentRequired", "format", "pattern", "minLength", "maxLength",
    "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
    "minItems", "maxItems", "uniqueItems", "minContains", "maxContains", "minProperties", "maxProperties",
    "contentEncoding", "contentMediaType", "contentSchema",
}  # fmt: skip
MAPS = (*SCHEMA_MAPS, "$defs")


def schema_trouble(schema: dict[str, Any], at: str) -> list[Problem]:
    """What is wrong with a form's schema that stands at `at`: what the standard refuses, else what only misleads."""
    found = list(schema_problems(schema, at))
    if found:
        return found
    resolver = REGISTRY.resolver_with_root(DRAFT202012.create_resource(schema))
    for where, part in subschemas(schema, at):
        found.extend(_keyword_problems(part, where))
        found.extend(_reference_problems(part, where, resolver))
        found.extend(_text_problems(part, where))
    return found


def subschemas(schema: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema within a schema that is an object, with its pointer, the outer one first."""
    if not isinstance(schema, dict):
        return
    yield at, schema
    for key, value in schema.items():
        if key in MAPS and isinstance(value, dict):
            for name, one in value.items():
                yield from subschemas(one, at + pointer([key, name]))
        elif key in SCHEMA_LISTS and isinstance(value, list):
            for place, one in enumerate(value):
                yield from subschemas(one, at + pointer([key, place]))
        elif key in SCHEMA_VALUES:
            yield from subschemas(value, at + pointer([key]))


def _keyword_problems(schema: dict[str, Any], at: str) -> Iterator[Problem]:
    for key in schema:
        if key not in KEYWORDS and not key.startswith("x-"):
            yield Problem(at + pointer([key]), "schema_unknown_word", {"field": key})


def _reference_problems(schema: dict[str, Any], at: str, resolver: Any) -> Iterator[Problem]:
    if "$ref" not in schema:
        return
    try:
        resolver.lookup(schema["$ref"])
    except (Unresolvable, ValueError):
        yield Problem(f"{at}/$ref", "schema_reference", {"reference": schema["$ref"]})


def _text_problems(schema: dict[str, Any], at: str) -> Iterator[Problem]:
    if "format" in schema and schema["format"] not in FORMAT_CHECKER.checkers:
        yield Problem(f"{at}/format", "schema_format", {"format": schema["format"]})
    trouble = pattern_trouble(schema["pattern"]) if "pattern" in schema else None
    if trouble:
        yield Problem(f"{at}/pattern", trouble, {"pattern": schema["pattern"]})
    for text in schema.get("patternProperties", {}):
        if trouble := pattern_trouble(text):
            yield Problem(at + pointer(["patternProperties", text]), trouble, {"pattern": text})
