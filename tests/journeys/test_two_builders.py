"""Two people work on one draft in two browsers: nothing is overwritten in silence, each is told who changed what."""

import pytest
from playwright.sync_api import expect

from forms_engine import manuscripts
from forms_engine.definitions import current
from forms_engine.manuscripts import Manuscript
from tests.journeys.people import sign_in
from workflows.capacities import BUILDER, grant
from workflows.staff import StaffMember

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
NAME = "#set-retitle_field-title-dog_name"


@pytest.fixture
def draft(published):
    return manuscripts.begin(current("dog_registration").document, "environment")


@pytest.fixture
def at_desk(draft, open_page):
    """``at_desk("sato", "field=dog_name")``: that member at the draft, at that place."""

    def opened(login, place):
        grant(StaffMember.objects.get(username=login), BUILDER, "environment")
        page = open_page()
        sign_in(page, login)
        page.goto(f"/builder/drafts/{draft.pk}/?{place}")
        page.wait_for_load_state("networkidle")
        return page

    return opened


def document():
    return Manuscript.objects.get().document


def saved(page, selector, text):
    """Type something there, leave it, and see it said to be kept."""
    before = page.locator("#company").get_attribute("data-serial")
    page.locator(selector).fill(text)
    page.keyboard.press("Tab")
    expect(page.locator("#company")).not_to_have_attribute("data-serial", before)
    expect(page.locator("#said")).to_have_count(0)


def news(page, words):
    """What somebody else did is said, where it can be read."""
    expect(page.locator("#told")).to_contain_text(words, timeout=15_000)
    expect(page.locator("#told")).to_be_visible()


def test_the_same_name_is_changed_by_both_and_the_second_chooses(at_desk):
    sato, takasaki = at_desk("sato", "field=dog_name"), at_desk("takasaki", "field=dog_name")
    takasaki.route("**/company/**", lambda route: route.abort())  # whatever happens: this page has not heard of it yet
    saved(sato, NAME, "犬の呼び名")
    takasaki.locator(NAME).fill("犬の愛称")
    takasaki.keyboard.press("Tab")
    said = takasaki.locator("#said")
    expect(said).to_contain_text("佐藤 花子 が先に変えていました。まだ保存していません。")
    expect(said).to_contain_text("犬の呼び名")
    expect(said).to_contain_text("犬の愛称")
    assert document()["schema"]["properties"]["dog_name"]["title"] == "犬の呼び名"
    takasaki.locator("#take").click()
    expect(takasaki.locator("#properties-title")).to_contain_text("犬の愛称")
    news(sato, "髙﨑 一郎が変えました")
    expect(sato.locator(NAME)).to_have_value("犬の愛称")


def test_different_things_are_both_kept_and_each_hears_of_the_other(at_desk):
    sato, takasaki = at_desk("sato", "field=dog_name"), at_desk("takasaki", "field=dog_sex")
    saved(sato, NAME, "犬の呼び名")
    saved(takasaki, "#set-retitle_field-title-dog_sex", "雄か雌か")
    news(sato, "髙﨑 一郎が変えました")
    news(sato, "「雄か雌か」：名前を変える")
    fields = document()["schema"]["properties"]
    assert (fields["dog_name"]["title"], fields["dog_sex"]["title"]) == ("犬の呼び名", "雄か雌か")


def test_choices_that_somebody_else_has_changed_are_not_replaced(at_desk):
    sato, takasaki = at_desk("sato", "field=dog_sex"), at_desk("takasaki", "field=dog_sex")
    takasaki.route("**/company/**", lambda route: route.abort())  # whatever happens: this page has not heard of it yet
    saved(sato, "#choice-0", "男の子")
    takasaki.locator("#choice-new").type("わからない")
    takasaki.keyboard.press("Tab")
    said = takasaki.locator("#said")
    expect(said).to_contain_text("佐藤 花子 が先に変えていました。まだ保存していません。")
    expect(said).to_contain_text("今の内容男の子")
    expect(said).to_contain_text("わからない")
    assert document()["schema"]["properties"]["dog_sex"]["oneOf"][0]["title"] == "男の子"
    takasaki.locator("#drop").click()
    expect(takasaki.locator("#choice-0")).to_have_value("男の子")


def test_fields_that_both_tick_at_one_answer_are_all_shown(at_desk):
    sato, takasaki = at_desk("sato", "field=dog_sex"), at_desk("takasaki", "field=dog_sex")
    first, second = (sato.locator("#form-shows-0 [name=fields]").nth(at).get_attribute("id") for at in (0, 1))
    for page in (sato, takasaki):
        page.locator("#answer-0 summary").click()
    takasaki.route("**/company/**", lambda route: route.abort())  # whatever happens: this page has not heard of it yet
    sato.locator(f"#{first}").check()
    expect(sato.locator("#undo")).to_be_enabled()
    takasaki.locator(f"#{second}").check()
    expect(takasaki.locator("#undo")).to_be_enabled()
    for one in (first, second):
        expect(takasaki.locator(f"#{one}")).to_be_checked()


def test_what_somebody_else_just_did_is_not_undone_unseen(at_desk):
    sato, takasaki = at_desk("sato", "field=dog_sex"), at_desk("takasaki", "field=dog_name")
    saved(takasaki, NAME, "犬の愛称")
    takasaki.route("**/company/**", lambda route: route.abort())  # whatever happens: this page has not heard of it yet
    saved(sato, "#set-retitle_field-title-dog_sex", "雄か雌か")
    takasaki.locator("#undo").click()
    expect(takasaki.locator("#said")).to_contain_text("佐藤 花子が変えました")
    assert document()["schema"]["properties"]["dog_sex"]["title"] == "雄か雌か"
    takasaki.locator("#undo").click()
    expect(takasaki.locator("#said")).to_have_count(0)
    assert document()["schema"]["properties"]["dog_sex"]["title"] != "雄か雌か"
    news(sato, "髙﨑 一郎が元に戻しました")
