"""A member of staff arrives, in a real browser; and what anybody sees who took a wrong turn."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def sign_in(page, login, password):
    page.goto("/approver/")
    page.get_by_label("ログイン名").fill(login)
    page.get_by_label("パスワード").fill(password)
    page.get_by_role("button", name="ログイン").click()


def test_sato_signs_in_with_the_keyboard_and_out_again(page, sato, look):
    page.goto("/approver/")
    look(page)
    page.get_by_label("ログイン名").fill("sato")
    page.keyboard.press("Tab")
    page.keyboard.type("demo")
    page.keyboard.press("Enter")
    page.wait_for_url("**/approver/")
    page.get_by_role("button", name="ログアウト").click()
    page.wait_for_url("**/login/")


def test_a_wrong_password_is_said_on_top_and_nothing_else_is_wrong(phone, sato, look):
    sign_in(phone, "sato", "wrong")
    expect(phone.get_by_role("alert")).to_contain_text("ログイン名またはパスワードが違います")
    look(phone)


def test_the_login_page_of_the_demo_fits_a_telephone(phone, sato, look, settings):
    settings.DEMO = True
    phone.goto("/login/")
    expect(phone.get_by_role("row", name="katsuragi")).to_be_visible()
    look(phone)


def test_a_wrong_turn_is_explained(page, look):
    with page.expect_console_message(lambda message: "404" in message.text):
        answer = page.goto("/nowhere/")
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("ページが見つかりません")
    page.watch.findings.clear()  # the browser itself reports every 404 on its console, some time after the page
    look(page)
