"""Members of an object, in their order: setting one, taking one away; and texts that must say something."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from schemas.editing.refusal import CommandRefused


def put(holder: dict[str, Any], name: str, value: Any, before: str = "") -> None:
    """Set or, with an empty value, take away a member; a new one stands before the named one."""
    if value in ("", None):
        holder.pop(name, None)
    elif name in holder or before not in holder:
        holder[name] = value
    else:
        members = list(holder.items())
        place = list(holder).index(before)
        holder.clear()
        holder.update([*members[:place], (name, value), *members[place:]])


def put_after(holder: dict[str, Any], place: str, name: str, value: Any) -> None:
    """A new member right after another."""
    members = list(holder.items())
    at = list(holder).index(place) + 1
    holder.clear()
    holder.update([*members[:at], (name, value), *members[at:]])


def free(taken: Collection[str], stem: str) -> str:
    """The stem, or the first of stem_2, stem_3 … that is not taken."""
    if stem not in taken:
        return stem
    return next(key for number in range(2, len(taken) + 3) if (key := f"{stem}_{number}") not in taken)


def words(text: str) -> str:
    """The text without blanks around it. Raises CommandRefused if nothing is left."""
    if not text.strip():
        raise CommandRefused("edit_no_title")
    return text.strip()
