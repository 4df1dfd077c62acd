"""Commands on checks (確認): what is said to an applicant whose answers do not go together."""

from __future__ import annotations

from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.homes import homes_of
from schemas.editing.members import free, put, words
from schemas.editing.refusal import CommandRefused

Check = dict[str, Any]


def add_check(draft: Draft, message: str, fact: str, when: Any) -> None:
    """A new check: the message is said where the fact is as the schema `when` says, and stops the submission."""
    _refuse_unknown(draft, fact)
    checks = draft.document.setdefault("checks", [])
    key = free({one["key"] for one in checks}, "check")
    made = {"key": key, "when": {fact: when}, "message": words(message), "kind": "error"}
    if homes_of(draft.document, fact):
        made["field"] = f"/{fact}"
    checks.append(made)


def set_check(draft: Draft, check: str, part: str, value: str = "") -> None:
    """Set what a check says (message), at which field (field), or whether it stops a submission (kind)."""
    found = _check(draft, check)
    if part == "message":
        found["message"] = words(value)
    elif part == "kind" and value in ("error", "warning"):
        found["kind"] = value
    elif part == "field":
        if value:
            draft.homes_of(value.removeprefix("/").split("/")[0])
        put(found, "field", value)
    else:
        raise CommandRefused("edit_unknown_limit", {"field": part})


def check_when(draft: Draft, check: str, fact: str, when: Any = None) -> None:
    """Set what one fact must be for the check to speak; None takes the fact out of it, but never the last one."""
    found = _check(draft, check)
    if when is None and list(found["when"]) == [fact]:
        raise CommandRefused("edit_check_empty")
    if when is not None:
        _refuse_unknown(draft, fact)
    put(found["when"], fact, when)


def delete_check(draft: Draft, check: str) -> None:
    """Take a check away."""
    found = _check(draft, check)
    draft.document["checks"] = [one for one in draft.document["checks"] if one is not found]
    put(draft.document, "checks", draft.document["checks"] or None)


def _check(draft: Draft, key: str) -> Check:
    found = next((one for one in draft.document.get("checks") or () if one["key"] == key), None)
    if found is None:
        raise CommandRefused("edit_no_check")
    check: Check = found
    return check


def _refuse_unknown(draft: Draft, fact: str) -> None:
    known = {*draft.document.get("calculations", {}), *draft.document.get("facts", {})}
    if fact not in known and not homes_of(draft.document, fact):
        raise CommandRefused("edit_no_field", {"field": fact})
