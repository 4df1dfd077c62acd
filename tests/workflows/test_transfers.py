"""Running cases go on with a newer version: proposed by one, reviewed by another, and nothing decided is lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows.audit import AuditEntry
from workflows.authority import DecisionRefused
from workflows.cases import Case, Task
from workflows.chains import chain
from workflows.corrections import resume
from workflows.decisions import decide
from workflows.definitions import WorkflowVersion, publish
from workflows.forwarding import add_step, hand_back, rescue
from workflows.holds import hold, release
from workflows.progress import progress
from workflows.signatures import verify_chain
from workflows.staff import Department, Post, Role, StaffMember
from workflows.templatetags.movement_words import is_told, movement_word
from workflows.transfers import Transfer, TransferRefused, carry_out, dry_run, propose, review

pytestmark = pytest.mark.both
Opened = Callable[..., Case]
CONFIRM = {
    **documents.CHECK,
    "key": "confirm",
    "title": "確認",
    "by": {"department": "general", "role": "section_chief"},
}
#: 係長確認 is now somebody else's.
NEWER = {**documents.LONG, "steps": [documents.REVIEW, CONFIRM, documents.DECIDE]}


@pytest.fixture
def manager(organisation: None) -> StaffMember:
    """渡邉 直子, section chief of 総務課 and process manager."""
    return StaffMember.objects.get(username="watanabe")


@pytest.fixture
def second(organisation: None) -> StaffMember:
    """Another process manager, who reviews and carries out."""
    member = StaffMember.objects.create(username="kanri", display_name="管理 二郎")
    role, general = Role.objects.get(key="process_manager"), Department.objects.get(key="general")
    Post.objects.create(member=member, role=role, department=general, since=localdate() - timedelta(days=1))
    return member


def moved(case: Case, newer: dict[str, Any], mapped: dict[str, str], manager: StaffMember, second: StaffMember) -> str:
    """What the second manager is told when the case is to go on with the newer document; empty if it does."""
    transfer = propose(case.version, publish(newer), mapped, manager, "組織改正", [case])
    said = dry_run(transfer)[0].refusal
    review(transfer, second)
    rows = carry_out(transfer, second)
    assert [row.why for row in rows] == [said]
    return said


def at(case: Case) -> list[str]:
    return [task.step for task in read_again(case).open_tasks()]


def test_case_waits_at_the_step_that_took_the_place(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, manager: StaffMember, second: StaffMember
) -> None:
    case = opened(documents.LONG)
    decide(waiting_task(case), "approved", sato)
    old = waiting_task(case)
    assert moved(case, NEWER, {"check": "confirm"}, manager, second) == ""
    case, task = read_again(case), waiting_task(case)
    assert (case.version.number, case.flow_class.number, task.step, task.key) == (
        2,
        2,
        "confirm",
        "general/section_chief",
    )
    assert task.created == old.created
    with pytest.raises(DecisionRefused, match="すでに終わって"):
        decide(old, "approved", takasaki)


def test_it_goes_on_to_its_end_and_every_signature_holds(
    opened: Opened, sato: StaffMember, yoshino: StaffMember, manager: StaffMember, second: StaffMember
) -> None:
    case = opened(documents.LONG)
    signed = decide(waiting_task(case), "approved", sato).jws
    moved(case, NEWER, {"check": "confirm"}, manager, second)
    decide(waiting_task(case), "approved", manager)
    decide(waiting_task(case), "approved", yoshino)
    case = read_again(case)
    assert (case.outcome, case.is_open, case.subject.outcome) == ("approved", False, "approved")
    assert case.decisions.get(number=1).jws == signed
    verify_chain(chain(case), case.first_sha256, {case.content_sha256})
    assert [stop.state for stop in progress(case).flat()] == ["done"] * 3


def test_it_can_go_back_to_what_was_decided_before_the_move(
    opened: Opened, sato: StaffMember, manager: StaffMember, second: StaffMember
) -> None:
    case = opened(documents.LONG)
    decide(waiting_task(case), "approved", sato)
    moved(case, NEWER, {"check": "confirm"}, manager, second)
    decide(waiting_task(case), "returned", manager, comment="理由")
    assert at(case) == ["review"]
    assert not case.decisions.standing().filter(outcome="approved").exists()


def test_one_audit_entry_and_a_note_on_the_case(opened: Opened, manager: StaffMember, second: StaffMember) -> None:
    case = opened(documents.LONG)
    moved(case, NEWER, {"check": "confirm"}, manager, second)
    entries = AuditEntry.objects.filter(target=f"case:{case.public_id}", verb="transfer")
    assert entries.get().detail["to_version"] == 2 and entries.get().actor == "kanri"
    movement = case.movements.get(verb="transfer")
    assert (movement.by, movement.to, movement.reason) == (second, "2", "組織改正")
    assert is_told("transfer") and movement_word("transfer") == "経路の新しい版へ移行"
    verbs = list(AuditEntry.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-3:] == ["propose_transfer", "review_transfer", "transfer"]


def test_step_that_stays_as_it_is_keeps_its_task(opened: Opened, manager: StaffMember, second: StaffMember) -> None:
    case = opened(documents.LONG)
    task = waiting_task(case)
    moved(case, NEWER, {"check": "confirm"}, manager, second)
    assert waiting_task(case) == task


def test_dry_run_changes_nothing(opened: Opened, sato: StaffMember, manager: StaffMember) -> None:
    case = opened(documents.LONG)
    decide(waiting_task(case), "approved", sato)
    transfer = propose(case.version, publish(NEWER), {"check": "confirm"}, manager, "組織改正")
    plan = dry_run(transfer)[0]
    assert ([each.step for each in plan.positions], plan.decided, plan.is_possible) == (["confirm"], ("review",), True)
    assert (read_again(case).version.number, at(case)) == (1, ["check"])


SWAPPED = [documents.CHECK, documents.REVIEW, documents.DECIDE]
LATE = {**documents.REVIEW, "key": "late", "may": ["approve"]}
BESIDE = [{"steps": [CONFIRM]}, {"steps": [{**documents.CHECK, "key": "other"}]}]
BLOCK = {"key": "both", "kind": "parallel", "need": "all", "branches": BESIDE}
UNFIT = {
    "a decided step is gone": ([documents.CHECK, documents.DECIDE], {}, "残せません"),
    "a decided step would come again": (SWAPPED, {}, "やり直し"),
    "nothing takes its place": ([documents.REVIEW, CONFIRM, documents.DECIDE], {}, "決まっていません"),
    "the decision would be left out": ([documents.REVIEW, documents.DECIDE, LATE], {"check": "late"}, "飛ばして"),
    "into the middle of a block": ([documents.REVIEW, BLOCK, documents.DECIDE], {"check": "confirm"}, "合議や並列の中"),
}


@pytest.mark.parametrize("reason", UNFIT)
def test_case_that_would_lose_something_stays_where_it_is(
    opened: Opened, sato: StaffMember, manager: StaffMember, second: StaffMember, reason: str
) -> None:
    steps, mapped, words = UNFIT[reason]
    case = opened(documents.LONG)
    decide(waiting_task(case), "approved", sato)
    assert words in moved(case, {**documents.LONG, "steps": steps}, mapped, manager, second)
    assert (read_again(case).version.number, at(case)) == (1, ["check"])
    assert not case.movements.exists()


def test_half_done_consultation_is_waited_for(opened: Opened, manager: StaffMember, second: StaffMember) -> None:
    branches = [{"steps": [{**documents.REVIEW, "key": key, "may": ["approve"]}]} for key in ("one", "two")]
    block = {"key": "both", "kind": "parallel", "if_not_agreed": "continue", "branches": branches}
    document = {**documents.LINE, "steps": [block, {**documents.DECIDE, "may": ["approve"]}]}
    case = opened(document)
    assert "途中" in moved(case, {**document, "title": "改訂"}, {}, manager, second)


@pytest.mark.parametrize("by", [{"role": "unit_chief"}, {"department": "environment", "role": "unit_chief"}])
def test_post_falls_vacant_and_the_process_manager_gets_the_case(
    opened: Opened,
    sato: StaffMember,
    takasaki: StaffMember,
    manager: StaffMember,
    second: StaffMember,
    by: dict[str, str],
) -> None:
    case = opened(documents.LONG)
    decide(waiting_task(case), "approved", sato)
    newer = {**documents.LONG, "steps": [documents.REVIEW, {**CONFIRM, "by": by}, documents.DECIDE]}
    transfer = propose(case.version, publish(newer), {"check": "confirm"}, manager, "組織改正")
    review(transfer, second)
    post = Post.objects.get(member=takasaki)
    post.until = localdate() - timedelta(days=1)
    post.save()
    carry_out(transfer, second)
    rescue()  # what was for him before is found by the sweep, as ever
    task = waiting_task(case)
    assert (task.step, task.key, task.meant_for) == ("confirm", "*/process_manager", "environment/unit_chief")
    post.until = None
    post.save()
    assert hand_back(task, manager).key == "environment/unit_chief"


def test_case_that_waits_for_its_applicant_comes_back_on_the_new_version(
    opened: Opened, sato: StaffMember, manager: StaffMember, second: StaffMember
) -> None:
    case = opened(documents.LONG)
    decide(waiting_task(case), "correction", sato, comment="理由")
    moved(case, NEWER, {"check": "confirm"}, manager, second)
    resume(read_again(case))
    task = waiting_task(case)
    assert (task.step, task.flow_task.flow_class.number) == ("review", 2)
    decide(task, "approved", sato)
    assert at(case) == ["confirm"]


def test_held_task_and_who_was_asked_first_stay_together(
    opened: Opened, sato: StaffMember, manager: StaffMember, second: StaffMember, suzuki: StaffMember
) -> None:
    may = ["approve", "hold", "add_step"]
    case = opened({**documents.LONG, "steps": [{**documents.REVIEW, "may": may}, documents.CHECK, documents.DECIDE]})
    asked = add_step(waiting_task(case), sato, "suzuki", "意見")
    renamed = {**documents.REVIEW, "key": "look", "title": "確認", "may": may}
    newer = {**documents.LONG, "steps": [renamed, documents.CHECK, documents.DECIDE]}
    assert moved(case, newer, {"review": "look"}, manager, second) == ""
    decide(Task.objects.get(pk=asked.pk), "approved", suzuki)
    task = waiting_task(case)
    assert (task.step, task.is_parked) == ("look", False)
    hold(task, sato, "現地調査", localdate())
    release(waiting_task(case), sato)
    decide(waiting_task(case), "approved", sato)
    assert at(case) == ["check"]


def test_who_proposed_neither_reviews_nor_carries_out(
    opened: Opened, manager: StaffMember, second: StaffMember
) -> None:
    case = opened(documents.LONG)
    transfer = propose(case.version, publish(NEWER), {"check": "confirm"}, manager, "組織改正")
    with pytest.raises(TransferRefused, match="まだ確認"):
        carry_out(transfer, second)
    with pytest.raises(TransferRefused, match="ほかの人"):
        review(transfer, manager)
    review(transfer, second)
    with pytest.raises(TransferRefused, match="ほかの人"):
        carry_out(transfer, manager)
    with pytest.raises(TransferRefused, match="すでに確認"):
        review(transfer, second)


def test_only_the_process_manager_moves_cases(opened: Opened, sato: StaffMember, manager: StaffMember) -> None:
    case = opened(documents.LONG)
    transfer = propose(case.version, publish(NEWER), {}, manager, "組織改正")
    for verb in (lambda: propose(case.version, case.version, {}, sato, "理由"), lambda: review(transfer, sato)):
        with pytest.raises(TransferRefused, match="案件管理者だけ"):
            verb()


BAD: dict[str, tuple[dict[str, str], str, str]] = {
    "no reason": ({}, " ", "理由"),
    "unknown old step": ({"nowhere": "confirm"}, "理由", "nowhere"),
    "unknown new step": ({"check": "nowhere"}, "理由", "nowhere"),
}


@pytest.mark.parametrize("name", BAD)
def test_proposal_that_makes_no_sense_is_refused(opened: Opened, manager: StaffMember, name: str) -> None:
    mapped, reason, words = BAD[name]
    case = opened(documents.LONG)
    with pytest.raises(TransferRefused, match=words):
        propose(case.version, publish(NEWER), mapped, manager, reason)


def test_only_forward_and_only_within_a_workflow(opened: Opened, manager: StaffMember) -> None:
    case, newer, other = opened(documents.LONG), publish(NEWER), opened(documents.LINE)
    pairs: list[tuple[WorkflowVersion, WorkflowVersion, list[Case] | None]] = [
        (newer, case.version, None),
        (case.version, other.version, None),
        (case.version, newer, [other]),
        (case.version, newer, []),
    ]
    for source, target, cases in pairs:
        with pytest.raises(TransferRefused):
            propose(source, target, {}, manager, "理由", cases)
    assert not Transfer.objects.exists()


def test_case_that_went_on_meanwhile_is_judged_again(
    opened: Opened, sato: StaffMember, manager: StaffMember, second: StaffMember
) -> None:
    case = opened(documents.LONG)
    newer = {**documents.LONG, "steps": [{**documents.REVIEW, "key": "look"}, documents.CHECK, documents.DECIDE]}
    transfer = propose(case.version, publish(newer), {"review": "look"}, manager, "組織改正")
    assert dry_run(transfer)[0].is_possible
    review(transfer, second)
    decide(waiting_task(case), "approved", sato)
    assert [row.state for row in carry_out(transfer, second)] == ["refused"]
    transfer.refresh_from_db()
    assert transfer.carried_out_by == second and carry_out(transfer, second) == []
