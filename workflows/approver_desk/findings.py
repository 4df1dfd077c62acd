"""What the rules (自動承認規則) found about a case, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.conditions import Finding
from workflows.cases import Case
from workflows.decisions import Decision


@dataclass(frozen=True)
class RuleReading:
    """One row of the table: its title, whether all of it held, and for each condition whether it held, in words.

    ``state`` says why the row did not count all the same: "not_yet", "expired" or "suspended".
    """

    title: str
    held: bool
    sentences: Sequence[tuple[bool, str]]
    state: str = ""


def readings(case: Case, decisions: Iterable[Decision], language: str) -> list[RuleReading]:
    """As they were when a rule decided, or else when the tables were last read on the way."""
    titles = case.subject.fact_titles(language)
    by_rule = next((decision for decision in decisions if decision.is_by_rule), None)
    rows: Iterable[Any] = by_rule.explanation if by_rule else _last_read(case)
    return [_reading(row, titles, language) for row in rows]


def _last_read(case: Case) -> list[Mapping[str, Any]]:
    last = {assessment.step: assessment.explanation for assessment in case.assessments.all()}
    return [row for explanation in last.values() for row in explanation]


def _reading(row: Mapping[str, Any], titles: Mapping[str, str], language: str) -> RuleReading:
    found = [Finding(**finding) for finding in row["findings"]]
    sentences = [(each.held, each.message(language, titles)) for each in found]
    return RuleReading(row["title"], row["held"], sentences, row.get("state", ""))
