"""A bare JSON Schema of any draft, with a page for each of its groups."""

from __future__ import annotations

import copy
from typing import Any

from schemas.adoption import WRAPPED, AdoptionRefused, adopted
from schemas.dialects.finish import finished
from schemas.dialects.sketch import Adopted, Sketch
from schemas.form_checks import form_problems

WORDS = {"properties", "$schema", "$ref", "definitions", "$defs", "allOf", "anyOf", "oneOf", "enum", "items"}
TYPES = {"object", "array", "string", "number", "integer", "boolean", "null"}


def is_schema(value: Any) -> bool:
    """Whether a value is a JSON Schema and nothing else that is known here."""
    if not isinstance(value, dict):
        return False
    named = value.get("type")
    return not WORDS.isdisjoint(value) or (isinstance(named, str) and named in TYPES)


def adopt(schema: Any, name: str = "") -> Adopted:
    """The form of a schema; one that adoption refuses, or that publication would, is mended as far as it can be."""
    definition = _definition(schema)
    if definition is None:
        return finished(Sketch.of(schema, name), "JSON Schema")
    sketch = Sketch(copy.deepcopy(definition["schema"]), name)
    sketch.calculations = dict(definition.get("calculations", {}))
    if WRAPPED in definition:
        sketch.extras[WRAPPED] = definition[WRAPPED]
        sketch.say("import_wrapped", field=definition[WRAPPED])
    return finished(sketch, "JSON Schema", definition["title"])


def _definition(schema: Any) -> dict[str, Any] | None:
    try:
        definition = adopted(schema)
        return None if form_problems(definition) else definition
    except (AdoptionRefused, TypeError, AttributeError, KeyError, ValueError, RecursionError):
        return None  # it is no JSON Schema by the letter; the sketch is lenient
