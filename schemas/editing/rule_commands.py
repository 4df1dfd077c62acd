"""Commands on rule tables (自動承認規則の表): rows are rules, columns are facts, cells are comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.members import put, words
from schemas.editing.refusal import CommandRefused
from schemas.editing.step_commands import Step, step_of

SETTINGS = {"legal_basis", "owner", "valid_from", "valid_until", "conditions", "outcome"}
TABLE_SETTINGS = {"hit", "judged_on", "sample_percent", "sample", "sample_to"}


def add_rule(draft: Draft, step: str, title: str) -> None:
    """A new row at the end of the table; it holds for nothing until a cell says something."""
    table = _table(draft, step)
    taken = {row["key"] for row in table}
    key = next(name for number in range(1, len(taken) + 2) if (name := f"rule_{number}") not in taken)
    table.append({"key": key, "title": words(title), "outcome": "approved", "when": {}})


def retitle_rule(draft: Draft, step: str, rule: str, title: str) -> None:
    """Give a rule another title; its key stays, so what it decided before stays its own."""
    _rule(draft, step, rule)["title"] = words(title)


def set_rule(draft: Draft, step: str, rule: str, name: str, value: Any = None) -> None:
    """Set what a rule comes to, its legal basis, owner or days of validity; None takes it away."""
    if name not in SETTINGS:
        raise CommandRefused("edit_unknown_limit", {"field": name})
    put(_rule(draft, step, rule), name, value)


def set_cell(draft: Draft, step: str, rule: str, fact: str, when: Mapping[str, Any] | None = None) -> None:
    """What a rule asks of one fact, as a JSON Schema; None: it does not look at it."""
    condition = _rule(draft, step, rule)["when"]
    put(condition, fact, dict(when) if when is not None else None)


def move_rule(draft: Draft, step: str, rule: str, to: int) -> None:
    """Put a rule earlier or later: where the first that holds decides, the order counts."""
    table, row = _table(draft, step), _rule(draft, step, rule)
    table.remove(row)
    table.insert(max(0, min(to, len(table))), row)


def delete_rule(draft: Draft, step: str, rule: str) -> None:
    """Take a rule away; the last one stays, for a table without any decides nothing."""
    table, row = _table(draft, step), _rule(draft, step, rule)
    if len(table) == 1:
        raise CommandRefused("edit_last_rule")
    table.remove(row)


def set_table(draft: Draft, step: str, name: str, value: Any = None) -> None:
    """Set how the rows count together, on which day they are judged, and the share that people look at all the same."""
    if name not in TABLE_SETTINGS:
        raise CommandRefused("edit_unknown_limit", {"field": name})
    _table(draft, step)
    put(step_of(draft, step), name, value)


def _table(draft: Draft, step: str) -> list[Step]:
    table: list[Step] | None = step_of(draft, step).get("table")
    if table is None:
        raise CommandRefused("edit_no_table")
    return table


def _rule(draft: Draft, step: str, rule: str) -> Step:
    found = next((row for row in _table(draft, step) if row["key"] == rule), None)
    if found is None:
        raise CommandRefused("edit_no_rule", {"rule": rule})
    return found
