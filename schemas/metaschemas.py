"""The meta-schemas: what a form and a workflow document may say at all, and its problems in a builder's words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from schemas.pointers import lookup, parts, pointer
from schemas.problems import TEXTS, Problem
from schemas.validation import problems

WORDS = {
    "required": "definition_required",
    "required_choice": "definition_required",
    "required_rows": "definition_empty",
    "required_file": "definition_required",
    "unknown": "definition_unknown",
    "not_allowed": "definition_unknown",
    "not": "definition_unknown",
    "choice": "definition_choice",
    "pattern": "definition_key",
    "too_few": "definition_empty",
    "too_few_properties": "definition_empty",
    "repeated": "definition_repeated",
}
#: What is said of an empty list or condition, by what it stands in.
EMPTY = {
    ("pages", "fields"): "page_empty",
    ("table", "when"): "rule_unconditional",
    ("cases", "when"): "branch_unconditional",
    ("authority", "when"): "authority_unconditional",
    ("steps", "members"): "consultation_empty",
}


@cache
def metaschema(name: str) -> dict[str, Any]:
    """The meta-schema "form" or "workflow". Shared: do not change it."""
    text = (Path(__file__).parent / f"{name}.schema.json").read_text(encoding="utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


def shape_problems(name: str, document: Any) -> list[Problem]:
    """What the meta-schema refuses in a document."""
    return [_named(_in_words(problem), document) for problem in problems(metaschema(name), document)]


def _in_words(problem: Problem) -> Problem:
    last = parts(problem.pointer)[-1] if problem.pointer else ""
    code = WORDS.get(problem.code, f"definition_{problem.code}" if problem.code.startswith("type_") else problem.code)
    return Problem(problem.pointer, code, {**problem.params, "field": last})


def _named(problem: Problem, document: Any) -> Problem:
    """What a builder leaves empty most often, by the name that stands on the screen."""
    *outer, place, last = ["", "", *parts(problem.pointer)] if problem.pointer else ["", ""]
    code = EMPTY.get((outer[-1] if outer else "", last))
    if problem.code != "definition_empty" or code is None:
        return problem
    holder = lookup(document, problem.pointer.rpartition("/")[0])
    title = str(holder.get("title", "")) if isinstance(holder, dict) else ""
    texts = {language: text.format(title=title, number=int(place) + 1) for language, text in TEXTS[code].items()}
    return Problem(problem.pointer, problem.code, {**problem.params, "texts": texts})


def schema_problems(schema: Any, at: str) -> Iterator[Problem]:
    """What JSON Schema 2020-12 itself refuses in a schema that stands at `at`."""
    if not isinstance(schema, dict | bool):
        yield Problem(at, "schema_shape", {"field": parts(at)[-1] if at else ""})
        return
    seen = set()
    for error in Draft202012Validator(Draft202012Validator.META_SCHEMA).iter_errors(schema):
        where = at + pointer(error.absolute_path)
        if where not in seen:
            seen.add(where)
            yield Problem(where, "schema_shape", {"field": parts(where)[-1] if where else ""})


def condition_problems(condition: Any, at: str) -> Iterator[Problem]:
    """What is wrong with a condition: each of its facts needs a valid schema."""
    for name, schema in condition.items():
        yield from schema_problems(schema, at + pointer([name]))
