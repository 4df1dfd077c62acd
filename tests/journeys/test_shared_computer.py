"""A library's computer, in a real browser: found as it is called, taken over from before, ended, gone on with."""

import pytest
from playwright.sync_api import expect

from tests.forms_engine.answers import dog
from tests.journeys.people import fill, press
from tests.journeys.test_dog_registration import apply

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_search_shows_what_is_found_while_it_is_typed(page, published, look):
    page.goto("/")
    page.get_by_label("手続きをさがす").press_sequentially("かいぎし")
    expect(page.locator("#results .card")).to_have_count(1)
    expect(page.locator("#count")).to_have_text("1件見つかりました。")
    look(page)
    page.get_by_label("手続きをさがす").fill("宇宙旅行")
    expect(page.locator("#results")).to_contain_text("見つかりませんでした")
    look(page)
    page.locator("#results").get_by_role("link", name="引越し").click()
    expect(page.locator("main")).to_contain_text("犬と一緒に転入したら")
    look(page)


def test_search_works_without_javascript(open_page, published):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("手続きをさがす").fill("ペット")
    page.get_by_role("button", name="さがす").click()
    expect(page.locator(".card__link")).to_have_text(["犬の登録申請書"])


def test_who_has_applied_before_takes_his_name_into_the_next_application(open_page, published, look):
    before, phone = open_page(), open_page(viewport={"width": 375, "height": 812})
    receipt = apply(before, dog(), look)
    code = before.locator("#code").inner_text()
    phone.goto("/procedures/facility_use/")
    phone.get_by_role("link", name="前の申請の内容を使って始める").click()
    look(phone)
    phone.get_by_role("textbox", name="受付番号").fill(receipt)
    phone.get_by_role("textbox", name="照会番号").fill(code.lower())
    phone.get_by_role("button", name="前の申請を開く").click()
    look(phone)
    phone.get_by_label("連絡先").uncheck()
    phone.get_by_role("button", name="選んだ内容を写して始める").click()
    expect(phone.locator('[name="/applicant/family_name"]')).to_have_value("髙﨑")
    phone.goto(phone.url.split("/pages/")[0] + "/check/")
    expect(phone.locator("main")).to_contain_text(f"前の申請（{receipt}）から")
    expect(phone.locator("main")).not_to_contain_text("03-1234-5678")
    look(phone)


def end_in_another_tab(page):
    other = page.context.new_page()
    other.goto("/end/")
    other.get_by_role("button", name="操作を終える").click()
    expect(other.locator("main")).to_contain_text("操作を終えました")


def test_a_session_that_ended_in_another_tab_loses_nothing_typed(open_page, published, look):
    page = open_page()
    page.goto("/procedures/dog_registration/")
    page.get_by_role("button", name="入力を始める").click()
    page.locator("[name=_save]").click()
    code = page.locator("strong.code").inner_text()
    press(page)
    fill(page, dog())
    end_in_another_tab(page)
    press(page)
    expect(page.locator("main")).to_contain_text("いま入力した内容は、消えていません")
    page.watch.findings.clear()  # the browser notes that the page was refused
    look(page)
    page.get_by_label("照会番号").fill("AAAA")
    page.get_by_role("button", name="続ける", exact=True).click()
    expect(page.locator(".error-summary")).to_contain_text("照会番号が違います")
    page.get_by_label("照会番号").fill(code)
    page.get_by_role("button", name="続ける", exact=True).click()
    page.wait_for_url("**/pages/contact/")
    page.goto(page.url.replace("/contact/", "/owner/"))
    expect(page.locator('[name="/owner/family_name"]')).to_have_value("髙﨑")
