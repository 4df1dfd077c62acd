"""Expressions of calculations: JsonLogic text read into operators, each knowing its place in the definition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from jsonlogic.core import JSONLogicSyntaxError, Operator
from jsonlogic.registry import UnknownOperator
from jsonlogic.resolving import PointerReferenceParser

from schemas.date_operators import DATES
from schemas.list_operators import LISTS, Table
from schemas.logic_operators import LOGIC
from schemas.operators import BASICS
from schemas.pointers import escaped
from schemas.problems import Problem

OPERATORS = BASICS.copy(extend=LOGIC).copy(extend=LISTS).copy(extend=DATES)
DEEPEST = 40
PER_ROW = ("map", "filter")


class ExpressionRefused(Exception):
    """The expression cannot be read; `problem` says where and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message("en"))
        self.problem = problem


@dataclass
class Expression:
    """A read expression: its operators, where each stands, and which facts of the form it uses."""

    root: Any
    places: dict[int, str] = field(default_factory=dict)
    uses: dict[str, str] = field(default_factory=dict)


def expression(source: Any, at: str = "") -> Expression:
    """Reads an expression whose place in the definition is `at`. Raises ExpressionRefused."""
    read = Expression(None)
    read.root = _read(source, at, read, 0, 0)
    return read


def _read(source: Any, at: str, into: Expression, rows: int, depth: int) -> Any:
    if depth > DEEPEST:
        raise ExpressionRefused(Problem(at, "calculation_too_deep", {"limit": DEEPEST}))
    if isinstance(source, list):
        return [_read(one, f"{at}/{place}", into, rows, depth + 1) for place, one in enumerate(source)]
    if not isinstance(source, dict):
        return source
    if len(source) != 1:
        raise ExpressionRefused(Problem(at, "calculation_one_operator", {"found": list(source)}))
    return _operator(*next(iter(source.items())), at, into, rows, depth)


def _operator(name: str, given: Any, at: str, into: Expression, rows: int, depth: int) -> Operator:
    arguments = []
    for place, (source, where) in enumerate(_arguments(name, given, at)):
        if name == "lookup" and place == 1 and isinstance(source, dict):
            arguments.append(Table(source))
        else:
            inner = rows + (name in PER_ROW and place == 1)
            arguments.append(_read(source, where, into, inner, depth + 1))
    operator = _built(name, arguments, at)
    into.places[id(operator)] = at
    if name == "var":
        _note_use(str(arguments[0]), at, into, rows)
    return operator


def _arguments(name: str, given: Any, at: str) -> Iterator[tuple[Any, str]]:
    where = f"{at}/{escaped(name)}"
    if isinstance(given, list):
        return ((one, f"{where}/{place}") for place, one in enumerate(given))
    return iter([(given, where)])


def _built(name: str, arguments: list[Any], at: str) -> Operator:
    try:
        return OPERATORS.get(name).from_expression(name, arguments)
    except UnknownOperator as error:
        raise ExpressionRefused(Problem(at, "calculation_operator", {"operator": name})) from error
    except JSONLogicSyntaxError as error:
        params = {"operator": name, "expected": error.message, "found": len(arguments)}
        raise ExpressionRefused(Problem(at, "calculation_arguments", params)) from error


def _note_use(reference: str, at: str, into: Expression, rows: int) -> None:
    """A var that looks at the whole form, not at a row, uses the fact of its first name."""
    parsed, scope = PointerReferenceParser()(reference)
    if scope == rows and parsed.segments:
        into.uses.setdefault(parsed.segments[0], at)
