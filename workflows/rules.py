"""Rules (自動承認規則): what a table says about these facts, and for every row why it does or does not count.

A rule approves or passes a case to a person; it never refuses.  Suspending a row never makes an approval that was not
there before: what it would have decided goes to a person.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.conditions import Finding, explain, holds
from workflows.tables import COLLECT, FIRST, RulesStep, TableRow

APPROVED, PERSON = "approved", "person"
#: Why a case goes to people: a row says so, no row holds, two do where there must be one, or a row is suspended.
NONE, SEVERAL, SUSPENDED = "none", "several", "suspended"
#: Why a row that holds does not count.
NOT_YET, EXPIRED = "not_yet", "expired"


@dataclass(frozen=True)
class Reading:
    """One row held against the facts: whether all of it holds, and what was found for each fact that it names.

    ``state`` says why it does not count even if it holds: "not_yet" or "expired"; or that it is "suspended".
    """

    row: TableRow
    held: bool
    findings: tuple[Finding, ...]
    state: str = ""

    @property
    def counts(self) -> bool:
        """Whether it holds, on a day on which it is valid."""
        return self.held and self.state not in (NOT_YET, EXPIRED)

    @property
    def outcome(self) -> str:
        """What it would decide alone."""
        return SUSPENDED if self.state == SUSPENDED else self.row.outcome

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the decision: JSON, from which the sentences can be told again in any language."""
        told = {"row": self.row.key, "title": self.row.title, "held": self.held}
        found = [finding.as_json() for finding in self.findings]
        return {**told, "findings": found, **({"state": self.state} if self.state else {})}


@dataclass(frozen=True)
class Verdict:
    """What a table says.  ``rows`` are those that it rests on, in their order; ``readings`` are all."""

    outcome: str
    rows: tuple[TableRow, ...]
    readings: tuple[Reading, ...]

    @property
    def is_approval(self) -> bool:
        return self.outcome == APPROVED

    @property
    def conditions(self) -> tuple[str, ...]:
        """What an approval is bound to (附款), each said once."""
        return tuple(dict.fromkeys(text for row in self.rows for text in row.conditions))

    def explanation(self) -> list[dict[str, Any]]:
        """Every row as JSON."""
        return [reading.as_json() for reading in self.readings]


def judge(
    step: RulesStep,
    facts: Mapping[str, Any],
    day: date,
    suspended: Collection[str] = (),
    titles: Mapping[str, str] | None = None,
) -> Verdict:
    """What the table says about these facts on that day, with these rows (keys) suspended.

    Every row is read, also those after the first that holds: an explanation that stops early explains half.
    """
    found = [(row, tuple(explain(row.when, facts, titles))) for row in step.table]
    readings = tuple(
        Reading(row, all(finding.held for finding in findings), findings, _state(row, day, suspended))
        for row, findings in found
    )
    return Verdict(*_outcome(step.hit, [reading for reading in readings if reading.counts]), readings)


def outcome_of(step: RulesStep, facts: Mapping[str, Any], day: date) -> tuple[str, tuple[str, ...]]:
    """The outcome alone with the keys of its rows, nothing suspended and nothing explained."""
    counted = [Reading(row, True, (), _state(row, day, ())) for row in step.table if holds(row.when, facts)]
    outcome, rows = _outcome(step.hit, [reading for reading in counted if reading.counts])
    return outcome, tuple(row.key for row in rows)


def _state(row: TableRow, day: date, suspended: Collection[str]) -> str:
    if row.valid_from and day < row.valid_from:
        return NOT_YET
    if row.valid_until and day > row.valid_until:
        return EXPIRED
    return SUSPENDED if row.key in suspended else ""


def _outcome(hit: str, counted: list[Reading]) -> tuple[str, tuple[TableRow, ...]]:
    if not counted:
        return NONE, ()
    rows = tuple(reading.row for reading in counted)
    if hit == FIRST:
        return counted[0].outcome, rows[:1]
    if hit == COLLECT:
        outcomes = [reading.outcome for reading in counted]
        return next((each for each in (SUSPENDED, PERSON) if each in outcomes), APPROVED), rows
    return (counted[0].outcome if len(counted) == 1 else SEVERAL), rows
