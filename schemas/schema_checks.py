"""Schema checks: whether the JSON Schema inside a form means what its author thinks, in every validator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from schemas.effective import plan_of
from schemas.formats import FORMAT_CHECKER
from schemas.metaschemas import schema_problems
from schemas.patterns import pattern_trouble
from schemas.pointers import pointer
from schemas.problems import Problem
from schemas.references import MAPS, SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_VALUES, Circular, TooDeep
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


def schema_trouble(schema: dict[str, Any], at: str) -> list[Problem]:
    """What is wrong with a form's schema that stands at `at`: what the standard refuses, else what only misleads."""
    found = list(schema_problems(schema, at))
    if found:
        return found
    for where, part in subschemas(schema, at):
        found.extend(_keyword_problems(part, where))
        found.extend(_text_problems(part, where))
    resolver = REGISTRY.resolver_with_root(DRAFT202012.create_resource(schema))
    return [*found, *_reference_problems(schema, at, resolver)] or _depth_problems(schema, at)


def subschemas(schema: Any, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema within a schema that is an object, with its pointer, the outer one first."""
    if not isinstance(schema, dict):
        return
    yield at, schema
    for where, inner in children(schema, at):
        yield from subschemas(inner, where)


def children(schema: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The schemas directly within a schema that are objects, each with its pointer."""
    for key, value in schema.items():
        inner: list[tuple[list[str | int], Any]] = []
        if key in MAPS and isinstance(value, dict):
            inner = [([key, name], one) for name, one in value.items()]
        elif key in SCHEMA_LISTS and isinstance(value, list):
            inner = [([key, place], one) for place, one in enumerate(value)]
        elif key in SCHEMA_VALUES:
            inner = [([key], value)]
        yield from ((at + pointer(path), one) for path, one in inner if isinstance(one, dict))


def _keyword_problems(schema: dict[str, Any], at: str) -> Iterator[Problem]:
    for key in schema:
        if key not in KEYWORDS and not key.startswith("x-"):
            yield Problem(at + pointer([key]), "schema_unknown_word", {"field": key})


def _reference_problems(schema: dict[str, Any], at: str, resolver: Any) -> Iterator[Problem]:
    """References to nothing; a schema with an "$id" is a document of its own to those in it."""
    for key in ("$ref", "$dynamicRef"):
        try:
            resolver.lookup(schema.get(key, "#"))
        except (Unresolvable, ValueError):
            yield Problem(f"{at}/{key}", "schema_reference", {"reference": schema[key]})
    for where, inner in children(schema, at):
        own = resolver.in_subresource(DRAFT202012.create_resource(inner)) if "$id" in inner else resolver
        yield from _reference_problems(inner, where, own)


def _depth_problems(schema: dict[str, Any], at: str) -> list[Problem]:
    try:
        plan_of(schema)
    except (TooDeep, RecursionError):
        return [Problem(at, "schema_too_deep", {})]
    except Circular:
        return [Problem(at, "schema_circular", {})]
    return []


def _text_problems(schema: dict[str, Any], at: str) -> Iterator[Problem]:
    if "format" in schema and schema["format"] not in FORMAT_CHECKER.checkers:
        yield Problem(f"{at}/format", "schema_format", {"format": schema["format"]})
    trouble = pattern_trouble(schema["pattern"]) if "pattern" in schema else None
    if trouble:
        yield Problem(f"{at}/pattern", trouble, {"pattern": schema["pattern"]})
    for text in schema.get("patternProperties", {}):
        if trouble := pattern_trouble(text):
            yield Problem(at + pointer(["patternProperties", text]), trouble, {"pattern": text})
