"""FEEL (DMN 1.3, 10.3): a part of a condition as the unary test of an input entry, in which ``?`` is the fact."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from schemas.pointers import parts

#: Holds for nothing.  What FEEL cannot say must not approve anything.
NEVER = "? != ?"
ANY = "-"
#: Keywords that say nothing about a value.
SILENT = {"title", "description", "$comment", "examples", "default"}
TYPES = {"string": "string", "number": "number", "integer": "number", "boolean": "boolean"}
COMPARED = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
SIZES = {"minLength": ("string length", ">="), "maxLength": ("string length", "<=")}
SIZES |= {"minItems": ("count", ">="), "maxItems": ("count", "<=")}


class Unsayable(ValueError):
    """FEEL has no word for this; the message is the keyword."""


def test_of(schema: Any) -> str:
    """The unary test that holds exactly for the values that are valid and known.  Raises Unsayable."""
    if isinstance(schema, Mapping):
        said = {name: value for name, value in schema.items() if name not in SILENT}
        short = _short(said)
        if short:
            return short
    return f"? != null and {_expression(schema)}"


def fact_name(name: str) -> str:
    """A fact as an expression: a pointer is a path, in which rows count from 1.  Raises Unsayable."""
    path = parts(name) if name.startswith("/") else [name]
    text = ""
    for part in path:
        if part.isdigit():
            text += f"[{int(part) + 1}]"
        elif part.isidentifier():
            text += f".{part}" if text else part
        else:
            raise Unsayable(name)
    return text


def literal(value: Any) -> str:
    """A value as FEEL writes it.  Raises Unsayable for lists and objects."""
    if value is None or isinstance(value, bool | str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | float):
        return format(Decimal(str(value)), "f")
    raise Unsayable("const")


def _short(schema: Mapping[str, Any]) -> str:
    """The tests that FEEL has a short way of writing for; empty for others."""
    names = set(schema)
    if names == {"const"} and schema["const"] is not None:
        return literal(schema["const"])
    if names == {"enum"} and None not in schema["enum"]:
        return ", ".join(map(literal, schema["enum"])) or NEVER
    if names == {"minimum", "maximum"}:
        return f"[{literal(schema['minimum'])}..{literal(schema['maximum'])}]"
    if len(names) == 1 and names <= set(COMPARED):
        return "".join(f"{COMPARED[name]} {literal(value)}" for name, value in schema.items())
    return ""


def _expression(schema: Any) -> str:
    """A schema as an expression that is true or false."""
    if isinstance(schema, bool):
        return "true" if schema else "false"
    said = [each for name, value in schema.items() if name not in SILENT for each in _said(name, value)]
    return " and ".join(said) or "true"


def _said(name: str, value: Any) -> Iterator[str]:
    if name not in WORDS:
        raise Unsayable(name)
    yield WORDS[name](value)


def _type(value: Any) -> str:
    kinds = value if isinstance(value, list) else [value]
    if any(kind not in TYPES for kind in kinds):
        raise Unsayable("type")
    tests = [f"? instance of {TYPES[kind]}" + (" and floor(?) = ?" if kind == "integer" else "") for kind in kinds]
    return _any_of(tests)


def _any_of(tests: list[str]) -> str:
    return tests[0] if len(tests) == 1 else "(" + " or ".join(f"({test})" for test in tests) + ")"


def _contains(value: Any) -> str:
    if not isinstance(value, Mapping) or set(value) != {"const"}:
        raise Unsayable("contains")
    return f"list contains(?, {literal(value['const'])})"


def _compared(sign: str) -> Callable[[Any], str]:
    return lambda value: f"? {sign} {literal(value)}"


def _size(measure: str, sign: str) -> Callable[[Any], str]:
    return lambda value: f"{measure}(?) {sign} {literal(value)}"


WORDS: Mapping[str, Callable[[Any], str]] = {
    "const": lambda value: f"? = {literal(value)}",
    "enum": lambda value: f"? in ({', '.join(map(literal, value))})",
    "type": _type,
    "pattern": lambda value: f"matches(?, {literal(value)})",
    "contains": _contains,
    "not": lambda value: f"not({_expression(value)})",
    "allOf": lambda value: " and ".join(f"({_expression(each)})" for each in value),
    "anyOf": lambda value: _any_of([_expression(each) for each in value]),
    **{name: _compared(sign) for name, sign in COMPARED.items()},
    **{name: _size(*words) for name, words in SIZES.items()},
}
