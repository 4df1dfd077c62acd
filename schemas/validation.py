"""Validation: the verdict of JSON Schema 2020-12 with our formats, and its reasons in words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from schemas.alternatives import choices
from schemas.effective import effective
from schemas.failures import about_file, problems_of
from schemas.formats import FORMAT_CHECKER
from schemas.fragments import OFFERS
from schemas.keywords import judge
from schemas.pointers import lookup, parts, pointer
from schemas.predicates import Predicate, predicate
from schemas.problems import Problem
from schemas.references import closed
from schemas.vocabulary import NAME, REGISTRY


def validator(schema: Any) -> Draft202012Validator:
    """The compiled validator of a schema, from a cache keyed by its JSON text. Its verdict is the law."""
    return _compiled(json.dumps(schema, ensure_ascii=False, separators=(",", ":")))


@lru_cache(maxsize=512)
def _compiled(text: str) -> Draft202012Validator:
    return judge(json.loads(text), registry=REGISTRY, format_checker=FORMAT_CHECKER)


def is_valid(schema: Any, answers: Any) -> bool:
    """Whether the answers are exactly what the schema asks for."""
    return bool(validator(schema).is_valid(answers))


def whole_verdict(schema: Any) -> Predicate:
    """is_valid() for one schema, compiled where that gives the same: where nothing it refers to may hold itself."""
    if _refers_outside_vocabulary(schema):
        return validator(schema).is_valid
    return predicate(closed(schema))


def _refers_outside_vocabulary(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(map(_refers_outside_vocabulary, schema))
    if not isinstance(schema, dict):
        return False
    target = schema.get("$ref", NAME)
    is_outside = isinstance(target, str) and not target.startswith(NAME)
    return is_outside or "$dynamicRef" in schema or any(map(_refers_outside_vocabulary, schema.values()))


def problems(schema: Any, answers: Any) -> list[Problem]:
    """Everything wrong with the answers, one problem a place and reason; empty exactly when they are valid.

    A missing answer is reported at the field that is missing, inside groups at each of its required fields. Fields
    that only seem unknown because their branch failed for another reason are left out.
    """
    errors = list(validator(schema).iter_errors(answers))
    if not errors:
        return []
    form = effective(schema, answers) if isinstance(schema, dict) else {}
    read = _unique([problem for error in errors for problem in _read(error, answers)])
    found = [better for problem in read for better in _precise(problem, form, answers)]
    known = [
        problem for problem in found if problem.code != "unknown" or _schema_at(form, answers, problem.pointer) is None
    ]
    return _unique(known or found or [Problem("", "invalid", {})])


def _read(error: ValidationError, answers: Any) -> Iterator[Problem]:
    for problem in problems_of(error):
        yield about_file(problem, error.validator_value, answers)


def _unique(found: list[Problem]) -> list[Problem]:
    return list({(problem.pointer, problem.code): problem for problem in reversed(found)}.values())[::-1]


def _precise(problem: Problem, form: dict[str, Any], answers: Any) -> Iterator[Problem]:
    """A missing answer in the words of its kind, a missing group as its missing fields, a forbidden answer by name."""
    schema = _schema_at(form, answers, problem.pointer) or {}
    if problem.code == "required":
        yield from _missing(schema, problem.pointer)
    elif problem.code in ("required_rows", "too_few"):
        yield _few(problem, schema)
    elif problem.code == "not_allowed":
        yield from _forbidden(problem, schema, lookup(answers, problem.pointer))
    else:
        yield problem


def _few(problem: Problem, schema: dict[str, Any]) -> Problem:
    """Too few entries, in the words of what is listed: files and choices are chosen, rows are filled in."""
    items = schema.get("items")
    if isinstance(items, dict) and _is_file(items):
        code = "required_file" if problem.code == "required_rows" else "few_files"
    elif choices(items):
        code = "required_choice" if problem.code == "required_rows" else problem.code
    else:
        return problem
    return Problem(problem.pointer, code, problem.params)


def _forbidden(problem: Problem, schema: dict[str, Any], answer: Any) -> Iterator[Problem]:
    """The validator says only which object holds the forbidden answers: they are those that do not exist for it."""
    names = [name for name in answer if name not in schema.get("properties", {})] if isinstance(answer, dict) else []
    for name in names:
        yield Problem(problem.pointer + pointer([name]), problem.code, problem.params)
    if not names:
        yield problem


def _missing(schema: dict[str, Any], at: str) -> Iterator[Problem]:
    inner = schema.get("properties", {})
    if _is_file(schema):
        yield Problem(at, "required_file", {})
    elif schema.get("x-vocabulary") == "drawn_signature":
        yield Problem(at, "required_signature", {})
    elif schema.get("required"):
        for name in schema["required"]:
            yield from _missing(inner[name], at + pointer([name]))
    else:
        yield Problem(at, _required_code(schema), {})


def item_schema(schema: dict[str, Any], place: int) -> Any:
    """The schema of the item at a place of a list."""
    first = schema.get("prefixItems", ())
    return first[place] if place < len(first) else schema.get("items", {})


def _is_file(schema: dict[str, Any]) -> bool:
    return schema.get("x-vocabulary") == "file" or {"sha256", "media_type"} <= schema.get("properties", {}).keys()


def _required_code(schema: dict[str, Any]) -> str:
    items = schema.get("items")
    if isinstance(items, dict) and _is_file(items):
        return "required_file"
    if schema.get("const") is True:
        return "must_agree"
    is_chosen = OFFERS in schema or "oneOf" in schema or "anyOf" in schema
    if choices(schema) or schema.get("type") == "boolean" or choices(items) or is_chosen:
        return "required_choice"
    return "required_rows" if schema.get("type") == "array" else "required"


def _schema_at(form: dict[str, Any], answers: Any, at: str) -> dict[str, Any] | None:
    """The effective schema of the field at a pointer into the answers; None when no such field exists."""
    schema: dict[str, Any] | Any = form
    for part in parts(at):
        if part.isdigit() and ("items" in schema or "prefixItems" in schema):
            answers = answers[int(part)] if isinstance(answers, list) and int(part) < len(answers) else None
            schema = effective(item_schema(schema, int(part)), answers)
        else:
            answers = answers.get(part) if isinstance(answers, dict) else None
            schema = schema.get("properties", {}).get(part)
        if not isinstance(schema, dict):
            return None
    return schema
