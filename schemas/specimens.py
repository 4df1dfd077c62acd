"""Specimens (見本): single texts and numbers that a schema may accept, the likely before the strange."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any

# Nobody publishes types for the parser of patterns.
sre, _parser = import_module("re._constants"), import_module("re._parser")

#: What a text of a format may say; another text says ``WORDS``.
TEXTS: Mapping[str, tuple[str, ...]] = {
    "name": ("見本",),
    "kana": ("ミホン",),
    "postal-code": ("1000001",),
    "phone": ("03-1234-5678",),
    "email": ("mihon@example.jp",),
    "time": ("10:00", "09:00", "13:00", "18:00"),
    "month": ("2026-04",),
    "partial-date": ("1986",),
    "date-time": ("2026-04-01T10:00:00Z",),
    "bank-code": ("0001",),
    "branch-code": ("001",),
    "account-number": ("1234567",),
    "bank-kana": ("ﾐﾎﾝ",),
    "corporate-number": ("1180301018771", "7000012050002"),
    "my-number-reference": ("my-number:3f2b8f0e-6c1d-4a53-9d59-1e0f3a7f9c11",),
    "uuid": ("3f2b8f0e-6c1d-4a53-9d59-1e0f3a7f9c11",),
    "uri": ("https://example.jp/",),
}
WORDS = "見本"
PLAIN = ("1", "1234", "A", "sample")
FILE: Mapping[str, Any] = {
    "id": "3f2b8f0e-6c1d-4a53-9d59-1e0f3a7f9c11",
    "name": "見本.pdf",
    "media_type": "application/pdf",
    "size": 120_000,
    "sha256": "0123456789abcdef" * 4,
}
#: No text is made longer than this.
LONGEST = 2_000
#: A number that may not be smaller is a year.
FIRST_YEAR = 1868


def texts(schema: Mapping[str, Any]) -> Iterator[str]:
    """Texts that the schema may accept, of the length that it asks for."""
    patterns = [schema["pattern"]] if "pattern" in schema else []
    patterns += [one["pattern"] for one in schema.get("allOf", ()) if isinstance(one, dict) and "pattern" in one]
    for pattern in patterns:
        made = matching(pattern)
        if made is not None:
            yield made
            yield f"{WORDS}{made}"
    for text in (*TEXTS.get(schema.get("format", ""), ()), WORDS, *PLAIN):
        yield text
        yield (text * LONGEST)[: min(int(schema.get("minLength", 0)), LONGEST)]
        yield text[: int(schema.get("maxLength", LONGEST))]


def matching(pattern: str) -> str | None:
    """A short text that a pattern may match; None for one that is not read."""
    try:
        return "".join(_written(_parser.parse(pattern)))
    except (re.error, RecursionError, OverflowError, LookupError, TypeError):
        return None


def _written(parsed: Any) -> Iterator[str]:
    for operator, argument in parsed:
        if operator is sre.LITERAL:
            yield chr(argument)
        elif operator is sre.ANY:
            yield "a"
        elif operator is sre.IN:
            yield _one_of(argument)
        elif operator in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            yield "".join(_written(argument[2])) * argument[0]
        elif operator is sre.SUBPATTERN:
            yield from _written(argument[-1])
        elif operator is sre.BRANCH:
            yield from _written(argument[1][0])


def _one_of(items: Any) -> str:
    """A character of a class that names what it allows."""
    operator, argument = items[0]
    if operator is sre.NEGATE:
        return "あ"
    if operator is sre.RANGE:
        return chr(argument[0])
    return chr(argument) if operator is sre.LITERAL else "1"


def numbers(schema: Mapping[str, Any], year: int, is_whole: bool) -> Iterator[Any]:
    """Numbers that the schema may accept: small ones, this year where years are asked for, those at its limits."""
    step, least = schema.get("multipleOf") or 1, schema.get("minimum", schema.get("exclusiveMinimum", 0))
    if least >= FIRST_YEAR:
        yield year
    yield from (1, step, 0, least, -(-least // step) * step, (least // step + 1) * step)
    if "maximum" in schema:
        yield schema["maximum"]
        yield schema["maximum"] // step * step
    if "exclusiveMaximum" in schema:
        yield schema["exclusiveMaximum"] - (step if is_whole else step / 2)
