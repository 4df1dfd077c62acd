"""A day on which a chief is away: a substitute decides in her place (代決); she reads it when she is back (後閲)."""

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page

from forms_engine.applications import Application
from tests.forms_engine.starters import opened
from tests.journeys.docket import submitted, until
from tests.journeys.people import choose, leave, sign_in
from workflows.staff import StaffMember
from workflows.trays import sizes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def request_for_documents(municipality: None) -> Application:
    """Waits for the decision of 渡邉 直子; 村上 宏 is named as her substitute."""
    watanabe = StaffMember.objects.get(username="watanabe")
    return until(watanabe, submitted(opened("disclosure_request"), "newspaper", {}))


def is_away(page: Page, login: str, look) -> None:
    sign_in(page, login)
    page.get_by_role("link", name="不在と代決").click()
    for label in ("不在の初日", "不在の末日"):
        page.get_by_label(label).fill(localdate().isoformat())
    page.get_by_label("理由").fill("県庁へ出張")
    page.get_by_role("button", name="届け出る").click()
    page.get_by_text("いま不在です").wait_for()
    look(page)
    leave(page)


def stands_in(page: Page, login: str, look) -> None:
    sign_in(page, login)
    page.get_by_role("link", name="代決できるもの").click()
    page.locator("a[data-case]").click()
    page.get_by_text("総務課 課長に代わって処理します（代決）。").wait_for()
    look(page)
    choose(page, "approved")
    leave(page)


def test_substitute_decides_and_the_chief_reads_it_later(request_for_documents: Application, page: Page, look) -> None:
    is_away(page, "watanabe", look)
    stands_in(page, "murakami", look)
    sign_in(page, "watanabe")
    page.get_by_role("link", name="後閲・供覧").click()
    page.wait_for_url("**/?tray=readings")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.locator(".route__decision").filter(has_text="総務課 部長（代） 村上 宏").wait_for()
    look(page)
    page.keyboard.press("Control+Enter")
    page.get_by_text("閲覧済みにしました").wait_for()
    assert "?tray=readings" in page.url
    assert sizes(StaffMember.objects.get(username="watanabe"))["readings"] == 0
    request_for_documents.refresh_from_db()
    assert request_for_documents.outcome == "approved"
