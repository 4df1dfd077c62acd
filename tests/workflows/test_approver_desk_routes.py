"""The approver desk on routes with several positions at once: mine is offered to me, and what I have only to read."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.workflows import documents
from tests.workflows.test_blocks import act, consulting
from workflows.cases import Case

Opened = Callable[..., Case]
Browser = Callable[[str], Client]


def page(case: Case) -> str:
    return reverse("approver:case", args=[case.public_id])


def test_each_member_of_a_consultation_sees_and_decides_his_own(opened: Opened, client_of: Browser) -> None:
    case = opened(consulting())
    act(case, "review")
    browser = client_of("watanabe")
    shown = browser.get(page(case)).content.decode()
    assert "同意しない" in shown and "合議" in shown
    own = next(task for task in case.open_tasks() if task.step == "consult__2")
    assert own.opened_at is not None
    browser.post(reverse("approver:decide", args=[own.public_id]), {"outcome": "approved"})
    assert [task.step for task in case.open_tasks()] == ["consult__1", "consult__3"]


def test_objection_without_reason_is_asked_for(opened: Opened, client_of: Browser) -> None:
    case = opened(consulting())
    act(case, "review")
    own = case.open_tasks()[0]
    answer = client_of("suzuki").post(reverse("approver:decide", args=[own.public_id]), {"outcome": "objected"})
    assert answer.status_code == 422
    assert "同意しない理由" in answer.content.decode()


def test_what_is_to_be_read_stands_in_the_queue_until_it_was(opened: Opened, client_of: Browser) -> None:
    to = [{"department": "facilities", "role": "reviewer"}]
    round_trip = {"key": "round", "kind": "circulation", "title": "供覧", "to": to}
    case = opened({**documents.LINE, "steps": [round_trip, documents.REVIEW, documents.DECIDE]})
    browser = client_of("suzuki")
    assert case.reference in browser.get(reverse("approver:queue"), {"tray": "readings"}).content.decode()
    assert "閲覧済みにする" in browser.get(page(case)).content.decode()
    browser.post(reverse("approver:read", args=[case.open_readings()[0].public_id]))
    assert case.open_readings() == []
    assert "閲覧済みにしました" in browser.get(reverse("approver:queue")).content.decode()
