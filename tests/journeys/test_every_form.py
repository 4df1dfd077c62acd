"""Every form that is shipped, answered to its end: each page is looked at on a telephone, on a tablet and at a desk."""

import json

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils.timezone import localdate
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

import schemas
from forms_engine import applications
from forms_engine.applications import Application
from tests.conftest import MUNICIPALITY, PASSWORD
from tests.forms_engine.starters import attached, drafter, filled, opened
from tests.journeys.people import press
from tests.schemas.answers import variants
from workflows.staff import load_organisation

pytestmark = pytest.mark.journey

STARTERS = schemas.starters("forms")


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """The database of all forms together: opening the procedures takes longer than walking one of them."""
    with django_db_blocker.unblock():
        load_organisation(json.loads(MUNICIPALITY.read_text()), password=PASSWORD)
        yield {name: opened(name) for name in STARTERS}
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def site(db):
    with override_settings(ALLOWED_HOSTS=["localhost"]):
        server = LiveServer("localhost")
        yield server
        server.stop()


def answers_of(name):
    """Those of the people who have most to say."""
    return json.loads(json.dumps(max(variants(name, localdate()).values(), key=len)))


def drafted(name, version):
    """A draft with every page answered, and the cookie of a browser that holds it."""
    application = applications.start(version, applied_by=drafter(name))
    filled(application, attached(application, answers_of(name)))
    client = Client()
    if application.applied_by:
        client.force_login(application.applied_by, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session["applications"] = [str(application.pk)]
    session.save()
    key = settings.SESSION_COOKIE_NAME
    return application, {"name": key, "value": client.cookies[key].value}


def go_on(page):
    """To the next page, past a warning if there is one."""
    before = page.url
    press(page)
    if page.url == before and page.locator(".error-summary").count() == 0:
        press(page)
    assert page.url != before, page.locator("main").inner_text()


@pytest.mark.parametrize("name", STARTERS)
def test_every_page_can_be_read_and_sent_by_everybody(name, db, site, page, look_at_every_width):
    application, cookie = drafted(name, db[name])
    page.context.add_cookies([{**cookie, "url": site.url}])
    if not application.applied_by:  # what the office asks of itself is not in the catalogue
        page.goto(f"/procedures/{name}/")
        look_at_every_width(page)
    page.goto(f"/applications/{application.pk}/pages/{application.form_version.spec.pages[0].key}/")
    while "/pages/" in page.url:
        look_at_every_width(page)
        go_on(page)
    look_at_every_width(page)
    press(page)
    expect(page.locator("main")).to_contain_text(Application.objects.get(pk=application.pk).receipt_number)
    look_at_every_width(page)
    page.goto(f"/applications/{application.pk}/")
    look_at_every_width(page)
