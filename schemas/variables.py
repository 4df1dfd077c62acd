"""The variables of a calculation: the answers it reads, directly or through other calculations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def variables(expression: Any, calculations: Mapping[str, Any], seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """The pointers that an expression reads, those behind other calculations included."""
    if isinstance(expression, list):
        for one in expression:
            yield from variables(one, calculations, seen)
    elif isinstance(expression, Mapping) and "var" in expression:
        named = expression["var"]
        pointer = str(named[0] if isinstance(named, list) else named)
        name = pointer.strip("/")
        yield pointer
        if name in calculations and name not in seen:
            yield from variables(calculations[name], calculations, seen | {name})
    elif isinstance(expression, Mapping):
        yield from variables(list(expression.values()), calculations, seen)
