"""The formats of this country's answers. A format accepts exactly one way of writing; `writing.normalise` makes it.

Every check works on ASCII digits only and on the whole text: Python's \\d and $ would let １２３ and a trailing line
feed through, which other validators refuse.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from jsonschema import Draft202012Validator, FormatChecker

from schemas.characters import clusters, refused
from schemas.check_digits import is_corporate_number, is_my_number
from schemas.partial_dates import is_partial_date
from schemas.phones import display
from schemas.writing import normalise

__all__ = ["FORMAT_CHECKER", "is_phone", "normalise"]

KANA = re.compile(r"[ァ-ヺー・ヽヾ]+(?:[  ][ァ-ヺー・ヽヾ]+)*")
BANK_KANA = re.compile(r"[0-9A-Zｦｱ-ﾝﾞﾟ()\-./,\\｢｣ー ]{1,30}")
EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}"
)

LONGEST_NAME = 80

YEAR_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")

#: What an answer says in the place of a My Number (個人番号): which one is kept apart, never the number.
MY_NUMBER_REFERENCE = re.compile(r"my-number:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

PATTERNS = {
    "postal-code": re.compile(r"[0-9]{7}"),
    "year-month": YEAR_MONTH,
    "month": YEAR_MONTH,
    "time": re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]"),
    "digits": re.compile(r"[0-9]+"),
    "kana": KANA,
    "bank-kana": BANK_KANA,
    "bank-code": re.compile(r"[0-9]{4}"),
    "branch-code": re.compile(r"[0-9]{3}"),
    "account-number": re.compile(r"[0-9]{7}"),
    "local-government-code": re.compile(r"[0-9]{6}"),
    "my-number-reference": MY_NUMBER_REFERENCE,
}


def is_date(text: str) -> bool:
    """A day of the calendar as YYYY-MM-DD (ISO 8601 complete date; nothing shorter, nothing with a time)."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_email(text: str) -> bool:
    """An address that a mail system of today delivers to: ASCII, 254 characters at most, a domain with a dot.

    Dots may lead, trail or repeat before the @: Japanese carriers gave out such addresses, against RFC 5321, and
    people still have them.
    """
    return len(text) <= 254 and EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """A telephone number that a numbering plan has, in the form that `phones.display` gives it."""
    return display(text) == text


def is_line(text: str) -> bool:
    """One line of text without anything invisible (schemas.characters)."""
    return not refused(text)


def is_name(text: str) -> bool:
    """A line of at most LONGEST_NAME characters as a person counts them: 葛󠄀 is one, although two code points."""
    return is_line(text) and clusters(text) <= LONGEST_NAME


def _checker() -> FormatChecker:
    """The standard's own formats first, then ours; ours win where both name one ("date", "time", "email")."""
    checker = FormatChecker(formats=())
    checker.checkers = dict(Draft202012Validator.FORMAT_CHECKER.checkers)
    for name, pattern in PATTERNS.items():
        _add(checker, name, _matching(pattern))
    for name, accepts in PREDICATES.items():
        _add(checker, name, accepts)
    return checker


def _add(checker: FormatChecker, name: str, accepts: Callable[[str], bool]) -> None:
    checker.checkers[name] = (lambda value: not isinstance(value, str) or accepts(value), ())


def _matching(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.fullmatch(text) is not None


PREDICATES: dict[str, Callable[[str], bool]] = {
    "date": is_date,
    "partial-date": is_partial_date,
    "email": is_email,
    "phone": is_phone,
    "line": is_line,
    "name": is_name,
    "corporate-number": is_corporate_number,
    "my-number": is_my_number,
}

FORMAT_CHECKER = _checker()
