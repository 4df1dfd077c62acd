from collections.abc import Callable

import pytest

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows.authority import DecisionRefused
from workflows.cases import Case
from workflows.chains import chain
from workflows.decisions import decide
from workflows.offers import earlier_steps, offered
from workflows.signatures import verify_chain
from workflows.staff import StaffMember

Opened = Callable[..., Case]


def verified(case: Case) -> list[dict]:
    case = read_again(case)
    return verify_chain(chain(case), case.first_sha256, {case.first_sha256, case.content_sha256})


def test_reviewer_and_chief_approve(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "approved", yoshino)
    case = read_again(case)
    assert (case.outcome, case.is_open, case.subject.outcome) == ("approved", False, "approved")
    assert [payload["actor"] for payload in verified(case)] == ["sato", "yoshino"]


def test_decision_tells_who_in_which_post_and_on_what(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    decision = decide(waiting_task(case), "approved", sato, comment="書類を確認しました")
    assert (decision.actor_name, decision.post, decision.step_title) == ("佐藤 花子", "環境課 担当", "審査")
    payload = verified(case)[0]
    assert payload["subject_sha256"] == case.first_sha256 == payload["prev"]
    assert payload["workflow"] == "line"
    assert payload["case"] == str(case.public_id)


def test_member_without_the_post_is_refused(opened: Opened, suzuki: StaffMember, yoshino: StaffMember) -> None:
    task = waiting_task(opened())
    for member in (suzuki, yoshino):
        with pytest.raises(DecisionRefused, match="担当ではない"):
            decide(task, "approved", member)


def test_superuser_without_a_post_is_refused(opened: Opened, admin: StaffMember) -> None:
    with pytest.raises(DecisionRefused, match="担当ではない"):
        decide(waiting_task(opened()), "approved", admin)


def test_nobody_decides_on_their_own_application(opened: Opened, sato: StaffMember) -> None:
    with pytest.raises(DecisionRefused, match="自分が申請・起案した"):
        decide(waiting_task(opened(applicant=sato)), "approved", sato)


def test_post_that_ended_gives_no_power(opened: Opened, sato: StaffMember) -> None:
    sato.posts.update(until="2026-03-31")
    with pytest.raises(DecisionRefused, match="担当ではない"):
        decide(waiting_task(opened()), "approved", sato)


def test_reviewer_may_not_refuse(opened: Opened, sato: StaffMember) -> None:
    with pytest.raises(DecisionRefused, match="選べない結果"):
        decide(waiting_task(opened()), "refused", sato, comment="理由")


def test_refusal_needs_reasons(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato)
    with pytest.raises(DecisionRefused, match="理由が必要"):
        decide(waiting_task(case), "refused", yoshino, comment="  ")
    decision = decide(waiting_task(case), "refused", yoshino, comment="要件を満たしません")
    assert read_again(case).outcome == "refused"
    assert read_again(case).subject.closed_by == decision.pk


def test_decided_task_is_not_decided_again(opened: Opened, sato: StaffMember, ito: StaffMember) -> None:
    task = waiting_task(opened())
    decide(task, "approved", sato)
    with pytest.raises(DecisionRefused, match="すでに終わって"):
        decide(task, "approved", ito)
    assert task.case.decisions.count() == 1


def test_chief_returns_to_the_step_before(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, yoshino: StaffMember
) -> None:
    case = opened(documents.LONG)
    decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "approved", takasaki)
    decide(waiting_task(case), "returned", yoshino, comment="金額を確かめてください")
    assert waiting_task(case).step == "check"
    assert list(case.decisions.order_by("number").values_list("step", "voided_by")) == [
        ("review", None),
        ("check", 3),
        ("decide", None),
    ]


def test_chief_returns_to_the_first_step_and_all_approve_again(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, yoshino: StaffMember
) -> None:
    case = opened(documents.LONG)
    people = [sato, takasaki, yoshino]
    for member in people[:2]:
        decide(waiting_task(case), "approved", member)
    assert [step.key for step in earlier_steps(waiting_task(case))] == ["review", "check"]
    decide(waiting_task(case), "returned", yoshino, to="review")
    for member in people:
        decide(waiting_task(case), "approved", member)
    assert read_again(case).outcome == "approved"
    assert case.decisions.standing().filter(outcome="approved").count() == 3
    assert len(verified(case)) == 6


def test_return_needs_a_step_that_was_passed(opened: Opened, sato: StaffMember, takasaki: StaffMember) -> None:
    case = opened(documents.LONG)
    assert "returned" not in offered(waiting_task(case))
    with pytest.raises(DecisionRefused, match="差し戻せる段階はありません"):
        decide(waiting_task(case), "returned", sato)
    decide(waiting_task(case), "approved", sato)
    assert "returned" in offered(waiting_task(case))
    with pytest.raises(DecisionRefused, match="すでに通った段階"):
        decide(waiting_task(case), "returned", takasaki, to="decide")


def test_correction_says_what_to_correct(opened: Opened, sato: StaffMember) -> None:
    task = waiting_task(opened())
    with pytest.raises(DecisionRefused, match="補正を求めるには"):
        decide(task, "correction", sato, remarks={"/fee": " "})
    decide(task, "correction", sato, remarks={"/fee": "金額が違います"})
    assert read_again(task.case).subject.asked == {"/fee": "金額が違います"}


def test_comment_and_remarks_are_not_readable_in_the_database(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "correction", sato, comment="電話で確認済み", remarks={"/fee": "金額が違います"})
    stored = b"".join(bytes(value) for value in case.decisions.values_list("comment", "remarks").get())
    assert "電話".encode() not in stored
    assert "金額".encode() not in stored


def test_archived_chain_keeps_internal_comments_inside(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "approved", sato, comment="内部のメモ")
    decide(waiting_task(case), "refused", yoshino, comment="要件を満たしません")
    approval, refusal = chain(read_again(case))["decisions"]
    assert "comment" not in approval
    assert refusal["comment"] == "要件を満たしません"
    assert verified(case)


def test_unroutable_step_waits_for_the_process_manager_and_nobody_decides(
    opened: Opened, sato: StaffMember, mayor: StaffMember
) -> None:
    case = opened(department_key="nowhere")
    assert (waiting_task(case).key, waiting_task(case).meant_for) == ("*/process_manager", "nowhere/reviewer")
    for member in (sato, mayor):
        with pytest.raises(DecisionRefused):
            decide(waiting_task(case), "approved", member)
