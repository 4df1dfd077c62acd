"""Mending: what publication would refuse in an adopted form although it is no decision of anybody's, put right."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from schemas.dialects.sketch import Sketch, words_of
from schemas.form_checks import form_problems
from schemas.pointers import lookup, parts, pointer
from schemas.problems import Problem
from schemas.schema_checks import subschemas

# One mending may bring up another problem; more rounds than this never helped.
LONGEST_NAME = 200
ROUNDS = 4
Mend = Callable[[Sketch, dict[str, Any], Problem], None]


def mended(sketch: Sketch, document: dict[str, Any]) -> None:
    """Put the document right in place, with a remark for what is declared or set aside."""
    for _ in range(ROUNDS):
        problems = [problem for problem in form_problems(document) if problem.code in MENDS]
        for problem in reversed(problems):
            MENDS[problem.code](sketch, document, problem)
        if not problems:
            return


def _declare(sketch: Sketch, document: dict[str, Any], problem: Problem) -> None:
    """A required name that nothing describes becomes a field for any answer; one that no field can have is let go."""
    steps = parts(problem.pointer)[1:]
    path = tuple(name for place, name in enumerate(steps) if place % 2)
    name = str(problem.params["field"])
    for schema in sketch.at(path)[:1] if is_field_name(name) else ():
        schema["properties"] = {**schema.get("properties", {}), name: {"title": words_of(name)}}
    for _at, schema in subschemas(document["schema"], "") if not is_field_name(name) else ():
        if name in schema.get("required", ()):
            schema["required"] = [one for one in schema["required"] if one != name]
    sketch.name_in("import_undeclared", name)


def is_field_name(name: str) -> bool:
    """Whether a field can have the name: not empty, not endless, nothing in it that nobody sees."""
    return 0 < len(name) <= LONGEST_NAME and name.isprintable()


def _without_page(sketch: Sketch, document: dict[str, Any], problem: Problem) -> None:
    *place, number = parts(problem.pointer)
    fields = lookup(document, pointer(place), [])
    if len(fields) > int(number):
        del fields[int(number)]
    document["pages"] = [page for page in document["pages"] if page["fields"]]


def _onto_page(sketch: Sketch, document: dict[str, Any], problem: Problem) -> None:
    document["pages"][-1]["fields"].append(problem.params["field"])


def _title(sketch: Sketch, document: dict[str, Any], problem: Problem) -> None:
    name = str(problem.params["field"])
    for schema in sketch.at((name,)):
        schema["title"] = words_of(name)
    sketch.name_in("import_titles", name)


def _set_aside(sketch: Sketch, document: dict[str, Any], problem: Problem) -> None:
    """A keyword that cannot be published becomes a note."""
    *place, word = parts(problem.pointer)
    holder = lookup(document, pointer(place), None)
    if isinstance(holder, dict) and word in holder:
        holder[f"x-{word.lstrip('$')}"] = holder.pop(word)
        sketch.say("import_faulty", field=word)


def _unpresented(sketch: Sketch, document: dict[str, Any], problem: Problem) -> None:
    document.get("presentation", {}).pop(parts(problem.pointer)[-1], None)


def _uncalculated(sketch: Sketch, document: dict[str, Any], problem: Problem) -> None:
    document.get("calculations", {}).pop(parts(problem.pointer)[1], None)


MENDS: dict[str, Mend] = {
    "schema_required_unknown": _declare,
    "page_unknown_field": _without_page,
    "field_on_two_pages": _without_page,
    "field_on_no_page": _onto_page,
    "field_without_title": _title,
    "schema_unknown_word": _set_aside,
    "schema_format": _set_aside,
    "pattern_unreadable": _set_aside,
    "pattern_wide": _set_aside,
    "pattern_slow": _set_aside,
    "pattern_back": _set_aside,
    "presentation_unknown_field": _unpresented,
    "calculation_result": _uncalculated,
    "calculation_kind": _uncalculated,
    "calculation_same_kind": _uncalculated,
    "calculation_not_read_only": _uncalculated,
}
