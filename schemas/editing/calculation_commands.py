"""Commands on calculations (計算): of a read-only field, or of a fact that only rules and checks look at."""

from __future__ import annotations

from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.homes import homes, homes_of
from schemas.editing.members import free, put, words
from schemas.editing.refusal import CommandRefused
from schemas.editing.usage import read_by, uses
from schemas.pointers import escaped


def calculate(draft: Draft, field: str, expression: Any) -> None:
    """Set the calculation (JsonLogic) of a read-only field, or of a fact that only rules and checks look at."""
    if field in read_by(expression):
        raise CommandRefused("edit_calculation_circle")
    draft.document.setdefault("calculations", {})[field] = expression


def add_calculation(draft: Draft, title: str, expression: Any) -> None:
    """A new calculation that no page shows, under a name; its key is made."""
    document, taken = draft.document, {name for home in homes(draft.document) for name in home.properties}
    taken |= {*document.get("calculations", {}), *document.get("facts", {})}
    name, title = free(taken, "calculation"), words(title)
    calculate(draft, name, expression)
    document.setdefault("x-titles", {})[name] = title


def delete_calculation(draft: Draft, field: str) -> None:
    """Take a calculation that no page shows away. Refused while something uses it: CommandRefused lists where."""
    if homes_of(draft.document, field) or field not in draft.document.get("calculations", {}):
        raise CommandRefused("edit_no_calculation")
    own = f"/calculations/{escaped(field)}"
    found = tuple(use for use in uses(draft.document, field) if use.pointer != own)
    if found:
        raise CommandRefused("edit_in_use", {"where": [use.message() for use in found]}, found)
    for holder in ("calculations", "x-titles"):
        draft.document.get(holder, {}).pop(field, None)
        put(draft.document, holder, draft.document.get(holder) or None)
