"""Parts of a route: the lists of steps inside a step, and what a step's place says about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

Steps = list[dict[str, Any]]


@dataclass(frozen=True)
class Place:
    """What holds for a step where it stands: whether a person has had the case, whether it is decided, and how many
    parallel blocks are around it."""

    people: bool = False
    decided: bool = False
    blocks: int = 0

    def after(self, people: bool, decided: bool) -> Place:
        """The place after a step in which people had the case, or decided it."""
        return replace(self, people=self.people or people, decided=self.decided or decided)

    def inside(self, step: dict[str, Any]) -> Place:
        """The place at the beginning of a list inside this step."""
        return replace(self, blocks=self.blocks + (step["kind"] == "parallel"))


def parts_of(step: dict[str, Any], at: str) -> Iterator[tuple[str, Steps, str]]:
    """The lists of steps inside a step: under which name, the list, and its pointer."""
    for name in ("cases", "branches"):
        for number, part in enumerate(step.get(name, [])):
            yield name, part["steps"], f"{at}/{name}/{number}/steps"
    if step["kind"] == "workflow" and "steps" in step:
        yield "steps", step["steps"], f"{at}/steps"


def walk(steps: Steps, at: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every step with its pointer, outer ones first."""
    for place, step in enumerate(steps):
        yield f"{at}/{place}", step
        for _name, inside, where in parts_of(step, f"{at}/{place}"):
            yield from walk(inside, where)


def member_key(consultation: str, number: int) -> str:
    """The key of the step of one member of a consultation, counted from 1."""
    return f"{consultation}__{number}"
