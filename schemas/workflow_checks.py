"""Workflow checks: whether a route can be published, and every person it reaches has a way to decide."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.metaschemas import condition_problems, shape_problems
from schemas.problems import Problem
from schemas.translations import translation_problems

PEOPLE = ("approval", "decision")
# How many decisions lie on the paths to a place, and where a path with that number was last seen.
Counts = dict[int, str]


def workflow_problems(document: dict[str, Any]) -> list[Problem]:
    """What stands in the way of publishing a workflow; pointers are into the document."""
    found = shape_problems("workflow", document)
    if found:
        return found
    return [
        *_repeated_keys(document),
        *_step_problems(document["steps"], "/steps", False),
        *_decision_problems(document),
        *translation_problems(document),
    ]


def walk(steps: list[dict[str, Any]], at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step with its pointer, outer ones first."""
    for place, step in enumerate(steps):
        yield f"{at}/{place}", step
        for number, case in enumerate(step.get("cases", [])):
            yield from walk(case["steps"], f"{at}/{place}/cases/{number}/steps")


def _repeated_keys(document: dict[str, Any]) -> Iterator[Problem]:
    seen: set[str] = set()
    for at, step in walk(document["steps"], "/steps"):
        yield from repeated(at, step["key"], seen)
        rows: set[str] = set()
        for place, row in enumerate(step.get("table", [])):
            yield from repeated(f"{at}/table/{place}", row["key"], rows)


def repeated(at: str, key: str, seen: set[str]) -> Iterator[Problem]:
    """A problem when a key was seen before."""
    if key in seen:
        yield Problem(f"{at}/key", "definition_repeated_key", {"key": key})
    seen.add(key)


def _step_problems(steps: list[dict[str, Any]], at: str, people: bool) -> Iterator[Problem]:
    """Problems of single steps; `people` tells whether a person has had the case before."""
    for place, step in enumerate(steps):
        here = f"{at}/{place}"
        if step["kind"] == "choice":
            yield from _choice_problems(step, here, people)
        elif step["kind"] == "rules":
            for row, rule in enumerate(step["table"]):
                yield from condition_problems(rule["when"], f"{here}/table/{row}/when")
        else:
            yield from _may_problems(step, here, people)
        people = people or _reaches_people(step)


def _reaches_people(step: dict[str, Any]) -> bool:
    return any(inner["kind"] in PEOPLE for _, inner in walk([step], ""))


def _may_problems(step: dict[str, Any], at: str, people: bool) -> Iterator[Problem]:
    may = step.get("may", ["approve"])
    if "refuse" in may and step["kind"] == "approval":
        yield Problem(f"{at}/may/{may.index('refuse')}", "workflow_refuse", {})
    if "return" in may and not people:
        yield Problem(f"{at}/may/{may.index('return')}", "workflow_return", {})
    if "approve" not in may:
        yield Problem(f"{at}/may", "workflow_approve", {})


def _choice_problems(step: dict[str, Any], at: str, people: bool) -> Iterator[Problem]:
    cases = step["cases"]
    for place, case in enumerate(cases):
        here, is_last = f"{at}/cases/{place}", place == len(cases) - 1
        if ("when" in case) == ("otherwise" in case):
            yield Problem(here, "workflow_case", {})
        elif ("otherwise" in case) != is_last:
            yield Problem(here, "workflow_otherwise_missing" if is_last else "workflow_otherwise_last", {})
        yield from condition_problems(case.get("when", {}), f"{here}/when")
        yield from _step_problems(case["steps"], f"{here}/steps", people)


def _decision_problems(document: dict[str, Any]) -> list[Problem]:
    found: list[Problem] = []
    ends = _decisions(document["steps"], "/steps", {0: "/steps"}, found)
    if 0 in ends:
        found.append(Problem(ends[0], "workflow_no_decision", {}))
    return found


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
    return counts


def _after_choice(step: dict[str, Any], at: str, counts: Counts, found: list[Problem]) -> Counts:
    after: Counts = {}
    for number, case in enumerate(step["cases"]):
        here = f"{at}/cases/{number}/steps"
        after.update(_decisions(case["steps"], here, dict.fromkeys(counts, here), found))
    return after
