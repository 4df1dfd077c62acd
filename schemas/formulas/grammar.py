"""The grammar of formulas: operators and functions as in a spreadsheet, names as on the form."""

from __future__ import annotations

import unicodedata

from lark import Lark

GRAMMAR = r"""
?start: comparison
?comparison: sum | sum (EQ | NE | LE | GE | LT | GT) sum
?sum: product | sum (PLUS | MINUS) product
?product: factor | product (TIMES | BY) factor
?factor: atom | MINUS factor -> negative | PLUS factor -> positive
?atom: NUMBER "%" -> percent
     | NUMBER -> number
     | STRING -> text
     | NAME "(" [comparison ("," comparison)*] ")" -> call
     | (NAME | QUOTED) ("." (NAME | QUOTED))* -> name
     | "(" comparison ")"

EQ: "="
NE: "<>"
LE: "<="
GE: ">="
LT: "<"
GT: ">"
PLUS: "+"
MINUS: "-"
TIMES: "*"
BY: "/"
NUMBER: /[0-9]+(\.[0-9]+)?/
STRING: /"[^"]*"/
QUOTED: /「[^」]*」/
NAME: /[^\W\d][\w・ー々〆]*/
%ignore /[\s]+/
"""
PARSER = Lark(GRAMMAR, parser="lalr", propagate_positions=True)
SIGNS = str.maketrans("×÷、，＂“”≦≧−–（）", '*/,,"""≤≥--()')


def normalised(text: str) -> str:
    """The formula with full-width signs and digits as half-width ones, of the same length; quoted parts stay.

    Positions in messages are therefore positions in what was typed.
    """
    begins = text[:1] in ("=", "＝")  # as in a cell of a spreadsheet
    marks, inside = [" "] * begins, ""
    for sign in text[begins:]:
        narrow = sign if inside else _narrow(sign)
        if inside and sign in ('"', "“", "”", "＂", "」") and _narrow(sign) == inside:
            inside, narrow = "", _narrow(sign)
        elif not inside and narrow in ('"', "「"):
            inside = {'"': '"', "「": "」"}[narrow]
        marks.append(narrow)
    return "".join(marks)


def _narrow(sign: str) -> str:
    """One sign as the grammar has it."""
    folded = unicodedata.normalize("NFKC", sign)
    return (folded if len(folded) == 1 and folded.isascii() else sign).translate(SIGNS)
