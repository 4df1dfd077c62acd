"""Rules of JSON Forms: conditions on the data, as JSON Schema conditions (https://jsonforms.io/docs/uischema/rules)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

from schemas.dialects.keywords import condition as plain_condition
from schemas.dialects.places import Path
from schemas.dialects.visibility import accepts_nothing, all_of, answered, any_of, negated
from schemas.pointers import unescaped


class Rules(Enum):
    """The effects that a rule can have."""

    SHOW = "SHOW"
    HIDE = "HIDE"
    ENABLE = "ENABLE"
    DISABLE = "DISABLE"


def condition_of(condition: Any, base: Path = ()) -> Any:
    """The condition as a schema of the object at `base`, None where it cannot be read.

    Where there is no answer, a condition holds exactly if its schema would accept "undefined".
    """
    if not isinstance(condition, Mapping):
        return None
    kind = str(condition.get("type", "")).upper()
    if kind in ("AND", "OR", "NOT") or isinstance(condition.get("conditions"), list):
        return _composed(kind, condition, base)
    path = _data_path(condition.get("scope"))
    if path is None:
        return None
    if kind == "LEAF" or "expectedValue" in condition:
        if "expectedValue" not in condition:
            return negated(answered(path, True))
        return answered(path, {"const": condition["expectedValue"]})
    schema = condition.get("schema")
    if not isinstance(schema, dict | bool):
        return None
    plain = plain_condition(schema)
    if plain is None or not path:
        return plain
    is_needed = condition.get("failWhenUndefined") is True or not accepts_nothing(plain)
    return answered(path, plain, is_needed)


def _composed(kind: str, condition: Mapping[str, Any], base: Path) -> Any:
    inner = condition.get("conditions", [condition.get("condition")])
    members = [condition_of(one, base) for one in inner] if isinstance(inner, list) else []
    if not members or any(one is None for one in members):
        return None
    if kind == "OR":
        return any_of(members)
    return negated(members[0]) if kind == "NOT" else all_of(members)


def _data_path(scope: Any) -> Path | None:
    """The path in the data: the names in a scope; "#" is everything."""
    if not isinstance(scope, str):
        return None
    steps = [unescaped(step) for step in scope.lstrip("#").strip("/").split("/") if step]
    names, is_name = [], False
    for step in steps:
        if is_name or step not in ("properties", "items"):
            names.append(step)
            is_name = False
        else:
            is_name = step == "properties"
    return tuple(names)
