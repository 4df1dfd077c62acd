"""The keywords that we judge ourselves, with the standard's verdict: the library's way takes too long for what
strangers send.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from schemas.patterns import is_linear

#: Characters that a pattern which begins anywhere in a text is tried on: its time grows with their square.
LONGEST = 20_000


def identity(value: Any) -> Hashable:
    """What two JSON values share exactly when they are equal (JSON Schema §4.2.2): 1 is 1.0, true is not 1."""
    if isinstance(value, bool | str) or value is None:
        return type(value), value
    if isinstance(value, dict):
        return dict, frozenset((key, identity(one)) for key, one in value.items())
    if isinstance(value, list | tuple):
        return list, tuple(map(identity, value))
    return float, value


def _unique_items(validator: Any, is_unique: bool, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """In one pass over the items; comparing each with each takes minutes for a few thousand."""
    if is_unique and validator.is_type(instance, "array") and len(set(map(identity, instance))) < len(instance):
        yield ValidationError(f"{len(instance)} items are not unique")


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Not tried on a text that is refused for its length; a slow pattern refuses what is too long to try it on."""
    if not validator.is_type(instance, "string") or len(instance) > schema.get("maxLength", len(instance)):
        return
    is_too_long = len(instance) > LONGEST and not _is_linear(pattern)
    if is_too_long or not re.search(pattern, instance):
        yield ValidationError(f"{pattern!r} does not match")


@lru_cache(maxsize=1024)
def _is_linear(pattern: str) -> bool:
    return is_linear(pattern)


OURS: Any = extend(Draft202012Validator, {"uniqueItems": _unique_items, "pattern": _pattern})


def judge(schema: Any, **more: Any) -> Draft202012Validator:
    """A validator of JSON Schema 2020-12 with these keywords."""
    made: Draft202012Validator = OURS(schema, **more)
    return made
