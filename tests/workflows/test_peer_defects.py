"""What has gone wrong in systems like this one, and cannot here: each defect with its test."""

import json
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows import audit, reminders
from workflows.audit import AuditEntry, Unchangeable
from workflows.authority import DecisionRefused
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.definitions import VersionFrozen, publish
from workflows.staff import StaffMember

Opened = Callable[..., Case]


def test_refused_case_leaves_no_task_pending(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    branch = {"steps": [{**documents.REVIEW, "key": "one", "may": ["approve"]}]}
    other = {"steps": [{**documents.REVIEW, "key": "two", "may": ["approve"]}]}
    block = {"key": "both", "kind": "parallel", "need": "any", "if_not_agreed": "continue", "branches": [branch, other]}
    case = opened({**documents.LINE, "steps": [block, documents.DECIDE]})
    decide(case.open_tasks()[0], "approved", sato)
    decide(waiting_task(case), "refused", yoshino, comment="理由")
    assert not Task.objects.filter(process=case, finished=None).exists()


def test_approval_and_refusal_are_never_both_recorded(opened: Opened, yoshino: StaffMember) -> None:
    case = opened({**documents.LINE, "steps": [documents.DECIDE]})
    stale = waiting_task(case)
    decide(waiting_task(case), "refused", yoshino, comment="理由")
    with pytest.raises(DecisionRefused):
        decide(stale, "approved", yoshino)
    assert [decision.outcome for decision in case.decisions.all()] == ["refused"]


def test_deadline_that_has_passed_changes_nothing_but_its_colour(
    opened: Opened, sato: StaffMember, yoshino: StaffMember
) -> None:
    case = opened()
    Task.objects.filter(process=case).update(due_on="2020-01-06")
    Case.objects.filter(pk=case.pk).update(due_on="2020-01-06")
    decide(waiting_task(case), "approved", sato)
    assert waiting_task(case).step == "decide"
    decide(waiting_task(case), "approved", yoshino)
    assert read_again(case).outcome == "approved"
    assert AuditEntry.objects.filter(target=f"case:{case.public_id}").count() == 3


def test_a_deadline_before_the_automatic_approval_leaves_no_case_pending(opened: Opened, sato: StaffMember) -> None:
    late = {**documents.REVIEW, "working_days": 0, "escalate_after": 0, "escalate_to": {"role": "section_chief"}}
    case = opened({**documents.RULED, "steps": [late, documents.RULES, documents.DECIDE]}, answers={"renewal": True})
    Task.objects.filter(process=case).update(due_on="2020-01-06", look_on="2020-01-06")
    assert (reminders.sweep().reminded, waiting_step(case)) == (1, "review")
    decide(case.open_tasks()[0], "approved", sato)
    assert (read_again(case).outcome, read_again(case).open_tasks()) == ("approved", [])
    verbs = AuditEntry.objects.filter(target=f"case:{case.public_id}").order_by("number")
    assert list(verbs.values_list("verb", flat=True)) == ["start_case", "escalate", "decide"]


def test_deadline_and_automatic_approval_on_one_day_skip_no_step(opened: Opened) -> None:
    today = localdate().isoformat()
    table = [{**row, "valid_until": today} for row in documents.RULES["table"]]  # type: ignore[union-attr]
    late = {**documents.REVIEW, "remind_after": 0, "escalate_after": 0, "escalate_to": {"role": "section_chief"}}
    steps = [late, {**documents.RULES, "table": table, "sample_percent": 100}, documents.CHECK, documents.DECIDE]
    case = opened({**documents.RULED, "steps": steps}, answers={"renewal": True})
    for login, step in (("sato", "review"), ("takasaki", "check"), ("yoshino", "decide")):
        Task.objects.filter(process=case, finished=None).update(look_on=today)
        reminders.sweep()
        assert waiting_step(case) == step
        decide(case.open_tasks()[0], "approved", StaffMember.objects.get(username=login))
    assert [decision.step for decision in case.decisions.all()] == ["review", "check", "decide"]
    assert read_again(case).outcome == "approved" and not Task.objects.filter(process=case, finished=None).exists()


def waiting_step(case: Case) -> str:
    """Where the case waits, what is only to be read left aside."""
    return read_again(case).open_tasks()[0].step


def test_automatic_approval_skips_no_step_and_is_in_the_audit(opened: Opened) -> None:
    case = opened(documents.RULED, answers={"renewal": True})
    assert (read_again(case).outcome, case.decisions.get().step) == ("approved", "rules")
    entry = AuditEntry.objects.get(target=f"case:{case.public_id}")
    assert entry.detail["decision_1"] == case.decisions.get().digest


def test_renaming_a_label_leaves_running_cases_alone(opened: Opened) -> None:
    case = opened()
    renamed = json.loads(json.dumps(documents.LINE).replace("\\u5be9\\u67fb", "\\u78ba\\u8a8d"))
    assert publish(renamed).number == 2
    assert waiting_task(read_again(case)).human_step.title == "審査"
    with pytest.raises(VersionFrozen):
        case.version.delete()


def test_audit_rows_cannot_be_edited_unseen(opened: Opened) -> None:
    opened()
    entry = AuditEntry.objects.first()
    assert entry is not None
    with pytest.raises(Unchangeable):
        entry.save()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE workflows_auditentry SET actor = 'nobody' WHERE number = %s", [entry.number])
    assert audit.verify().broken == entry.number


@pytest.mark.parametrize("column", ["applicant", "drafter"])
def test_nobody_approves_his_own_request(opened: Opened, sato: StaffMember, ito: StaffMember, column: str) -> None:
    case = opened(**{column: sato})
    with pytest.raises(DecisionRefused, match="自分が申請・起案した"):
        decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "approved", ito)
    assert waiting_task(case).step == "decide"
