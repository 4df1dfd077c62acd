"""Commands on the staff fields of a step (職員記入欄): adding, naming, changing the kind, moving, deleting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.field_commands import chosen
from schemas.editing.members import free, put, words
from schemas.editing.refusal import CommandRefused
from schemas.editing.staff_palette import STAFF_PALETTE, StaffPart
from schemas.editing.step_commands import PEOPLE, every_step, step_of
from schemas.staff_fields import fact_name, looked_at, steps_asking

#: What of a field is said beside its title and kind.
SETTINGS = {"description", "minimum", "maximum"}
#: What of a field stays whatever kind it becomes.
KEPT = ("title", "description")


def add_staff_field(draft: Draft, step: str, part: str, title: str = "") -> None:
    """A new field at the end of what staff fill in at a step of people."""
    made, one = _part(part), step_of(draft, step)
    if one["kind"] not in PEOPLE:
        raise CommandRefused("edit_no_staff_fields")
    if "staff_fields" not in one:
        put(one, "staff_fields", {"properties": {}}, before="may")
    properties = one["staff_fields"]["properties"]
    properties[free(properties, made.key)] = made.begun(title.strip() or made.title())


def retitle_staff_field(draft: Draft, step: str, field: str, title: str) -> None:
    """Give a field another title; its key stays, and with it the conditions that look at it."""
    _field(draft, step, field)["title"] = words(title)


def change_staff_field(draft: Draft, step: str, field: str, part: str) -> None:
    """Ask for another kind of entry under the same title."""
    one, made = _field(draft, step, field), _part(part)
    kept = {name: one[name] for name in KEPT if name in one}
    one.clear()
    one.update({**made.begun(kept["title"]), **kept})


def set_staff_field(draft: Draft, step: str, field: str, name: str, value: Any = None) -> None:
    """Set what a field means, or the least and greatest number; None takes it away."""
    if name not in SETTINGS:
        raise CommandRefused("edit_unknown_limit", {"field": name})
    put(_field(draft, step, field), name, value)


def require_staff_field(draft: Draft, step: str, field: str, required: bool) -> None:
    """Whether nobody can approve or decide at the step without filling it in."""
    _field(draft, step, field)
    _require(step_of(draft, step)["staff_fields"], field, required)


def set_staff_choices(draft: Draft, step: str, field: str, choices: Sequence[Mapping[str, str]]) -> None:
    """The choices of a field, each `{"value", "title"}`; a choice without a value gets one, which then stays."""
    one = _field(draft, step, field)
    if "oneOf" not in one:
        raise CommandRefused("edit_no_choices")
    one["oneOf"] = chosen(choices, one)


def move_staff_field(draft: Draft, step: str, field: str, to: int) -> None:
    """Put a field at another place among those of its step."""
    _field(draft, step, field)
    fields = step_of(draft, step)["staff_fields"]
    names = [name for name in fields["properties"] if name != field]
    names.insert(max(0, min(to, len(names))), field)
    fields["properties"] = {name: fields["properties"][name] for name in names}


def delete_staff_field(draft: Draft, step: str, field: str) -> None:
    """Take a field away; refused while a condition of the route looks at it."""
    _field(draft, step, field)
    one = step_of(draft, step)
    if where := _looking(draft, one, field):
        raise CommandRefused("edit_in_use", {"where": where})
    fields = one["staff_fields"]
    del fields["properties"][field]
    _require(fields, field, False)
    if not fields["properties"]:
        del one["staff_fields"]


def _part(key: str) -> StaffPart:
    if key not in STAFF_PALETTE:
        raise CommandRefused("edit_no_part", {"part": key})
    return STAFF_PALETTE[key]


def _field(draft: Draft, step: str, field: str) -> dict[str, Any]:
    found: dict[str, Any] | None = step_of(draft, step).get("staff_fields", {}).get("properties", {}).get(field)
    if found is None:
        raise CommandRefused("edit_no_field", {"field": field})
    return found


def _require(fields: dict[str, Any], field: str, required: bool) -> None:
    names = [name for name in fields.get("required", ()) if name != field]
    put(fields, "required", [*names, field] if required else names or None)


def _looking(draft: Draft, one: Mapping[str, Any], field: str) -> list[str]:
    """The titles of the steps that look at an entry of this field."""
    names = {fact_name(key, field) for key in steps_asking(one)}
    every = every_step(draft.document["steps"])
    looking = [step for step in every if any(name.removeprefix("/") in names for _at, name in looked_at(step, ""))]
    return [str(step.get("title") or step["key"]) for step in looking]
