"""Inclusions: other workflows (部品) inside one, taken over as they stand when it is published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from schemas.problems import Problem
from schemas.route_parts import Steps, walk
from schemas.staff_fields import renamed

#: A published workflow and its number, by its key; None where there is none.
Published = Callable[[str], "tuple[Mapping[str, Any], int] | None"]


def completed(document: Mapping[str, Any], published: Published) -> tuple[dict[str, Any], list[Problem]]:
    """The document with the steps of every workflow that it takes over, and the problems of those not to be had.

    A step taken over keeps its own key behind that of the step that takes it over, so that it may be taken over twice.
    """
    problems = [
        Problem(f"{at}/workflow", "workflow_unknown", {"key": step["workflow"]})
        for at, step in _inclusions(document["steps"])
        if published(step["workflow"]) is None
    ]
    if problems:
        return dict(document), problems
    found = {**document, "steps": [_step(step, published) for step in document["steps"]]}
    translations = _translations(document, published)
    return ({**found, "translations": translations} if translations else found), []


def _inclusions(steps: Steps) -> Iterator[tuple[str, dict[str, Any]]]:
    """The steps that take over a workflow; not those that a workflow taken over had taken over itself."""
    inside: tuple[str, ...] = ()
    for at, step in walk(steps, "/steps"):
        if step["kind"] == "workflow" and not at.startswith(inside or "-"):
            inside += (f"{at}/",)
            yield at, step


def _step(step: dict[str, Any], published: Published) -> dict[str, Any]:
    if step["kind"] == "workflow":
        return _taken_over(step, published)
    return {**step, **_parts(step, lambda inner: _step(inner, published))}


def _taken_over(step: dict[str, Any], published: Published) -> dict[str, Any]:
    found = published(step["workflow"])
    assert found is not None  # noqa: S101 – asked for before
    document, number = found
    return {**step, "version": number, "steps": [_named(inner, step["key"]) for inner in document["steps"]]}


def _named(step: dict[str, Any], outer: str) -> dict[str, Any]:
    """The step and all inside it, under keys that begin with that of the step that takes it over."""
    step = renamed(step, outer)
    parts = _parts(step, lambda inner: _named(inner, outer))
    if "steps" in step:
        parts["steps"] = [_named(inner, outer) for inner in step["steps"]]
    return {**step, **parts, "key": f"{outer}__{step['key']}"}


def _parts(step: dict[str, Any], change: Callable[[dict[str, Any]], dict[str, Any]]) -> dict[str, Any]:
    """The cases and branches of a step with every step in them changed."""
    lists = {name: step[name] for name in ("cases", "branches") if name in step}
    return {
        name: [{**row, "steps": [change(inner) for inner in row["steps"]]} for row in rows]
        for name, rows in lists.items()
    }


def _translations(document: Mapping[str, Any], published: Published) -> dict[str, dict[str, str]]:
    """The translations of the document and of what it takes over; its own win."""
    merged: dict[str, dict[str, str]] = {}
    for at, step in _inclusions(document["steps"]):
        found = published(step["workflow"])
        for language, texts in (found[0].get("translations", {}) if found else {}).items():
            inside = {at + where: text for where, text in texts.items() if where.startswith("/steps/")}
            merged.setdefault(language, {}).update(inside)
    for language, texts in document.get("translations", {}).items():
        merged.setdefault(language, {}).update(texts)
    return merged
