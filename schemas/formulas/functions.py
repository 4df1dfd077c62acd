"""The functions of formulas, by the names that spreadsheets and offices have for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Logic = Any


class Unfit(Exception):
    """The arguments do not fit the function; `code` names the text."""

    def __init__(self, code: str, **params: Any) -> None:
        self.code, self.params = code, params
        super().__init__(code)


@dataclass(frozen=True)
class Function:
    """`name` is how it is written back; `least` and `most` are how many arguments it takes; `made` makes JsonLogic."""

    name: str
    least: int
    most: int
    made: Callable[[Sequence[Logic]], Logic]
    names: tuple[str, ...] = ()


def _plain(operator: str, name: str, least: int, most: int, *names: str) -> Function:
    return Function(name, least, most, lambda given: {operator: list(given)}, names)


def _over_list(operator: str, name: str, *names: str) -> Function:
    """One column of a table, or several values."""
    return Function(name, 1, 100, lambda given: {operator: list(given)}, names)


def _rounded(operator: str, name: str, *names: str) -> Function:
    """ROUNDDOWN(x, -3): digits as in a spreadsheet, whole numbers if none are given."""

    def made(given: Sequence[Logic]) -> Logic:
        digits = given[1] if len(given) == 2 else 0
        if not isinstance(digits, int) or isinstance(digits, bool) or not -12 <= digits <= 0:
            raise Unfit("formula_digits", function=name)
        return {operator: [given[0]] if digits == 0 else [given[0], 10**-digits]}

    return Function(name, 1, 2, made, names)


def _swapped(operator: str, name: str, *names: str) -> Function:
    """DAYS(end, start), as spreadsheets have it."""
    return Function(name, 2, 2, lambda given: {operator: [given[1], given[0]]}, names)


def _if(given: Sequence[Logic]) -> Logic:
    """IF(condition, value, otherwise), with further pairs of condition and value before the last."""
    if len(given) % 2 == 0:
        raise Unfit("formula_if")
    return {"if": list(given)}


def _switch(given: Sequence[Logic]) -> Logic:
    """SWITCH(answer, case, value, …, otherwise)."""
    pairs = list(zip(given[1::2], given[2::2], strict=False))
    if any(isinstance(case, dict | list) for case, _ in pairs) or any(isinstance(value, dict) for _, value in pairs):
        raise Unfit("formula_switch")
    table = {_key(case): value for case, value in pairs}
    return {"lookup": [given[0], table, *([given[-1]] if len(given) % 2 == 0 else [])]}


def _key(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _default(given: Sequence[Logic]) -> Logic:
    """IFBLANK(field, value)."""
    field = given[0]
    if not (isinstance(field, dict) and isinstance(field.get("var"), str)):
        raise Unfit("formula_blank")
    return {"var": [field["var"], given[1]]}


FUNCTIONS = (
    Function("IF", 3, 101, _if, ("もし", "IFS")),
    _plain("and", "AND", 2, 100, "かつ"),
    _plain("or", "OR", 2, 100, "または"),
    _plain("!", "NOT", 1, 1, "ではない"),
    _over_list("sum", "SUM", "合計"),
    _over_list("min", "MIN", "最小"),
    _over_list("max", "MAX", "最大"),
    _plain("count", "COUNT", 1, 1, "ROWS", "件数"),
    _rounded("floor", "ROUNDDOWN", "INT", "切捨て"),
    _rounded("ceil", "ROUNDUP", "切上げ"),
    _rounded("round", "ROUND", "四捨五入"),
    _plain("%", "MOD", 2, 2, "余り"),
    _plain("today", "TODAY", 0, 0, "今日"),
    _plain("age", "AGE", 1, 2, "年齢"),
    _swapped("days_between", "DAYS", "日数"),
    _swapped("hours_between", "HOURS", "時間数"),
    _plain("add_days", "ADDDAYS", 2, 2, "日後"),
    _plain("add_working_days", "WORKDAY", 2, 2, "開庁日後"),
    _plain("fiscal_year", "FISCALYEAR", 1, 1, "年度"),
    _plain("weekday", "WEEKDAY", 1, 1, "曜日"),
    _plain("is_holiday", "ISHOLIDAY", 1, 1, "祝日"),
    _plain("is_working_day", "ISWORKDAY", 1, 1, "開庁日"),
    _plain("present", "ISFILLED", 1, 1, "入力あり"),
    _plain("in", "IN", 2, 2, "含む"),
    Function("SWITCH", 3, 101, _switch, ("対応表",)),
    Function("IFBLANK", 2, 2, _default, ("空なら",)),
)
BY_NAME: Mapping[str, Function] = {name: one for one in FUNCTIONS for name in (one.name, *one.names)}
