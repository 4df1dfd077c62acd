"""Calculations: facts that the server computes from the answers, in JsonLogic (see operators for the language).

A calculation writes a `readOnly` property of the schema, or a fact of its own name that only rules and checks see.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Any

from jsonlogic.json_schema import as_json_schema
from jsonlogic.json_schema.types import JSONSchemaType
from jsonlogic.resolving import Unresolvable
from jsonlogic.typechecking import TypecheckContext
from jsonlogic.typechecking.diagnostics import Diagnostic

from schemas.date_operators import DatedContext
from schemas.expressions import Expression, ExpressionRefused, expression
from schemas.kinds import (
    ARRAY,
    BOOLEAN,
    DATE,
    INTEGER,
    LITERAL_TYPES,
    NUMBER,
    TEXT,
    TIME,
    VARIABLE_TYPES,
    Kind,
    Missing,
    as_json,
)
from schemas.operators import type_of, value_of
from schemas.pointers import escaped, parts
from schemas.possible import possible
from schemas.problems import Problem

NO_RESULT = (Missing, Unresolvable, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)


def evaluate(calculations: Mapping[str, Any], answers: Mapping[str, Any], schema: Any, today: date) -> dict[str, Any]:
    """The calculated facts by name, JSON values. The same arguments always give the same result.

    A calculation whose inputs are missing, or are not what the form asks for, is left out; it never raises. What the
    answers hold under a calculated name is ignored: only the server computes.
    """
    return program(calculations).run(answers, today)


@dataclass(frozen=True, eq=False)
class Program:
    """Calculations ready to run, for who has many answers to the same form."""

    names: frozenset[str]
    steps: tuple[tuple[str, Expression], ...]
    parts: dict[frozenset[str], Program] = field(default_factory=dict, repr=False)

    def only(self, wanted: frozenset[str]) -> Program:
        """The part that works out these names, with those that they use; made once."""
        found = self.parts.get(wanted)
        if found is None:
            needed = set(wanted)
            for name, read in reversed(self.steps):
                if name in needed:
                    needed.update(read.uses)
            steps = tuple(step for step in self.steps if step[0] in needed)
            found = self.parts[wanted] = Program(self.names, steps)
        return found

    def run(self, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
        """See evaluate()."""
        facts = {name: answer for name, answer in answers.items() if name not in self.names}
        context, results = DatedContext(facts, today), {}
        for name, read in self.steps:
            try:
                facts[name] = results[name] = as_json(value_of(read.root, context))
            except NO_RESULT:
                continue
        return results


def program(calculations: Mapping[str, Any]) -> Program:
    """The compiled calculations, from a cache keyed by their JSON text."""
    return Program(frozenset(calculations), _compiled(json.dumps(calculations)))


@lru_cache(maxsize=256)
def _compiled(text: str) -> tuple[tuple[str, Expression], ...]:
    """The readable calculations, each after those that it uses; without those in a circle."""
    read: dict[str, Expression] = {}
    for name, source in json.loads(text).items():
        try:
            read[name] = expression(source)
        except ExpressionRefused:
            continue
    return tuple((name, read[name]) for name in _ordered(read))


def _ordered(read: Mapping[str, Expression]) -> list[str]:
    uses = {name: set(one.uses) & read.keys() for name, one in read.items()}
    while circle := _circle(uses):
        uses = {name: used - set(circle) for name, used in uses.items() if name not in circle}
    return list(TopologicalSorter(uses).static_order())


def _circle(uses: Mapping[str, set[str]]) -> list[str]:
    """The names of one circle of calculations that use each other; empty when there is none."""
    try:
        TopologicalSorter(uses).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def check(calculations: Mapping[str, Any], schema: Any, facts: Mapping[str, Any] | None = None) -> list[Problem]:
    """What stands in the way of publishing these calculations; pointers are into `calculations`.

    Every var must exist in the schema (in any of its branches), among the calculations or in `facts` (verified facts:
    name → schema); every operator must fit what it is given, and every result its field.
    """
    read, found = _read_all(calculations)
    circle = _circle({name: set(one.uses) & read.keys() for name, one in read.items()})
    if circle:
        at = read[circle[0]].uses.get(circle[1], f"/{escaped(circle[0])}")
        found.append(Problem(at, "calculation_circle", {"names": circle}))
        return found
    known = possible(schema)
    properties = {**(facts or {}), **known.get("properties", {})}
    for name in _ordered(read):
        found.extend(_check_one(name, read[name], properties))
    return found


def results(calculations: Mapping[str, Any], schema: Any, facts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """What each calculation gives, as a JSON Schema; nothing is said of one that cannot be read or goes in a circle."""
    read, _found = _read_all(calculations)
    if _circle({name: set(one.uses) & read.keys() for name, one in read.items()}):
        return {}
    properties = {**(facts or {}), **possible(schema).get("properties", {})}
    for name in _ordered(read):
        list(_check_one(name, read[name], properties))
    return {name: properties[name] for name in read if name in properties}


def _read_all(calculations: Mapping[str, Any]) -> tuple[dict[str, Expression], list[Problem]]:
    read, found = {}, []
    for name, source in calculations.items():
        try:
            read[name] = expression(source, f"/{escaped(name)}")
        except ExpressionRefused as refused:
            found.append(refused.problem)
    return read, found


def _check_one(name: str, read: Expression, properties: dict[str, Any]) -> Iterator[Problem]:
    """Checks one calculation and adds its type to what later ones may use."""
    at = f"/{escaped(name)}"
    context = TypecheckContext(
        {"type": "object", "properties": properties},
        {"variable_casts": VARIABLE_TYPES, "literal_casts": LITERAL_TYPES},
    )
    result = type_of(read.root, context)
    yield from (_problem(one, read) for one in context.diagnostics if one.type == "error")
    target = properties.get(name)
    if target is None:
        properties[name] = as_json_schema(result, VARIABLE_TYPES)
    elif not target.get("readOnly"):
        yield Problem(at, "calculation_not_read_only", {"field": name})
    elif not _fits(result, target):
        said = {"field": name, "expected": _type_name(target), "found": result.name, **_where(at, read.root)}
        yield Problem(at, "calculation_result", said)


def _problem(diagnostic: Diagnostic, read: Expression) -> Problem:
    operator = diagnostic.operator
    at = read.places.get(id(operator), "")
    if diagnostic.category == "unresolvable_variable":
        named = {"field": getattr(operator, "variable_path", ""), **_where(at, operator)}
        return Problem(at, "calculation_unknown_field", named)
    code = "calculation_same_kind" if diagnostic.category == "operator" else "calculation_kind"
    return Problem(at, code, {"operator": operator.operator, "expected": diagnostic.message, **_where(at, operator)})


def _where(at: str, operator: Any) -> dict[str, str]:
    """The calculation and the part of it, by key and operator; a form knows better names (calculation_words)."""
    return {"calculation": parts(at)[0] if at else "", "part": str(getattr(operator, "operator", ""))}


KINDS: dict[str, Kind] = {"integer": INTEGER, "number": NUMBER, "boolean": BOOLEAN, "string": TEXT, "array": ARRAY}
TEXT_KINDS: dict[str, Kind] = {"date": DATE, "time": TIME}


def _fits(result: JSONSchemaType, target: Mapping[str, Any]) -> bool:
    kind = target.get("type")
    if kind == "string":
        return TEXT_KINDS.get(target.get("format", ""), TEXT).fits(result)
    return kind not in KINDS or KINDS[kind].fits(result)


def _type_name(target: Mapping[str, Any]) -> str:
    kind = KINDS.get(target.get("type", ""), TEXT)
    return TEXT_KINDS.get(target.get("format", ""), kind).name
