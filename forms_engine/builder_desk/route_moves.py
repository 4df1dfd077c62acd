"""Moves of steps (段階の移動): one place up or down, over the edge out of a branch; and where a builder is then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.places import Place
from schemas.editing import CommandRefused
from schemas.editing.step_commands import every_step

Document = Mapping[str, Any]
Steps = Sequence[Mapping[str, Any]]


def one_move(document: Document, wish: str) -> dict[str, Any]:
    """The command for "up step:key" or "down step:key": over the edge of a branch it goes out of the block."""
    direction, _sign, what = wish.partition(" ")
    key = what.partition(":")[2]
    into, branch, at, size = _place_of(document, key)
    wanted = at + (-1 if direction == "up" else 1)
    if into and not 0 <= wanted < size:
        outer, outer_branch, block, _size = _place_of(document, into)
        into, branch, wanted = outer, outer_branch, block + (wanted >= 0)
    return {"do": "move_step", "step": key, "into": into, "branch": branch, "at": max(0, wanted)}


def announced(command: Mapping[str, Any], after: Document) -> str:
    """What is said to who cannot see the drawing: where the step stands now."""
    if command["do"] != "move_step":
        return ""
    into, _branch, at, size = _place_of(after, command["step"])
    where = _("「%(block)s」の中の") % {"block": title_of(after, into)} if into else ""
    return _("%(where)s%(size)s段階の%(place)s番目に移しました") % {"where": where, "size": size, "place": at + 1}


def following(place: Place, command: Mapping[str, Any], before: Document, after: Document) -> Place:
    """Where a builder is after a command: at what is new, or where what is gone has left them."""
    old = {step["key"] for step in every_step(before["steps"])}
    new = [step["key"] for step in every_step(after["steps"]) if step["key"] not in old]
    if command["do"] in ("add_step", "duplicate_step") and new:
        return place.at(field=new[0], joint="", fact="", columns="")
    if command["do"] == "delete_step":
        return place.at(field="", joint="", fact="", columns="")
    return place.at(fact="") if command["do"] in ("set_branch", "set_authority") else place


def title_of(document: Document, key: str) -> str:
    """What a step is called; its key where there is no such step any more."""
    found = next((step for step in every_step(document.get("steps", ())) if step["key"] == key), {})
    return str(found.get("title") or key)


def _place_of(document: Document, key: str) -> tuple[str, int, int, int]:
    """In which block and branch a step stands, at which place, among how many."""
    for into, branch, steps in _lists("", 0, document["steps"]):
        keys = [step["key"] for step in steps]
        if key in keys:
            return into, branch, keys.index(key), len(keys)
    raise CommandRefused("edit_no_step", {"step": key})


def _lists(into: str, branch: int, steps: Steps) -> Iterator[tuple[str, int, Steps]]:
    yield into, branch, steps
    for step in steps:
        for number, part in enumerate(step.get("cases") or step.get("branches") or ()):
            yield from _lists(step["key"], number, part["steps"])
