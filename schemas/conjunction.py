"""Two schemas that both hold, written as one: the tighter limit counts, the later title is shown."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

Rule = Callable[[Any, Any], Any]


def same(one: Any, other: Any) -> bool:
    """Equality of JSON values (RFC 8259): true is not 1, but 1 is 1.0."""
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    return bool(one == other)


def is_among(value: Any, values: list[Any]) -> bool:
    """Whether a JSON value is one of `values`."""
    return any(same(value, one) for one in values)


def merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """The keywords of both; where both speak, limits tighten and annotations of `other` win.

    What one keyword cannot say twice (two patterns) is kept in "allOf", so nothing is lost.
    """
    result = dict(one)
    for key, value in other.items():
        if key not in result or same(result[key], value):
            result[key] = value
        elif key in LIMITS:
            result[key] = LIMITS[key](result[key], value)
        elif key in UNIQUE:
            result["allOf"] = [*result.get("allOf", []), {key: value}]
        else:
            result[key] = value
    return result


def _common_types(one: Any, other: Any) -> Any:
    mine, theirs = ([kind] if isinstance(kind, str) else kind for kind in (one, other))
    common = [kind for kind in mine if kind in theirs or (kind == "integer" and "number" in theirs)]
    common += [kind for kind in theirs if kind == "integer" and "number" in mine and kind not in common]
    return common[0] if len(common) == 1 else common or other


def _common_values(one: list[Any], other: list[Any]) -> list[Any]:
    return [value for value in one if is_among(value, other)]


def _both(one: Any, other: Any) -> Any:
    if one is False or other is False:
        return False
    return {"allOf": [one, other]}


def _multiple(one: Any, other: Any) -> Any:
    return math.lcm(one, other) if isinstance(one, int) and isinstance(other, int) else other


LIMITS: dict[str, Rule] = {
    "type": _common_types,
    "enum": _common_values,
    "multipleOf": _multiple,
    "items": _both,
    "additionalProperties": _both,
    "unevaluatedProperties": _both,
    "readOnly": lambda one, other: one or other,
    "uniqueItems": lambda one, other: one or other,
    "allOf": lambda one, other: [*one, *other],
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties", "minContains"), max),
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties", "maxContains"), min),
}
UNIQUE = ("const", "pattern", "format", "not", "contains", "propertyNames", "oneOf", "anyOf", "patternProperties")
