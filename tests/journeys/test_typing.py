"""A builder types: what is typed is kept at once, disturbs nobody's caret, and is one step for undoing."""

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
def at_desk(published, page):
    """佐藤's page at the name of the dog."""
    grant(StaffMember.objects.get(username="sato"), BUILDER, "environment")
    draft = manuscripts.begin(current("dog_registration").document, "environment")
    sign_in(page, "sato")
    page.goto(f"/builder/drafts/{draft.pk}/?field=dog_name")
    page.wait_for_load_state("networkidle")
    return page


def document():
    return Manuscript.objects.get().document


def title(document):
    return document["schema"]["properties"]["dog_name"]["title"]


def kept(page, right):
    """Until the draft is as it should be."""
    for _ in range(100):
        if right(document()):
            return
        page.wait_for_timeout(50)
    raise AssertionError("the draft does not come to be so")


def caret(page):
    return page.evaluate("document.activeElement.selectionStart")


def test_letters_in_the_middle_of_a_word_are_kept_and_the_caret_stays(at_desk):
    name = at_desk.locator(NAME)
    name.focus()
    at_desk.keyboard.press("Home")
    name.press_sequentially("大切な")
    kept(at_desk, lambda now: title(now) == "大切な犬の名")
    assert caret(at_desk) == 3
    at_desk.keyboard.type("X")
    kept(at_desk, lambda now: title(now) == "大切なX犬の名")
    assert caret(at_desk) == 4


def test_a_word_is_taken_back_at_once_and_the_next_visit_is_another_step(at_desk):
    name = at_desk.locator(NAME)
    name.focus()
    at_desk.keyboard.press("End")
    at_desk.keyboard.type("前")
    at_desk.keyboard.press("Tab")
    expect(at_desk.locator("#properties-title")).to_contain_text("犬の名前")
    name.focus()
    at_desk.keyboard.press("End")
    at_desk.keyboard.type("ABC")
    at_desk.keyboard.press("Tab")
    expect(at_desk.locator("#properties-title")).to_contain_text("犬の名前ABC")
    for before in ("犬の名前", "犬の名"):
        at_desk.locator("#undo").click()
        expect(name).to_have_value(before)
    expect(at_desk.locator("#undo")).to_be_disabled()


def test_what_an_input_method_is_still_composing_is_not_sent(at_desk):
    at_desk.locator(NAME).fill("")
    keys = at_desk.context.new_cdp_session(at_desk)
    at_desk.wait_for_load_state("networkidle")
    sent = []
    at_desk.on("request", lambda request: sent.append(request) if "/edits/" in request.url else None)
    keys.send("Input.imeSetComposition", {"text": "いぬ", "selectionStart": 2, "selectionEnd": 2})
    expect(at_desk.locator(NAME)).to_have_value("いぬ")
    at_desk.wait_for_timeout(300)
    assert not sent
    keys.send("Input.insertText", {"text": "犬"})
    expect(at_desk.locator(NAME)).to_have_value("犬")
    kept(at_desk, lambda now: title(now) == "犬")


def test_formula_is_kept_while_it_is_typed_once_it_is_one(at_desk):
    at_desk.goto(f"{at_desk.url.partition('?')[0]}?field=fee")
    formula = at_desk.locator("#formula-fee")
    formula.fill("")
    formula.press_sequentially("3000")
    kept(at_desk, lambda now: now["calculations"]["fee"] == 3000)
    at_desk.keyboard.type(" + (")
    expect(at_desk.locator("[data-trial]")).to_contain_text("式")
    assert document()["calculations"]["fee"] == 3000
    at_desk.keyboard.type("500)")
    kept(at_desk, lambda now: now["calculations"]["fee"] == {"+": [3000, 500]})


def test_choice_that_is_typed_letter_by_letter_is_one_choice(at_desk):
    at_desk.goto(f"{at_desk.url.partition('?')[0]}?field=dog_sex")
    before = document()["schema"]["properties"]["dog_sex"]["oneOf"]
    at_desk.locator("#choice-new").press_sequentially("わからない")
    kept(at_desk, lambda now: now["schema"]["properties"]["dog_sex"]["oneOf"][-1]["title"] == "わからない")
    at_desk.keyboard.press("Tab")
    expect(at_desk.locator(f"#choice-{len(before)}")).to_have_value("わからない")
    now = document()["schema"]["properties"]["dog_sex"]["oneOf"]
    assert now[:-1] == before and now[-1]["title"] == "わからない"


def test_two_letters_and_a_click_on_undo_take_the_letters_back(at_desk):
    at_desk.locator(NAME).press_sequentially("AB")
    at_desk.locator("#undo").click()
    expect(at_desk.locator(NAME)).to_have_value("犬の名")
    assert title(document()) == "犬の名"


@pytest.mark.parametrize("is_left", [True, False])
def test_what_is_typed_before_the_scripts_are_there_is_kept_as_well(at_desk, is_left):
    late = []
    at_desk.route("**/js/keystrokes*.js", lambda route: late.append(route))
    at_desk.goto(at_desk.url, wait_until="commit")
    at_desk.locator(NAME).fill("犬の呼び名")
    if is_left:
        at_desk.keyboard.press("Tab")
    late[0].continue_()
    kept(at_desk, lambda document: title(document) == "犬の呼び名")
    if is_left:
        expect(at_desk.locator("#properties-title")).to_contain_text("犬の呼び名")
    else:
        at_desk.locator(NAME).press_sequentially("です")
        kept(at_desk, lambda document: title(document) == "犬の呼び名です")
        assert Manuscript.objects.get().edits.count() == 1
