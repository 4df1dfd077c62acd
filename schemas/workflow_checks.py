"""Workflow checks: whether a route can be published, and every person it reaches has a way to decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.assignee_checks import assignee_problems
from schemas.decision_checks import decision_problems
from schemas.metaschemas import shape_problems
from schemas.problems import Problem
from schemas.route_parts import Place, member_key, parts_of, walk
from schemas.row_checks import alternatives
from schemas.rule_checks import rule_problems, watch_problems
from schemas.staff_fields import staff_field_problems
from schemas.translations import translation_problems

PEOPLE = ("approval", "decision", "consultation")
#: How many parallel blocks may stand inside each other.
DEEPEST = 5
#: A step taken over bears the keys of all that took it over, and has to fit where steps are written down.
LONGEST_KEY = 85


def workflow_problems(document: dict[str, Any]) -> list[Problem]:
    """What stands in the way of publishing a workflow; pointers are into the document."""
    found = shape_problems("workflow", document)
    if found:
        return found
    return [
        *_repeated_keys(document),
        *_step_problems(document["steps"], "/steps", Place()),
        *decision_problems(document),
        *_self_problems(document),
        *staff_field_problems(document),
        *translation_problems(document),
    ]


def _repeated_keys(document: dict[str, Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, step in walk(document["steps"], "/steps"):
        yield from repeated(at, step["key"], seen)
        if len(step["key"]) > LONGEST_KEY:
            yield Problem(f"{at}/key", "workflow_long_key", {"key": step["key"], "limit": LONGEST_KEY})
        for number, _member in enumerate(step.get("members", []), start=1):
            yield from repeated(at, member_key(step["key"], number), seen)
        rows: set[str] = set()
        for place, row in enumerate(step.get("table", [])):
            yield from repeated(f"{at}/table/{place}", row["key"], rows)


def repeated(at: str, key: str, seen: set[str]) -> Iterator[Problem]:
    """A problem when a key was seen before."""
    if key in seen:
        yield Problem(f"{at}/key", "definition_repeated_key", {"key": key})
    seen.add(key)


def _self_problems(document: dict[str, Any]) -> Iterator[Problem]:
    for at, step in walk(document["steps"], "/steps"):
        if step["kind"] == "workflow" and step["workflow"] == document["workflow"]:
            yield Problem(f"{at}/workflow", "workflow_in_itself", {"key": step["workflow"]})


def _step_problems(steps: list[dict[str, Any]], at: str, place: Place) -> Iterator[Problem]:
    """Problems of single steps, each by what has happened before it and what it stands in."""
    for number, step in enumerate(steps):
        here = f"{at}/{number}"
        yield from assignee_problems(step, here)
        yield from _by_kind(step, here, place)
        for _name, inside, where in parts_of(step, here):
            yield from _step_problems(inside, where, place.inside(step))
        place = place.after(people=_reaches(step, PEOPLE), decided=_reaches(step, ("decision",)))


def _by_kind(step: dict[str, Any], here: str, place: Place) -> Iterator[Problem]:
    kind = step["kind"]
    if kind == "choice":
        yield from alternatives(step["cases"], f"{here}/cases", "workflow_otherwise_missing")
    elif kind == "rules":
        yield from _rules_problems(step, here, place)
    elif kind in PEOPLE:
        yield from _may_problems(step, here, place)
        yield from watch_problems(step, here)
    if kind in ("parallel", "consultation"):
        yield from _block_problems(step, here, place)


def _reaches(step: dict[str, Any], kinds: tuple[str, ...]) -> bool:
    return any(inner["kind"] in kinds for _, inner in walk([step], ""))


def _rules_problems(step: dict[str, Any], here: str, place: Place) -> Iterator[Problem]:
    if place.blocks:
        yield Problem(f"{here}/kind", "workflow_rules_in_parallel", {"key": step["key"]})
    if place.decided:
        yield Problem(f"{here}/kind", "workflow_rules_late", {"key": step["key"]})
    yield from rule_problems(step, here)


def _may_problems(step: dict[str, Any], at: str, place: Place) -> Iterator[Problem]:
    may = step.get("may", ["approve"])
    decides = step["kind"] == "decision"
    agrees = step["kind"] == "consultation" or bool(place.blocks)
    refused = {
        "refuse": (not decides, "workflow_refuse"),
        "approve_with_conditions": (not decides, "workflow_conditions"),
        "object": (not agrees, "workflow_object"),
        "return": (not place.people, "workflow_return"),
        "request_correction": (place.decided, "workflow_correction_late"),
        "pull_up": (not place.people, "workflow_pull_up"),
    }
    for number, word in enumerate(may):
        wrong, code = refused.get(word, (False, ""))
        if wrong:
            yield Problem(f"{at}/may/{number}", code, {})
    if "approve" not in may:
        yield Problem(f"{at}/may", "workflow_approve", {})


def _block_problems(step: dict[str, Any], here: str, place: Place) -> Iterator[Problem]:
    branches = step["branches"] if step["kind"] == "parallel" else step["members"]
    total = 1 if step.get("order") == "sequence" else len(branches)
    need = step.get("need", "all")
    if isinstance(need, int) and need > total:
        yield Problem(f"{here}/need", "workflow_need", {"need": need, "branches": total})
    if step.get("if_not_agreed", "return") == "return" and not place.people:
        yield Problem(here, "workflow_not_agreed", {"key": step["key"]})
    if place.blocks >= DEEPEST:
        yield Problem(here, "workflow_too_deep", {"limit": DEEPEST})
    for _name, inside, where in parts_of(step, here):
        if not any(_reaches(each, PEOPLE) for each in inside):
            yield Problem(where, "workflow_branch_nobody", {})
