"""A bare JSON Schema of any draft, with a page for each of its groups."""

from __future__ import annotations

from typing import Any

from schemas.dialects.finish import finished
from schemas.dialects.sketch import Adopted, Sketch

WORDS = {"properties", "$schema", "$ref", "definitions", "$defs", "allOf", "anyOf", "oneOf", "enum", "items"}
TYPES = {"object", "array", "string", "number", "integer", "boolean", "null"}


def is_schema(value: Any) -> bool:
    """Whether a value is a JSON Schema and nothing else that is known here."""
    if not isinstance(value, dict):
        return False
    return not WORDS.isdisjoint(value) or value.get("type") in TYPES


def adopt(schema: Any, name: str = "") -> Adopted:
    """The form of a schema."""
    return finished(Sketch.of(schema, name), "JSON Schema")
