"""A resident turns the pages of a form: in one round trip each, back and forth, on a bad line, without any script."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.forms_engine.answers import dog
from tests.journeys.people import fill, go_through, press, turn

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PROCEDURE = "/procedures/dog_registration/"
NEXT = "main .actions .button--primary"


def begin(page):
    page.goto(PROCEDURE)
    turn(page, page.get_by_role("button", name="入力を始める"))


def to_second_page(page):
    """On the second page, the first one answered; gives the first one's address."""
    begin(page)
    first = page.url
    fill(page, dog())
    press(page)
    assert page.url != first, page.locator("main").inner_text()
    return first


def asked_for(page):
    """What the browser asks the site for from now on, without what it keeps (scripts, styles, pictures)."""
    requests = []
    page.on("request", lambda request: requests.append(request) if "/static/" not in request.url else None)
    return requests


def is_help_with_an_answer(request):
    """Whether it leaves the page where it is: questions follow an answer, a postal code or a rare name is looked up."""
    is_redraw = b"_refresh" in (request.post_data_buffer or b"")
    return is_redraw or urlsplit(request.url).path.startswith(("/postal-codes/", "/characters/"))


def test_each_step_is_one_round_trip(page, published, look):
    page.goto(PROCEDURE)
    requests = asked_for(page)
    turn(page, page.get_by_role("button", name="入力を始める"))
    pages = 0
    while "/pages/" in page.url:
        fill(page, dog())
        press(page)
        pages += 1
    press(page)
    page.wait_for_url("**/done/")
    look(page)
    sent = [one for one in requests if one.headers.get("hx-boosted")]
    assert [one.method for one in sent] == ["POST"] * (pages + 2)
    assert all(is_help_with_an_answer(one) for one in requests if one not in sent)


def test_title_heading_and_focus_are_those_of_the_new_page(phone, published, look):
    to_second_page(phone)
    expect(phone.get_by_role("heading", level=1)).to_be_focused()
    assert re.search(r"（2/\d）", phone.title())
    assert phone.evaluate("scrollY") == 0
    phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('main form') !== null"), "the first question comes next"
    look(phone)


def test_an_error_takes_the_focus_and_adds_nothing_to_the_history(page, published, look):
    to_second_page(page)
    before = page.evaluate("history.length")
    press(page)
    expect(page.locator(".error-summary")).to_be_focused()
    assert page.title().startswith("エラー") and page.evaluate("history.length") == before
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.matches('input, select, textarea, fieldset')")
    look(page)


def test_a_box_that_was_drawn_larger_does_not_offend_the_security_policy(page, published, look):
    begin(page)
    page.locator("main input[id]").last.evaluate("box => { box.style.width = '90%' }")
    press(page)
    expect(page.locator(".error-summary")).to_be_focused()
    look(page)


def test_back_and_reload_show_the_page_with_what_was_answered(page, published, look):
    first = to_second_page(page)
    second = page.url
    page.reload()
    assert page.url == second
    page.go_back()
    expect(page.locator('[name="/owner/family_name"]')).to_have_value(dog()["owner"]["family_name"])
    assert page.url == first
    page.go_forward()
    expect(page.locator('[aria-current="step"]')).to_contain_text("2")
    assert page.url == second
    kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert dog()["owner"]["family_name"] not in kept and "<" not in kept
    look(page)


def test_a_link_within_the_page_and_back_keeps_what_is_typed(page, published):
    to_second_page(page)
    box = page.locator('main input[type="text"], main textarea').first
    box.fill("ま")
    page.evaluate("location.hash = 'main'")
    page.go_back()
    page.wait_for_timeout(300)
    expect(box).to_have_value("ま")


def test_a_lost_connection_is_said_and_nothing_is_lost(page, published):
    begin(page)
    fill(page, dog())
    page.context.set_offline(True)
    page.locator(NEXT).click()
    expect(page.get_by_role("alert")).to_contain_text("送信できませんでした")
    expect(page.locator('[name="/owner/family_name"]')).to_have_value(dog()["owner"]["family_name"])
    page.context.set_offline(False)
    press(page)
    expect(page.locator('[aria-current="step"]')).to_contain_text("2")


def test_an_expired_session_asks_for_the_access_code(page, published):
    begin(page)
    page.context.clear_cookies(name="kakanai_session")
    page.locator(NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("照会番号を入力してください")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_an_error_page_takes_the_place_of_the_whole_document(page, published):
    begin(page)
    page.context.clear_cookies(name="kakanai_csrf")
    page.locator(NEXT).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("もう一度送ってください")
    expect(page.locator("body")).to_have_class("error-page")
    page.get_by_role("link", name="はじめのページへ").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("オンラインで申請する")


def test_a_change_from_the_check_page_leads_back_there(page, published, look):
    begin(page)
    go_through(page, dog(), look)
    turn(page, page.locator(".read-out__change").first)
    assert "?return=check" in page.url
    press(page)
    page.wait_for_url("**/check/")
    look(page)


def test_the_same_journey_without_script(open_page, published):
    page = open_page(java_script_enabled=False)
    begin(page)
    while "/pages/" in page.url:
        before = page.url
        fill(page, dog())
        press(page)
        if page.url == before:  # an answer brought up other questions: without script they come when the page is sent
            fill(page, dog())
            press(page)
        assert page.url != before, page.locator("main").inner_text()
    press(page)
    expect(page.locator("main")).to_contain_text(re.compile(r"R\d+-\d{6}"))
    assert page.url.endswith("/done/")


def test_the_cursor_stays_on_an_answer_that_brings_up_questions(page, published):
    page.goto("/procedures/facility_use/")
    turn(page, page.get_by_role("button", name="入力を始める"))
    page.goto(re.sub(r"/pages/.*", "/pages/equipment/", page.url))
    cold = page.locator('[name="/air_conditioning"][value="true"]')
    cold.focus()
    page.keyboard.press("Space")
    expect(page.locator('[name="/air_conditioning_hours"]')).to_be_visible()
    expect(cold).to_be_focused()
