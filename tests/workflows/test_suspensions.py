"""A rule that went wrong is stopped with one act, everywhere at once, and it stays known who did that and why."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from tests.workflows import documents
from tests.workflows.conftest import waiting_task
from tests.workflows.test_contention import at_once
from workflows.assessments import Assessment
from workflows.audit import AuditEntry
from workflows.cases import Case
from workflows.definitions import publish
from workflows.staff import StaffMember
from workflows.suspensions import Suspension, SuspensionRefused, resume, suspend

pytestmark = pytest.mark.django_db
Opened = Callable[..., Case]
OWNED: list[dict[str, Any]] = [
    {**row, "owner": {"department": "environment"}}
    for row in documents.RULES["table"]  # type: ignore[union-attr]
]
RULED = {**documents.RULED, "steps": [{**documents.RULES, "table": OWNED}, *documents.RULED["steps"][1:]]}
ROW = ("ruled", "rules", "renewal")
RENEWAL = {"renewal": True, "fee": 500}


def test_a_suspended_rule_decides_nothing_until_it_is_resumed(opened: Opened, sato: StaffMember) -> None:
    publish(RULED)
    suspend(*ROW, sato, "誤って承認した例があった")
    case = opened(RULED, answers=RENEWAL)
    assert waiting_task(case).step == "review"
    assert Assessment.objects.get(case=case).outcome == "suspended"
    resume(*ROW, sato)
    assert not opened(RULED, answers=RENEWAL).is_open


def test_it_holds_in_versions_before_and_after(opened: Opened, sato: StaffMember) -> None:
    publish(RULED)
    suspend(*ROW, sato, "点検")
    changed = {**RULED, "title": "次の版"}
    assert publish(changed).number == 2
    assert opened(changed, answers=RENEWAL).is_open


def test_a_rule_of_a_part_stands_still_wherever_it_was_taken_over(opened: Opened) -> None:
    part = {"workflow": "part", "title": "部品", "part": True, "steps": [documents.RULES]}
    publish(part)
    whole = {**documents.LINE, "steps": [{"key": "taken", "kind": "workflow", "workflow": "part"}, documents.DECIDE]}
    assert not opened(whole, answers=RENEWAL).is_open
    suspend("part", "rules", "renewal", None, "点検")
    assert opened(whole, answers=RENEWAL).is_open


def test_who_and_why_is_on_record(organisation: None, sato: StaffMember) -> None:
    publish(RULED)
    made = suspend(*ROW, sato, "誤りの疑い")
    resume(*ROW, sato)
    found = Suspension.objects.get()
    assert (found.by, found.reason, found.since, found.ended_by) == (sato, "誤りの疑い", made.since, sato)
    verbs = AuditEntry.objects.filter(target="workflow:ruled").values_list("verb", "actor", "detail__row")
    assert list(verbs)[1:] == [("suspend_rule", "sato", "renewal"), ("resume_rule", "sato", "renewal")]


def test_only_who_answers_for_it_may(organisation: None, mayor: StaffMember) -> None:
    publish(RULED)
    with pytest.raises(SuspensionRefused, match="責任者"):
        suspend(*ROW, mayor, "理由")
    assert not Suspension.objects.exists()


@pytest.mark.parametrize(
    ("row", "reason", "words"),
    [(ROW, " ", "理由"), (("ruled", "rules", "unknown"), "理由", "unknown"), (("no", "rules", "r"), "理由", "「r」")],
)
def test_what_cannot_be_suspended_is_refused(organisation, row: tuple[str, str, str], reason: str, words: str) -> None:
    publish(RULED)
    with pytest.raises(SuspensionRefused, match=words):
        suspend(*row, None, reason)


def test_nothing_is_resumed_twice(organisation: None) -> None:
    publish(RULED)
    with pytest.raises(SuspensionRefused, match="停止していません"):
        resume(*ROW, None)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_several_who_suspend_at_once_one_does(organisation: None, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(RULED)

    def try_to(reason: str) -> object:
        try:
            return suspend(*ROW, None, reason)
        except SuspensionRefused as refused:
            return str(refused)

    results = at_once(*(partial(try_to, reason) for reason in "abc"))
    assert [str(each) for each in results if isinstance(each, str)] == ["この規則はすでに停止中です。"] * 2
    assert Suspension.objects.running().count() == 1
