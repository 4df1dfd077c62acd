"""Kinds of value a calculation works on: what a JSON Schema type stands for, and how a fact is read as one, exactly.

Numbers are integers or fractions, never binary floats: 0.1 + 0.2 is 0.3, and money stays whole yen. Dates and times are
read from ISO 8601 text and written back as such.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from jsonlogic.json_schema.types import (
    AnyType,
    ArrayType,
    BooleanType,
    DateType,
    IntegerType,
    JSONSchemaPrimitiveType,
    JSONSchemaType,
    NumberType,
    StringType,
    TupleType,
    UnionType,
    UnsupportedOperation,
)

from schemas.formats import PATTERNS, is_date
from schemas.partial_dates import is_partial_date

Number = int | Fraction


class Missing(Exception):
    """A fact that a calculation needs is not there (yet), or is not what the form asks for: there is no result."""


@dataclass(frozen=True)
class TimeType(JSONSchemaPrimitiveType):
    """A clock time HH:MM, which can be compared but not added."""

    @property
    def name(self) -> str:
        return "time"

    def binary_op(self, other: JSONSchemaType, op: Any) -> JSONSchemaType:
        if isinstance(other, TimeType) and op in {">", ">=", "<", "<="}:
            return BooleanType()
        raise UnsupportedOperation

    def unary_op(self, op: Any) -> JSONSchemaType:
        raise UnsupportedOperation


@dataclass(frozen=True)
class PartialDateType(JSONSchemaPrimitiveType):
    """A date of which the day or month may be unknown: it is neither compared nor added, but made a day of first."""

    @property
    def name(self) -> str:
        return "partial_date"

    def binary_op(self, other: JSONSchemaType, op: Any) -> JSONSchemaType:
        raise UnsupportedOperation

    def unary_op(self, op: Any) -> JSONSchemaType:
        raise UnsupportedOperation


@dataclass(frozen=True)
class Kind:
    """One kind of argument: its name in `definition_texts`, the types that fit, and how a value is read."""

    name: str
    types: tuple[type[JSONSchemaType], ...]
    read: Callable[[Any], Any]

    def fits(self, given: JSONSchemaType) -> bool:
        """Whether every value of the type is of this kind."""
        if isinstance(given, UnionType):
            return all(self.fits(one) for one in given.types)
        return isinstance(given, (AnyType, *self.types))


def exact(value: Any) -> Any:
    """A JSON value with its numbers exact: a float means the decimal number it was written as."""
    if isinstance(value, float):
        if not math.isfinite(value):
            raise Missing
        return reduced(Fraction(repr(value)))
    return [exact(one) for one in value] if isinstance(value, list) else value


def reduced(value: Number) -> Number:
    """The integer where the fraction is one."""
    return value.numerator if isinstance(value, Fraction) and value.denominator == 1 else value


def as_json(value: Any) -> Any:
    """The JSON value of a result: whole numbers as integers, others as the nearest JSON number."""
    if isinstance(value, Fraction):
        whole = reduced(value)
        return whole if isinstance(whole, int) else float(whole)
    return [as_json(one) for one in value] if isinstance(value, list) else value


def read_number(value: Any) -> Number:
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        raise Missing
    return value


def read_integer(value: Any) -> int:
    whole = reduced(read_number(value))
    if not isinstance(whole, int):
        raise Missing
    return whole


def read_date(value: Any) -> date:
    if not isinstance(value, str) or not is_date(value):
        raise Missing
    return date.fromisoformat(value)


def read_partial_date(value: Any) -> str:
    if not isinstance(value, str) or not is_partial_date(value):
        raise Missing
    return value


def read_minutes(value: Any) -> int:
    """Minutes since midnight of a clock time."""
    if not isinstance(value, str) or not PATTERNS["time"].fullmatch(value):
        raise Missing
    return int(value[:2]) * 60 + int(value[3:])


def _reader(*types: type) -> Callable[[Any], Any]:
    def read(value: Any) -> Any:
        if not isinstance(value, types):
            raise Missing
        return value

    return read


NUMBER = Kind("number", (NumberType, IntegerType), read_number)
INTEGER = Kind("integer", (IntegerType,), read_integer)
BOOLEAN = Kind("boolean", (BooleanType,), _reader(bool))
DATE = Kind("date", (DateType,), read_date)
TIME = Kind("time", (TimeType,), read_minutes)
PARTIAL_DATE = Kind("partial_date", (PartialDateType, DateType), read_partial_date)
TEXT = Kind("text", (StringType,), _reader(str))
ARRAY = Kind("list", (ArrayType, TupleType), _reader(list))
ORDERED = (NUMBER, DATE, TIME)
SCALARS = (NUMBER, BOOLEAN, DATE, TIME, TEXT)

VARIABLE_TYPES: dict[str, type[JSONSchemaType]] = {
    "date": DateType,
    "time": TimeType,
    "partial-date": PartialDateType,
    "month": PartialDateType,
    "year-month": PartialDateType,
}


def literal_date(text: str) -> Any:
    """For type checking: a literal that is a date counts as one."""
    return _literal(read_date, text)


def literal_time(text: str) -> Any:
    """For type checking: a literal that is a clock time counts as one."""
    return _literal(read_minutes, text)


def _literal(read: Callable[[Any], Any], text: str) -> Any:
    try:
        return read(text)
    except Missing as error:
        raise ValueError(text) from error


LITERAL_TYPES: dict[Callable[[str], Any], type[JSONSchemaType]] = {literal_date: DateType, literal_time: TimeType}
