"""My Numbers (個人番号) as the languages see them: where a form asks for one, and which law allows it to.

番号法 (行政手続における特定の個人を識別するための番号の利用等に関する法律): 第9条 says what a number may be used for,
第15条 and 第20条 forbid asking for it and keeping it otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from schemas.formats import MY_NUMBER_REFERENCE
from schemas.pointers import escaped, pointer
from schemas.problems import Problem

FORMAT = "my-number-reference"
PLAIN = "my-number"

BASES: Mapping[str, tuple[re.Pattern[str], Mapping[str, str]]] = {
    "annex": (
        re.compile(r"annex-([0-9]+)"),
        {
            "ja": "番号法 第9条第1項（別表の{0}の項）",
            "ja-easy": "番号法（ばんごうほう）と いう 法律（ほうりつ）（別表 {0}）",
            "en": "My Number Act, Article 9(1) (item {0} of the annexed table)",
        },
    ),
    "ordinance": (
        re.compile(r"ordinance-([0-9]+)-([0-9]+)"),
        {
            "ja": "番号法 第9条第2項の条例（{0}年条例第{1}号）",
            "ja-easy": "市（し）の 条例（じょうれい：市の きまり）（{0}年 第{1}号）",
            "en": "an ordinance under My Number Act, Article 9(2) (No. {1} of {0})",
        },
    ),
    "related": (
        re.compile(r"related"),
        {
            "ja": "番号法 第9条第4項",
            "ja-easy": "番号法（ばんごうほう）と いう 法律（ほうりつ）",
            "en": "My Number Act, Article 9(4)",
        },
    ),
}


def is_my_number(schema: Any) -> bool:
    """Whether a My Number is asked for here."""
    return isinstance(schema, Mapping) and schema.get("format") == FORMAT


def basis_in_words(code: str, language: str = "ja") -> str:
    """The law behind a code of ``procedure.my_number_basis``, as a resident reads it; empty for no code."""
    for pattern, texts in BASES.values():
        found = pattern.fullmatch(code)
        if found:
            return texts.get(language, texts["ja"]).format(*found.groups())
    return ""


def references_in(answers: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every reference to a My Number in answers, with its pointer."""
    if isinstance(answers, str) and MY_NUMBER_REFERENCE.fullmatch(answers):
        yield at, answers
    elif isinstance(answers, Mapping):
        for name, answer in answers.items():
            yield from references_in(answer, f"{at}/{escaped(name)}")
    elif isinstance(answers, list):
        for place, answer in enumerate(answers):
            yield from references_in(answer, f"{at}/{place}")


def without_references(answers: Any) -> Any:
    """The answers without their My Numbers, for whoever takes them over into another application (番号法 第19条)."""
    if isinstance(answers, Mapping):
        return {name: without_references(answer) for name, answer in answers.items() if not _is_reference(answer)}
    if isinstance(answers, list):
        return [without_references(answer) for answer in answers if not _is_reference(answer)]
    return answers


def _is_reference(answer: Any) -> bool:
    return isinstance(answer, str) and MY_NUMBER_REFERENCE.fullmatch(answer) is not None


def my_number_problems(document: Mapping[str, Any], form: Mapping[str, Any]) -> Iterator[Problem]:
    """Fields that ask for a My Number without a law that allows it, or as if it were any other text."""
    has_basis = bool(document.get("procedure", {}).get("my_number_basis"))
    for at, schema in _fields(form, "/schema"):
        title = str(schema.get("title") or at.rpartition("/")[2])
        if schema.get("format") == PLAIN:
            yield Problem(at, "my_number_plain", {"title": title})
        elif is_my_number(schema) and not has_basis:
            yield Problem(at, "my_number_basis", {"title": title})


def _fields(schema: Any, at: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every schema of an answer within a possible schema, with its place."""
    if not isinstance(schema, Mapping):
        return
    yield at, schema
    for name, inner in schema.get("properties", {}).items():
        yield from _fields(inner, at + pointer(["properties", name]))
    yield from _fields(schema.get("items"), f"{at}/items")
