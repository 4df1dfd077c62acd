"""What a builder has typed and not yet put in is there again after the browser is gone, and overwrites nobody."""

import json

import pytest
from playwright.sync_api import expect

from forms_engine import manuscripts
from forms_engine.definitions import current
from forms_engine.manuscripts import Manuscript
from forms_engine.unfinished import Unfinished
from tests.journeys.people import sign_in
from workflows.capacities import BUILDER, grant
from workflows.staff import StaffMember

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def draft(published):
    for login, department in (("sato", "environment"), ("takasaki", "environment")):
        grant(StaffMember.objects.get(username=login), BUILDER, department)
    return manuscripts.begin(current("dog_registration").document, "environment")


@pytest.fixture
def come(draft, open_page):
    """A browser of 佐藤 that was never there before, at a place of the editor."""

    def at(place, login="sato"):
        page = open_page()
        sign_in(page, login)
        page.goto(f"/builder/drafts/{draft.pk}/{place}")
        page.wait_for_load_state("networkidle")
        return page

    return at


def stored(page, *texts):
    """Until this, and nothing else, is unfinished."""
    for _ in range(100):
        found = sorted(json.loads(one)["text"] for one in Unfinished.objects.values_list("text", flat=True))
        if found == sorted(texts):
            return
        page.wait_for_timeout(50)
    raise AssertionError(found)


def calculated(page, wanted):
    """Until the fee is calculated so."""
    for _ in range(100):
        if (found := Manuscript.objects.get().document["calculations"]["fee"]) == wanted:
            return
        page.wait_for_timeout(50)
    raise AssertionError(found)


def test_name_of_a_field_to_be_added_outlives_the_browser_and_goes_once_it_is_added(come):
    first = come("?page=page-1")
    first.locator("#add-page").press_sequentially("あたらしい画面𠮷")
    stored(first, "あたらしい画面𠮷")
    first.context.close()
    again = come("?page=page-1")
    expect(again.locator("#add-page")).to_have_value("あたらしい画面𠮷")
    expect(again.locator("#told")).to_contain_text("書きかけの内容を戻しました")
    again.get_by_role("button", name="画面を加える").click()
    expect(again.locator("#structure")).to_contain_text("あたらしい画面𠮷")
    expect(again.locator("#add-page")).to_have_value("")
    stored(again)
    expect(come("").locator("#add-page")).to_have_value("")


def test_half_a_formula_outlives_the_browser_and_the_draft_keeps_the_last_whole_one(come):
    first = come("?field=fee")
    formula = first.locator("#formula-fee")
    formula.fill("")
    formula.press_sequentially("3000")
    calculated(first, 3000)
    first.keyboard.type(" + (")
    stored(first, "3000 + (")
    first.context.close()
    again = come("?field=fee")
    expect(again.locator("#formula-fee")).to_have_value("3000 + (")
    calculated(again, 3000)
    again.locator("#formula-fee").press("End")
    again.keyboard.type("500)")
    calculated(again, {"+": [3000, 500]})
    stored(again)


def test_expert_text_comes_back_and_does_not_overwrite_what_was_changed_meanwhile(come, draft):
    first = come("?tab=source")
    source = first.locator("#source")
    wanted = source.input_value().replace("犬の登録", "犬の登録（仮）", 1)
    source.fill(wanted)
    stored(first, wanted)
    first.context.close()
    manuscripts.edit(draft, {"do": "retitle_field", "field": "breed", "title": "犬種の名"})
    again = come("?tab=source")
    expect(again.locator("#source")).to_have_value(wanted)
    again.get_by_role("button", name="保存", exact=True).click()
    expect(again.locator("#said")).to_be_visible()
    assert Manuscript.objects.get().document["schema"]["properties"]["breed"]["title"] == "犬種の名"


def test_choices_of_a_condition_come_back_too_and_are_nobody_elses(come):
    first = come("?tab=logic")
    check = first.locator("#form-new-check")
    check.locator("[name=compared]").fill("18")
    check.locator("[name=comparison]").select_option(index=2)
    check.locator("[name=message]").press_sequentially("18歳未満です")
    chosen = check.locator("[name=comparison]").input_value()
    stored(first, "18", chosen, "18歳未満です")
    first.context.close()
    again = come("?tab=logic").locator("#form-new-check")
    expect(again.locator("[name=compared]")).to_have_value("18")
    expect(again.locator("[name=comparison]")).to_have_value(chosen)
    expect(again.locator("[name=message]")).to_have_value("18歳未満です")
    expect(come("?tab=logic", "takasaki").locator("#form-new-check [name=message]")).to_have_value("")
