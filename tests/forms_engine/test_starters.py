"""Every procedure that is shipped, from its first page to the sealed copy of what was decided."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

import schemas
from forms_engine import applications, submission
from forms_engine.applications import Application
from forms_engine.archive import copies, verification
from forms_engine.archive.record import content_of
from forms_engine.facts import facts
from forms_engine.fields.file import files_in
from forms_engine.forms import form_for, pages_for
from schemas.examples import example
from tests.forms_engine.starters import attached, drafter, filled, opened
from tests.schemas.answers import variants
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.offers import offered
from workflows.readings import close_reading
from workflows.staff import StaffMember

pytestmark = pytest.mark.django_db

STARTERS = schemas.starters("forms")
VARIANTS = [(name, variant) for name in STARTERS for variant in variants(name, date(2026, 11, 24))]


#: What people type, and what they are looking for.
SEARCHES = [
    ("じゅうみんひょう", "resident_registration_copy"),
    ("住民票", "resident_registration_copy"),
    ("引っ越し", "moving_in"),
    ("ひっこし", "moving_out"),
    ("転出", "moving_out"),
    ("moving", "moving_in"),
    ("はんこ", "seal_registration"),
    ("印鑑証明", "seal_registration"),
    ("こくほ", "health_insurance_enrolment"),
    ("会社をやめた", "health_insurance_enrolment"),
    ("所得証明", "tax_certificate"),
    ("ひかぜい", "tax_certificate"),
    ("子犬", "dog_registration"),
]


def filled_in(task: Task) -> dict[str, Any]:
    """What somebody could write into the staff fields of the step."""
    fields = task.human_step.fields
    return example({"schema": fields.schema}, localdate(), is_full=True) or {} if fields else {}


def decided(application: Application) -> Application:
    """Approved by everybody whom the route asks, and read by those who read it later."""
    case = Case.objects.of(application).get()
    while task := Task.objects.filter(process=case, finished=None).first():
        member = StaffMember.objects.holding(task.key).exclude(pk=application.applied_by_id).first()
        assert member is not None, f"nobody in the sample municipality is {task.key}"
        if task.is_blocking:
            decide(task, offered(task)[0], member, entries=filled_in(task))
        else:
            close_reading(task, member)
    return Application.objects.with_version().get(pk=application.pk)


@pytest.mark.parametrize(("name", "variant"), VARIANTS)
def test_what_residents_apply_for_is_decided_and_archived(municipality: None, name: str, variant: str) -> None:
    application = applications.start(opened(name), applied_by=drafter(name))
    given = json.loads(json.dumps(variants(name, localdate())[variant]))
    filled(application, attached(application, given))
    assert {key: application.answers.get(key) for key in given} == given
    done = decided(submission.submit(application))
    assert done.outcome == "approved"
    assert len(content_of(done).attachments) == len(list(files_in(given)))  # of the same bytes too
    report = verification.verify(copies.read(copies.make(done)))
    assert report.ok, report.lines()
    assert report.receipt is not None and report.receipt.number == done.receipt_number


@pytest.mark.parametrize("name", STARTERS)
def test_every_page_opens_empty_in_every_language(name: str) -> None:
    spec = opened(name).spec
    for language in ("ja", "en", "ja-easy"):
        for page in pages_for(spec, {}):
            assert str(form_for(spec, page.key, {}, language=language).html)


@pytest.mark.parametrize("name", STARTERS)
def test_every_calculated_fact_is_known_for_some_complete_answers(name: str) -> None:
    version = opened(name)
    known: set[str] = set()
    for answers in variants(name, localdate()).values():
        application = applications.start(version)
        known |= set(facts(application.settlement, answers, application.pk))
    assert set(schemas.starter("forms", name).get("calculations", {})) <= known


@pytest.mark.parametrize("name", STARTERS)
def test_every_page_asks_little_enough_for_a_phone(name: str) -> None:
    for page in schemas.starter("forms", name)["pages"]:
        questions = [one for one in page["fields"] if isinstance(one, str)]
        assert len(questions) <= 8, page["key"]


def test_residents_find_what_they_look_for_in_their_own_words(client: Client) -> None:
    for name in STARTERS:
        opened(name)
    found = {words: client.get(reverse("resident:find"), {"q": words}).content.decode() for words, _name in SEARCHES}
    missed = [
        (words, name) for words, name in SEARCHES if reverse("resident:procedure", args=[name]) not in found[words]
    ]
    assert missed == []
