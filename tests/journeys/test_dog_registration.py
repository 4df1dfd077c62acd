"""A dog is registered, in a real browser: once the rule approves at once, once people look, ask and decide."""

import re

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from tests.forms_engine.answers import days_ago, dog
from tests.journeys.people import choose, fill, go_through, open_case, press, sign_in, turn, verified

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def apply(page, answers, look):
    """Find the procedure, fill it in, check, submit; gives the receipt number."""
    page.goto("/")
    page.get_by_label("手続きをさがす").fill("いぬ")
    page.get_by_role("button", name="さがす").click()
    page.get_by_role("link", name="犬の登録申請書").click()
    look(page)
    turn(page, page.get_by_role("button", name="入力を始める"))
    go_through(page, answers, look)
    look(page)
    page.get_by_role("button", name="この内容で").dblclick()
    page.wait_for_url("**/done/")
    look(page)
    return re.search(r"R\d+-\d{6}", page.locator("main").inner_text())[0]


@pytest.mark.parametrize("device", ["page", "phone"])
def test_the_rule_approves_a_dog_with_nothing_to_check_and_the_resident_gets_the_document(
    device, request, published, look
):
    window = request.getfixturevalue(device)
    apply(window, dog(), look)
    report = verified(window)
    assert report.ok, report.lines("ja")
    assert len(report.decisions) == 1


def test_a_certificate_is_looked_at_questioned_corrected_and_approved(open_page, published, look):
    resident, sato, chief = open_page(), open_page(), open_page()
    answers = {**dog(), "vaccinated": True, "vaccinated_on": days_ago(30), "vaccination_certificate": "注射済証.pdf"}
    receipt = apply(resident, answers, look)

    sign_in(sato, "sato")
    open_case(sato, receipt)
    look(sato)
    sato.locator('input[name="outcome"][value="correction"]').check()
    remark = sato.locator('textarea[name="remark:/dog_name"]')
    sato.locator("details", has=remark).first.locator("summary").click()
    remark.fill("鑑札に書く名前をカタカナで入力してください。")
    look(sato)
    choose(sato, "correction")

    resident.goto(resident.url.replace("/done/", "/"))
    expect(resident.locator("main")).to_contain_text("鑑札に書く名前をカタカナで")
    look(resident)
    press(resident)
    assert resident.locator('[name="/breed"]').count() == 0, "only the remarked field opens"
    fill(resident, {"dog_name": "カツラ"})
    press(resident)
    press(resident)

    open_case(sato, receipt)
    expect(sato.locator("main")).to_contain_text("葛󠄀")  # what it was before
    expect(sato.locator("main")).to_contain_text("カツラ")
    look(sato)
    choose(sato, "approved")
    sign_in(chief, "takasaki")
    open_case(chief, receipt)
    choose(chief, "approved")

    call_command("verify_audit")
    report = verified(resident)
    assert report.ok, report.lines("ja")
    assert len(report.decisions) == 3
