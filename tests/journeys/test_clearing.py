"""A full queue cleared by keyboard alone: forty cases of five procedures, one by one and together."""

import re
from itertools import cycle, islice

import pytest
from playwright.sync_api import Page

from tests.journeys.docket import wait_for
from tests.journeys.people import sign_in
from workflows.decisions import Decision
from workflows.staff import StaffMember
from workflows.trays import sizes

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
#: What the chief wishes for single cases; where a step does not offer it, he approves.
WISHES = ("不承認にする", "承認する", "差し戻す", "補正を求める", "承認する")
LIST, CASE, LETTER = re.compile(r"/approver/(\?|$)"), re.compile(r"/cases/"), re.compile(r"/decision/$")


class Chief:
    """Somebody without a mouse, who counts what he presses; a reason is written in one go and not counted."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.pressed += len(keys)

    def turn(self, key: str, to: re.Pattern[str]) -> None:
        """Press a key that opens another page."""
        with self.page.expect_navigation(url=to):
            self.press(key)

    def clear_one(self, wish: str) -> None:
        """Open the row on which the focus stands, else the first, and decide as wished."""
        if not self.page.locator("a[data-case]:focus").count():
            self.press("j")
        self.turn("Enter", CASE)
        titles = self.page.locator("#decision .choice strong").all_inner_texts()
        self._choose(next((title for title in titles if title.startswith(wish)), titles[0]), titles)
        self.turn("Control+Enter", LIST)

    def _choose(self, title: str, titles: list[str]) -> None:
        self.press(str(titles.index(title) + 1))
        if title.startswith(("補正", "不承認")):
            self.press("Tab")
            self.page.keyboard.insert_text("添付された書類と内容が合いません。")
        if title.startswith("不承認"):
            self.turn("Control+Enter", LETTER)

    def clear_the_page(self) -> None:
        """Everything that the list shows, together."""
        self.press("a")
        self.turn("Control+Enter", re.compile(r"/together/"))
        self.turn("Control+Enter", re.compile(r"/together/"))
        self.turn("b", LIST)


@pytest.fixture
def worker(settings) -> None:
    """Copies and mails are left to the background worker, as in service."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def watanabe(municipality: None, worker: None) -> StaffMember:
    """渡邉 直子, 総務課 課長, with forty cases of five procedures before her."""
    member = StaffMember.objects.get(username="watanabe")
    wait_for(member, 40)
    return member


def test_forty_mixed_cases_are_cleared_by_keyboard_alone(
    watanabe: StaffMember, page: Page, look, record_property
) -> None:
    sign_in(page, "watanabe")
    chief = Chief(page)
    for wish in islice(cycle(WISHES), 12):
        chief.clear_one(wish)
    look(page)
    while page.locator("[data-queue]").count():
        chief.clear_the_page()
    chief.turn("n", LIST)  # to what she is consulted on
    chief.clear_the_page()
    record_property("keys", chief.pressed)
    left = sizes(watanabe)
    assert (left["mine"], left["consultations"]) == (0, 0)
    made = Decision.objects.filter(by=watanabe)
    assert {each.outcome for each in made} == {"approved", "returned", "correction", "refused"}
    assert made.count() == 40
    assert chief.pressed <= 4 * 40
