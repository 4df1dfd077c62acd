"""Whoever has to come to the counter is told so, before, at the end and on the receipt; no clock runs until then."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

import schemas
from forms_engine import applications, submission
from forms_engine import definitions as forms
from forms_engine.applications import Application
from forms_engine.archive.slips import slip_of
from tests.forms_engine.test_starters import filled
from tests.schemas.answers import variants
from workflows import definitions as workflows
from workflows.cases import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def arriving(organisation: None) -> Application:
    """A family's 転入届, filled in at home and sent."""
    workflows.publish(schemas.starter("workflows", "moving_in"))
    application = applications.start(forms.publish(schemas.starter("forms", "moving_in")))
    given = json.loads(json.dumps(variants("moving_in", localdate())["family"]))
    return submission.submit(filled(application, given))


def test_the_procedure_says_that_it_is_finished_on_the_day_of_the_visit(arriving: Application, client: Client) -> None:
    html = client.get(reverse("resident:procedure", args=["moving_in"])).content.decode()
    assert "窓口で手続きをした日に終わります" in html and "0開庁日" not in html


def test_the_receipt_page_says_what_to_bring(arriving: Application, client: Client) -> None:
    client.get(reverse("resident:resume", args=[arriving.pk, arriving.access_code]))
    html = client.get(reverse("resident:done", args=[arriving.pk])).content.decode()
    assert "このあと、窓口においでください" in html
    assert "異動する全員のマイナンバーカード" in html


def test_the_printed_receipt_says_so_in_the_language_of_the_page(arriving: Application) -> None:
    said = "\n".join(slip_of(arriving, "en", "https://kakanai.example/").following)
    assert "Now come" not in said and "on the day you chose" in said and "My Number Cards of all who moved" in said


def test_no_period_runs_before_the_visit(arriving: Application) -> None:
    assert Case.objects.of(arriving).get().due_on is None
