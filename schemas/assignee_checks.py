"""Assignee checks: whether a step says for whom it waits, in one way and not in two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.problems import Problem
from schemas.row_checks import alternatives

#: Ways to name whom a step waits for; what may stand beside each.
WAYS: dict[str, set[str]] = {
    "superior_of": set(),
    "fact": {"role"},
    "department_of": {"role"},
    "department": {"role"},
    "role": {"department", "department_of", "fact"},
}


def assignee_problems(step: dict[str, Any], at: str) -> Iterator[Problem]:
    """What is wrong with whom a step waits for, its table of authority and its substitutes."""
    if step["kind"] in ("approval", "decision"):
        yield from _by_problems(step, at)
    for where, by in _assignees(step, at):
        yield from _way_problems(by, where)


def _by_problems(step: dict[str, Any], at: str) -> Iterator[Problem]:
    if ("by" in step) == ("authority" in step):
        yield Problem(at, "workflow_by", {"key": step["key"]})
    for word in ("authority", "substitutes"):
        if word in step and step["kind"] != "decision":
            yield Problem(f"{at}/{word}", f"workflow_{word}", {"key": step["key"]})
    yield from alternatives(step.get("authority", []), f"{at}/authority", "workflow_authority_missing")


def _assignees(step: dict[str, Any], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for name in ("by", "escalate_to", "sample_to"):
        if name in step:
            yield f"{at}/{name}", step[name]
    for name in ("authority", "members"):
        for place, row in enumerate(step.get(name, [])):
            yield f"{at}/{name}/{place}/by", row["by"]
    for name in ("substitutes", "to"):
        listed = step.get(name, [])
        for place, by in enumerate(listed if isinstance(listed, list) else [listed]):
            if isinstance(by, dict):
                yield f"{at}/{name}" + (f"/{place}" if isinstance(listed, list) else ""), by


def _way_problems(by: dict[str, Any], at: str) -> Iterator[Problem]:
    for way in by:
        if set(by) - {way} - WAYS[way]:
            yield Problem(at, "workflow_assignee", {"names": sorted(by)})
            return
    if set(by) == {"department_of"}:
        yield Problem(at, "workflow_department_of", {})
