"""Writing a calculation (JsonLogic) as a formula."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from schemas.formulas.names import ROWS, Name, Names
from schemas.formulas.reading import table_of
from schemas.pointers import parts

COMPARISON, SUM, PRODUCT, ATOM = range(4)
ARITHMETIC = ("+", "-", "*", "/")
SIGNS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
CALLS = {
    "if": "IF", "and": "AND", "or": "OR", "!": "NOT", "sum": "SUM", "min": "MIN", "max": "MAX", "count": "COUNT",
    "%": "MOD", "today": "TODAY", "age": "AGE", "add_days": "ADDDAYS", "add_working_days": "WORKDAY",
    "fiscal_year": "FISCALYEAR", "weekday": "WEEKDAY", "is_holiday": "ISHOLIDAY", "is_working_day": "ISWORKDAY",
    "present": "ISFILLED", "in": "IN",
}  # fmt: skip
ROUNDED = {"floor": "ROUNDDOWN", "ceil": "ROUNDUP", "round": "ROUND"}
SWAPPED = {"days_between": "DAYS", "hours_between": "HOURS"}


def _is_percentage(operator: str, given: Any) -> bool:
    """Whether this is a number by a hundred, as 50% is read."""
    numbers = isinstance(given, list) and [
        one for one in given if isinstance(one, int | float) and not isinstance(one, bool)
    ]
    return operator == "/" and numbers == given and len(given) == 2 and given[1] == 100 and given[0] >= 0


class NoFormula(Exception):
    """The calculation says something that formulas cannot."""


def write_formula(logic: Any, names: Names) -> str | None:
    """The formula of a calculation; None if it uses something that formulas do not have."""
    try:
        return _Writer(names).write(logic, COMPARISON)
    except NoFormula:
        return None


class _Writer:
    """Writes one calculation; `least` is how strongly what stands around binds."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def write(self, logic: Any, least: int) -> str:
        if not isinstance(logic, dict):
            return self._literal(logic, least)
        ((operator, given),) = logic.items()
        arguments = given if isinstance(given, list) else [given]
        if _is_percentage(operator, arguments):
            return f"{self.write(arguments[0], ATOM)}%"
        text, strength = self._operation(operator, arguments)
        return f"({text})" if strength < least else text

    def _literal(self, value: Any, least: int) -> str:
        if isinstance(value, str) and '"' not in value:
            return f'"{value}"'
        if isinstance(value, bool):
            return str(value).upper()
        if not isinstance(value, int | float):
            raise NoFormula
        text = repr(value)
        if "e" in text or "inf" in text or "nan" in text:
            raise NoFormula
        return f"({text})" if value < 0 and least > SUM else text

    def _operation(self, operator: str, given: list[Any]) -> tuple[str, int]:
        if operator in ARITHMETIC and len(given) > 1 and table_of(_joined_to(operator, given)) is not None:
            raise NoFormula  # as a formula it would be read row by row
        if operator in SIGNS and len(given) == 2:
            one, other = (self._beside(*pair) for pair in (given, given[::-1]))
            return f"{one} {SIGNS[operator]} {other}", COMPARISON
        if operator in ("+", "*") and len(given) > 1:
            return self._joined(operator, given)
        if operator in ("-", "/") and len(given) == 2:
            return self._taken(operator, given)
        if operator == "-":
            return f"-{self.write(given[0], ATOM)}", PRODUCT
        if operator in ("var", "map"):
            return self._field(operator, given), ATOM
        return self._call(operator, given), ATOM

    def _joined(self, operator: str, given: list[Any]) -> tuple[str, int]:
        strength = SUM if operator == "+" else PRODUCT
        texts = [self.write(one, strength + (place > 0)) for place, one in enumerate(given)]
        return f" {operator} ".join(texts), strength

    def _taken(self, operator: str, given: list[Any]) -> tuple[str, int]:
        strength = SUM if operator == "-" else PRODUCT
        return f"{self.write(given[0], strength)} {operator} {self.write(given[1], strength + 1)}", strength

    def _beside(self, one: Any, other: Any) -> str:
        """A value beside a field with choices is written as the title of the choice."""
        name = self._name(other)
        titles = {_key(value): title for title, value in name.choices.items()} if name else {}
        if isinstance(one, str) and one in titles:
            return f'"{titles[one]}"'
        return self.write(one, SUM)

    def _name(self, logic: Any) -> Name | None:
        named = _pointer(logic)
        return self.names.at(tuple(parts(named))) if named.startswith("/") else None

    def _field(self, operator: str, given: list[Any]) -> str:
        if operator == "map":
            return self._column(given)
        name = self._name({"var": given[0]})
        if name is None:
            raise NoFormula
        written = self.names.written(name)
        return written if len(given) == 1 else f"IFBLANK({written}, {self.write(given[1], COMPARISON)})"

    def _column(self, given: list[Any]) -> str:
        table = self._name(given[0])
        if table is None:
            raise NoFormula
        return self._in_row(table, given[1])

    def _in_row(self, table: Name, logic: Any) -> str:
        """What is worked out of each row: a column, or columns and numbers that go together row by row."""
        operator, given = next(iter(logic.items())) if isinstance(logic, dict) and len(logic) == 1 else ("", [])
        if _is_percentage(operator, given):
            return self.write(logic, ATOM)
        if operator in ARITHMETIC and isinstance(given, list) and len(given) > 1:
            texts = [self._in_row(table, one) for one in given]
            return f" {operator} ".join(f"({text})" if " " in text else text for text in texts)
        if isinstance(logic, int | float) and not isinstance(logic, bool):
            return self.write(logic, ATOM)
        inner = _pointer(logic)
        column = self.names.at((*table.path, ROWS, *parts(inner))) if inner.startswith("/") else None
        if column is None:
            raise NoFormula
        return self.names.written(column)

    def _call(self, operator: str, given: list[Any]) -> str:
        writers: Mapping[str, Callable[[str, list[Any]], str]] = {
            **dict.fromkeys(ROUNDED, self._rounded),
            "lookup": self._switch,
        }
        if operator in writers:
            return writers[operator](operator, given)
        ordered = given[::-1] if operator in SWAPPED else given
        name = CALLS.get(operator) or SWAPPED.get(operator)
        if name is None:
            raise NoFormula
        return f"{name}({', '.join(self.write(one, COMPARISON) for one in ordered)})"

    def _rounded(self, operator: str, given: list[Any]) -> str:
        value = self.write(given[0], COMPARISON)
        if len(given) == 1:
            return f"{ROUNDED[operator]}({value})"
        digits = {10**zeros: zeros for zeros in range(1, 13)}.get(given[1] if isinstance(given[1], int) else 0)
        if digits is None:
            raise NoFormula
        return f"{ROUNDED[operator]}({value}, -{digits})"

    def _switch(self, operator: str, given: list[Any]) -> str:
        field, table, *default = given
        name = self._name(field)
        if name is None or any(isinstance(value, dict) for value in table.values()):
            raise NoFormula
        titles = {_key(value): title for title, value in name.choices.items()}
        if name.schema.get("type") == "boolean":
            titles = {"true": "はい", "false": "いいえ"}
        cases = [f'"{titles.get(key, key)}", {self.write(value, COMPARISON)}' for key, value in table.items()]
        rest = [self.write(one, COMPARISON) for one in default]
        return f"SWITCH({', '.join([self.names.written(name), *cases, *rest])})"


def _joined_to(operator: str, given: list[Any]) -> list[Any]:
    """The operands as they are read where a + b + c is one sum of three."""
    first, *rest = given
    inner = first.get(operator) if operator in ("+", "*") and isinstance(first, dict) else None
    return [*_joined_to(operator, inner), *rest] if isinstance(inner, list) and inner else given


def _pointer(logic: Any) -> str:
    """What a var without a default looks at; empty for anything else."""
    named = logic.get("var") if isinstance(logic, dict) else None
    first = named[0] if isinstance(named, list) and len(named) == 1 else named
    return first if isinstance(first, str) else ""


def _key(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
