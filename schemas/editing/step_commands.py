"""Commands on the steps of a route (段階): adding, naming, moving, assigning, and what each may do.

A list of steps is named by the step that it stands in and the number of its branch; the route's own list by "".
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.members import put, words
from schemas.editing.refusal import CommandRefused
from schemas.editing.route_palette import ROUTE_PALETTE

Step = dict[str, Any]
#: Steps at which people have the case.
PEOPLE = ("approval", "decision", "consultation")
SETTINGS = {
    "by", "to", "may", "working_days", "hold_stops_clock", "need", "order", "if_not_agreed", "substitutes", "workflow",
    "do", "facts", "remind_after", "escalate_after", "escalate_to",
}  # fmt: skip


def add_step(draft: Draft, kind: str, into: str = "", branch: int = 0, at: int | None = None, title: str = "") -> None:
    """A new step of a kind of the palette, in a list of steps; the end if no place is given."""
    part = ROUTE_PALETTE.get(kind)
    if part is None:
        raise CommandRefused("edit_no_part", {"part": kind})
    target = steps_in(draft, into, branch)
    key = free_key(draft, kind)
    made = part.begun(key, title.strip() or part.title())
    target.insert(_place(at, target), made)
    if "return" in made.get("may", ()) and not _has_people_before(draft, key):
        made["may"].remove("return")  # there would be nobody to return to


def retitle_step(draft: Draft, step: str, title: str) -> None:
    """Give a step another title; its key stays."""
    step_of(draft, step)["title"] = words(title)


def set_step(draft: Draft, step: str, name: str, value: Any = None) -> None:
    """Set who, what is permitted, the deadline, or how many must agree; None takes the setting away."""
    if name not in SETTINGS:
        raise CommandRefused("edit_unknown_limit", {"field": name})
    put(step_of(draft, step), name, value)


def move_step(draft: Draft, step: str, into: str = "", branch: int = 0, at: int | None = None) -> None:
    """Put a step, with all that is in it, at another place; not into itself."""
    one = step_of(draft, step)
    target = steps_in(draft, into, branch)
    if any(inner is target for inner in _lists(one)):
        raise CommandRefused("edit_step_into_itself")
    _list_of(draft, one).remove(one)
    target.insert(_place(at, target), one)


def delete_step(draft: Draft, step: str) -> None:
    """Take a step away, with the steps in its branches."""
    one = step_of(draft, step)
    _list_of(draft, one).remove(one)


def duplicate_step(draft: Draft, step: str) -> None:
    """A copy of a step, with all that is in it, right after it; copied steps get keys of their own."""
    one = step_of(draft, step)
    copied = draft.copied(one)
    taken = {known["key"] for known in every_step(draft.document["steps"])}
    for inner in every_step([copied]):
        inner["key"] = _free(taken, inner["key"].rstrip("0123456789").rstrip("_"))
        taken.add(inner["key"])
    holder = _list_of(draft, one)
    holder.insert(holder.index(one) + 1, copied)


def add_branch(draft: Draft, step: str) -> None:
    """A further branch of a choice, before 「それ以外」, or of a parallel block."""
    one = step_of(draft, step)
    if "branches" in one:
        one["branches"].append({"steps": []})
        return
    cases = _branches(one)
    last = len(cases) - 1 if cases and cases[-1].get("otherwise") else len(cases)
    cases.insert(last, {"when": {}, "steps": []})


def set_branch(draft: Draft, step: str, branch: int, title: str = "", when: Mapping[str, Any] | None = None) -> None:
    """Name a branch and, in a choice, set the condition over facts at which it is taken."""
    one = _branch(draft, step, branch)
    put(one, "title", title.strip(), before="steps")
    if when is not None and not one.get("otherwise"):
        one["when"] = dict(when)


def delete_branch(draft: Draft, step: str, branch: int) -> None:
    """Take a branch away with its steps; 「それ以外」 stays."""
    one = _branch(draft, step, branch)
    if one.get("otherwise") or len(_branches(step_of(draft, step))) < 2:
        raise CommandRefused("edit_last_branch")
    _branches(step_of(draft, step)).remove(one)


def move_branch(draft: Draft, step: str, branch: int, to: int) -> None:
    """Put a branch of a choice earlier or later: the first whose condition holds is taken."""
    branches, one = _branches(step_of(draft, step)), _branch(draft, step, branch)
    if one.get("otherwise"):
        raise CommandRefused("edit_last_branch")
    branches.remove(one)
    most = len(branches) - 1 if branches and branches[-1].get("otherwise") else len(branches)
    branches.insert(max(0, min(to, most)), one)


def set_members(draft: Draft, step: str, members: Sequence[Mapping[str, Any]]) -> None:
    """Whose agreement a consultation asks for, in their order."""
    if not members:
        raise CommandRefused("edit_no_member")
    step_of(draft, step)["members"] = [dict(member) for member in members]


def set_authority(draft: Draft, step: str, rows: Sequence[Mapping[str, Any]] = ()) -> None:
    """Who decides what, row by row, in place of one who decides all; without rows the last who decided decides all."""
    one = step_of(draft, step)
    before = one.pop("authority", None)
    if rows:
        one.pop("by", None)
        one["authority"] = [dict(row) for row in rows]
    elif before:
        one["by"] = before[-1]["by"]


def set_route(draft: Draft, name: str, value: Any = None) -> None:
    """Set something of the route as a whole: its title, its description, the four-eyes rule."""
    if name == "title":
        draft.document["title"] = words(str(value or ""))
    elif name in ("description", "four_eyes"):
        put(draft.document, name, value, before="steps")
    else:
        raise CommandRefused("edit_unknown_limit", {"field": name})


# What the commands stand on


def every_step(steps: Sequence[Step]) -> Iterator[Step]:
    """All steps, those inside branches too, outer ones first."""
    for step in steps:
        yield step
        for inner in _lists_of(step):
            yield from every_step(inner)


def step_of(draft: Draft, key: str) -> Step:
    """The step of that key. Raises CommandRefused when there is none (any more)."""
    found = next((step for step in every_step(draft.document["steps"]) if step["key"] == key), None)
    if found is None:
        raise CommandRefused("edit_no_step", {"step": key})
    return found


def steps_in(draft: Draft, into: str, branch: int) -> list[Step]:
    """The list of steps in a branch of a step; the route's own list for ""."""
    if not into:
        steps: list[Step] = draft.document["steps"]
        return steps
    inside: list[Step] = _branch(draft, into, branch)["steps"]
    return inside


def free_key(draft: Draft, stem: str) -> str:
    """A key that no step has yet."""
    taken = {step["key"] for step in every_step(draft.document["steps"])}
    return stem if stem not in taken else _free(taken, stem)


def _has_people_before(draft: Draft, key: str) -> bool:
    before = itertools.takewhile(lambda step: step["key"] != key, every_step(draft.document["steps"]))
    return any(step["kind"] in PEOPLE for step in before)


def _free(taken: set[str], stem: str) -> str:
    if stem not in taken:
        return stem
    return next(key for number in range(2, len(taken) + 3) if (key := f"{stem}_{number}") not in taken)


def _branches(step: Step) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = step.get("cases") or step.get("branches") or []
    return found


def _branch(draft: Draft, step: str, number: int) -> dict[str, Any]:
    branches = _branches(step_of(draft, step))
    if not 0 <= number < len(branches):
        raise CommandRefused("edit_no_branch")
    return branches[number]


def _lists_of(step: Step) -> list[list[Step]]:
    return [branch["steps"] for branch in _branches(step)]


def _lists(step: Step) -> Iterator[list[Step]]:
    """Every list of steps inside a step, at any depth."""
    for inner in _lists_of(step):
        yield inner
        for one in inner:
            yield from _lists(one)


def _list_of(draft: Draft, step: Step) -> list[Step]:
    """The list that a step stands in."""
    lists = [draft.document["steps"], *(inner for one in draft.document["steps"] for inner in _lists(one))]
    return next(one for one in lists if any(entry is step for entry in one))


def _place(at: int | None, steps: list[Step]) -> int:
    return len(steps) if at is None else max(0, min(at, len(steps)))
