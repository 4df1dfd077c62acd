"""Commands on conditions: at which answers a field is asked (この答えのとき表示)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from schemas.alternatives import choices
from schemas.editing.draft import Draft
from schemas.editing.homes import Home, require, tidy
from schemas.editing.members import put
from schemas.editing.refusal import CommandRefused
from schemas.editing.usage import first_of, named_in

Schema = dict[str, Any]


def show_when(draft: Draft, fields: Sequence[str], by: str, when: Schema) -> None:
    """Ask fields only where the answer of `by` is as the schema `when` says ({"const": true}, {"enum": [...]}).

    They move into the branch of that condition, and with them whether they are required.
    """
    draft.homes_of(by)
    for field in fields:
        if field == by or field in _leading_to(draft, by):
            raise CommandRefused("edit_condition_circle", {"field": _title_of(draft, field)})
    condition = {"properties": {by: when}, "required": [by]}
    for field in fields:
        _move(draft, field, _branch(draft, condition))
    tidy(draft.document)


def show_for(draft: Draft, by: str, when: Schema, fields: Sequence[str] = ()) -> None:
    """Exactly these fields are asked where the answer of `by` is as `when` says; others that were, always are.

    For one answer among several ({"const": …}), a field that another answer asks too is asked with either.
    """
    draft.homes_of(by)
    if set(when) == {"const"}:
        for field, answers in _answers_after(draft, by, when["const"], fields).items():
            if answers:
                show_when(draft, [field], by, {"const": answers[0]} if len(answers) == 1 else {"enum": answers})
            else:
                show_always(draft, field)
        return
    condition = {"properties": {by: when}, "required": [by]}
    branch = next((home for home in _branches(draft) if home.conditions == (condition,)), None)
    for field in [name for name in (branch.properties if branch else ()) if name not in fields]:
        _move(draft, field, Home("/schema", draft.document["schema"]))
    if fields:
        show_when(draft, fields, by, when)
    tidy(draft.document)


def _answers_after(draft: Draft, by: str, answer: Any, fields: Sequence[str]) -> dict[str, list[Any]]:
    """The answers of `by` with which each field is to be asked, of those for which that changes."""
    asked: dict[str, list[Any]] = {field: [] for field in fields}
    for home in _branches(draft):
        wanted = (home.conditions[0].get("properties") or {}).get(by)
        if home.conditions == ({"properties": {by: wanted}, "required": [by]},):
            asked |= {field: list(answers_in(wanted)) for field in home.properties}
    order = [value for value, _label in choices(draft.homes_of(by)[0].properties[by])]
    changed = {}
    for field, before in asked.items():
        kept = [one for one in before if one != answer] + [answer] * (field in fields)
        if kept != before and set(map(str, kept)) != set(map(str, before)):
            changed[field] = sorted(kept, key=lambda one: order.index(one) if one in order else len(order))
    return changed


def answers_in(wanted: Any) -> Sequence[Any]:
    """The answers that a condition on one question names: {"const": …} or {"enum": […]}."""
    if not isinstance(wanted, dict) or len(wanted) != 1:
        return []
    found: Sequence[Any] = [wanted["const"]] if "const" in wanted else wanted.get("enum", [])
    return found


def show_always(draft: Draft, field: str) -> None:
    """Ask the field of everybody: it moves to the root of the schema."""
    _move(draft, field, Home("/schema", draft.document["schema"]))
    tidy(draft.document)


def _leading_to(draft: Draft, field: str) -> set[str]:
    """The fields whose answers decide, directly or not, whether this one is asked."""
    found: set[str] = set()
    waiting = [field]
    while waiting:
        conditions = [one for home in draft.homes_of(waiting.pop()) for one in home.conditions]
        for name in {name for one in conditions for name in _named(one)} - found:
            found.add(name)
            waiting.append(name)
    return found


def _named(condition: Schema) -> set[str]:
    inner = [one for word in ("allOf", "anyOf", "oneOf") for one in condition.get(word, ())] + [condition.get("not")]
    own = {*condition.get("properties", {}), *condition.get("required", ())}
    return own.union(*(_named(one) for one in inner if isinstance(one, dict)))


def _title_of(draft: Draft, field: str) -> str:
    return str(draft.homes_of(field)[0].properties[field].get("title", field))


def _branches(draft: Draft) -> list[Home]:
    """The branches that stand at the root of the schema, each with its condition."""
    found = enumerate(draft.document["schema"].get("allOf", ()))
    return [
        Home(f"/schema/allOf/{place}/then", one["then"], (one["if"],))
        for place, one in found
        if isinstance(one, dict) and isinstance(one.get("then"), dict) and isinstance(one.get("if"), dict)
    ]


def _branch(draft: Draft, condition: Schema) -> Home:
    """The branch of the root with this very condition; a new one at the end if there is none."""
    members = draft.document["schema"].setdefault("allOf", [])
    for branch in _branches(draft):
        if branch.conditions == (condition,):
            return branch
    members.append({"if": condition, "then": {"properties": {}}})
    return Home(f"/schema/allOf/{len(members) - 1}/then", members[-1]["then"])


def _move(draft: Draft, field: str, target: Home) -> None:
    found = draft.homes_of(field)
    if len(found) > 1:
        raise CommandRefused("edit_many_homes", {"field": _title_of(draft, field)})
    (home,) = found
    if home.schema is target.schema:
        return
    required, schema = home.is_required(field), home.properties[field]
    require(home, field, False)
    del home.properties[field]
    target.schema.setdefault("properties", {})[field] = schema
    if required:
        require(target, field, True)


def remove_condition(draft: Draft, by: str) -> None:
    """Ask and say everything that depends on the answer of `by` to everybody, so that `by` can be deleted."""
    schema = draft.document["schema"]
    for member in [one for one in schema.get("allOf", ()) if named_in(one.get("if"), by)]:
        if "else" in member:
            raise CommandRefused("edit_else_branch")
        for field in list(member.get("then", {}).get("properties", {})):
            _move(draft, field, Home("/schema", schema))
        schema["allOf"].remove(member)
    for content in (draft.document.get("content") or {}).values():
        kept = {name: one for name, one in content.get("when", {}).items() if name != by and first_of(name) != by}
        put(content, "when", kept or None)
    tidy(draft.document)
