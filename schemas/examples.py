"""Examples (記入例): answers that nobody gave, made from a schema, to try a form before anybody fills it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from schemas.alternatives import choices
from schemas.branches import branches, is_nullable, plain
from schemas.calculations import program
from schemas.effective import effective, prune
from schemas.pointers import escaped
from schemas.specimens import FILE, numbers, texts
from schemas.validation import is_valid
from schemas.working_days import add_working_days

#: Stands for an answer that is to be left out.
LEFT_OUT = object()
#: Rounds in which answers may bring up further questions.
ROUNDS = 12
#: Levels of groups and rows inside each other.
LEVELS = 12
Wanted = Mapping[str, Any]


@dataclass(frozen=True)
class Making:
    """How an example is made: the answers that it must have, by pointer (rows are ``*``), whether it says what need
    not be said too, and on which day.
    """

    wanted: Wanted
    is_full: bool
    today: date

    def is_about(self, at: str) -> bool:
        """Whether an answer that is wanted lies at this place or below it."""
        return any((one == at or one.startswith(f"{at}/")) and self.wanted[one] is not LEFT_OUT for one in self.wanted)


def example(
    document: Mapping[str, Any], today: date, wanted: Wanted | None = None, is_full: bool = False
) -> dict[str, Any] | None:
    """Answers to a form that its schema accepts, calculated ones included; None where none were found.

    ``wanted`` gives answers by pointer that it must have if they are asked for at all; ``is_full`` answers what is
    optional too.
    """
    schema, calculations = document["schema"], document.get("calculations", {})
    making, before, answers = Making(wanted or {}, is_full, today), None, dict[str, Any]()
    for _ in range(ROUNDS):
        if answers == before:
            break
        before = answers
        answers = prune(schema, _completed(effective(schema, answers), answers, making, ""))
        answers = prune(schema, {**answers, **_calculated(calculations, answers, schema, today)})
    return answers if is_valid(schema, answers) else None


def _calculated(
    calculations: Mapping[str, Any], answers: Mapping[str, Any], schema: dict[str, Any], today: date
) -> dict[str, Any]:
    """The fields that the form calculates from the answers so far."""
    if not calculations:
        return {}
    fields = effective(schema, answers)["properties"]
    found = program(calculations).run(answers, today)
    return {key: value for key, value in found.items() if key in fields and value is not None}


def _completed(standing: Mapping[str, Any], answers: Mapping[str, Any], making: Making, at: str) -> dict[str, Any]:
    """The answers with what is still asked for at this place."""
    completed, needed = dict(answers), standing.get("required", ())
    for key, field in standing.get("properties", {}).items():
        here = f"{at}/{escaped(key)}"
        if field.get("readOnly") and "const" not in field:
            continue
        if key in answers and isinstance(answers[key], dict) and field.get("properties") and not _is_file(field):
            completed[key] = _completed(field, answers[key], making, here)
        elif key not in answers and _is_given(key in needed, here, making):
            made = _answer(field, making, here)
            if made is not LEFT_OUT:
                completed[key] = made
    return completed


def _is_given(is_needed: bool, at: str, making: Making) -> bool:
    if making.wanted.get(at) is LEFT_OUT:
        return False
    return is_needed or making.is_full or making.is_about(at)


def _answer(schema: Mapping[str, Any], making: Making, at: str) -> Any:
    """One answer; LEFT_OUT where none is known."""
    if at in making.wanted:
        return making.wanted[at]
    if "const" in schema:
        return schema["const"]
    if _is_file(schema):
        return dict(FILE)
    offered = [value for value, _title in choices(dict(schema))]
    if offered:
        return offered[0]
    return next((one for one in _candidates(plain(schema), making, at) if is_valid(schema, one)), LEFT_OUT)


def _candidates(schema: Mapping[str, Any], making: Making, at: str) -> Iterator[Any]:
    """What may fit a schema, the likely before the strange."""
    kinds = schema.get("type", "object" if "properties" in schema else "string")
    for kind in [kinds] if isinstance(kinds, str) else kinds:
        if at.count("/") <= LEVELS and kind in MADE:
            yield from MADE[kind](schema, making, at)
    for branch in branches(schema):
        yield from _candidates(plain(branch.schema({})), making, at)
    if is_nullable(schema):
        yield None


def _objects(schema: Mapping[str, Any], making: Making, at: str) -> Iterator[Any]:
    before, answers = None, dict[str, Any]()
    for _ in range(ROUNDS):
        if answers == before:
            break
        before, answers = answers, _completed(effective(dict(schema), answers), answers, making, at)
    yield answers


def _lists(schema: Mapping[str, Any], making: Making, at: str) -> Iterator[Any]:
    """The fewest rows that may be, at least one where rows are to be seen; choices differ from each other."""
    items, fewest = schema.get("items", {}), int(schema.get("minItems", 0))
    offered = [value for value, _title in choices(items)] if isinstance(items, dict) else []
    wished = 1 if making.is_full or making.is_about(f"{at}/*") else 0
    number = min(max(fewest, wished), int(schema.get("maxItems", 1000)))
    if offered and schema.get("uniqueItems", True):
        yield offered[:number]
    if isinstance(items, dict):
        row = _answer(items, making, f"{at}/*") if number else None
        yield [row] * number if row is not LEFT_OUT else []


def _strings(schema: Mapping[str, Any], making: Making, at: str) -> Iterator[Any]:
    if schema.get("format") == "date":
        born = "birth" in at or "生年月日" in str(schema.get("title", ""))
        yield from [*days(making.today)][7 if born else 0 :]
    if schema.get("format") in ("month", "year-month"):
        yield from (one[:7] for one in days(making.today))
    yield from texts(schema)


def _integers(schema: Mapping[str, Any], making: Making, at: str) -> Iterator[Any]:
    return numbers(schema, making.today.year, is_whole=True)


def _numbers(schema: Mapping[str, Any], making: Making, at: str) -> Iterator[Any]:
    return numbers(schema, making.today.year, is_whole=False)


def _truths(schema: Mapping[str, Any], making: Making, at: str) -> Iterator[Any]:
    yield from (False, True)


def days(today: date) -> Iterator[str]:
    """Days that forms ask for: soon (for a visit, a working day), today, lately, in years, and last that of a birth."""
    yield from (add_working_days(today + timedelta(days=ahead), more).isoformat() for ahead, more in ((30, 0), (0, 5)))
    yield from ((today + timedelta(days=ahead)).isoformat() for ahead in (0, -10, 400, -400, 1, -1))
    yield today.replace(year=today.year - 40, day=1).isoformat()


def _is_file(schema: Mapping[str, Any]) -> bool:
    return schema.get("x-vocabulary") == "file"


MADE = {
    "object": _objects,
    "array": _lists,
    "string": _strings,
    "integer": _integers,
    "number": _numbers,
    "boolean": _truths,
}
