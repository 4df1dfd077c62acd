"""Rule checks: whether a table of rules can be read in one way, and a step is watched in one way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.metaschemas import condition_problems
from schemas.problems import Problem

SAMPLING = ("sample", "sample_to")


def rule_problems(step: dict[str, Any], at: str) -> Iterator[Problem]:
    """What is wrong with a table of rules (自動承認規則) and with how a sample of its approvals is read."""
    for place, row in enumerate(step["table"]):
        yield from _row_problems(row, f"{at}/table/{place}")
    yield from _sample_problems(step, at)


def _row_problems(row: dict[str, Any], at: str) -> Iterator[Problem]:
    yield from condition_problems(row["when"], f"{at}/when")
    if row.get("valid_from", "") > row.get("valid_until", "9999-12-31"):
        yield Problem(f"{at}/valid_until", "workflow_rule_period", {"key": row["key"]})
    if row["outcome"] == "person" and "conditions" in row:
        yield Problem(f"{at}/conditions", "workflow_rule_conditions", {"key": row["key"]})


def _sample_problems(step: dict[str, Any], at: str) -> Iterator[Problem]:
    named = [name for name in SAMPLING if name in step]
    if named and "sample_percent" not in step:
        yield Problem(f"{at}/{named[0]}", "workflow_sample_alone", {"names": named})
    if step.get("sample") == "after" and "sample_to" not in step:
        yield Problem(f"{at}/sample", "workflow_sample_to", {})


def watch_problems(step: dict[str, Any], at: str) -> Iterator[Problem]:
    """What is wrong with when a step of people is reminded of, and when somebody above hears of it."""
    if ("escalate_after" in step) != ("escalate_to" in step):
        yield Problem(at, "workflow_escalate", {"key": step["key"]})
    if step.get("remind_after", 0) > step.get("working_days", step.get("remind_after", 0)):
        yield Problem(f"{at}/remind_after", "workflow_remind_late", {"key": step["key"]})
