"""Who decides (専決), who stands in (代決), and who must not: no approval by anyone without authority."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from tests.workflows.subjects.models import Matter
from workflows.assignees import superior_key
from workflows.authority import DecisionRefused
from workflows.cases import Case, CaseRefused, start
from workflows.chains import chain
from workflows.decisions import decide
from workflows.definitions import publish
from workflows.delegations import Absence, AbsenceRefused, announce_absence, cancel_absence
from workflows.forwarding import forward, hand_back, rescue
from workflows.readings import close_reading
from workflows.signatures import ChainBroken, verify_chain
from workflows.staff import Post, StaffMember

Opened = Callable[..., Case]
AUTHORITY = [
    {"when": {"fee": {"exclusiveMaximum": 200000}}, "by": {"role": "section_chief"}},
    {"otherwise": True, "by": {"role": "mayor"}},
]
SUBSTITUTES = [{"role": "unit_chief"}, {"department": "general", "role": "section_chief"}]


def ladder(**more: Any) -> dict[str, Any]:
    """One decision, by the amount, with two who may stand in."""
    decide = {"key": "decide", "kind": "decision", "title": "決裁", "authority": AUTHORITY, "substitutes": SUBSTITUTES}
    may = ["approve", "approve_with_conditions", "refuse", "forward"]
    return {"workflow": "ladder", "title": "専決", "steps": [{**decide, "may": may}], **more}


def away(member: StaffMember) -> Absence:
    return announce_absence(member, localdate(), localdate() + timedelta(days=2), "出張", member)


@pytest.fixture
def watanabe(organisation: None) -> StaffMember:
    """渡邉 直子, section chief of 総務課 and process manager."""
    return StaffMember.objects.get(username="watanabe")


@pytest.mark.parametrize(("fee", "key"), [(199999, "environment/section_chief"), (200000, "*/mayor")])
def test_the_amount_says_who_decides(opened: Opened, fee: int, key: str) -> None:
    assert waiting_task(opened(ladder(), answers={"fee": fee})).key == key


def test_substitute_decides_for_an_absent_decider_who_reads_it_later(
    opened: Opened, takasaki: StaffMember, yoshino: StaffMember
) -> None:
    case = opened(ladder())
    away(yoshino)
    decision = decide(waiting_task(case), "approved", takasaki)
    assert (decision.post, decision.in_place_of) == ("環境課 係長（代）", "environment/section_chief")
    reading = case.open_readings()[0]
    assert (reading.kind, reading.key) == ("later_reading", "environment/section_chief")
    close_reading(reading, yoshino, "承知しました")
    assert read_again(case).outcome == "approved"
    assert case.open_readings() == []


def test_nobody_stands_in_for_a_decider_who_is_there(opened: Opened, takasaki: StaffMember) -> None:
    with pytest.raises(DecisionRefused, match="不在ではない"):
        decide(waiting_task(opened(ladder())), "approved", takasaki)


def test_urgency_needs_its_reason_and_keeps_it(opened: Opened, takasaki: StaffMember) -> None:
    case = opened(ladder())
    with pytest.raises(DecisionRefused):
        decide(waiting_task(case), "approved", takasaki, urgent="  ")
    decision = decide(waiting_task(case), "approved", takasaki, urgent="災害対応のため")
    assert decision.urgency == "災害対応のため"
    assert case.open_readings()


def test_substitutes_stand_in_in_their_order(
    opened: Opened, takasaki: StaffMember, yoshino: StaffMember, watanabe: StaffMember
) -> None:
    case = opened(ladder())
    away(yoshino)
    with pytest.raises(DecisionRefused, match="先に代決する人"):
        decide(waiting_task(case), "approved", watanabe)
    away(takasaki)
    assert "代" in decide(waiting_task(case), "approved", watanabe).post


def test_only_the_decision_can_be_stood_in_for(opened: Opened, sato: StaffMember, takasaki: StaffMember) -> None:
    case = opened({**ladder(), "steps": [documents.REVIEW, *ladder()["steps"]]})
    away(sato)
    with pytest.raises(DecisionRefused):
        decide(waiting_task(case), "approved", takasaki, urgent="至急")


def test_who_is_back_is_not_stood_in_for(opened: Opened, takasaki: StaffMember, yoshino: StaffMember) -> None:
    absence = away(yoshino)
    cancel_absence(absence, yoshino)
    with pytest.raises(DecisionRefused):
        decide(waiting_task(opened(ladder())), "approved", takasaki)
    with pytest.raises(AbsenceRefused):
        cancel_absence(absence, yoshino)


@pytest.mark.parametrize(("days", "reason"), [(-1, "出張"), (1, " ")])
def test_absence_has_days_in_order_and_a_reason(yoshino: StaffMember, days: int, reason: str) -> None:
    with pytest.raises(AbsenceRefused):
        announce_absence(yoshino, localdate(), localdate() + timedelta(days=days), reason, yoshino)


def test_conditions_are_signed_and_reach_the_subject(opened: Opened, yoshino: StaffMember) -> None:
    case = opened(ladder())
    decide(waiting_task(case), "approved", yoshino, conditions=["夜間は使わないこと", " "])
    assert read_again(case).subject.conditions == ["夜間は使わないこと"]
    archived = chain(case)
    verify_chain(archived, case.first_sha256, {case.first_sha256})
    archived["decisions"][0]["conditions"] = ["昼も使わないこと"]
    with pytest.raises(ChainBroken):
        verify_chain(archived, case.first_sha256, {case.first_sha256})


def test_conditions_only_where_the_step_offers_them(opened: Opened, sato: StaffMember) -> None:
    with pytest.raises(DecisionRefused, match="条件"):
        decide(waiting_task(opened()), "approved", sato, conditions=["条件"])


def test_drafter_does_not_decide_though_he_holds_the_post(opened: Opened, yoshino: StaffMember) -> None:
    case = opened(ladder(), drafter=yoshino)
    assert waiting_task(case).is_unroutable
    with pytest.raises(DecisionRefused, match="自分が申請・起案した"):
        decide(waiting_task(case), "approved", yoshino)


def test_four_eyes_means_two_people(opened: Opened, sato: StaffMember, ito: StaffMember) -> None:
    steps = [documents.REVIEW, {**documents.REVIEW, "key": "again"}, documents.DECIDE]
    case = opened({**documents.LINE, "steps": steps, "four_eyes": True})
    decide(waiting_task(case), "approved", sato)
    with pytest.raises(DecisionRefused, match="同じ人"):
        decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "approved", ito)
    assert waiting_task(case).step == "decide"


@pytest.mark.parametrize(
    ("by", "key"),
    [
        ({"fact": "/section"}, "facilities/*"),
        ({"fact": "/section", "role": "reviewer"}, "facilities/reviewer"),
        ({"fact": "/missing"}, "*/process_manager"),
        ({"fact": "/section", "role": "unit_chief"}, "*/process_manager"),
        ({"department_of": "drafter", "role": "reviewer"}, "facilities/reviewer"),
        ({"superior_of": "drafter"}, "*/mayor"),
    ],
)
def test_answers_and_the_organisation_say_who(
    opened: Opened, katsuragi: StaffMember, by: dict[str, str], key: str
) -> None:
    steps = [{**documents.REVIEW, "by": by}, documents.DECIDE]
    case = opened({**documents.LINE, "steps": steps}, answers={"section": "facilities"}, drafter=katsuragi)
    assert waiting_task(case).key in (key, key.replace("*/mayor", "mayor_office/mayor"))


def test_answer_names_one_person_and_nobody_else_acts(opened: Opened, suzuki: StaffMember, sato: StaffMember) -> None:
    steps = [{**documents.REVIEW, "by": {"fact": "/person"}}, documents.DECIDE]
    case = opened({**documents.LINE, "steps": steps}, answers={"person": "suzuki"})
    with pytest.raises(DecisionRefused):
        decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "approved", suzuki)
    assert waiting_task(case).step == "decide"


def test_superior_is_the_next_rank_up(sato: StaffMember, takasaki: StaffMember, mayor: StaffMember) -> None:
    assert superior_key(sato) == "environment/unit_chief"
    assert superior_key(takasaki) == "environment/section_chief"
    assert superior_key(mayor) == superior_key(None) == ""


def vacate(member: StaffMember) -> Post:
    post = member.posts.get()
    post.until = localdate() - timedelta(days=1)
    post.save()
    return post


def test_vacant_post_goes_to_the_process_manager_and_back(
    opened: Opened, sato: StaffMember, watanabe: StaffMember
) -> None:
    post = vacate(sato)
    task = waiting_task(opened())
    assert (task.key, task.meant_for) == ("*/process_manager", "environment/reviewer")
    with pytest.raises(DecisionRefused, match="転送"):
        decide(task, "approved", watanabe)
    with pytest.raises(DecisionRefused, match="まだいません"):
        hand_back(task, watanabe)
    post.until = None
    post.save()
    assert hand_back(task, watanabe).key == "environment/reviewer"


def test_process_manager_forwards_to_who_can(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, watanabe: StaffMember
) -> None:
    vacate(sato)
    task = waiting_task(opened())
    forward(task, watanabe, "takasaki", "担当者が決まるまで")
    decide(waiting_task(task.case), "approved", takasaki)
    assert waiting_task(task.case).step == "decide"


def test_sweep_finds_what_waits_for_a_post_that_was_left(opened: Opened, sato: StaffMember) -> None:
    case = opened()
    assert rescue() == 0
    vacate(sato)
    assert (rescue(), rescue()) == (1, 0)
    assert waiting_task(case).meant_for == "environment/reviewer"


def test_person_who_left_is_not_waited_for(opened: Opened, suzuki: StaffMember, watanabe: StaffMember) -> None:
    steps = [{**documents.REVIEW, "by": {"fact": "/person"}}, documents.DECIDE]
    case = opened({**documents.LINE, "steps": steps}, answers={"person": "suzuki"})
    suzuki.is_active = False
    suzuki.save()
    assert (rescue(), rescue()) == (1, 0)
    with pytest.raises(DecisionRefused, match="まだいません"):
        hand_back(waiting_task(case), watanabe)
    forward(waiting_task(case), watanabe, "environment/reviewer")
    assert not waiting_task(case).is_unroutable


def test_substitute_for_a_vacant_post_leaves_the_reading_to_the_process_manager(
    opened: Opened, takasaki: StaffMember, yoshino: StaffMember
) -> None:
    vacate(yoshino)
    case = opened(ladder())
    decide(waiting_task(case), "approved", takasaki)
    reading = case.open_readings()[0]
    assert (reading.key, reading.meant_for) == ("*/process_manager", "environment/section_chief")


def test_part_of_a_workflow_runs_no_case(organisation: None) -> None:
    version = publish({**documents.LINE, "part": True})
    with pytest.raises(CaseRefused, match="部品"):
        start(Matter.objects.create(), version)
