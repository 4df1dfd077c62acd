"""Every form that is shipped, from its procedure page to its receipt: by keyboard alone, and without any script.

The walk by keyboard stops at every page, answered, and looks at it on a telephone, on a tablet and at a desk.
"""

import json
import re
from functools import cache

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils.timezone import localdate
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

import schemas
from tests.conftest import MUNICIPALITY, PASSWORD
from tests.forms_engine.starters import drafter, opened
from tests.journeys.hands import Keyboard, in_hand, without_script
from tests.journeys.people import press, turn
from tests.schemas.answers import variants
from workflows.staff import load_organisation

pytestmark = pytest.mark.journey

STARTERS = schemas.starters("forms")
RECEIPT = re.compile(r"R\d+-\d{6}")
BEGIN = "を始める"


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database of all forms together, each opened when it is first asked for: that takes longer than a page."""
    with django_db_blocker.unblock():
        load_organisation(json.loads(MUNICIPALITY.read_text()), password=PASSWORD)
        yield cache(opened)
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def site(db):
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        server = LiveServer("localhost")
        yield server
        server.stop()


def most(name):
    """The answers of the people who have most to say."""
    return max(variants(name, localdate()).values(), key=len)


def others(name):
    """The answers of somebody else."""
    return min(variants(name, localdate()).values(), key=len)


def come(name, page, site):
    """To the page where the procedure begins: of the catalogue, or of the desk of the staff that draft it."""
    if staff := drafter(name):
        client = Client()
        client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
        key = settings.SESSION_COOKIE_NAME
        page.context.add_cookies([{"name": key, "value": client.cookies[key].value, "url": site.url}])
    page.goto("/drafting/" if staff else f"/procedures/{name}/")


@pytest.mark.parametrize("name", STARTERS)
def test_a_keyboard_is_enough_and_every_page_can_be_read_by_everybody(name, db, site, page, look_at_every_width):
    keyboard = Keyboard(page, *in_hand(db(name).spec, most(name)))
    come(name, page, site)
    look_at_every_width(page)
    keyboard.reach(BEGIN)
    keyboard.press()
    keyboard.go_through(look_at_every_width)
    look_at_every_width(page)
    keyboard.answer()
    keyboard.press()
    expect(page.locator("main")).to_contain_text(RECEIPT)
    look_at_every_width(page)
    page.goto(page.url.removesuffix("done/"))
    look_at_every_width(page)


@pytest.mark.parametrize("name", STARTERS)
def test_no_script_is_needed(name, db, site, open_page):
    texts, files = in_hand(db(name).spec, others(name))
    page = open_page(java_script_enabled=False)
    come(name, page, site)
    turn(page, page.get_by_role("button", name=BEGIN).first)
    while "/pages/" in page.url:
        without_script(page, texts, files)
    press(page)
    expect(page.locator("main")).to_contain_text(RECEIPT)
    assert files == {}
