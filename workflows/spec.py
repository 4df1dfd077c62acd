"""The structure of a workflow version (決裁経路): its JSON as frozen dataclasses, and what lies before what."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

#: What a person may do at a step, and the outcome that is recorded for it.
OUTCOMES: Mapping[str, str] = {
    "approve": "approved",
    "refuse": "refused",
    "return": "returned",
    "request_correction": "correction",
}
MAY_AT_APPROVAL = ("approve", "return", "request_correction")
MAY_AT_DECISION = ("approve", "refuse", "return", "request_correction")


@dataclass(frozen=True)
class TableRow:
    """One rule (自動承認規則): where its condition holds, its outcome is decided without a person."""

    key: str
    title: str
    outcome: str
    when: Mapping[str, Any]
    legal_basis: str


@dataclass(frozen=True)
class RulesStep:
    """Rules in order; the first that holds decides, and if none does the case goes on."""

    key: str
    title: str
    table: tuple[TableRow, ...]


@dataclass(frozen=True)
class HumanStep:
    """A step at which a person approves or, if ``kind`` is "decision", decides (決裁)."""

    key: str
    kind: str
    title: str
    by: Mapping[str, str]
    working_days: int | None
    may: tuple[str, ...]

    @property
    def is_decision(self) -> bool:
        return self.kind == "decision"

    @property
    def outcomes(self) -> tuple[str, ...]:
        return tuple(OUTCOMES[word] for word in self.may)


@dataclass(frozen=True)
class Branch:
    """Steps to take where the condition holds; without a condition, otherwise."""

    when: Mapping[str, Any] | None
    steps: "tuple[Step, ...]"


@dataclass(frozen=True)
class ChoiceStep:
    """The first branch whose condition holds is taken; if none does, none is."""

    key: str
    title: str
    branches: tuple[Branch, ...]


Step = RulesStep | HumanStep | ChoiceStep


@dataclass(frozen=True)
class WorkflowSpec:
    """A whole workflow, in the order of its document."""

    key: str
    title: str
    steps: tuple[Step, ...]

    @classmethod
    def load(cls, document: Mapping[str, Any]) -> "WorkflowSpec":
        """The structure of a document that schemas.check() found no problem in."""
        return cls(document["workflow"], document["title"], _steps(document["steps"]))

    def every_step(self) -> Iterator[Step]:
        return _flat(self.steps)

    def human_steps(self) -> tuple[HumanStep, ...]:
        return tuple(step for step in self.every_step() if isinstance(step, HumanStep))

    def step(self, key: str) -> Step:
        """The step of that key; raises KeyError if there is none."""
        found = next((step for step in self.every_step() if step.key == key), None)
        if found is None:
            raise KeyError(key)
        return found

    def before(self, key: str) -> tuple[HumanStep, ...]:
        """The steps of people that may lie on the way to this one; not those of a branch beside it."""
        return tuple(step for step in _before(self.steps, key) or () if isinstance(step, HumanStep))

    def redone(self, to: str, at: str) -> frozenset[str]:
        """The steps to be gone through again if a case at ``at`` is returned to ``to``."""
        kept = {step.key for step in self.before(to)}
        return frozenset({step.key for step in self.before(at)} - kept | {at})


def _steps(entries: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(READERS[entry["kind"]](entry) for entry in entries)


def _rules(entry: Mapping[str, Any]) -> RulesStep:
    rows = (
        TableRow(row["key"], row["title"], row["outcome"], row["when"], row.get("legal_basis", ""))
        for row in entry["table"]
    )
    return RulesStep(entry["key"], entry.get("title", ""), tuple(rows))


def _human(entry: Mapping[str, Any]) -> HumanStep:
    default = MAY_AT_DECISION if entry["kind"] == "decision" else MAY_AT_APPROVAL
    may = tuple(entry.get("may", default))
    return HumanStep(entry["key"], entry["kind"], entry["title"], entry["by"], entry.get("working_days"), may)


def _choice(entry: Mapping[str, Any]) -> ChoiceStep:
    branches = (Branch(case.get("when"), _steps(case["steps"])) for case in entry["cases"])
    return ChoiceStep(entry["key"], entry.get("title", ""), tuple(branches))


READERS: Mapping[str, Callable[[Mapping[str, Any]], Step]] = {
    "rules": _rules,
    "approval": _human,
    "decision": _human,
    "choice": _choice,
}


def _flat(steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        if isinstance(step, ChoiceStep):
            for branch in step.branches:
                yield from _flat(branch.steps)


def _before(steps: Sequence[Step], key: str) -> tuple[Step, ...] | None:
    """The steps passed on the way to ``key``; None if it is not among these."""
    passed: tuple[Step, ...] = ()
    for step in steps:
        if step.key == key:
            return passed
        if isinstance(step, ChoiceStep):
            for branch in step.branches:
                inside = _before(branch.steps, key)
                if inside is not None:
                    return passed + inside
        passed += tuple(_flat([step]))
    return None
