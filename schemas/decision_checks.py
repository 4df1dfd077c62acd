"""Decision checks: on every path of a route exactly one decision is reached (決定権者は一人だけにする)."""

from __future__ import annotations

from typing import Any

from schemas.problems import Problem
from schemas.route_parts import parts_of, walk

# How many decisions lie on the paths to a place, and where a path with that number was last seen.
Counts = dict[int, str]


def decision_problems(document: dict[str, Any]) -> list[Problem]:
    """Paths without a decision or with two.  A part (部品) is completed by the workflow that takes it over."""
    found: list[Problem] = []
    ends = _decisions(document["steps"], "/steps", {0: "/steps"}, found)
    if 0 in ends and not document.get("part") and not _is_incomplete(document):
        found.append(Problem(ends[0], "workflow_no_decision", {}))
    return found


def _is_incomplete(document: dict[str, Any]) -> bool:
    """Whether it takes over workflows whose steps are not known yet: publication fills them in and asks again."""
    return any(step["kind"] == "workflow" and "steps" not in step for _at, step in walk(document["steps"], ""))


def _decisions(steps: list[dict[str, Any]], at: str, counts: Counts, found: list[Problem]) -> Counts:
    """The numbers of decisions after these steps; a second decision on a path is noted in `found`."""
    for place, step in enumerate(steps):
        here = f"{at}/{place}"
        if step["kind"] == "decision":
            if 1 in counts:
                found.append(Problem(here, "workflow_second_decision", {"key": step["key"]}))
            counts = {1: here}
        elif step["kind"] == "choice":
            counts = _after_choice(step, here, counts, found)
        elif step["kind"] == "parallel":
            _none_beside(step, here, found)
        elif step["kind"] == "workflow":
            counts = _decisions(step.get("steps", []), f"{here}/steps", counts, found)
    return counts


def _after_choice(step: dict[str, Any], at: str, counts: Counts, found: list[Problem]) -> Counts:
    after: Counts = {}
    for _name, inside, here in parts_of(step, at):
        after.update(_decisions(inside, here, dict.fromkeys(counts, here), found))
    return after


def _none_beside(step: dict[str, Any], at: str, found: list[Problem]) -> None:
    """A decision in a branch might be cut off when enough other branches have agreed."""
    for where, inner in walk([step], ""):
        if inner["kind"] == "decision":
            place = where.removeprefix("/0")
            found.append(Problem(f"{at}{place}", "workflow_decision_in_parallel", {"key": inner["key"]}))
