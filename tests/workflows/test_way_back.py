"""Whoever decides on a case comes back to the list from which he opened it, as he had narrowed it."""

from base64 import urlsafe_b64encode
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from tests.workflows import documents
from tests.workflows.conftest import waiting_task
from tests.workflows.test_approver_desk import case_url, decide_url
from workflows.cases import Case

Opened = Callable[..., Case]
Browser = Callable[[str], Client]
SORTED = "sort=newest&due=week"
QUEUE = "/approver/"


def test_link_of_a_row_and_form_of_the_case_know_the_list(opened: Opened, client_of: Browser) -> None:
    case, browser = opened(), client_of("sato")
    page = browser.get(QUEUE, {"sort": "newest"}).content.decode()
    address = f"{case_url(case)}?back=sort%3Dnewest"
    assert f'href="{address}"' in page
    shown = browser.get(address).content.decode()
    assert 'name="back" value="sort=newest"' in shown
    assert f'href="{QUEUE}?sort=newest" data-back' in shown


def test_decision_leads_back_to_the_list_as_it_was_narrowed(opened: Opened, client_of: Browser) -> None:
    task, browser = waiting_task(opened()), client_of("sato")
    sent = browser.post(decide_url(task), {"outcome": "approved", "back": SORTED})
    assert sent["Location"] == f"{QUEUE}?{SORTED}"


def test_act_leads_to_the_case_with_its_way_back(opened: Opened, client_of: Browser) -> None:
    may_forward = {**documents.REVIEW, "may": ["approve", "forward"]}
    case = opened({**documents.LINE, "steps": [may_forward, documents.DECIDE]})
    address = reverse("approver:act", args=[waiting_task(case).public_id, "forward"])
    sent = client_of("sato").post(address, {"to": "environment/section_chief", "back": "tray=held"})
    assert sent["Location"] == f"{case_url(case)}?back=tray%3Dheld"


def test_nothing_but_what_narrows_a_list_is_taken_over(opened: Opened, client_of: Browser) -> None:
    task, browser = waiting_task(opened()), client_of("sato")
    sent = browser.post(decide_url(task), {"outcome": "approved", "back": "//elsewhere.example/?next=x&tray=mine"})
    assert sent["Location"] == QUEUE


def test_page_that_was_cleared_leads_to_the_first(opened: Opened, client_of: Browser) -> None:
    opened()
    beyond = urlsafe_b64encode(b"2999-12-31 999999").decode("ascii")
    sent = client_of("sato").get(QUEUE, {"sort": "due", "after": beyond})
    assert sent.status_code == 302
    assert sent["Location"] == f"{QUEUE}?sort=due"
