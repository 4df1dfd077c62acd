"""Operators over lists and tables, and rounding: rows of a form, tariffs, totals."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, ClassVar

from jsonlogic.evaluation import EvaluationContext
from jsonlogic.json_schema import from_value
from jsonlogic.json_schema.types import AnyType, ArrayType, BooleanType, IntegerType, JSONSchemaType, NumberType
from jsonlogic.operators import Var
from jsonlogic.registry import OperatorRegistry
from jsonlogic.resolving import Unresolvable
from jsonlogic.typechecking import TypecheckContext

from schemas.conjunction import is_among
from schemas.kinds import (
    ARRAY,
    BOOLEAN,
    DATE,
    INTEGER,
    NUMBER,
    SCALARS,
    TEXT,
    TIME,
    Missing,
    exact,
    read_number,
    reduced,
)
from schemas.operators import Function, type_of, united, value_of

LISTS = OperatorRegistry()


@dataclass(frozen=True)
class Table:
    """The literal table of a lookup, kept apart because JsonLogic takes every object for an operator."""

    entries: dict[str, Any]


@LISTS.register("in")
class In(Function):
    """Whether a value is in a list, or a text within a text."""

    least = 2
    parameters = (SCALARS, (ARRAY, TEXT))
    result = BooleanType

    def compute(self, context: EvaluationContext, *values: Any) -> bool:
        value, among = values
        if isinstance(among, str):
            return TEXT.read(value) in among
        return is_among(value, ARRAY.read(among))


class Aggregate(Function):
    """Over one list, or over several values."""

    most = 100
    parameters = ((NUMBER, ARRAY),)

    def result_of(self, given: list[JSONSchemaType]) -> JSONSchemaType:
        return IntegerType() if all(INTEGER.fits(one) for one in _elements(given)) else NumberType()

    def typecheck(self, context: TypecheckContext) -> JSONSchemaType:
        given = [type_of(argument, context) for argument in self.arguments]
        if not any(all(kind.fits(one) for one in _elements(given)) for kind, *_ in self.element_kinds):
            context.add_diagnostic("/".join(kind.name for kind, *_ in self.element_kinds), "argument_type", self)
        return self.result_of(given)

    element_kinds: ClassVar[tuple[tuple[Any, ...], ...]] = ((NUMBER,),)

    def values(self, context: EvaluationContext) -> list[Any]:
        found = [value_of(argument, context) for argument in self.arguments]
        return found[0] if len(found) == 1 and isinstance(found[0], list) else found


def _elements(given: list[JSONSchemaType]) -> Iterator[JSONSchemaType]:
    for one in given:
        yield one.elements_type if isinstance(one, ArrayType) else one


@LISTS.register("sum")
class Sum(Aggregate):
    """The total; of no rows it is 0."""

    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        return sum(map(read_number, values))


@LISTS.register("min")
class Least(Aggregate):
    """The smallest number or earliest date; of nothing there is no result."""

    element_kinds = ((NUMBER,), (DATE,), (TIME,))
    choose: ClassVar[Callable[..., Any]] = staticmethod(min)

    def result_of(self, given: list[JSONSchemaType]) -> JSONSchemaType:
        return united(list(_elements(given)))

    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        if not values or len({isinstance(value, str) for value in values}) > 1:
            raise Missing
        return self.choose(values)


@LISTS.register("max")
class Greatest(Least):
    """The largest number or latest date; of nothing there is no result."""

    choose = staticmethod(max)


@LISTS.register("count")
class Count(Function):
    """How many rows or choices a list has."""

    most = 1
    parameters = ((ARRAY,),)
    result = IntegerType

    def compute(self, context: EvaluationContext, *values: Any) -> int:
        return len(values[0])


class PerRow(Function):
    """A list and an expression for each row, whose vars are pointers into the row ("/amount@1" looks outside it)."""

    least = 2
    parameters = ((ARRAY,),)

    def typecheck(self, context: TypecheckContext) -> JSONSchemaType:
        rows = type_of(self.arguments[0], context)
        if not ARRAY.fits(rows):
            context.add_diagnostic(ARRAY.name, "argument_type", self)
            return AnyType()
        with context.data_stack.push(row_schema(self.arguments[0], context)):
            inner = type_of(self.arguments[1], context)
        return self.typed(rows, inner, context)

    def typed(self, rows: JSONSchemaType, inner: JSONSchemaType, context: TypecheckContext) -> JSONSchemaType:
        """The type of the result for these rows and this type of expression."""
        raise NotImplementedError

    def results(self, context: EvaluationContext) -> Iterator[tuple[Any, Any]]:
        """Each row with what the expression gives for it."""
        for row in ARRAY.read(value_of(self.arguments[0], context)):
            with context.data_stack.push((row, None)):
                yield row, value_of(self.arguments[1], context)


def row_schema(rows: Any, context: TypecheckContext) -> dict[str, Any]:
    """The schema of one row, as far as it is known."""
    if isinstance(rows, Filter):
        return row_schema(rows.arguments[0], context)
    try:
        schema = context.resolve_variable(str(rows.variable_path)) if isinstance(rows, Var) else {}
    except Unresolvable:
        return {}
    items = schema.get("items", {})
    return items if isinstance(items, dict) else {}


@LISTS.register("map")
class Map(PerRow):
    """{"map": [{"var": "/rows"}, {"var": "/amount"}]}: the expression for every row."""

    def typed(self, rows: JSONSchemaType, inner: JSONSchemaType, context: TypecheckContext) -> JSONSchemaType:
        return ArrayType(inner)

    def evaluate(self, context: EvaluationContext) -> Any:
        return [result for _, result in self.results(context)]


@LISTS.register("filter")
class Filter(PerRow):
    """The rows for which the expression is true."""

    def typed(self, rows: JSONSchemaType, inner: JSONSchemaType, context: TypecheckContext) -> JSONSchemaType:
        if not BOOLEAN.fits(inner):
            context.add_diagnostic(BOOLEAN.name, "argument_type", self)
        return rows

    def evaluate(self, context: EvaluationContext) -> Any:
        return [row for row, result in self.results(context) if BOOLEAN.read(result)]


@LISTS.register("present")
class Present(Function):
    """Whether a value is known and not an empty text or list."""

    most = 1
    parameters = ((*SCALARS, ARRAY),)
    result = BooleanType

    def evaluate(self, context: EvaluationContext) -> bool:
        try:
            return value_of(self.arguments[0], context) not in ("", [])
        except Missing:
            return False


@LISTS.register("lookup")
class Lookup(Function):
    """{"lookup": [key, {"a": 100, "b": 200}, default]}: a tariff. A list of keys walks tables within tables.

    Keys are the text of the value (true, 3, "hall_a"). Without an entry and a default there is no result.
    """

    least, most = 2, 3

    def typecheck(self, context: TypecheckContext) -> JSONSchemaType:
        keys, table, *default = self.arguments
        type_of(keys, context)
        if not isinstance(table, Table):
            context.add_diagnostic("table", "argument_type", self)
            return AnyType()
        types = [from_value(value, context.settings.literal_casts) for value in _leaves(table.entries)]
        return united([*types, *(type_of(one, context) for one in default)])

    def evaluate(self, context: EvaluationContext) -> Any:
        keys, table, *default = self.arguments
        wanted = value_of(keys, context)
        found: Any = table.entries if isinstance(table, Table) else None
        for key in wanted if isinstance(wanted, list) else [wanted]:
            found = found.get(_as_key(key)) if isinstance(found, dict) else None
        if found is None or isinstance(found, dict):
            return value_of(default[0], context) if default else value_of(None, context)
        return exact(found)


def _leaves(entries: dict[str, Any]) -> Iterator[Any]:
    for value in entries.values():
        if isinstance(value, dict):
            yield from _leaves(value)
        else:
            yield value


def _as_key(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class Rounding(Function):
    """To whole numbers or, with a second argument, to whole multiples of it (100 円未満切捨て: {"floor": [x, 100]})."""

    parameters = ((NUMBER,), (NUMBER,))
    whole: ClassVar[Callable[..., int]]

    def result_of(self, given: list[JSONSchemaType]) -> JSONSchemaType:
        return IntegerType() if len(given) == 1 or INTEGER.fits(given[1]) else NumberType()

    def compute(self, context: EvaluationContext, *values: Any) -> Any:
        value, unit = values if len(values) == 2 else (values[0], 1)
        return reduced(Fraction(self.whole(Fraction(value) / unit)) * unit)


@LISTS.register("floor")
class Floor(Rounding):
    whole = staticmethod(math.floor)


@LISTS.register("ceil")
class Ceil(Rounding):
    whole = staticmethod(math.ceil)


@LISTS.register("round")
class Round(Rounding):
    """四捨五入: halves go away from zero."""

    whole = staticmethod(lambda value: int(math.copysign(math.floor(abs(value) + Fraction(1, 2)), value)))
