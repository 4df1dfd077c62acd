"""Conditions of form.io components: simple ones, lists of comparisons, and JsonLogic made of comparisons."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from schemas.dialects.keywords import text_of
from schemas.dialects.places import Path
from schemas.dialects.visibility import all_of, answered, any_of, negated

EMPTY = {"enum": ["", None]}
COMPARED = re.compile(r"""\s*data\.([\w.]+)\s*(===?|!==?)\s*(?:'([^']*)'|"([^"]*)"|(true|false|-?[0-9.]+))\s*""")
SHOW = re.compile(r"\s*show\s*=\s*\(?(.+?)\)?\s*;?\s*", re.S)


def condition_of(component: Mapping[str, Any], base: Path = ()) -> Any:
    """When a component is shown, as a schema of the object at `base`: True for always, None where it cannot be read."""
    script = text_of(component.get("customConditional"))
    simple = component.get("conditional")
    found: Any = True
    if script:
        found = _script(script)
    elif isinstance(simple, Mapping):
        found = _simple(simple)
    return _within(found, base)


def _within(condition: Any, base: Path) -> Any:
    """form.io names rows by the key of their list ("children.age"); inside the rows that prefix falls away."""
    names = [part for part in base if part != "*"]
    if not names or not isinstance(condition, Mapping):
        return condition
    inner: Any = condition
    for name in names:
        inner = inner.get("properties", {}).get(name) if isinstance(inner, Mapping) else None
    return inner


def _simple(conditional: Mapping[str, Any]) -> Any:
    if conditional.get("json"):
        return _logic(conditional["json"])
    listed = conditional.get("conditions")
    is_shown = str(conditional.get("show", "")).lower() != "false"
    if isinstance(listed, list) and listed:
        members = [_comparison(one) for one in listed]
        if any(one is None for one in members):
            return None
        joined = any_of(members) if conditional.get("conjunction") == "any" else all_of(members)
        return joined if is_shown else negated(joined)
    when = text_of(conditional.get("when"))
    if not when or conditional.get("show") in (None, ""):
        return True
    holds = answered(_path(when), _equal(conditional.get("eq")))
    return holds if is_shown else negated(holds)


def _path(name: str) -> Path:
    return tuple(part for part in name.removeprefix("data.").split(".") if part)


def _equal(value: Any) -> Any:
    """form.io compares texts: "true" is a checked box, "2" a number; a box of a group is named by its key."""
    text = str(value).lower() if isinstance(value, bool) else str(value if value is not None else "")
    values: list[Any] = [text, *([value] if not isinstance(value, str | bool) and value is not None else [])]
    if text in ("true", "false"):
        values.append(text == "true")
    elif re.fullmatch(r"-?[0-9]{1,15}", text):
        values.append(int(text))
    same: Any = {"const": values[0]} if len(values) == 1 else {"enum": values}
    checked = {"type": "object", "properties": {text: {"const": True}}, "required": [text]}
    return {"anyOf": [same, checked, {"type": "array", "contains": same}]}


def _comparison(one: Any) -> Any:
    if not isinstance(one, Mapping) or not text_of(one.get("component")):
        return None
    path, value = _path(text_of(one["component"])), one.get("value")
    operator = str(one.get("operator", "isEqual"))
    if operator in ("isEmpty", "isNotEmpty"):
        given = answered(path, {"not": EMPTY})
        return given if operator == "isNotEmpty" else negated(given)
    tests: dict[str, Any] = {"isEqual": _equal(value), "includes": _equal(value)}
    if isinstance(value, str):
        tests["startsWith"] = {"type": "string", "pattern": f"^{re.escape(value)}"}
        tests["endsWith"] = {"type": "string", "pattern": f"{re.escape(value)}$"}
    limit = _limit(value)
    if limit is not None:
        tests |= {
            "lessThan": {"type": "number", "exclusiveMaximum": limit},
            "greaterThan": {"type": "number", "exclusiveMinimum": limit},
            "lessThanOrEqual": {"type": "number", "maximum": limit},
            "greaterThanOrEqual": {"type": "number", "minimum": limit},
        }
    if operator in ("isNotEqual", "notIncludes"):
        return negated(answered(path, _equal(value)))
    return answered(path, tests[operator]) if operator in tests else None


def _limit(value: Any) -> float | int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return int(number) if number.is_integer() else number


def _logic(rule: Any) -> Any:
    """JsonLogic of comparisons with constants, joined by and, or and not; None for anything else."""
    if not isinstance(rule, Mapping) or len(rule) != 1:
        return None
    operator, given = next(iter(rule.items()))
    operands = given if isinstance(given, list) else [given]
    if operator in ("and", "or", "!"):
        members = [_logic(one) for one in operands]
        if not members or any(one is None for one in members):
            return None
        return {"and": all_of, "or": any_of, "!": lambda found: negated(found[0])}[operator](members)
    if operator == "in" and len(operands) == 2 and isinstance(operands[1], list):
        variable = _variable(operands[0])
        return answered(variable, {"enum": operands[1]}) if variable else None
    if operator not in ("==", "===", "!=", "!==") or len(operands) != 2:
        return None
    variable, value = (
        (_variable(operands[0]), operands[1]) if _variable(operands[0]) else (_variable(operands[1]), operands[0])
    )
    if not variable or isinstance(value, Mapping | list):
        return None
    holds = answered(variable, {"const": value})
    return negated(holds) if operator.startswith("!") else holds


def _variable(operand: Any) -> Path:
    name = operand.get("var") if isinstance(operand, Mapping) else None
    return _path(name) if isinstance(name, str) else ()


def _script(script: str) -> Any:
    """ "show = data.a === 'x' && data.b == 2": comparisons with constants, joined by one kind of operator."""
    found = SHOW.fullmatch(script)
    if found is None or ("&&" in found[1] and "||" in found[1]):
        return None
    members = []
    for text in re.split(r"&&|\|\|", found[1]):
        compared = COMPARED.fullmatch(text.strip().strip("()"))
        if compared is None:
            return None
        value = next(one for one in compared.groups()[2:] if one is not None)
        holds = answered(_path(compared[1]), _equal(value))
        members.append(negated(holds) if compared[2].startswith("!") else holds)
    return any_of(members) if "||" in found[1] else all_of(members)
