"""Rules (自動承認規則): which row of a table holds for these facts, and for every row why it does or does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.conditions import Finding, explain, holds
from workflows.spec import TableRow


@dataclass(frozen=True)
class Reading:
    """One row held against the facts: whether all of it holds, and what was found for each fact that it names."""

    row: TableRow
    held: bool
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Match:
    """The first row that holds, if any, and how every row read."""

    row: TableRow | None
    readings: tuple[Reading, ...]

    def explanation(self) -> list[dict[str, Any]]:
        """As it is kept with the decision: JSON, from which the sentences can be told again in any language."""
        return [
            {
                "row": reading.row.key,
                "title": reading.row.title,
                "held": reading.held,
                "findings": [finding.as_json() for finding in reading.findings],
            }
            for reading in self.readings
        ]


def first_match(table: Sequence[TableRow], facts: Mapping[str, Any], titles: Mapping[str, str]) -> Match:
    """Read every row, also those after the first that holds: an explanation that stops early explains half."""
    readings = tuple(_read(row, facts, titles) for row in table)
    return Match(next((reading.row for reading in readings if reading.held), None), readings)


def _read(row: TableRow, facts: Mapping[str, Any], titles: Mapping[str, str]) -> Reading:
    return Reading(row, holds(row.when, facts), tuple(explain(row.when, facts, titles)))
