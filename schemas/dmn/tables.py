"""Tables (表): the rules (自動承認規則) and the authority (専決) of a workflow as rows and columns."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from schemas.dmn.feel import ANY, NEVER, Unsayable, fact_name, literal, test_of

#: The day on which a row has to be valid, as a further fact.
DAY = "判定日"
NOTES = ("規則", "根拠", "責任者", "有効期間", "注意")


@dataclass(frozen=True)
class Row:
    """One row: a test for each input, an entry for each output, and what people should know of it.

    ``row`` is the row as the workflow has it.
    """

    id: str
    tests: Sequence[str]
    results: Sequence[str]
    notes: Sequence[str]
    row: Mapping[str, Any]


@dataclass(frozen=True)
class Table:
    """One decision table.  ``inputs`` are facts by name with their expressions; ``outputs`` with their defaults."""

    id: str
    title: str
    hit: str
    inputs: Mapping[str, str]
    outputs: Mapping[str, str]
    rows: Sequence[Row] = field(default_factory=list)


def tables_of(steps: Sequence[Mapping[str, Any]]) -> Iterator[Table]:
    """The tables of all steps, in the order of the document."""
    for step in steps:
        if step["kind"] == "rules":
            yield _rules(step)
        if "authority" in step:
            yield _authority(step)
        for part in (*step.get("cases", ()), *step.get("branches", ())):
            yield from tables_of(part["steps"])
        yield from tables_of(step.get("steps", ()))


def _rules(step: Mapping[str, Any]) -> Table:
    """Where no row holds a person looks."""
    table = step["table"]
    facts = list(dict.fromkeys(name for row in table for name in row["when"]))
    has_days = any("valid_from" in row or "valid_until" in row for row in table)
    outputs = {"outcome": '"person"'}
    if any("conditions" in row for row in table):
        outputs["conditions"] = "[]"
    title, hit = step.get("title", step["key"]), str(step.get("hit", "first")).upper()
    rows = [_rule(step, row, facts, has_days, len(outputs) > 1) for row in table]
    return Table(step["key"], title, hit, _inputs(facts, has_days), outputs, rows)


def _rule(step: Mapping[str, Any], row: Mapping[str, Any], facts: Sequence[str], has_days: bool, bound: bool) -> Row:
    tests, unsaid = _tests(row["when"], facts)
    tests += [_days(row)] if has_days else []
    results = [literal(row["outcome"])]
    results += [f"[{', '.join(map(literal, row.get('conditions', ())))}]"] if bound else []
    notes = (row["title"], row.get("legal_basis", ""), _owner(row), _period(row), unsaid)
    return Row(f"{step['key']}-{row['key']}", tests, results, notes, row)


def _authority(step: Mapping[str, Any]) -> Table:
    rows = step["authority"]
    facts = list(dict.fromkeys(name for row in rows for name in row.get("when", {})))
    made = []
    for number, row in enumerate(rows, start=1):
        tests, unsaid = _tests(row.get("when", {}), facts)
        notes = (row.get("title", ""), "", "", "", unsaid)
        by = literal(json.dumps(row["by"], ensure_ascii=False, sort_keys=True))
        made.append(Row(f"{step['key']}-{number}", tests, [by], notes, row))
    return Table(step["key"], f"{step['title']}（専決）", "FIRST", _inputs(facts, False), {"by": ""}, made)


def _inputs(facts: Sequence[str], has_days: bool) -> dict[str, str]:
    found = {name: _expression(name) for name in facts}
    return {**found, DAY: DAY} if has_days else found


def _expression(name: str) -> str:
    try:
        return fact_name(name)
    except Unsayable:
        return "null"


def _tests(when: Mapping[str, Any], facts: Sequence[str]) -> tuple[list[str], str]:
    """A test for each fact; where FEEL has no word for a condition the row never holds, and a note says so."""
    tests, unsaid = [], []
    for name in facts:
        try:
            tests.append(test_of(when[name]) if name in when else ANY)
        except Unsayable as keyword:
            tests.append(NEVER)
            unsaid.append(f"「{name}」の条件({keyword})はFEELで表せないため、この表では当てはまりません")
    return tests, "。".join(unsaid)


def _days(row: Mapping[str, Any]) -> str:
    since, until = (f"date({literal(row[name])})" if name in row else "" for name in ("valid_from", "valid_until"))
    if since and until:
        return f"[{since}..{until}]"
    return f">= {since}" if since else f"<= {until}" if until else ANY


def _owner(row: Mapping[str, Any]) -> str:
    return "・".join(str(value) for value in row.get("owner", {}).values())


def _period(row: Mapping[str, Any]) -> str:
    if "valid_from" not in row and "valid_until" not in row:
        return ""
    return f"{row.get('valid_from', '')}〜{row.get('valid_until', '')}"
