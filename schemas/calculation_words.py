"""What is wrong with a calculation, said with the names of the form: which calculation it is, and which part of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.formulas.names import Names
from schemas.formulas.writing import CALLS, ROUNDED, SIGNS, SWAPPED, write_formula
from schemas.pointers import lookup, parts, pointer
from schemas.problems import Problem

#: Found in calculations that could be read, so that their parts can be written as formulas.
READ = ("calculation_kind", "calculation_same_kind", "calculation_result", "calculation_unknown_field")
#: Operators as formulas write them: AGE, COUNT, = …
WRITTEN = {**CALLS, **ROUNDED, **SWAPPED, **SIGNS}
LONGEST_PART = 80


def with_names(problem: Problem, document: Mapping[str, Any]) -> Problem:
    """The problem of a calculation (its pointer is into `calculations`) with what a builder calls it and its parts."""
    names, said = Names(document), dict(problem.params)
    said |= {"calculation": title_of(names, parts(problem.pointer)[0]), **_titled(names, said)}
    if problem.code in READ:
        said["part"] = _part(names, problem.pointer)
    if "operator" in said:
        said["operator"] = WRITTEN.get(said["operator"], said["operator"])
    return Problem(problem.pointer, problem.code, said)


def title_of(names: Names, key: str) -> str:
    """What a calculation is called: the title of its field, else its own, else its key."""
    found = names.at((key,))
    return found.titles[-1] if found else key


def _titled(names: Names, said: Mapping[str, Any]) -> dict[str, Any]:
    """Fields and calculations that the problem speaks of by key, by their titles."""
    named = {"field": title_of(names, said["field"])} if isinstance(said.get("field"), str) else {}
    return {**named, **({"names": [title_of(names, one) for one in said["names"]]} if "names" in said else {})}


def _part(names: Names, at: str) -> str:
    """The smallest part around a place that a formula can say; what nothing writes is named by its operator."""
    calculations, path = names.document.get("calculations", {}), parts(at)
    for end in range(len(path), 0, -1):
        part = lookup(calculations, pointer(path[:end]))
        formula = write_formula(part, names) if isinstance(part, Mapping) and len(part) == 1 else None
        if formula:
            return formula if len(formula) <= LONGEST_PART else f"{formula[:LONGEST_PART]}…"
    whole = lookup(calculations, pointer(path[:1]))
    return next(iter(whole)) if isinstance(whole, Mapping) and whole else str(whole)
