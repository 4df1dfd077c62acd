"""Pieces of a fact: parts of its values that no condition of a table tells apart, each with one value for them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from schemas.alternatives import choices
from schemas.validation import is_valid

BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
INSIDE = ("allOf", "anyOf", "oneOf")
#: What can be cut; notes for people do not matter.
KNOWN = {*BOUNDS, *INSIDE, "const", "enum", "type", "not", "title", "description"}
SIMPLE_TYPES = {"boolean", "integer", "number", "string"}
#: Stands for every text that no condition names.
OTHER_TEXT = "\ue000"


@dataclass(frozen=True)
class Piece:
    """One part: the value that stands for it, and what it is. ``low`` and ``high`` are the ends of a part of a line,
    None for no end; `is_point` says that the ends belong to it."""

    value: Any
    kind: str = "value"
    low: Any = None
    high: Any = None

    @property
    def is_point(self) -> bool:
        return self.kind == "line" and self.low is not None and self.low == self.high


def cut(conditions: Sequence[Any], field: Any = None) -> tuple[Piece, ...]:
    """The pieces of a fact that these conditions are about, of a field's schema if known; none if it cannot be cut."""
    if not all(_is_known(schema) for schema in conditions):
        return ()
    offered = [value for value, _label in choices(field)] if isinstance(field, dict) else []
    named = offered or [value for schema in conditions for value in _named(schema)]
    types = {kind for schema in [*conditions, field] for kind in _types(schema)}
    if offered:
        return tuple(Piece(value) for value in _distinct(offered))
    if "boolean" in types or (named and all(isinstance(value, bool) for value in named)):
        return (Piece(True), Piece(False))
    bounds = [bound for schema in conditions for bound in _bounds(schema)]
    is_text = "string" in types or any(isinstance(value, str) for value in named)
    if bounds or types & {"integer", "number"} or any(_is_number(value) for value in named):
        if is_text:
            return ()
        return _line([*bounds, *filter(_is_number, named)], field, is_whole="integer" in types)
    return (*(Piece(value) for value in _distinct(named)), Piece(OTHER_TEXT, "other"))


def _is_known(schema: Any) -> bool:
    if isinstance(schema, bool):
        return True
    inner = [part for name in INSIDE for part in schema.get(name, [])] + [
        schema[key] for key in ("not",) if key in schema
    ]
    values = _own_values(schema)
    simple = all(isinstance(value, str | bool | int | float) for value in values) and _types(schema) <= SIMPLE_TYPES
    return set(schema) <= KNOWN and simple and all(_is_known(part) for part in inner)


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """The schema and all inside it."""
    if isinstance(schema, dict):
        yield schema
        for part in [*(one for name in INSIDE for one in schema.get(name, [])), schema.get("not")]:
            yield from _parts(part)


def _own_values(schema: dict[str, Any]) -> list[Any]:
    return [*schema.get("enum", []), *([schema["const"]] if "const" in schema else [])]


def _named(schema: Any) -> list[Any]:
    return [value for part in _parts(schema) for value in _own_values(part)]


def _bounds(schema: Any) -> list[Any]:
    return [part[name] for part in _parts(schema) for name in BOUNDS if name in part]


def _types(schema: Any) -> set[str]:
    found: set[str] = set()
    for part in _parts(schema):
        kind = part.get("type", [])
        found |= {kind} if isinstance(kind, str) else set(kind)
    return found


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _distinct(values: Sequence[Any]) -> list[Any]:
    return list({(type(value) is bool, value): value for value in values}.values())


def _line(points: list[Any], field: Any, is_whole: bool) -> tuple[Piece, ...]:
    """The line of numbers, cut at these points: before, at, between and after them, as far as the field allows."""
    limits = {key: field[key] for key in BOUNDS if key in field} if isinstance(field, dict) else {}
    ends = sorted({*points, *limits.values()})
    if not ends:
        return (Piece(0, "line"),)
    pieces = [_between(None, ends[0], is_whole)]
    for place, end in enumerate(ends):
        pieces.append(Piece(end, "line", end, end))
        pieces.append(_between(end, ends[place + 1] if place + 1 < len(ends) else None, is_whole))
    return tuple(piece for piece in pieces if piece and is_valid(limits, piece.value) and _fits(piece.value, is_whole))


def _between(low: Any, high: Any, is_whole: bool) -> Piece | None:
    """What lies between two points, with a value in it; None where no whole number does."""
    if low is None or high is None:
        value = high - 1 if low is None else low + 1
        return Piece(_whole(value, low) if is_whole else value, "line", low, high)
    if is_whole:
        value = int(low // 1) + 1
        return Piece(value, "line", low, high) if value < high else None
    return Piece(float((Fraction(low) + Fraction(high)) / 2), "line", low, high)


def _whole(value: Any, low: Any) -> int:
    return int(value // 1) if low is not None else -int(-value // 1)


def _fits(value: Any, is_whole: bool) -> bool:
    return not is_whole or value == int(value)
