"""What rules said stays with the case: which rows, why, on which day, and who reads the sample."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows import assessments
from workflows.assessments import Assessment, assess, is_sampled
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.keyring import keyed_hash
from workflows.readings import close_reading
from workflows.staff import StaffMember
from workflows.tables import RulesStep

pytestmark = pytest.mark.django_db
Opened = Callable[..., Case]


def ruled(rows: dict[str, Any] | None = None, **words: Any) -> dict[str, Any]:
    """The workflow with rules, each row and the step with something more."""
    table = [{**row, **(rows or {})} for row in documents.RULES["table"]]  # type: ignore[union-attr]
    return {**documents.RULED, "steps": [{**documents.RULES, "table": table, **words}, *documents.RULED["steps"][1:]]}


def said(case: Case) -> tuple[str, list[str], str]:
    found = Assessment.objects.get(case=case)
    return found.outcome, found.rows, found.sampled


def test_what_no_rule_holds_for_is_explained_on_the_case(opened: Opened) -> None:
    case = opened(documents.RULED)
    found = Assessment.objects.get(case=case)
    assert (found.outcome, found.facts) == ("none", {"fee": 5000})
    assert [(row["row"], row["held"]) for row in found.explanation] == [("renewal", False), ("small", False)]
    assert waiting_task(case).step == "review"


def test_two_hits_where_there_must_be_one_go_to_a_person_and_say_so(opened: Opened) -> None:
    case = opened(ruled(hit="unique"), answers={"renewal": True, "fee": 500})
    assert said(case) == ("several", ["renewal", "small"], "")
    assert (waiting_task(case).step, case.decisions.count()) == ("review", 0)


def test_gathered_rules_sign_one_decision_with_their_conditions(opened: Opened) -> None:
    case = opened(ruled({"conditions": ["つなぐこと"]}, hit="collect"), answers={"renewal": True, "fee": 500})
    decision = case.decisions.get()
    assert (decision.actor, decision.actor_name) == ("rule:renewal+small", "更新・少額")
    assert decision.conditions == read_again(case).subject.conditions == ["つなぐこと"]


@pytest.mark.parametrize(("days", "outcome"), [(0, "approved"), (-1, "none")])
def test_a_row_counts_on_its_last_day_and_not_after(opened: Opened, days: int, outcome: str) -> None:
    until = (localdate() + timedelta(days=days)).isoformat()
    assert said(opened(ruled({"valid_until": until}), answers={"renewal": True}))[0] == outcome


@pytest.mark.parametrize(("judged_on", "outcome"), [("arrival", "approved"), ("decision", "none")])
def test_the_day_of_arrival_or_of_decision_counts(opened: Opened, judged_on: str, outcome: str) -> None:
    until = (localdate() - timedelta(days=1)).isoformat()
    case = opened(ruled({"valid_until": until}, judged_on=judged_on), answers={"renewal": True})
    Case.objects.filter(pk=case.pk).update(created=case.created - timedelta(days=2))
    case = read_again(case)
    step = case.spec.step("rules")
    assert isinstance(step, RulesStep)
    assert assess(case, step)[0].outcome == outcome


def test_the_whole_sample_sees_a_person_before_it_is_approved(opened: Opened, sato: StaffMember) -> None:
    case = opened(ruled(sample_percent=100), answers={"renewal": True})
    assert said(case) == ("approved", ["renewal"], "before")
    assert (case.is_open, case.decisions.count(), waiting_task(case).step) == (True, 0, "review")
    decide(waiting_task(case), "approved", sato)
    assert waiting_task(case).step == "decide"


def test_a_sample_afterwards_is_approved_and_to_be_read(opened: Opened, yoshino: StaffMember) -> None:
    words = {"sample_percent": 100, "sample": "after", "sample_to": {"role": "section_chief"}}
    case = opened(ruled(**words), answers={"renewal": True})
    assert (read_again(case).outcome, said(case)[2]) == ("approved", "after")
    task = Task.objects.get(process=case, finished=None)
    assert (task.kind, task.waits_for(yoshino)) == ("later_reading", True)
    assert close_reading(task, yoshino).outcome == "read"


def test_who_is_in_the_sample_can_be_checked_and_not_foreseen(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    step = RulesStep("rules", "", (), sample_percent=30)
    cases = [Case() for _ in range(400)]
    drawn = [is_sampled(case, step) for case in cases]
    assert drawn == [is_sampled(case, step) for case in cases]
    assert 60 < sum(drawn) < 180
    assert all(is_sampled(case, RulesStep("rules", "", (), sample_percent=100)) for case in cases)
    monkeypatch.setattr(assessments, "keyed_hash", lambda text, purpose: keyed_hash(text, "another key"))
    assert drawn != [is_sampled(case, step) for case in cases]
