"""A plain form, one with a table, and one with conditions and photographs: without a mouse, and without any script."""

import json
import re

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from forms_engine.fields.file import files_in
from forms_engine.forms import form_for
from tests.forms_engine.starters import opened
from tests.journeys.hands import Keyboard, upload, without_script
from tests.journeys.people import press, turn
from tests.schemas.answers import variants

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FORMS = [("disclosure_request", "resident"), ("moving_in", "family"), ("disaster_certificate", "agent")]
RECEIPT = re.compile(r"R\d+-\d{6}")


def hand(name, variant, spec):
    """What a person would type on every page and attach to it."""
    answers = json.loads(json.dumps(variants(name, localdate())[variant]))
    files = {}
    for at, file in files_in(answers):
        files.setdefault(f"/{at.split('/')[1]}", []).append(upload(file))
    texts = {}
    for page in spec.pages:
        texts |= form_for(spec, page.key, answers).typed()
    return {name: wanted for name, wanted in texts.items() if any(wanted)}, files


@pytest.mark.parametrize(("name", "variant"), FORMS)
def test_a_keyboard_is_enough(name, variant, municipality, page):
    keyboard = Keyboard(page, *hand(name, variant, opened(name).spec))
    page.goto(f"/procedures/{name}/")
    page.get_by_role("button", name="入力を始める").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/pages/**")
    while "/pages/" in page.url:
        expect(page.get_by_role("heading", level=1)).to_be_focused()
        before = page.url
        keyboard.fill_in()
        page.wait_for_url(lambda url, before=before: url != before)
    keyboard.fill_in()
    expect(page.locator("main")).to_contain_text(RECEIPT)
    assert page.watch.findings == []


@pytest.mark.parametrize(("name", "variant"), FORMS)
def test_no_script_is_needed(name, variant, municipality, open_page):
    texts, files = hand(name, variant, opened(name).spec)
    page = open_page(java_script_enabled=False)
    page.goto(f"/procedures/{name}/")
    turn(page, page.get_by_role("button", name="入力を始める"))
    while "/pages/" in page.url:
        without_script(page, texts, files)
    press(page)
    expect(page.locator("main")).to_contain_text(RECEIPT)
