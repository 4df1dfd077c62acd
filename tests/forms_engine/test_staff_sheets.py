"""Staff sheets: the staff fields of a step, asked and read like a form's; and that no applicant ever gets them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from forms_engine.applications import Application
from forms_engine.archive import copies
from forms_engine.archive.record import content_of
from forms_engine.definitions import FormVersion
from forms_engine.rehearsals.findings import of_route
from forms_engine.rehearsals.rehearsal import rehearse
from forms_engine.staff_sheets import Sheet, rows
from tests.forms_engine import documents
from tests.forms_engine.conftest import decide_as
from workflows.cases import Case
from workflows.decisions import Decision
from workflows.definitions import publish
from workflows.staff import StaffMember
from workflows.staff_fields import StaffFields

Submitted = Callable[..., Application]
FIELDS = StaffFields(
    {
        "surveyed_on": {"type": "string", "format": "date", "title": "実地調査日"},
        "amount": {"type": "integer", "minimum": 0, "x-kind": "money", "title": "査定額"},
        "grade": {"type": "string", "title": "区分", "oneOf": [{"const": "half", "title": "半壊"}]},
        "remarks": {"type": "string", "maxLength": 1000, "title": "所見"},
        "ratio": {"type": "number", "title": "割合"},
        "seen": {"type": "boolean", "title": "立会い"},
    },
    ("amount",),
    {"en": {"/properties/amount/title": "Assessed amount"}},
)
SENT = {"/amount": "１，５００，０００円", "/surveyed_on~era": "令和", "/surveyed_on~year": "8", "/ratio": "0.5"}
SENT |= {
    "/surveyed_on~month": "11",
    "/surveyed_on~day": "20",
    "/grade": "half",
    "/remarks": "床上\n浸水",
    "/seen": "true",
}


def sheet(data: Any = None, is_onward: bool = True, language: str = "ja", **entries: Any) -> Sheet:
    return Sheet(FIELDS, entries, language, data, is_onward)


def test_every_kind_is_read_as_on_a_form() -> None:
    filled = sheet(SENT)
    assert filled.is_valid(), filled.summary
    assert filled.entries == {
        "surveyed_on": "2026-11-20", "amount": 1500000, "grade": "half", "remarks": "床上\n浸水", "ratio": 0.5,
        "seen": True,
    }  # fmt: skip


def test_entries_are_read_out_in_words_without_what_is_blank() -> None:
    said = {row.label: row.text for row in rows(FIELDS, {"amount": 1500000, "grade": "half"}, "ja")}
    assert said == {"査定額": "1,500,000円", "区分": "半壊"}
    assert rows(FIELDS, {"amount": 5}, "en")[0].label == "Assessed amount"


def test_entry_that_a_later_version_left_out_is_still_shown() -> None:
    assert [(row.label, row.text) for row in rows(FIELDS, {"gone": 7}, "ja")] == [("gone", "7")]


def test_what_is_required_holds_back_only_who_lets_the_case_go_on() -> None:
    assert [at for at, _message in sheet({}).summary] == ["/amount"]
    assert sheet({}, is_onward=False).is_valid()
    assert not sheet({"/amount": "多い"}, is_onward=False).is_valid()


def test_required_mark_stays_whatever_is_chosen() -> None:
    html = sheet({"/amount": "多い"}, is_onward=False).html
    assert 'aria-required="true"' in html
    assert "多い" in html


def test_redoing_begins_with_what_was_filled_in_and_can_clear_it() -> None:
    assert 'value="1,500,000"' in sheet(amount=1500000).html
    assert sheet({**SENT, "/remarks": ""}, remarks="前の所見").entries.get("remarks") is None


@pytest.fixture
def route(room: FormVersion) -> None:
    """The route of the room, whose reviewer assesses an amount."""
    fields = {"properties": dict(FIELDS.properties), "required": ["amount"]}
    steps = [{**one, "staff_fields": fields} if one["key"] == "review" else one for one in documents.ROUTE["steps"]]
    publish({**documents.ROUTE, "steps": steps})


@pytest.fixture
def assessed(submitted: Submitted, sato: StaffMember, route: None) -> Application:
    """Decided with an assessment inside."""
    application = submitted()
    decide_as(sato, application, "approved", entries={"amount": 1234567, "remarks": "内密の所見"})
    while Case.objects.of(application).get().open_tasks():
        task = Case.objects.of(application).get().open_tasks()[0]
        decide_as(StaffMember.objects.holding(task.key).get(), application, "approved")
    return Application.objects.get(pk=application.pk)


def test_archive_copy_holds_no_entries(assessed: Application) -> None:
    content = content_of(assessed)
    enclosed = b"".join(one.data for one in content.enclosures)
    assert Decision.objects.filter(case__subject_id=assessed.pk)[0].filled_in["amount"] == 1234567
    assert "1234567" not in repr(content.sections) + repr(content.decisions)
    assert b"1234567" not in enclosed
    assert "内密の所見" not in enclosed.decode(errors="replace")
    assert copies.make(assessed).size


def test_resident_reads_no_entries_on_any_page(assessed: Application, client: Client) -> None:
    sent = {"receipt_number": assessed.receipt_number, "code": assessed.access_code}
    client.post(reverse("resident:find_application"), sent)
    page = client.get(reverse("resident:follow", args=[assessed.pk])).content.decode()
    assert assessed.reference in page
    assert "内密の所見" not in page
    assert "1,234,567" not in page


def test_rehearsal_says_that_what_staff_decide_was_not_tried(room: FormVersion) -> None:
    steps = [*documents.ROUTE["steps"][:2], {**documents.ROUTE["steps"][2], "key": "top"}]
    steps[1] = {**steps[1], "staff_fields": {"properties": dict(FIELDS.properties)}}
    large = {"when": {"staff.review.amount": {"minimum": 9}}, "title": "高額", "steps": [steps.pop()]}
    usual = {"otherwise": True, "title": "少額", "steps": [documents.ROUTE["steps"][2]]}
    publish({**documents.ROUTE, "steps": [*steps, {"key": "by", "kind": "choice", "cases": [large, usual]}]})
    found = [one.words for one in of_route(rehearse(documents.ROOM, localdate()))]
    assert "職員記入欄の内容で決まる枝や規則は、試していません。" in found
    assert not any("高額" in words for words in found)


def test_command_fills_in_what_the_step_asks(submitted: Submitted, route: None, sato: StaffMember) -> None:
    application = submitted()
    call_command("decide", application.reference, "approved", login="sato", entry=["amount=500", "remarks=100"])
    assert Decision.objects.get(case__subject_id=application.pk, number=1).filled_in == {
        "amount": 500,
        "remarks": "100",
    }
