"""What people do besides deciding: hold, forward, ask first, pull up, take back, abandon, read; and who may."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils.timezone import localdate, now

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows import audit
from workflows.audit import AuditEntry
from workflows.authority import DecisionRefused
from workflows.cases import Case, CaseRefused, Task
from workflows.corrections import resume
from workflows.deadlines import ClockStop, elapsed
from workflows.decisions import decide
from workflows.drafting import abandon, pull_back
from workflows.forwarding import add_step, forward
from workflows.holds import hold, release
from workflows.movements import mark_opened
from workflows.pull_ups import pull_up
from workflows.readings import close_reading
from workflows.staff import StaffMember

Opened = Callable[..., Case]
MAY = ["approve", "hold", "forward", "add_step"]
REVIEW = {**documents.REVIEW, "may": [*MAY, "request_correction"]}
CHECK = {**documents.CHECK, "may": [*MAY, "return"]}
DECIDE = {**documents.DECIDE, "may": ["approve", "refuse", "return", "forward", "pull_up"]}
LONG: dict[str, Any] = {"workflow": "acts", "title": "三段階", "steps": [REVIEW, CHECK, DECIDE]}


def left(case: Case) -> list[str]:
    """What the audit chain says was done, and that it holds."""
    assert audit.verify().is_intact
    return list(AuditEntry.objects.filter(target=f"case:{case.public_id}").values_list("verb", flat=True))


def test_held_task_waits_until_it_is_released(opened: Opened, sato: StaffMember) -> None:
    case = opened(LONG)
    task = hold(waiting_task(case), sato, "現地調査", localdate() + timedelta(days=3))
    with pytest.raises(DecisionRefused, match="保留中"):
        decide(waiting_task(case), "approved", sato)
    assert read_again(case).stopped_at is None  # the clock runs
    release(task, sato)
    decide(waiting_task(case), "approved", sato)
    assert left(case) == ["start_case", "hold", "release", "decide"]
    assert case.movements.get(verb="hold").reason == "現地調査"


def test_hold_stops_the_clock_where_the_step_says_so(opened: Opened, sato: StaffMember) -> None:
    case = opened({**LONG, "steps": [{**REVIEW, "hold_stops_clock": True}, DECIDE]})
    task = hold(waiting_task(case), sato, "他庁への照会", localdate())
    assert read_again(case).stopped_at
    release(task, sato)
    assert read_again(case).stopped_at is None
    assert case.clock_stops.get().kind == "hold"


@pytest.mark.parametrize(("reason", "days"), [(" ", 1), ("調査", -1)])
def test_hold_has_a_reason_and_an_end(opened: Opened, sato: StaffMember, reason: str, days: int) -> None:
    with pytest.raises(DecisionRefused):
        hold(waiting_task(opened(LONG)), sato, reason, localdate() + timedelta(days=days))


def test_only_whom_it_waits_for_and_where_the_step_offers_it(
    opened: Opened, sato: StaffMember, takasaki: StaffMember
) -> None:
    with pytest.raises(DecisionRefused, match="担当ではない"):
        hold(waiting_task(opened(LONG)), takasaki, "調査", localdate())
    with pytest.raises(DecisionRefused, match="選べない"):
        hold(waiting_task(opened()), sato, "調査", localdate())


def test_forwarded_task_waits_for_the_other_alone(opened: Opened, sato: StaffMember, suzuki: StaffMember) -> None:
    case = opened(LONG)
    forward(waiting_task(case), sato, "suzuki", "施設に関わるため")
    with pytest.raises(DecisionRefused):
        decide(waiting_task(case), "approved", sato)
    decide(waiting_task(case), "approved", suzuki)
    assert waiting_task(case).step == "check"


@pytest.mark.parametrize("to", ["nobody", "facilities/unit_chief", "builder"])
def test_decision_goes_to_nobody_without_authority(opened: Opened, yoshino: StaffMember, to: str) -> None:
    case = opened({**LONG, "steps": [DECIDE | {"may": ["approve", "forward"]}]})
    with pytest.raises(DecisionRefused):
        forward(waiting_task(case), yoshino, to)


def test_task_is_not_forwarded_to_who_drafted_it(opened: Opened, sato: StaffMember, takasaki: StaffMember) -> None:
    case = opened(LONG, drafter=takasaki)
    with pytest.raises(DecisionRefused, match="自分が申請・起案した"):
        forward(waiting_task(case), sato, "takasaki")


def test_step_put_in_before_holds_the_task_up(opened: Opened, sato: StaffMember, suzuki: StaffMember) -> None:
    case = opened(LONG)
    task = waiting_task(case)
    added = add_step(task, sato, "suzuki", "意見を聞くため")
    assert [each.pk for each in case.open_tasks()] == [added.pk]
    with pytest.raises(DecisionRefused, match="追加の承認"):
        decide(task, "approved", sato)
    decide(added, "approved", suzuki)
    decide(case.open_tasks()[0], "approved", sato)
    assert waiting_task(case).step == "check"
    steps = [decision.step for decision in case.decisions.order_by("number")]
    assert steps == ["review__added", "review"]


def test_who_was_asked_first_may_return_the_case(opened: Opened, sato: StaffMember, takasaki: StaffMember) -> None:
    case = opened(LONG)
    decide(waiting_task(case), "approved", sato)
    added = add_step(waiting_task(case), takasaki, "facilities/reviewer")
    decide(added, "returned", StaffMember.objects.get(username="suzuki"), comment="理由", to="review")
    assert [task.step for task in case.open_tasks()] == ["review"]
    assert not Task.objects.filter(process=case, finished=None, is_parked=True).exists()


def test_chief_pulls_the_case_past_a_stuck_officer_who_reads_it_later(
    opened: Opened, sato: StaffMember, takasaki: StaffMember, yoshino: StaffMember
) -> None:
    case = opened(LONG)
    task = pull_up(waiting_task(case), yoshino, "担当者が出張中")
    assert task.step == "decide"
    assert [(each.step, each.key) for each in case.open_readings()] == [
        ("review", "environment/reviewer"),
        ("check", "environment/unit_chief"),
    ]
    decide(task, "approved", yoshino)
    assert not read_again(case).is_open
    for reading, who in zip(case.open_readings(), (sato, takasaki), strict=True):
        close_reading(reading, who)
    assert case.open_readings() == []


@pytest.mark.parametrize("login", ["takasaki", "suzuki", "mayor", "admin"])
def test_nobody_else_pulls_it_up(opened: Opened, login: str) -> None:
    with pytest.raises(DecisionRefused):
        pull_up(waiting_task(opened(LONG)), StaffMember.objects.get(username=login), "理由")


def test_consultation_is_not_passed_over(opened: Opened, yoshino: StaffMember) -> None:
    member = {"by": {"department": "facilities", "role": "reviewer"}}
    consult = {"key": "consult", "kind": "consultation", "title": "合議", "members": [member]}
    case = opened({**LONG, "steps": [REVIEW, consult, DECIDE]})
    with pytest.raises(DecisionRefused):
        pull_up(waiting_task(case), yoshino, "理由")


def test_drafter_takes_it_back_until_it_is_opened(opened: Opened, sato: StaffMember, suzuki: StaffMember) -> None:
    case = opened(LONG, drafter=suzuki)
    pull_back(case, suzuki, "金額の誤り")
    assert case.subject.pulled_back == 1
    assert read_again(case).stopped_at
    resume(read_again(case))
    mark_opened(waiting_task(case), suzuki)  # his own look counts for nothing
    mark_opened(waiting_task(case), sato)
    with pytest.raises(CaseRefused, match="すでに開いている"):
        pull_back(read_again(case), suzuki)
    assert left(case) == ["start_case", "pull_back", "resume"]


def test_drafter_does_not_take_back_what_somebody_holds(opened: Opened, sato: StaffMember, suzuki: StaffMember) -> None:
    case = opened(LONG, drafter=suzuki)
    hold(waiting_task(case), sato, "現地調査", localdate())
    with pytest.raises(CaseRefused, match="すでに開いている"):
        pull_back(case, suzuki)


def test_only_its_drafter_takes_it_back(opened: Opened, sato: StaffMember) -> None:
    for verb in (pull_back, abandon):
        with pytest.raises(CaseRefused, match="起案した人"):
            verb(opened(LONG), sato, "理由")


def test_drafter_abandons_an_internal_draft(opened: Opened, suzuki: StaffMember) -> None:
    case = opened(LONG, drafter=suzuki, is_internal=True)
    with pytest.raises(CaseRefused, match="理由"):
        abandon(case, suzuki, " ")
    abandon(read_again(case), suzuki, "予算がつかないため")
    assert (read_again(case).outcome, read_again(case).subject.outcome) == ("abandoned", "abandoned")
    assert not Task.objects.filter(process=case, finished=None).exists()


def test_residents_application_is_not_abandoned(opened: Opened, suzuki: StaffMember) -> None:
    with pytest.raises(CaseRefused, match="住民"):
        abandon(opened(LONG, drafter=suzuki), suzuki, "理由")


def test_circulation_holds_nobody_up_and_leaves_receipts(
    opened: Opened, sato: StaffMember, suzuki: StaffMember, yoshino: StaffMember
) -> None:
    to = [{"role": "unit_chief"}, {"department": "facilities", "role": "reviewer"}]
    round_trip = {"key": "round", "kind": "circulation", "title": "供覧", "to": to}
    case = opened({**LONG, "steps": [round_trip, {**DECIDE, "may": ["approve"]}]})
    assert [task.step for task in case.open_tasks()] == ["decide"]
    reading = case.open_readings()[1]
    with pytest.raises(DecisionRefused, match="担当ではない"):
        close_reading(reading, sato)
    close_reading(reading, suzuki)
    with pytest.raises(DecisionRefused, match="閲覧済み"):
        close_reading(reading, suzuki)
    decide(waiting_step(case, "decide"), "approved", yoshino)
    assert case.movements.get(verb="read").by == suzuki
    assert len(case.open_readings()) == 1


def waiting_step(case: Case, step: str) -> Task:
    return next(task for task in case.open_tasks() if task.step == step)


def test_elapsed_time_leaves_out_every_stop_once(opened: Opened) -> None:
    case = opened(LONG)
    begin = now() - timedelta(hours=10)
    Case.objects.filter(pk=case.pk).update(created=begin)
    for since, until in [(1, 3), (2, 4), (6, 7), (11, 12)]:
        hours = begin + timedelta(hours=since), begin + timedelta(hours=until)
        ClockStop.objects.create(case=case, kind="hold", since=hours[0], until=hours[1])
    assert elapsed(read_again(case), begin + timedelta(hours=10)) == timedelta(hours=6)
    assert elapsed(read_again(case), begin - timedelta(hours=1)) == timedelta(0)
