"""Places in a route (位置): what lies before, beside and around a step in a block-structured list of steps.

Steps that hold others have ``branches`` (a choice, a parallel block) or ``steps`` (a workflow taken over).
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workflows.spec import ParallelStep, Step

#: Kinds of blocks all of whose branches are taken, beside each other.
BESIDE = ("parallel", "consultation")


def inner(step: Any) -> "list[tuple[Step, ...]]":
    """The lists of steps inside a step; none for most."""
    if hasattr(step, "branches"):
        return [branch.steps for branch in step.branches]
    return [step.steps] if hasattr(step, "steps") else []


def is_block(step: Any) -> bool:
    """Whether the branches of a step run beside each other."""
    return getattr(step, "kind", "") in BESIDE and hasattr(step, "branches")


def flat(steps: "Sequence[Step]") -> "Iterator[Step]":
    """Every step, outer ones first."""
    for step in steps:
        yield step
        for inside in inner(step):
            yield from flat(inside)


def holds(step: "Step", key: str) -> bool:
    """Whether the step of that key is this one or stands inside it."""
    return any(each.key == key for each in flat([step]))


def before(steps: "Sequence[Step]", key: str) -> "tuple[Step, ...] | None":
    """The steps passed on the way to ``key``, a parallel block as one; None if it is not among these."""
    passed: tuple[Step, ...] = ()
    for step in steps:
        if step.key == key:
            return passed
        for inside in inner(step):
            found = before(inside, key)
            if found is not None:
                return passed + found
        passed += tuple(_units(step))
    return None


def _units(step: "Step") -> "Iterator[Step]":
    """A step as it is passed: choices and workflows taken over are looked into, parallel blocks are not."""
    yield step
    if not is_block(step):
        for inside in inner(step):
            for each in inside:
                yield from _units(each)


def beside(steps: "Sequence[Step]", key: str) -> set[str]:
    """The keys of all that stands in other branches of the parallel blocks around ``key``."""
    found: set[str] = set()
    for block in blocks(steps, key) or ():
        for inside in inner(block):
            if not any(holds(step, key) for step in inside):
                found |= {step.key for step in flat(inside)}
    return found


def since(steps: "Sequence[Step]", key: str) -> "list[Step]":
    """The step of that key and every one that the document names after it."""
    every = list(flat(steps))
    return every[next(place for place, step in enumerate(every) if step.key == key) :]


def blocks(steps: "Sequence[Step]", key: str) -> "tuple[ParallelStep, ...] | None":
    """The parallel blocks around ``key``, outer ones first; None if it is not among these steps."""
    for step in steps:
        if step.key == key:
            return ()
        for inside in inner(step):
            found = blocks(inside, key)
            if found is not None:
                return (step, *found) if is_block(step) else found  # type: ignore[arg-type]
    return None


def ahead(steps: "Sequence[Step]", key: str) -> "Iterator[Step]":
    """The steps that follow ``key`` in the order in which they are taken; choices come whole, what is in them does not.

    Inside a parallel block it ends with the branch.
    """
    for place, step in enumerate(steps):
        if step.key == key:
            yield from steps[place + 1 :]
            return
        if any(holds(each, key) for inside in inner(step) for each in inside):
            for inside in inner(step):
                if any(holds(each, key) for each in inside):
                    yield from ahead(inside, key)
            if not is_block(step):
                yield from steps[place + 1 :]
            return
