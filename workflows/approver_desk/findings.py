"""What the rules (自動承認規則) found about a case, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.conditions import Finding
from schemas.staff_fields import is_entry
from workflows.cases import Case
from workflows.decisions import Decision
from workflows.staff_fields import titles_of


@dataclass(frozen=True)
class RuleReading:
    """One row of the table: its title, whether all of it held, and for each condition whether it held, in words.

    ``state`` says why the row did not count all the same: "not_yet", "expired" or "suspended".
    """

    title: str
    held: bool
    sentences: Sequence[tuple[bool, str]]
    state: str = ""


def readings(case: Case, decisions: Iterable[Decision], language: str, is_outsider: bool = False) -> list[RuleReading]:
    """As they were when a rule decided, or else when the tables were last read on the way.

    What was asked of the entries of staff (職員記入欄) is left out for an outsider.
    """
    titles = {**case.subject.fact_titles(language), **titles_of(case.spec, language)}
    by_rule = next((decision for decision in decisions if decision.is_by_rule), None)
    rows: Iterable[Any] = by_rule.explanation if by_rule else _last_read(case)
    return [_reading(row, titles, language, is_outsider) for row in rows]


def _last_read(case: Case) -> list[Mapping[str, Any]]:
    last = {assessment.step: assessment.explanation for assessment in case.assessments.all()}
    return [row for explanation in last.values() for row in explanation]


def _reading(row: Mapping[str, Any], titles: Mapping[str, str], language: str, is_outsider: bool) -> RuleReading:
    shown = (finding for finding in row["findings"] if not (is_outsider and is_entry(finding["fact"])))
    found = [Finding(**finding) for finding in shown]
    sentences = [(each.held, each.message(language, titles)) for each in found]
    return RuleReading(row["title"], row["held"], sentences, row.get("state", ""))
