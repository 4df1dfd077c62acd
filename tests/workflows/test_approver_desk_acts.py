"""What an approver does at the desk besides deciding: hold, forward, ask first, pull up, stand in, take back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows.cases import Case
from workflows.decisions import decide
from workflows.delegations import announce_absence
from workflows.staff import StaffMember

Opened = Callable[..., Case]
Browser = Callable[[str], Client]
MAY = ["approve", "hold", "forward", "add_step"]
REVIEW = {**documents.REVIEW, "may": MAY}
DECIDE = {**documents.DECIDE, "may": ["approve", "approve_with_conditions", "refuse", "return", "pull_up"]}
DECIDE |= {"substitutes": [{"role": "unit_chief"}]}
ROUTE: dict[str, Any] = {"workflow": "acts", "title": "二段階", "steps": [REVIEW, DECIDE]}


def act(browser: Client, case: Case, verb: str, **words: str) -> HttpResponse:
    return browser.post(reverse("approver:act", args=[waiting_task(case).public_id, verb]), words)


def shown(browser: Client, case: Case) -> str:
    return browser.get(reverse("approver:case", args=[case.public_id])).content.decode()


def send(browser: Client, case: Case, **words: str) -> HttpResponse:
    return browser.post(reverse("approver:decide", args=[waiting_task(case).public_id]), words)


@pytest.fixture
def reviewed(opened: Opened, sato: StaffMember) -> Case:
    """A case that waits for its decider."""
    case = opened(ROUTE)
    decide(waiting_task(case), "approved", sato)
    return case


def test_task_is_held_with_a_reason_and_taken_up_again(opened: Opened, client_of: Browser) -> None:
    case, browser = opened(ROUTE), client_of("sato")
    day = localdate() + timedelta(days=3)
    answer = act(browser, case, "hold", until=str(day), reason="")
    assert answer.status_code == 422
    assert "理由を書いてください" in answer.content.decode() and str(day) in answer.content.decode()
    act(browser, case, "hold", until=str(day), reason="現地調査")
    assert waiting_task(case).held_until == day
    assert "保留中です" in shown(browser, case)
    act(browser, case, "release")
    assert waiting_task(case).held_at is None


def test_task_is_forwarded_to_a_person_by_name(opened: Opened, client_of: Browser) -> None:
    case = opened(ROUTE)
    act(client_of("sato"), case, "forward", to="suzuki", reason="担当替え")
    assert str(waiting_task(case).owner.username) == "suzuki"
    assert "この内容で処理する" in shown(client_of("suzuki"), case)


def test_forwarding_to_words_that_mean_nobody_is_explained(opened: Opened, client_of: Browser) -> None:
    answer = act(client_of("sato"), opened(ROUTE), "forward", to="宇宙課 課長")
    assert answer.status_code == 422
    assert "「宇宙課 課長」という職や職員は見つかりません" in answer.content.decode()


def test_a_post_is_named_in_words_when_somebody_is_asked_first(opened: Opened, client_of: Browser) -> None:
    case, browser = opened(ROUTE), client_of("sato")
    act(browser, case, "add_step", to="施設課 担当")
    assert [task.step for task in case.open_tasks()] == ["review__added"]


def test_who_comes_later_pulls_the_case_up(opened: Opened, client_of: Browser) -> None:
    case, browser = opened(ROUTE), client_of("yoshino")
    assert "引き上げる" in shown(browser, case)
    act(browser, case, "pull_up", reason="担当者が急病のため")
    assert [task.step for task in case.open_tasks()] == ["decide"]


def test_substitute_of_somebody_who_is_there_says_why_it_cannot_wait(reviewed: Case, client_of: Browser) -> None:
    browser = client_of("takasaki")
    assert "代わって処理します（代決）" in shown(browser, reviewed)
    assert send(browser, reviewed, outcome="approved").status_code == 422
    send(browser, reviewed, outcome="approved", urgent="本日が期限のため")
    made = reviewed.decisions.latest("number")
    assert (made.is_substituted, made.urgency) == (True, "本日が期限のため")
    assert "代決の理由" in shown(browser, reviewed) and "（代）" in shown(browser, reviewed)


def test_substitute_of_somebody_who_is_away_just_decides(
    reviewed: Case, yoshino: StaffMember, client_of: Browser
) -> None:
    announce_absence(yoshino, localdate(), localdate(), "出張", yoshino)
    send(client_of("takasaki"), reviewed, outcome="approved")
    assert read_again(reviewed).outcome == "approved"
    assert [task.kind for task in reviewed.open_readings()] == ["later_reading"]


def test_approval_carries_its_conditions_line_by_line(reviewed: Case, client_of: Browser) -> None:
    browser = client_of("yoshino")
    refused = send(browser, reviewed, outcome="returned", conditions="清掃すること")
    assert "条件は、承認するときだけ付けられます" in refused.content.decode()
    send(browser, reviewed, outcome="approved", conditions="清掃すること\n\n午後9時までに終えること")
    assert reviewed.decisions.latest("number").conditions == ["清掃すること", "午後9時までに終えること"]


def test_drafter_takes_back_or_abandons_his_own(opened: Opened, client_of: Browser, katsuragi: StaffMember) -> None:
    case = opened(ROUTE, drafter=katsuragi, is_internal=True)
    browser = client_of("katsuragi")
    page = shown(browser, case)
    assert "引き戻す" in page and "廃案にする" in page
    url = reverse("approver:act_on_case", args=[case.public_id, "abandon"])
    assert browser.post(url, {"reason": ""}).status_code == 422
    browser.post(url, {"reason": "他の方法で調達するため"})
    assert read_again(case).outcome == "abandoned"


def test_nobody_acts_on_what_is_not_his(opened: Opened, client_of: Browser) -> None:
    case = opened(ROUTE)
    assert act(client_of("suzuki"), case, "forward", to="sato").status_code == 404
    assert act(client_of("takasaki"), case, "hold", until=str(localdate()), reason="x").status_code == 409
    assert act(client_of("sato"), case, "explode").status_code == 404
