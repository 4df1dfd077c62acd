"""What is said about rules and reminders that could not be followed."""

from typing import Any

import pytest

from schemas.definitions import check
from tests.workflows import documents

ROW = documents.RULES["table"][0]  # type: ignore[index]


def codes(row: dict[str, Any] | None = None, step: dict[str, Any] | None = None) -> list[tuple[str, str]]:
    rules = {**documents.RULES, "table": [{**ROW, **(row or {})}], **(step or {})}
    found = check({**documents.RULED, "steps": [rules, documents.REVIEW, documents.DECIDE]})
    assert all(problem.message() and problem.message("en") for problem in found)
    return [(problem.pointer.removeprefix("/steps/0"), problem.code) for problem in found]


def test_a_row_with_all_that_it_may_have_is_published() -> None:
    row = {"owner": {"department": "environment"}, "valid_from": "2026-04-01", "valid_until": "2027-03-31"}
    sample = {"sample_percent": 2.5, "sample": "after", "sample_to": {"role": "section_chief"}}
    assert (
        codes({**row, "conditions": ["鑑札を付けること"]}, {"hit": "collect", "judged_on": "arrival", **sample}) == []
    )


@pytest.mark.parametrize("outcome", ["refused", "rejected", "correction", "returned", ""])
def test_no_rule_refuses(outcome: str) -> None:
    assert [pointer for pointer, _code in codes({"outcome": outcome})] == ["/table/0/outcome"]


@pytest.mark.parametrize(
    ("row", "step", "expected"),
    [
        (
            {"valid_from": "2026-05-01", "valid_until": "2026-04-01"},
            {},
            ("/table/0/valid_until", "workflow_rule_period"),
        ),
        ({"outcome": "person", "conditions": ["x"]}, {}, ("/table/0/conditions", "workflow_rule_conditions")),
        ({}, {"sample": "before"}, ("/sample", "workflow_sample_alone")),
        ({}, {"sample_percent": 5, "sample": "after"}, ("/sample", "workflow_sample_to")),
    ],
)
def test_what_contradicts_itself_is_said(row: dict[str, Any], step: dict[str, Any], expected: tuple[str, str]) -> None:
    assert codes(row, step) == [expected]


def test_a_day_that_does_not_exist_and_two_owners_are_refused() -> None:
    assert codes({"valid_from": "2026-02-30"})[0][0] == "/table/0/valid_from"
    assert codes({"owner": {"department": "a", "login": "b"}})[0][0] == "/table/0/owner"


@pytest.mark.parametrize(
    ("words", "code"),
    [({"escalate_after": 3}, "workflow_escalate"), ({"remind_after": 5, "working_days": 2}, "workflow_remind_late")],
)
def test_a_step_is_watched_in_one_way(words: dict[str, Any], code: str) -> None:
    step = {**documents.REVIEW, **words}
    assert [problem.code for problem in check({**documents.LINE, "steps": [step, documents.DECIDE]})] == [code]
