from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows import audit
from workflows.authority import DecisionRefused
from workflows.cases import APPLICANT, Case, CaseRefused, Task
from workflows.chains import chain
from workflows.corrections import resume
from workflows.deadlines import due_on
from workflows.decisions import decide
from workflows.signatures import verify_chain
from workflows.staff import StaffMember
from workflows.withdrawal import withdraw

Opened = Callable[..., Case]


def test_case_opens_at_its_first_person(opened: Opened) -> None:
    case = opened()
    task = waiting_task(case)
    assert (case.reference, case.title, case.is_open) == ("R8-0001", "犬の登録", True)
    assert (task.step, task.key, task.title) == ("review", "environment/reviewer", "審査")
    assert task.due_on == due_on(localdate(), 2)


@pytest.mark.parametrize(("fee", "step"), [(10000, "decide"), (10001, "check")])
def test_amount_chooses_who_decides(opened: Opened, sato: StaffMember, fee: int, step: str) -> None:
    case = opened(documents.CHOSEN, answers={"fee": fee})
    decide(waiting_task(case), "approved", sato)
    assert waiting_task(case).step == step


def test_mayor_decides_for_the_whole_city(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, mayor: StaffMember
) -> None:
    case = opened(documents.CHOSEN, answers={"fee": 90000})
    for member in (sato, takasaki, mayor):
        decide(waiting_task(case), "approved", member)
    assert read_again(case).outcome == "approved"


def test_rule_approves_at_once_and_explains_every_row(opened: Opened) -> None:
    case = opened(documents.RULED, answers={"fee": 800})
    decision = case.decisions.get()
    assert (case.outcome, case.is_open) == ("approved", False)
    assert (decision.actor, decision.actor_name, decision.is_by_rule) == ("rule:small", "少額", True)
    assert [row["held"] for row in decision.explanation] == [False, True]
    document = chain(read_again(case))
    assert verify_chain(document, case.first_sha256, {case.first_sha256})[0]["actor"] == "rule:small"
    assert case.subject.outcome == "approved"


def test_case_goes_to_people_where_no_rule_holds(opened: Opened) -> None:
    case = opened(documents.RULED, answers={"fee": 5000})
    assert waiting_task(case).step == "review"
    assert not case.decisions.exists()


def test_correction_waits_for_the_applicant_alone(
    opened: Opened, sato: StaffMember, yoshino: StaffMember, admin: StaffMember
) -> None:
    case = opened()
    decide(waiting_task(case), "correction", sato, remarks={"/fee": "金額が違います"})
    task = waiting_task(case)
    assert task.owner_permission == APPLICANT
    for member in (sato, yoshino, admin):
        with pytest.raises(DecisionRefused):
            decide(task, "approved", member)


def test_corrected_case_comes_back_to_who_asked(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "correction", yoshino, remarks={"/fee": "金額が違います"})
    matter = read_again(case).subject
    matter.answers = {"fee": 3000}
    matter.save()
    resume(case)
    assert waiting_task(case).step == "decide"
    decide(waiting_task(case), "approved", yoshino)
    case = read_again(case)
    assert case.content_sha256 != case.first_sha256
    payloads = verify_chain(chain(case), case.first_sha256, {case.first_sha256, case.content_sha256})
    assert payloads[-1]["subject_sha256"] == case.content_sha256


def test_clock_stands_still_during_correction(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    Case.objects.filter(pk=case.pk).update(due_on=localdate())
    decide(waiting_task(case), "correction", sato, comment="電話でお尋ねします")
    assert read_again(case).stopped_at is not None
    Case.objects.filter(pk=case.pk).update(stopped_at=now() - timedelta(days=30))
    resume(read_again(case))
    case = read_again(case)
    assert case.stopped_at is None
    assert case.due_on is not None
    assert case.due_on >= localdate() + timedelta(days=20)


def test_case_resumes_once(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    with pytest.raises(CaseRefused, match="補正を待って"):
        resume(case)
    decide(waiting_task(case), "correction", sato, comment="理由")
    resume(case)
    with pytest.raises(CaseRefused):
        resume(case)
    assert Task.objects.filter(process=case, finished=None).count() == 1


def test_applicant_withdraws_while_nobody_decided(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    withdraw(case)
    assert (case.outcome, case.is_open, case.subject.outcome) == ("withdrawn", False, "withdrawn")
    assert not case.open_tasks()
    with pytest.raises(CaseRefused, match="取り下げられません"):
        withdraw(read_again(case))


def test_decided_case_is_not_withdrawn(opened: Opened) -> None:
    case = opened(documents.RULED, answers={"renewal": True})
    with pytest.raises(CaseRefused):
        withdraw(case)
    assert read_again(case).outcome == "approved"


def test_withdrawn_case_is_not_decided(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    task = waiting_task(case)
    withdraw(case)
    with pytest.raises(DecisionRefused, match="取り下げられました"):
        decide(task, "approved", sato)


def test_case_is_visible_to_its_department_and_to_who_decided(
    opened: Opened, sato: StaffMember, suzuki: StaffMember, admin: StaffMember
) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    assert case in Case.objects.visible_to(sato)
    assert case not in Case.objects.visible_to(suzuki)
    assert case not in Case.objects.visible_to(admin)
    sato.posts.update(until="2026-04-02")
    assert case in Case.objects.visible_to(StaffMember.objects.get(pk=sato.pk))


def test_case_is_visible_to_whose_turn_it_is(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, mayor: StaffMember
) -> None:
    case = opened(documents.CHOSEN, answers={"fee": 90000})
    assert case not in Case.objects.visible_to(mayor)
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "approved", takasaki)
    assert case in Case.objects.visible_to(mayor)


def test_every_verb_leaves_one_audit_entry(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "correction", sato, comment="理由")
    resume(case, by="resident")
    withdraw(case, by="resident")
    entries = audit.AuditEntry.objects.filter(target=f"case:{case.public_id}")
    assert list(entries.values_list("verb", "actor")) == [
        ("start_case", ""),
        ("decide", "sato"),
        ("resume", "resident"),
        ("withdraw", "resident"),
    ]
    assert audit.verify().is_intact


def test_version_stays_with_the_case(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    old = opened()
    new = opened({**documents.LINE, "steps": documents.LINE["steps"][1:]})
    assert [waiting_task(case).step for case in (old, new)] == ["review", "decide"]
    decide(waiting_task(old), "approved", sato)
    decide(waiting_task(old), "approved", yoshino)
    assert [read_again(case).flow_class.number for case in (old, new)] == [1, 2]
