"""Reading a formula into JsonLogic, with messages that point at what was typed."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import Any

from lark import Token, Tree
from lark.exceptions import UnexpectedEOF, UnexpectedInput

from schemas.formulas.functions import BY_NAME, FUNCTIONS, Unfit
from schemas.formulas.grammar import PARSER, normalised
from schemas.formulas.names import Name, Names
from schemas.problems import Problem

OPERATORS = {"=": "==", "<>": "!="}
TRUTHS = {"TRUE": True, "FALSE": False, "はい": True, "いいえ": False}
LONGEST = 2000


class FormulaRefused(Exception):
    """The formula cannot be read. `problem` says why; `start` and `end` are the part of the text that is meant."""

    def __init__(self, code: str, start: int, end: int, **params: Any) -> None:
        self.problem, self.start, self.end = Problem("", code, params), start, end
        super().__init__(self.problem.message("en"))


def read_formula(text: str, names: Names) -> Any:
    """The calculation (JsonLogic) that a formula stands for. Raises FormulaRefused."""
    if not text.strip(" 　="):
        raise FormulaRefused("formula_empty", 0, len(text))
    if len(text) > LONGEST:
        raise FormulaRefused("formula_long", LONGEST, len(text), limit=LONGEST)
    try:
        tree = PARSER.parse(normalised(text))
    except UnexpectedEOF as ended:
        raise FormulaRefused("formula_unfinished", len(text), len(text)) from ended
    except UnexpectedInput as unexpected:
        raise _refusal(unexpected, text) from unexpected
    return _Reader(names, text).read(tree)


def _refusal(unexpected: UnexpectedInput, text: str) -> FormulaRefused:
    at = unexpected.pos_in_stream if unexpected.pos_in_stream is not None else len(text)
    token = getattr(unexpected, "token", None)
    if at >= len(text) or (isinstance(token, Token) and token.type == "$END"):
        return FormulaRefused("formula_unfinished", len(text), len(text))
    found = str(token) if isinstance(token, Token) else text[at : at + 1]
    return FormulaRefused("formula_unexpected", at, at + len(found), found=found)


class _Reader:
    """Walks the tree of one formula."""

    def __init__(self, names: Names, text: str) -> None:
        self.names, self.text = names, text

    def read(self, node: Any) -> Any:
        reader = getattr(self, f"_{node.data}")
        return reader(node)

    def _number(self, node: Tree[Token]) -> Any:
        written = str(node.children[0])
        return float(written) if "." in written else int(written)

    def _percent(self, node: Tree[Token]) -> Any:
        return {"/": [self._number(node), 100]}

    def _text(self, node: Tree[Token]) -> str:
        return str(node.children[0])[1:-1]

    def _negative(self, node: Tree[Token]) -> Any:
        inner = self.read(node.children[1])
        return -inner if isinstance(inner, int | float) else {"-": [inner]}

    def _positive(self, node: Tree[Token]) -> Any:
        return self.read(node.children[1])

    def _sum(self, node: Tree[Token]) -> Any:
        return self._flat(node, ("+", "*"))

    _product = _sum

    def _flat(self, node: Tree[Token], joining: Sequence[str]) -> Any:
        """a + b + c is one sum of three."""
        left, sign, right = node.children
        one, other = self.read(left), self.read(right)
        if sign in joining and isinstance(left, Tree) and left.data == node.data and str(sign) in one:
            return _row_by_row(str(sign), [*one[str(sign)], other])
        return _row_by_row(str(sign), [one, other])

    def _comparison(self, node: Tree[Token]) -> Any:
        left, sign, right = node.children
        one, other = self._read_beside(left, right), self._read_beside(right, left)
        return {OPERATORS.get(str(sign), str(sign)): [one, other]}

    def _read_beside(self, node: Any, beside: Any) -> Any:
        """A text beside a field with choices is the choice of that title."""
        if node.data != "text" or beside.data != "name" or _truth(beside) is not None:
            return self.read(node)
        return self._choice(node, self._meant(beside))

    def _choice(self, node: Any, name: Name) -> Any:
        text = self._text(node)
        if not name.choices:
            return text
        if text in name.choices:
            return name.choices[text]
        if text in map(str, name.choices.values()):
            return next(value for value in name.choices.values() if str(value) == text)
        raise self._refused("formula_no_choice", node, choice=text, choices=list(name.choices))

    def _name(self, node: Tree[Token]) -> Any:
        truth = _truth(node)
        if truth is not None:
            return truth
        name = self._meant(node)
        if name.table is not None:
            table = self.names.at(name.table)
            return {"map": [{"var": table.pointer if table else ""}, {"var": name.column}]}
        return {"var": name.pointer}

    def _meant(self, node: Tree[Token]) -> Name:
        called = tuple(str(part).strip("「」") for part in node.children)
        found = self.names.find(called)
        if len(found) == 1:
            return found[0]
        if found:
            several = [".".join(name.titles) for name in found]
            raise self._refused("formula_ambiguous", node, called=".".join(called), names=several)
        near = difflib.get_close_matches(".".join(called), self.names.titles(), 1, 0.4)
        code = "formula_unknown_name_near" if near else "formula_unknown_name"
        raise self._refused(code, node, called=".".join(called), near=near[0] if near else "")

    def _call(self, node: Tree[Token]) -> Any:
        name, *given = (one for one in node.children if one is not None)
        function = BY_NAME.get(str(name).upper())
        if function is None:
            near = difflib.get_close_matches(str(name).upper(), BY_NAME, 1, 0.5)
            code = "formula_unknown_function_near" if near else "formula_unknown_function"
            raise self._refused(code, node, called=str(name), near=near[0] if near else "")
        if not function.least <= len(given) <= function.most:
            raise self._refused(
                "formula_arguments", node, called=function.name, needed=function.least, found=len(given)
            )
        try:
            return function.made(list(self._arguments(function.name, given)))
        except Unfit as unfit:
            raise self._refused(unfit.code, node, **unfit.params) from unfit

    def _arguments(self, function: str, given: Sequence[Any]) -> Iterator[Any]:
        """In SWITCH, texts are choices of the field that it looks at; a truth beside it is written はい or いいえ."""
        field = self._meant(given[0]) if function == "SWITCH" and given[0].data == "name" else None
        last = len(given) - 1
        for place, one in enumerate(given):
            is_case = field is not None and place % 2 == 1 and not (place == last and len(given) % 2 == 0)
            yield self._case(one, field) if is_case and field is not None else self.read(one)

    def _case(self, node: Any, field: Name) -> Any:
        if node.data == "text" and field.schema.get("type") == "boolean":
            return {"はい": True, "いいえ": False}.get(self._text(node), self._text(node))
        return self._choice(node, field) if node.data == "text" else self.read(node)

    def _refused(self, code: str, node: Tree[Token], **params: Any) -> FormulaRefused:
        meta = node.meta
        return FormulaRefused(code, meta.start_pos, meta.end_pos, **params)


def _row_by_row(operator: str, given: list[Any]) -> Any:
    table = table_of(given)
    if table is None:
        return {operator: given}
    return {"map": [table, {operator: [one["map"][1] if isinstance(one, dict) else one for one in given]}]}


def table_of(given: list[Any]) -> Any:
    """The table whose columns, with numbers, go together row by row: SUM(数量 * 単価); None where there is not one."""
    columns = [one["map"] for one in given if isinstance(one, dict) and "map" in one]
    numbers = sum(isinstance(one, int | float) for one in given)
    is_one = bool(columns) and len(columns) + numbers == len(given)
    return columns[0][0] if is_one and all(column[0] == columns[0][0] for column in columns) else None


def _truth(node: Tree[Token]) -> bool | None:
    return TRUTHS.get(str(node.children[0])) if len(node.children) == 1 else None


def function_names() -> list[str]:
    """The functions that a formula may use, for suggestions."""
    return [one.name for one in FUNCTIONS]
