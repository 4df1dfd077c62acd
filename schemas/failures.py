"""Failures: what the validator says about answers, turned into problems a person can act on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from jsonschema.exceptions import ValidationError

from schemas.alternatives import choices
from schemas.pointers import MISSING, lookup, pointer
from schemas.problems import TEXTS, Problem

MEGABYTE = 1_000_000
DIGITS = re.compile(r"\^\[0-9\]\{([0-9]+)\}\$")
Reading = Callable[[ValidationError], Iterator[Problem]]


def problems_of(error: ValidationError) -> Iterator[Problem]:
    """The problems behind one error; alternatives give those of the branch that the answers come closest to."""
    if error.validator is None or error.schema is False:
        yield Problem(_at(error), "not_allowed", {})
    else:
        yield from READINGS.get(error.validator, _plain)(error)


def _at(error: ValidationError) -> str:
    return pointer(error.absolute_path)


def _plain(error: ValidationError) -> Iterator[Problem]:
    code, *name = PLAIN.get(error.validator, ("invalid",))
    yield Problem(_at(error), code, {name[0]: error.validator_value} if name else {})


def _required(error: ValidationError) -> Iterator[Problem]:
    """The validator makes one error of each missing property and names it at the start of its sentence."""
    missing = [name for name in error.validator_value if name not in error.instance]
    for name in [name for name in missing if error.message.startswith(repr(name))] or missing:
        yield Problem(pointer([*error.absolute_path, name]), "required", {})


def _dependent_required(error: ValidationError) -> Iterator[Problem]:
    for name, needed in error.validator_value.items():
        missing = [one for one in needed if one not in error.instance] if name in error.instance else []
        for one in missing:
            yield Problem(pointer([*error.absolute_path, one]), "required", {})


def _extra(error: ValidationError) -> Iterator[Problem]:
    """The validator names the extra properties in its sentence only: they are the ones whose name stands there."""
    if not isinstance(error.instance, dict):
        yield Problem(_at(error), "too_many", {"limit": len(error.schema.get("prefixItems", []))})
        return
    for name in (name for name in error.instance if repr(name) in error.message):
        yield Problem(pointer([*error.absolute_path, name]), "unknown", {"field": name})


def _type(error: ValidationError) -> Iterator[Problem]:
    kinds = [error.validator_value] if isinstance(error.validator_value, str) else error.validator_value
    named = [kind for kind in kinds if kind != "null"] or ["null"]
    yield Problem(_at(error), f"type_{named[0]}", {})


def _const(error: ValidationError) -> Iterator[Problem]:
    expected = error.validator_value
    if expected is True:
        yield Problem(_at(error), "must_agree", {})
    else:
        yield Problem(_at(error), "const", {"expected": expected})


def _format(error: ValidationError) -> Iterator[Problem]:
    code = f"format_{'year-month' if error.validator_value == 'month' else error.validator_value}"
    yield Problem(_at(error), code if code in TEXTS else "pattern", {"format": error.validator_value})


def _pattern(error: ValidationError) -> Iterator[Problem]:
    """In the author's words ("x-message", a text or texts by language) where the schema has them."""
    own = error.schema.get("x-message")
    digits = DIGITS.fullmatch(error.validator_value)
    if own:
        yield Problem(_at(error), "pattern", {"texts": own if isinstance(own, dict) else {"ja": own}})
    elif digits:
        yield Problem(_at(error), "digits", {"limit": int(digits[1])})
    else:
        yield Problem(_at(error), "pattern", {})


def _length(error: ValidationError) -> Iterator[Problem]:
    if error.instance == "":
        yield Problem(_at(error), "required", {})
    else:
        yield Problem(_at(error), "too_short", {"limit": error.validator_value})


def _few(error: ValidationError) -> Iterator[Problem]:
    code = "required_rows" if error.validator_value == 1 else "too_few"
    yield Problem(_at(error), code, {"limit": error.validator_value})


def _alternatives(error: ValidationError) -> Iterator[Problem]:
    branches = _branches(error)
    if choices({error.validator: error.validator_value}):
        yield Problem(_at(error), "choice", {})
    elif branches:
        for one in min(branches, key=_distance):
            yield from problems_of(one)
    else:
        yield Problem(_at(error), "one_of", {})


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    by_branch: dict[Any, list[ValidationError]] = {}
    for one in error.context or []:
        by_branch.setdefault(one.schema_path[0], []).append(one)
    return list(by_branch.values())


def _distance(errors: list[ValidationError]) -> tuple[int, int]:
    """How far the answers are from a branch: a wrong constant says it is another branch, whatever else is missing."""
    return sum(_tells_apart(error) for error in errors), len(errors)


def _tells_apart(error: ValidationError) -> bool:
    return error.validator in ("const", "enum", "type") and len(error.relative_path) <= 1


def _contains(error: ValidationError) -> Iterator[Problem]:
    yield Problem(_at(error), "none_fits", {})


READINGS: dict[str, Reading] = {
    "required": _required,
    "dependentRequired": _dependent_required,
    "additionalProperties": _extra,
    "unevaluatedProperties": _extra,
    "additionalItems": _extra,
    "unevaluatedItems": _extra,
    "type": _type,
    "const": _const,
    "format": _format,
    "pattern": _pattern,
    "minLength": _length,
    "minItems": _few,
    "oneOf": _alternatives,
    "anyOf": _alternatives,
    "contains": _contains,
}

PLAIN: dict[str, tuple[str, ...]] = {
    "enum": ("choice", "allowed"),
    "maxLength": ("too_long", "limit"),
    "minimum": ("too_small", "limit"),
    "maximum": ("too_large", "limit"),
    "exclusiveMinimum": ("not_above", "limit"),
    "exclusiveMaximum": ("not_below", "limit"),
    "multipleOf": ("multiple", "limit"),
    "maxItems": ("too_many", "limit"),
    "uniqueItems": ("repeated",),
    "minProperties": ("too_few_properties", "limit"),
    "maxProperties": ("too_many_properties", "limit"),
    "not": ("not",),
}


def about_file(problem: Problem, error_value: Any, answers: Any) -> Problem:
    """A problem in a part of a file answer, said about the file: nobody types a media type or a size."""
    *_, part = problem.pointer.split("/")
    parent = problem.pointer[: -len(part) - 1]
    if part not in ("media_type", "size") or not _is_file(lookup(answers, parent) if parent else MISSING):
        return problem
    if part == "size" and problem.code == "too_large":
        return Problem(parent, "file_size", {"megabytes": _megabytes(error_value)})
    allowed = error_value if isinstance(error_value, list) else [error_value]
    return Problem(parent, "file_type", {"allowed": [_suffix(str(one)) for one in allowed]})


def _is_file(answer: Any) -> bool:
    return isinstance(answer, dict) and {"media_type", "sha256", "size"} <= answer.keys()


def _megabytes(size: Any) -> Any:
    megabytes = round(size / MEGABYTE, 1)
    return int(megabytes) if megabytes == int(megabytes) else megabytes


def _suffix(media_type: str) -> str:
    return re.sub(r"^.*/(x-)?", "", media_type).split("+")[0].upper()
