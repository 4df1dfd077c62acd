"""A My Number is given, used, replaced and erased; it is nowhere but in its own row."""

import copy
import io
import json
import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from forms_engine import applications, my_numbers, submission
from forms_engine.applications import Application
from forms_engine.archive import copies
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.definitions import DefinitionRefused, FormVersion, publish
from forms_engine.my_numbers import MyNumber, NotDesignated
from forms_engine.submission import Incomplete
from schemas.canonical import canonical
from schemas.check_digits import my_number_check_digit
from schemas.my_numbers import without_references
from tests.forms_engine import documents
from tests.forms_engine.conftest import decide_as, read_again
from workflows.audit import AuditEntry
from workflows.cases import Case
from workflows.staff import Post, StaffMember

NUMBER, OTHER = "123456789018", "876543210987"[:11] + str(my_number_check_digit("87654321098"))
WORD = {"$ref": "vocabulary.schema.json#/$defs/my_number"}


def document(**procedure: Any) -> dict[str, Any]:
    """The meeting room, asking for the applicant's My Number and for those of a household."""
    found = copy.deepcopy(documents.ROOM)
    member = {
        "type": "object",
        "properties": {"name": {"type": "string", "title": "氏名"}, "number": WORD},
        "required": ["number"],
    }
    found["schema"]["properties"] |= {"own": WORD, "household": {"type": "array", "title": "世帯", "items": member}}
    found["schema"]["required"] = [*found["schema"]["required"], "own"]
    found["pages"].append({"key": "number", "title": "個人番号", "fields": ["own", "household"]})
    found["procedure"] |= {"my_number_basis": "annex-16", "my_number_keep_days": 10} | procedure
    return found


@pytest.fixture
def form(room: FormVersion) -> FormVersion:
    return publish(document())


@pytest.fixture
def filling(form: FormVersion, client: Client) -> Application:
    """A draft with everything but the numbers, held by the browser of the test."""
    application = applications.save_answers(applications.start(form), documents.ANSWERS)
    session = client.session
    session["applications"] = [str(application.pk)]
    session.save()
    return application


def page(application: Application) -> str:
    return reverse("resident:fill", args=[application.pk, "number"])


def type_in(client: Client, application: Application, text: str, **more: str) -> str:
    response = client.post(page(application), {"/own~number": text, "/household~rows": "0", **more}, follow=True)
    return str(response.content.decode())


@pytest.fixture
def submitted_one(filling: Application, client: Client) -> Application:
    type_in(client, filling, NUMBER)
    return submission.submit(filling)


def designate(login: str) -> None:
    Post.objects.filter(member__username=login).update(handles_my_numbers=True)


def row() -> MyNumber:
    return MyNumber.objects.select_related("application").get()


@pytest.mark.both
def test_what_is_typed_is_kept_apart_and_the_answer_is_a_reference(filling: Application, client: Client) -> None:
    assert NUMBER not in type_in(client, filling, "１２３４－５６７８－９０１８")
    assert row().number == NUMBER and read_again(filling).answers["own"] == row().reference
    with connection.cursor() as cursor:
        cursor.execute("SELECT number FROM forms_engine_mynumber")
        assert NUMBER.encode() not in bytes(cursor.fetchone()[0])


def test_a_mistyped_number_is_refused_in_words_and_never_shown_again(filling: Application, client: Client) -> None:
    html = type_in(client, filling, "123456789012")
    assert "どこかの数字が違っています" in html and "123456789012" not in html
    assert not MyNumber.objects.exists() and "own" not in read_again(filling).answers


def test_coming_back_says_that_there_is_one_and_keeps_it(filling: Application, client: Client) -> None:
    type_in(client, filling, NUMBER)
    html = client.get(page(filling)).content.decode()
    assert "入力済み（番号は表示しません）" in html and "9018" not in html
    type_in(client, filling, "", **{"/own~held": row().reference})
    assert read_again(filling).answers["own"] == row().reference


def test_typing_the_same_number_again_changes_nothing(filling: Application, client: Client) -> None:
    type_in(client, filling, NUMBER)
    before = read_again(filling).answers
    type_in(client, filling, NUMBER)
    assert read_again(filling).answers == before and MyNumber.objects.count() == 1


def test_a_number_is_taken_away_by_its_box(filling: Application, client: Client) -> None:
    type_in(client, filling, NUMBER)
    type_in(client, filling, "", **{"/own~held": row().reference, "/own~remove": "1"})
    assert "own" not in read_again(filling).answers


def test_numbers_stay_with_their_person_when_a_row_is_removed(filling: Application, client: Client) -> None:
    people = {"/own~number": NUMBER, "/household~rows": "2", "/household/0/name": "一", "/household/1/name": "二"}
    client.post(page(filling), people | {"/household/0/number~number": OTHER, "/household/1/number~number": NUMBER})
    rows = read_again(filling).answers["household"]
    again = {f"/household/{place}/number~held": one["number"] for place, one in enumerate(rows)}
    client.post(page(filling), people | again | {"/own~number": "", "_remove": "/household/0"})
    assert read_again(filling).answers["household"] == [rows[1]]


@pytest.mark.both
def test_the_archive_the_records_and_the_audit_hold_no_number(
    submitted_one: Application, sato: StaffMember, yoshino: StaffMember, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    decide_as(sato, submitted_one, "approved")
    decide_as(yoshino, submitted_one, "approved")
    pdf = copies.read(ArchiveCopy.objects.get(application=submitted_one))
    assert not holds(NUMBER, pdf) and "入力済み（番号は表示しません）" in text_of(pdf)
    revision = read_again(submitted_one).latest_revision()
    assert NUMBER.encode() not in canonical(revision.document())
    assert not any(NUMBER in json.dumps(entry.detail) for entry in AuditEntry.objects.all())
    assert NUMBER not in caplog.text and not any(NUMBER in message.body for message in mail.outbox)


def text_of(pdf: bytes) -> str:
    return "".join("".join(one.extract_text().split()) for one in PdfReader(io.BytesIO(pdf)).pages)


def holds(number: str, pdf: bytes) -> bool:
    """Whether a PDF holds a number in its bytes, in its text, or in a file inside it."""
    inside = [data for files in PdfReader(io.BytesIO(pdf)).attachments.values() for data in files]
    return number in text_of(pdf) or any(number.encode() in data for data in [pdf, *inside])


NUMBERS = st.integers(10**10, 10**11 - 1).map(lambda base: f"{base}{my_number_check_digit(str(base))}")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(number=NUMBERS, separator=st.sampled_from(["", " ", "-", "－"]))
def test_no_page_ever_shows_a_number(filling: Application, client: Client, number: str, separator: str) -> None:
    typed = separator.join(number[start : start + 4] for start in range(0, 12, 4))
    shown = [type_in(client, filling, typed), client.get(page(filling)).content.decode()]
    shown.append(client.get(reverse("resident:check", args=[filling.pk])).content.decode())
    assert not any(number in html or typed in html for html in shown)
    assert number not in json.dumps(read_again(filling).answers)


def test_staff_see_it_only_when_designated_and_each_time_is_recorded(
    submitted_one: Application, client_of: Callable[[str], Client]
) -> None:
    url, browser = reverse("staff_my_number", args=[row().pk]), client_of("takasaki")
    assert "権限がありません" in browser.post(url).content.decode()
    designate("takasaki")
    assert "1234 5678 9018" not in browser.get(url).content.decode()
    shown = browser.post(url)
    assert "1234 5678 9018" in shown.content.decode() and shown["Cache-Control"] == "private, no-store"
    entries = AuditEntry.objects.filter(verb="show_my_number")
    assert [(entry.actor, entry.target) for entry in entries] == [("takasaki", f"application:{submitted_one.pk}")]
    assert client_of("suzuki").get(url).status_code == 404


def test_being_administrator_shows_no_number(submitted_one: Application, organisation: None) -> None:
    with pytest.raises(NotDesignated):
        my_numbers.show(row(), StaffMember.objects.get(username="admin"))


def test_the_case_offers_to_ask_for_it(submitted_one: Application, client_of: Callable[[str], Client]) -> None:
    case = Case.objects.of(submitted_one).get()
    html = client_of("sato").get(reverse("approver:case", args=[case.public_id])).content.decode()
    assert reverse("staff_my_number", args=[row().pk]) in html and NUMBER not in html


@pytest.mark.both
def test_it_is_erased_when_the_procedure_is_over(submitted_one: Application, client: Client) -> None:
    submission.withdraw(submitted_one)
    assert my_numbers.sweep() == 0 and row().number == NUMBER
    MyNumber.objects.update(erase_after=now() - timedelta(seconds=1))
    assert my_numbers.sweep() == 1 and row().number is None and row().erased_at
    assert AuditEntry.objects.filter(verb="erase_my_numbers").get().detail["count"] == 1


def test_it_is_kept_for_as_many_days_as_the_procedure_says(submitted_one: Application) -> None:
    submission.withdraw(submitted_one)
    assert timedelta(days=9) < row().erase_after - now() <= timedelta(days=10)


def test_a_number_that_was_replaced_is_erased_at_submission(filling: Application, client: Client) -> None:
    type_in(client, filling, OTHER)
    type_in(client, filling, NUMBER)
    submission.submit(filling)
    assert [one.number for one in MyNumber.objects.held()] == [NUMBER]


def test_a_corrected_number_is_marked_as_changed_without_being_said(
    submitted_one: Application, client: Client, sato: StaffMember
) -> None:
    decide_as(sato, submitted_one, "correction", remarks={"/own": "番号を確かめてください"})
    type_in(client, submitted_one, OTHER)
    submission.submit(submitted_one)
    rows = [one for each in read_again(submitted_one).read_out("ja") for one in each.rows if one.pointer == "/own"]
    assert rows[0].changed_from == rows[0].text and [one.number for one in MyNumber.objects.held()] == [OTHER]


def test_a_locked_number_cannot_be_changed_in_a_correction(
    submitted_one: Application, client: Client, sato: StaffMember
) -> None:
    decide_as(sato, submitted_one, "correction", remarks={"/household": "世帯員を書いてください"})
    type_in(client, submitted_one, OTHER)
    assert submitted_one.latest_revision().answers["own"] == row().reference and row().number == NUMBER


def test_another_applications_number_cannot_be_submitted(
    filling: Application, form: FormVersion, submitted_one: Application
) -> None:
    thief = applications.start(form)
    applications.save_answers(thief, {**documents.ANSWERS, "own": row().reference})
    with pytest.raises(Incomplete) as refused:
        submission.submit(thief)
    assert [problem.code for problem in refused.value.problems] == ["my_number_missing"]


def test_copied_answers_leave_the_numbers_behind() -> None:
    reference = f"my-number:{'0' * 8}-0000-0000-0000-{'0' * 12}"
    answers = {"own": reference, "people": [{"name": "髙﨑", "number": reference}], "n": 1}
    assert without_references(answers) == {"people": [{"name": "髙﨑"}], "n": 1}


def test_publication_needs_a_law(room: FormVersion) -> None:
    lawless = document()
    del lawless["procedure"]["my_number_basis"]
    with pytest.raises(DefinitionRefused) as refused:
        publish(lawless)
    assert {problem.code for problem in refused.value.problems} == {"my_number_basis"}
    assert "番号法" in refused.value.problems[0].message("ja")


def test_publication_refuses_a_number_as_ordinary_text(room: FormVersion) -> None:
    plain = document()
    plain["schema"]["properties"]["own"] = {"type": "string", "title": "番号", "format": "my-number"}
    with pytest.raises(DefinitionRefused) as refused:
        publish(plain)
    assert [problem.code for problem in refused.value.problems] == ["my_number_plain"]


@pytest.mark.parametrize("code", ["annex-0", "16", "ordinance-15-3", "law"])
def test_a_law_that_is_none_is_refused(room: FormVersion, code: str) -> None:
    with pytest.raises(DefinitionRefused):
        publish(document(my_number_basis=code))
