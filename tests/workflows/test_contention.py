"""Several people at once, each with a connection of their own: exactly one of them wins, and the others are told so."""

import threading
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connections

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows import audit
from workflows.authority import DecisionRefused
from workflows.cases import Case, CaseRefused, Task
from workflows.chains import chain
from workflows.corrections import resume
from workflows.decisions import decide
from workflows.signatures import verify_chain
from workflows.staff import StaffMember
from workflows.withdrawal import withdraw

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., Case]
TRIES = 8


def at_once(*verbs: Callable[[], object]) -> list[object]:
    """What each verb gave, or the refusal that it met, all of them started together."""
    ready, results = threading.Barrier(len(verbs)), [None] * len(verbs)

    def run(number: int, verb: Callable[[], object]) -> None:
        ready.wait()
        try:
            results[number] = verb()
        except (DecisionRefused, CaseRefused) as refused:
            results[number] = refused
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=entry) for entry in enumerate(verbs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def told(results: list[object]) -> list[str]:
    """What those who lost were told."""
    return [str(result) for result in results if isinstance(result, Exception)]


def assert_sound(case: Case) -> None:
    case = read_again(case)
    assert Task.objects.filter(process=case, finished=None).count() == (1 if case.is_open else 0)
    verify_chain(chain(case), case.first_sha256, {case.first_sha256, case.content_sha256})
    assert audit.verify().is_intact


def test_two_approvers_make_one_decision(opened: Opened, sato: StaffMember, ito: StaffMember) -> None:
    for _ in range(TRIES):
        case = opened()
        pk = waiting_task(case).pk
        verbs = [partial(decide, Task.objects.get(pk=pk), "approved", by) for by in (sato, ito, sato)]
        results = at_once(*verbs)
        assert len(told(results)) == 2
        assert all("すでに終わっています" in words for words in told(results))
        assert case.decisions.count() == 1
        assert waiting_task(case).step == "decide"
        assert_sound(case)


def test_approval_against_refusal(opened: Opened, yoshino: StaffMember) -> None:
    for _ in range(TRIES):
        case = opened({**documents.LINE, "steps": [documents.DECIDE]})
        pk = waiting_task(case).pk
        results = at_once(
            lambda: decide(Task.objects.get(pk=pk), "approved", yoshino),  # noqa: B023 – run before the next round
            lambda: decide(Task.objects.get(pk=pk), "refused", yoshino, comment="理由"),  # noqa: B023
        )
        assert len(told(results)) == 1
        assert read_again(case).outcome == case.decisions.get().outcome == read_again(case).subject.outcome
        assert_sound(case)


def test_decision_against_withdrawal(opened: Opened, yoshino: StaffMember) -> None:
    for _ in range(TRIES):
        case = opened({**documents.LINE, "steps": [documents.DECIDE]})
        pk = waiting_task(case).pk
        results = at_once(
            lambda: decide(Task.objects.get(pk=pk), "approved", yoshino),  # noqa: B023
            lambda: withdraw(Case.objects.get(pk=case.pk)),  # noqa: B023
        )
        assert len(told(results)) == 1
        assert read_again(case).outcome in ("approved", "withdrawn")
        assert case.decisions.count() == (read_again(case).outcome == "approved")
        assert_sound(case)


def test_correction_is_answered_once(opened: Opened, sato: StaffMember) -> None:
    for _ in range(TRIES):
        case = opened()
        decide(waiting_task(case), "correction", sato, comment="理由")
        results = at_once(*(lambda: resume(Case.objects.get(pk=case.pk)) for _ in range(3)))  # noqa: B023
        assert len(told(results)) == 2
        assert waiting_task(case).step == "review"
        assert_sound(case)


def beside(need: object) -> dict[str, object]:
    """Two reviewers beside each other, then the decider."""
    branches = [{"steps": [{**documents.REVIEW, "key": key, "may": ["approve", "object"]}]} for key in ("one", "two")]
    block = {"key": "both", "kind": "parallel", "need": need, "if_not_agreed": "continue", "branches": branches}
    return {**documents.LINE, "steps": [block, {**documents.DECIDE, "may": ["approve"]}]}


@pytest.mark.parametrize("need", ["all", "any"])
def test_branches_that_end_at_once_go_on_once(opened: Opened, sato: StaffMember, ito: StaffMember, need: str) -> None:
    for _ in range(TRIES):
        case = opened(beside(need))
        first, second = (task.pk for task in case.open_tasks())
        results = at_once(
            lambda: decide(Task.objects.get(pk=first), "approved", sato),  # noqa: B023
            lambda: decide(Task.objects.get(pk=second), "approved", ito),  # noqa: B023
        )
        assert len(told(results)) == (0 if need == "all" else 1)
        assert [task.step for task in case.open_tasks()] == ["decide"]
        assert Task.objects.filter(process=case, step="decide").count() == 1
        assert_sound(case)


def test_agreement_against_objection_has_one_outcome(opened: Opened, sato: StaffMember, ito: StaffMember) -> None:
    for _ in range(TRIES):
        case = opened(beside("any"))
        first, second = (task.pk for task in case.open_tasks())
        at_once(
            lambda: decide(Task.objects.get(pk=first), "approved", sato),  # noqa: B023
            lambda: decide(Task.objects.get(pk=second), "objected", ito, comment="理由"),  # noqa: B023
        )
        assert Task.objects.filter(process=case, step="decide").count() == 1
        assert_sound(case)


def test_first_decisions_of_one_member_use_one_key(opened: Opened, sato: StaffMember) -> None:
    cases = [opened() for _ in range(4)]
    tasks = [waiting_task(case) for case in cases]
    results = at_once(*(lambda task=task: decide(task, "approved", sato) for task in tasks))
    assert told(results) == []
    assert sato.signing_keys.count() == 1
    for case in cases:
        assert_sound(case)
