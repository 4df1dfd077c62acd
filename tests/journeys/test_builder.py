"""A clerk builds a small form with nothing but the keyboard and publishes it; a resident applies with it."""

import re

import pytest
from playwright.sync_api import expect

from tests.forms_engine.answers import ADDRESS, OWNER
from tests.journeys.people import go_through, sign_in, turn
from workflows.capacities import BUILDER, PUBLISHER, grant
from workflows.staff import StaffMember

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WIDTHS = [1600, 1280, 768, 375]


@pytest.fixture
def sato_builds(published):
    """佐藤 may build and publish for 環境課."""
    for kind in (BUILDER, PUBLISHER):
        grant(StaffMember.objects.get(username="sato"), kind, "environment")


def tab_to(page, selector):
    """Press Tab until the keyboard stands there, as somebody without a mouse does."""
    for _ in range(250):
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {selector}")


def enter(page, selector, text=None):
    """Go there; press Enter, or type."""
    tab_to(page, selector)
    page.keyboard.press("Enter") if text is None else page.keyboard.insert_text(text)


def drawn(page, title):
    """Until the editor is about this."""
    expect(page.locator("#properties-title")).to_contain_text(f"「{title}」")


def add(page, part, title):
    enter(page, "#new-field-title", title)
    enter(page, f"#part-{part}")
    drawn(page, title)
    enter(page, "#add-more a")
    drawn(page, "はじめの画面")


def begin(page):
    page.goto("/builder/")
    enter(page, "#new-title", "ごみ袋の申込み")
    enter(page, "#new-key", "bags")
    enter(page, ".definitions__new .button--primary")
    page.wait_for_url("**/builder/drafts/*/")


def test_form_is_built_with_the_keyboard_alone_published_and_applied_with(page, phone, sato_builds, look):
    sign_in(page, "sato")
    begin(page)
    for part, title in [("person", "氏名"), ("boolean", "郵送を希望しますか"), ("address", "送り先")]:
        add(page, part, title)
    enter(page, "#field-boolean")
    drawn(page, "郵送を希望しますか")
    enter(page, "#answer-0 summary")
    tab_to(page, "#shows-0-address")
    page.keyboard.press("Space")
    expect(page.locator("#li-field-address .structure__when")).to_have_text("「郵送を希望しますか」が「はい」のとき")
    tab_to(page, "#field-boolean")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("#told")).to_have_text("画面「はじめの画面」の1番目に移しました")
    expect(page.locator("#field-boolean")).to_be_focused()
    publish(page)
    apply(phone, look)


def publish(page):
    enter(page, "[href='?tab=procedure']")
    tab_to(page, "#set-set_procedure-value-workflow-text")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.locator("#undo")).to_be_enabled()
    page.wait_for_load_state("networkidle")
    enter(page, "#to-publication")
    page.wait_for_url("**/publication/")
    enter(page, ".button--large")
    expect(page.locator(".messages")).to_contain_text("第1版として公開しました")


def apply(phone, look):
    phone.goto("/")
    phone.get_by_role("link", name="ごみ袋の申込み").click()
    turn(phone, phone.get_by_role("button", name="入力を始める"))
    go_through(phone, {"boolean": True, "person": OWNER, "address": ADDRESS}, look)
    phone.get_by_role("button", name="この内容で").click()
    phone.wait_for_url("**/done/")
    assert re.search(r"R\d+-\d{6}", phone.locator("main").inner_text())


@pytest.mark.parametrize("width", WIDTHS)
def test_every_screen_of_the_desk_is_accessible_at_every_width(page, sato_builds, look, width):
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, "sato")
    page.goto("/builder/")
    look(page)
    page.locator("button[name=change]").first.click()
    page.wait_for_url("**/builder/drafts/*/")
    here = page.url
    places = ["", "?field=dog_sex", "?field=dog_name", "?tab=procedure", "?tab=logic", "?tab=notices", "?tab=texts"]
    for place in [*places, "?tab=source", "?tab=history", "publication/"]:
        page.goto(here + place)
        page.wait_for_load_state("networkidle")
        look(page)


def test_what_is_being_typed_stays_when_somebody_else_edits(open_page, sato_builds):
    sato, other = open_page(), open_page()
    for browser in (sato, other):
        sign_in(browser, "sato")
    begin(sato)
    other.goto(sato.url)
    other.locator("#page-about").type("書きかけの説明")
    sato.locator("#page-title").fill("お名前")
    sato.keyboard.press("Tab")
    expect(other.locator("#page-page-1")).to_contain_text("お名前", timeout=15_000)
    expect(other.locator("#page-about")).to_have_value("書きかけの説明")
