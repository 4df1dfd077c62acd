"""Browser and web server are killed while somebody edits a form: what the screen said to be kept is there again."""

import os
import signal
import threading
from random import uniform

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Error, expect

from forms_engine import manuscripts
from forms_engine.definitions import current
from forms_engine.manuscripts import Manuscript
from forms_engine.unfinished import Unfinished
from tests.journeys.conftest import CHROMIUM, FLAGS
from tests.journeys.office import Servers
from workflows.capacities import BUILDER, grant
from workflows.staff import StaffMember

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME = "#set-retitle_field-title-dog_name"
ROUNDS = 2


class Typist:
    """佐藤 at the draft: one name after another, until something breaks; what was said to be kept, and what was not."""

    def __init__(self, page, address):
        self.page, self.address = page, address
        self.kept, self.in_flight, self.number = [], "", 0

    def open(self):
        self.page.goto(self.address)
        expect(self.page.locator(NAME)).to_be_visible()

    def type_one(self):
        """One more name; whether it was said to be kept."""
        self.number += 1
        self.in_flight = f"犬の名{self.number}"
        self.page.locator(NAME).fill(self.in_flight)
        self.page.keyboard.press("Tab")
        told = f"#properties-title:text-is('項目「{self.in_flight}」'), #told.field__error"
        self.page.locator(told).first.wait_for()
        if self.page.locator("#told.field__error").count():
            return False
        self.kept.append(self.in_flight)
        return True

    def type_on(self):
        """Until a name is not kept."""
        while self.type_one():
            pass


@pytest.fixture
def draft(published):
    grant(StaffMember.objects.get(username="sato"), BUILDER, "environment")
    return manuscripts.begin(current("dog_registration").document, "environment")


@pytest.fixture
def session(client_of):
    """The cookie by which 佐藤 is known."""
    cookie = client_of("sato").cookies[settings.SESSION_COOKIE_NAME]
    return {"name": cookie.key, "value": cookie.value}


@pytest.fixture
def servers():
    """Web servers on the database of this test, in processes of their own."""
    file = connection.settings_dict["NAME"]
    opened = Servers({**os.environ, "DATABASE_URL": f"sqlite:///{file}", "DJANGO_SETTINGS_MODULE": "tests.settings"})
    yield opened
    opened.kill()


def title():
    return Manuscript.objects.get().document["schema"]["properties"]["dog_name"]["title"]


def assert_nothing_lost(typist):
    """The name is the last that was said to be kept, or the one after it; undo leads to the one before."""
    kept = title()
    assert kept in (typist.kept[-1], typist.in_flight)
    typist.open()
    expect(typist.page.locator(NAME)).to_have_value(kept)
    typist.page.locator("#undo").click()
    expect(typist.page.locator(NAME)).not_to_have_value(kept)
    expect(typist.page.locator("#redo")).to_be_enabled()
    typist.page.locator("#redo").click()
    expect(typist.page.locator(NAME)).to_have_value(kept)


def test_killing_the_web_server_loses_nothing_that_was_said_to_be_kept(draft, servers, session, open_page):
    address = f"http://127.0.0.1:{servers.port}"
    page = open_page()
    page.set_default_timeout(60_000)  # a server that was just killed has to begin anew
    page.context.add_cookies([{**session, "url": address}])
    typist = Typist(page, f"{address}/builder/drafts/{draft.pk}/?field=dog_name")
    for _ in range(ROUNDS):
        servers.open_web()
        typist.open()
        assert typist.type_one()
        killing = threading.Timer(uniform(0.5, 2.5), servers.kill)  # noqa: S311 – any moment will do
        killing.start()
        typist.type_on()
        killing.join()
        expect(page.locator("#told")).to_contain_text("保存できませんでした")
        expect(page.locator(NAME)).to_have_value(typist.in_flight)
        servers.open_web()
        assert_nothing_lost(typist)
        servers.kill()


def test_killing_the_browser_loses_nothing_that_was_said_to_be_kept(draft, site, session, browser):
    typist = Typist(None, f"{site.url}/builder/drafts/{draft.pk}/?field=dog_name")
    for _ in range(ROUNDS):
        with_process = browser.browser_type.launch(executable_path=str(CHROMIUM), args=FLAGS)
        typist.page = in_a_new_window(with_process, session, site)
        typist.open()
        assert typist.type_one()
        threading.Timer(uniform(0.5, 2.5), os.kill, [process(with_process), signal.SIGKILL]).start()  # noqa: S311
        with pytest.raises(Error):
            typist.type_on()
        typist.page = in_a_new_window(browser, session, site)
        assert_nothing_lost(typist)
        typist.page.context.close()


def test_killing_the_browser_in_the_middle_of_a_word_loses_at_most_the_keystroke_in_flight(
    draft, site, session, browser
):
    with_process = browser.browser_type.launch(executable_path=str(CHROMIUM), args=FLAGS)
    page = in_a_new_window(with_process, session, site)
    page.goto(f"{site.url}/builder/drafts/{draft.pk}/?field=dog_name")
    page.wait_for_load_state("networkidle")
    word = "おうちの犬の呼び名"
    page.locator(NAME).fill("")
    with page.expect_response(lambda response: "edits" in response.url and word[:-1] in typed_in(response)):
        page.locator(NAME).press_sequentially(word)  # and never left
    os.kill(process(with_process), signal.SIGKILL)
    assert title() in (word, word[:-1])
    assert not Unfinished.objects.exists()  # of the empty name, which was refused
    again = in_a_new_window(browser, session, site)
    again.goto(f"{site.url}/builder/drafts/{draft.pk}/?field=dog_name")
    again.locator("#undo").click()
    expect(again.locator(NAME)).to_have_value("犬の名")
    expect(again.locator("#undo")).to_be_disabled()
    again.context.close()


def typed_in(response):
    """What a request sent, as text."""
    return (response.request.post_data_buffer or b"").decode(errors="replace")


def in_a_new_window(browser, session, site):
    context = browser.new_context(locale="ja-JP")
    context.add_cookies([{**session, "url": site.url}])
    return context.new_page()


def process(browser):
    """The id of the browser's own process."""
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    return next(one["id"] for one in found if one["type"] == "browser")
