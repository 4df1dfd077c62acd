"""A resident on a telephone types a postal code and a rare name, in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_seven_digits_fill_in_the_address_and_never_what_was_typed(phone, published, look):
    phone.goto("/procedures/dog_registration/")
    phone.get_by_role("button", name="入力を始める").click()
    phone.wait_for_url("**/owner/")
    phone.goto(phone.url.replace("/owner/", "/contact/"))
    home = phone.locator("[data-completion]").first.get_attribute("data-completion")
    box = {
        key: phone.locator(f'[name="{home}/{key}"]') for key in ("postal_code", "prefecture", "city", "town", "block")
    }
    box["postal_code"].fill("１００－０００１")
    expect(box["town"]).to_have_value("千代田")
    expect(box["prefecture"]).to_have_value("東京都")
    box["block"].fill("1-1")
    box["postal_code"].fill("060-8621")
    phone.get_by_role("button", name="株式会社 日本経済新聞社").click()
    expect(box["city"]).to_have_value("札幌市中央区")
    expect(box["block"]).to_have_value("1-1")
    look(phone)


def test_a_name_that_cannot_be_printed_opens_the_field_for_other_characters(phone, published, look):
    phone.goto("/procedures/dog_registration/")
    phone.get_by_role("button", name="入力を始める").click()
    phone.get_by_label("個人").check()
    substitute = phone.locator("details.substitute").first
    expect(substitute).not_to_have_attribute("open", "")
    phone.locator('[name$="/family_name"]').first.fill("山\ue000")
    phone.locator('[name$="/given_name"]').first.focus()
    expect(substitute).to_have_attribute("open", "")
    expect(substitute.get_by_role("status")).to_contain_text("代わりの漢字")
    look(phone)
