"""Commands on columns (列): the fields within a table or a group. They are addressed as answers are: /members/*/age."""

from __future__ import annotations

from schemas.editing.draft import Draft
from schemas.editing.homes import Home, address_within, inside, require
from schemas.editing.members import free, put_after
from schemas.editing.palette import PALETTE
from schemas.editing.refusal import CommandRefused
from schemas.editing.usage import uses_of_column
from schemas.pointers import parts, pointer

#: Parts of the palette that can stand in a table: no table in a table, and no calculation.
NOT_WITHIN = frozenset({"table", "calculated", "files"})


def add_column(draft: Draft, field: str, part: str, title: str = "", required: bool = False) -> None:
    """A new column at the end of a table, or a new part of a group, made of a part of the palette."""
    made = PALETTE.get(part)
    if made is None or made.key in NOT_WITHIN:
        raise CommandRefused("edit_no_part", {"part": part})
    for outer, home in _inner(draft, field):
        name = free(home.properties, made.key)
        home.properties[name] = made.begun(title.strip() or made.title())
        require(home, name, required)
        if made.presentation:
            at = address_within(outer, field, name)
            draft.document.setdefault("presentation", {})[at] = dict(made.presentation)


def move_column(draft: Draft, field: str, to: int) -> None:
    """Put a column at another place among the columns."""
    for home, name in _columns(draft, field):
        names = [one for one in home.properties if one != name]
        names.insert(max(0, min(to, len(names))), name)
        home.schema["properties"] = {one: home.properties[one] for one in names}


def duplicate_column(draft: Draft, field: str) -> None:
    """A copy of a column right after it."""
    presented = draft.document.get("presentation", {})
    for home, name in _columns(draft, field):
        copied = free(home.properties, name)
        put_after(home.properties, name, copied, draft.copied(home.properties[name]))
        if field in presented:
            presented[field.rpartition("/")[0] + pointer([copied])] = draft.copied(presented[field])


def delete_column(draft: Draft, field: str) -> None:
    """Take a column away with its title, limits and presentation; refused while something uses it, and for the last."""
    columns, found = _columns(draft, field), tuple(uses_of_column(draft.document, field))
    if found:
        raise CommandRefused("edit_in_use", {"where": [use.message() for use in found]}, found)
    for home, name in columns:
        if list(home.properties) == [name]:
            raise CommandRefused("edit_last_column")
        del home.properties[name]
        require(home, name, False)
    presentation = draft.document.get("presentation", {})
    for name in [name for name in presentation if name == field or name.startswith(f"{field}/")]:
        del presentation[name]
    if "presentation" in draft.document and not presentation:
        del draft.document["presentation"]


def _columns(draft: Draft, address: str) -> list[tuple[Home, str]]:
    if not address.startswith("/") or len(parts(address)) < 2:
        raise CommandRefused("edit_no_field", {"field": address})
    return draft.declared(address)


def _inner(draft: Draft, field: str) -> list[tuple[Home, Home]]:
    """Where a table or a group is declared, and what is inside of it."""
    found = [(one, home) for one, name in draft.declared(field) if (home := inside(one, name)) is not None]
    if not found:
        raise CommandRefused("edit_no_columns")
    return found
