"""Whoever publishes a new version sees how many cases run on the old ones, and where they wait."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.workflows import documents
from tests.workflows.conftest import waiting_task
from workflows import standings as counting
from workflows.cases import Case
from workflows.decisions import decide
from workflows.definitions import publish
from workflows.staff import StaffMember
from workflows.standings import Standing, standings
from workflows.withdrawal import withdraw

Opened = Callable[..., Case]
SECOND = {**documents.LINE, "title": "改訂"}


@pytest.mark.both
def test_cases_are_counted_by_version_and_step(opened: Opened, sato: StaffMember) -> None:
    first, asked, _third = opened(), opened(), opened()
    decide(waiting_task(first), "approved", sato)
    decide(waiting_task(asked), "correction", sato, comment="理由")
    opened(SECOND)
    withdraw(opened(SECOND))
    steps = {"decide": 1, "applicant": 1, "review": 1}
    assert standings("line") == [Standing(1, 3, False, steps), Standing(2, 1, False, {"review": 1})]


def test_case_that_waits_in_several_branches_is_one_case(opened: Opened) -> None:
    branches = [{"steps": [{**documents.REVIEW, "key": key, "may": ["approve"]}]} for key in ("one", "two")]
    block = {"key": "both", "kind": "parallel", "if_not_agreed": "continue", "branches": branches}
    opened({**documents.LINE, "steps": [block, {**documents.DECIDE, "may": ["approve"]}]})
    assert standings("line") == [Standing(1, 1, False, {"one": 1, "two": 1})]


def test_counting_ends_somewhere(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "CAP", 2)
    for _ in range(3):
        opened()
    assert standings("line") == [Standing(1, 2, True, {"review": 2})]


def test_counting_costs_two_statements_a_version(opened: Opened) -> None:
    for _ in range(5):
        opened()
    publish(SECOND)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        standings("line")
    assert len(seen) == 4  # the versions, two for the one with cases, one for the one without
    assert standings("nowhere") == []
