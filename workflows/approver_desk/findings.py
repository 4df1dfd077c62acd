"""What the rules (自動承認規則) found about a case, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.conditions import Finding
from workflows.cases import Case
from workflows.decisions import Decision
from workflows.rules import first_match
from workflows.spec import RulesStep


@dataclass(frozen=True)
class RuleReading:
    """One row of the table: its title, whether all of it held, and for each condition whether it held, in words."""

    title: str
    held: bool
    sentences: Sequence[tuple[bool, str]]


def readings(case: Case, decisions: Iterable[Decision], language: str) -> list[RuleReading]:
    """As they were when a rule decided; where none did, as the table reads the facts now."""
    titles = case.subject.fact_titles(language)
    by_rule = next((decision for decision in decisions if decision.is_by_rule), None)
    rows = by_rule.explanation if by_rule else [row for step in _tables(case) for row in _read(case, step, titles)]
    return [_reading(row, titles, language) for row in rows]


def _tables(case: Case) -> list[RulesStep]:
    return [step for step in case.spec.every_step() if isinstance(step, RulesStep)]


def _read(case: Case, step: RulesStep, titles: Mapping[str, str]) -> list[dict[str, Any]]:
    return first_match(step.table, case.facts, titles).explanation()


def _reading(row: Mapping[str, Any], titles: Mapping[str, str], language: str) -> RuleReading:
    found = [Finding(**finding) for finding in row["findings"]]
    return RuleReading(row["title"], row["held"], [(each.held, each.message(language, titles)) for each in found])
