"""Parallel branches and consultation (並列・合議): who has to agree, when it is certain, and what comes then."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again
from workflows.authority import DecisionRefused
from workflows.cases import Case, Task
from workflows.corrections import resume
from workflows.decisions import decide
from workflows.holds import hold
from workflows.offers import earlier_steps
from workflows.staff import StaffMember
from workflows.withdrawal import withdraw

Opened = Callable[..., Case]
FACILITIES = {"by": {"department": "facilities", "role": "reviewer"}}
GENERAL = {"by": {"department": "general", "role": "section_chief"}}
CHIEF = {"by": {"role": "unit_chief"}}
WHO = {"consult__1": "suzuki", "consult__2": "watanabe", "consult__3": "takasaki"}


def consulting(**more: Any) -> dict[str, Any]:
    """Review, three who are consulted, decision."""
    may = ["approve", "object", "request_correction"]
    consult = {"key": "consult", "kind": "consultation", "title": "合議", "may": may}
    consult |= {"members": [FACILITIES, GENERAL, CHIEF], **more}
    return {"workflow": "consulting", "title": "合議つき", "steps": [documents.REVIEW, consult, documents.DECIDE]}


def member(login: str) -> StaffMember:
    return StaffMember.objects.get(username=login)


def at(case: Case) -> list[str]:
    return [task.step for task in case.open_tasks()]


def act(case: Case, step: str, outcome: str = "approved", **words: Any) -> None:
    who = {"review": "sato", "decide": "yoshino", **WHO}[step]
    task = next(task for task in case.open_tasks() if task.step == step)
    decide(task, outcome, member(who), comment="理由", **words)


@pytest.fixture
def consulted(opened: Opened) -> Callable[..., Case]:
    """A case that has come to its consultation."""

    def open_case(**more: Any) -> Case:
        case = opened(consulting(**more))
        act(case, "review")
        return case

    return open_case


def test_all_are_asked_at_once_and_all_must_agree(consulted: Callable[..., Case]) -> None:
    case = consulted()
    assert at(case) == list(WHO)
    for step in ("consult__2", "consult__3", "consult__1"):
        assert "decide" not in at(case)
        act(case, step)
    assert at(case) == ["decide"]
    act(case, "decide")
    assert read_again(case).outcome == "approved"


def test_members_are_asked_one_after_the_other(consulted: Callable[..., Case]) -> None:
    case = consulted(order="sequence")
    for step in WHO:
        assert at(case) == [step]
        act(case, step)
    assert at(case) == ["decide"]


@pytest.mark.parametrize(
    ("need", "enough"), [("any", 1), (2, 2), ({"percent": 50}, 2), ({"percent": 34}, 2), ("all", 3)]
)
def test_enough_have_agreed_and_the_rest_is_cancelled(consulted: Callable[..., Case], need: Any, enough: int) -> None:
    case = consulted(need=need)
    for number, step in enumerate(list(WHO)[:enough], start=1):
        act(case, step)
        assert (at(case) == ["decide"]) == (number == enough)
    assert Task.objects.filter(process=case, status="CANCELED").count() == 3 - enough


def test_too_many_object_and_it_goes_back_at_once(consulted: Callable[..., Case]) -> None:
    case = consulted(need=2)
    act(case, "consult__1", "objected")
    assert at(case) == ["consult__2", "consult__3"]
    act(case, "consult__3", "objected")
    assert at(case) == ["review"]
    assert not case.decisions.standing().exists()


def test_objection_may_be_left_to_the_decider(consulted: Callable[..., Case]) -> None:
    case = consulted(if_not_agreed="continue")
    act(case, "consult__1", "objected")
    assert at(case) == ["decide"]
    assert case.decisions.standing().filter(outcome="objected").count() == 1


def test_who_objects_says_why(consulted: Callable[..., Case]) -> None:
    task = consulted().open_tasks()[0]
    with pytest.raises(DecisionRefused, match="理由"):
        decide(task, "objected", member("suzuki"))


def test_who_was_cut_off_is_told(consulted: Callable[..., Case]) -> None:
    case = consulted(need="any")
    late = case.open_tasks()[1]
    act(case, "consult__1")
    with pytest.raises(DecisionRefused, match="すでに終わっています"):
        decide(late, "approved", member("watanabe"))


def test_decider_returns_to_the_whole_consultation_and_all_are_asked_again(consulted: Callable[..., Case]) -> None:
    case = consulted(need=2)
    act(case, "consult__1")
    act(case, "consult__2")
    assert [unit.key for unit in earlier_steps(case.open_tasks()[0])] == ["review", "consult"]
    act(case, "decide", "returned", to="consult")
    assert at(case) == list(WHO)
    assert [decision.step for decision in case.decisions.standing().filter(outcome="approved")] == ["review"]


def test_correction_parks_the_others_and_changed_content_is_put_to_all_again(consulted: Callable[..., Case]) -> None:
    case = consulted()
    act(case, "consult__1")
    waiting = case.open_tasks()[1]
    act(case, "consult__2", "correction")
    assert [task.owner_permission for task in case.open_tasks()] == ["applicant"]
    with pytest.raises(DecisionRefused, match="補正"):
        decide(waiting, "approved", member("takasaki"))
    case.subject.answers = {"fee": 1}
    case.subject.save()
    resume(read_again(case))
    assert at(case) == list(WHO)
    assert [decision.step for decision in case.decisions.standing().filter(outcome="approved")] == ["review"]


def test_correction_that_changes_nothing_asks_nobody_twice(consulted: Callable[..., Case]) -> None:
    case = consulted()
    act(case, "consult__1")
    act(case, "consult__2", "correction")
    resume(read_again(case))
    assert sorted(at(case)) == ["consult__2", "consult__3"]


def test_correction_asked_by_the_decider_reopens_the_consultation(consulted: Callable[..., Case]) -> None:
    case = consulted(need="any")
    act(case, "consult__1")
    act(case, "decide", "correction")
    case.subject.answers = {"fee": 1}
    case.subject.save()
    resume(read_again(case))
    assert at(case) == list(WHO)


def test_clock_runs_again_when_a_held_member_is_cut_off(consulted: Callable[..., Case]) -> None:
    case = consulted(need="any", may=["approve", "hold"], hold_stops_clock=True)
    hold(case.open_tasks()[1], member("watanabe"), "照会", localdate())
    assert read_again(case).stopped_at
    act(case, "consult__1")
    assert read_again(case).stopped_at is None


def test_withdrawal_leaves_no_task_behind(consulted: Callable[..., Case]) -> None:
    case = consulted()
    withdraw(case)
    assert at(case) == []
    assert not Task.objects.filter(process=case, finished=None).exists()


def branch(*keys: str) -> dict[str, Any]:
    may = ["approve", "object", "return"]
    return {
        "steps": [
            {"key": key, "kind": "approval", "title": key, "by": {"role": "reviewer"}, "may": may} for key in keys
        ]
    }


def nested() -> dict[str, Any]:
    inside = {"key": "inner", "kind": "parallel", "need": "any", "branches": [branch("c"), branch("d")]}
    outside = {"key": "outer", "kind": "parallel", "branches": [branch("a", "b"), {"steps": [inside]}]}
    return {"workflow": "nested", "title": "入れ子", "steps": [documents.REVIEW, outside, documents.DECIDE]}


def approve(case: Case, sato: StaffMember, *steps: str) -> None:
    for step in steps:
        decide(next(task for task in case.open_tasks() if task.step == step), "approved", sato)


def test_blocks_inside_blocks(opened: Opened, sato: StaffMember) -> None:
    case = opened(nested())
    approve(case, sato, "review", "d", "a")
    assert at(case) == ["b"]
    approve(case, sato, "b")
    assert at(case) == ["decide"]


def test_return_within_a_branch_leaves_the_others_alone(opened: Opened, sato: StaffMember) -> None:
    case = opened(nested())
    approve(case, sato, "review", "a", "c")
    task = next(task for task in case.open_tasks() if task.step == "b")
    decide(task, "returned", sato, comment="理由", to="a")
    assert at(case) == ["a"]
    assert set(case.decisions.standing().filter(outcome="approved").values_list("step", flat=True)) == {"review", "c"}
    approve(case, sato, "a", "b")
    assert at(case) == ["decide"]


def test_return_out_of_a_block_ends_it_and_it_begins_anew(opened: Opened, sato: StaffMember) -> None:
    case = opened(nested())
    approve(case, sato, "review", "a")
    task = next(task for task in case.open_tasks() if task.step == "c")
    decide(task, "returned", sato, comment="理由", to="review")
    assert at(case) == ["review"]
    approve(case, sato, "review")
    assert at(case) == ["a", "c", "d"]
    approve(case, sato, "c", "a", "b")
    assert at(case) == ["decide"]
