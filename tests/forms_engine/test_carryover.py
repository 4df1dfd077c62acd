"""A resident who has applied before writes his name and address no second time."""

import copy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from forms_engine import applications, attachments, carryover, definitions, drawn_signatures, my_numbers, submission
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from tests.forms_engine import documents
from tests.forms_engine.answers import OWNER, dog
from tests.forms_engine.conftest import PDF, read_again
from workflows.audit import AuditEntry

APPLICANT = "/applicant"


@pytest.fixture
def earlier(published: None) -> Application:
    """The registration of a dog, by the person who now wants a room."""
    draft = applications.start(definitions.current("dog_registration"))
    return submission.submit(applications.save_answers(draft, dog()))


def preview(client: Client, earlier: Application) -> str:
    return reverse("resident:carry_over", args=["facility_use", earlier.pk])


def opened(client: Client, earlier: Application) -> str:
    """The preview, reached with the number and the code of the receipt."""
    given = {"receipt_number": earlier.receipt_number, "code": earlier.access_code}
    response = client.post(reverse("resident:earlier", args=["facility_use"]), given)
    assert response.url == preview(client, earlier)
    return response.url


def test_number_and_code_show_what_would_be_taken_over_before_anything_is(earlier: Application, client: Client) -> None:
    html = client.get(opened(client, earlier)).content.decode()
    for words in ("髙﨑", "千代田", "03-1234-5678", str(earlier.receipt_number)):
        assert words in html
    assert "葛󠄀</dd>" not in html  # the dog's name is no person's
    assert Application.objects.count() == 1


def test_only_what_was_chosen_is_taken_over(earlier: Application, client: Client) -> None:
    client.post(opened(client, earlier), {"take": [APPLICANT]})
    draft = Application.objects.drafts().get()
    assert draft.answers == {"applicant": OWNER}
    entry = AuditEntry.objects.get(verb="carry_over")
    assert entry.detail == {"source": earlier.receipt_number, "fields": 1}


def test_what_was_never_offered_cannot_be_taken(earlier: Application, client: Client) -> None:
    client.post(opened(client, earlier), {"take": ["/privacy_consent", "/fee", "/nowhere", ""]})
    assert Application.objects.drafts().get().answers == {}


def test_the_application_of_another_person_offers_nothing(earlier: Application, client: Client) -> None:
    assert client.get(preview(client, earlier)).status_code == 404
    assert client.post(preview(client, earlier), {"take": [APPLICANT]}).status_code == 404
    wrong = client.post(
        reverse("resident:earlier", args=["facility_use"]), {"receipt_number": earlier.receipt_number, "code": "AAAA"}
    )
    assert wrong.status_code == 422
    assert Application.objects.drafts().count() == 0


def test_check_page_says_where_an_answer_came_from_until_it_is_changed(earlier: Application, client: Client) -> None:
    client.post(opened(client, earlier), {"take": [APPLICANT, "/contact"]})
    draft = Application.objects.drafts().get()
    said = f"前の申請（{earlier.receipt_number}）から"
    check = reverse("resident:check", args=[draft.pk])
    before = client.get(check).content.decode().count(said)
    applications.save_answers(draft, {"contact": {"phone": "03-9999-9999"}})
    assert client.get(check).content.decode().count(said) == before - 1 > 0


def test_the_office_sees_where_an_answer_came_from(earlier: Application) -> None:
    draft = applications.start(definitions.current("dog_registration"))
    carryover.begin(draft, earlier, ["/owner", "/address"])
    rest = {key: answer for key, answer in dog().items() if key not in ("owner", "address")}
    again = submission.submit(applications.save_answers(draft, rest))
    rows = {row.pointer: row.provenance for one in read_again(again).read_out("ja") for row in one.rows}
    assert rows["/owner/family_name"] == f"前の申請（{earlier.receipt_number}）から"
    assert rows["/dog_name"] == ""


def test_files_and_consents_are_never_offered(earlier: Application) -> None:
    found = carryover.offers(earlier, definitions.current("dog_registration"), "ja")
    assert {one.pointer for one in found if one.is_usual} == {"/owner", "/address", "/contact"}
    assert not {"/privacy_consent", "/vaccination_certificate", "/fee"} & {one.pointer for one in found}


def test_on_the_same_form_other_answers_are_offered_for_who_wants_them(earlier: Application, client: Client) -> None:
    again = reverse("resident:earlier", args=["dog_registration"])
    page = client.post(again, {"receipt_number": earlier.receipt_number, "code": earlier.access_code}, follow=True)
    html = page.content.decode()
    assert 'value="/owner" checked' in html and 'value="/dog_name"><' in html and "葛󠄀</dd>" in html
    client.post(page.request["PATH_INFO"], {"take": ["/dog_name", "/privacy_consent"]})
    assert Application.objects.drafts().get().answers == {"dog_name": dog()["dog_name"]}


def identified() -> FormVersion:
    """The meeting room, asking for all that is given anew each time."""
    found = copy.deepcopy(documents.ROOM)
    words = {
        "caller": "person",
        "number": "my_number",
        "agreed": "consent",
        "plan": "file",
        "signature": "drawn_signature",
    }
    asked = {name: {"$ref": f"vocabulary.schema.json#/$defs/{word}"} for name, word in words.items()}
    found["schema"]["properties"] |= asked
    found["procedure"]["my_number_basis"] = "annex-16"
    found["pages"][-1]["fields"] = [*dict.fromkeys([*found["pages"][-1]["fields"], *asked])]
    return definitions.publish(found)


def test_my_number_consent_file_and_signature_are_given_anew_each_time(room: FormVersion) -> None:
    version = identified()
    draft = applications.save_answers(applications.start(version), {**documents.ANSWERS, "caller": OWNER})
    number = my_numbers.keep(draft, "/number", "123456789018")
    plan = attachments.attach(draft, "/plan", SimpleUploadedFile("plan.pdf", PDF))
    given = {"number": number, "agreed": True, "plan": plan, "signature": {"made": "typed", "name": "髙﨑 葛󠄀子"}}
    spec = version.spec
    settled = applications.save_answers(
        draft, {key: one for key, one in given.items() if key != "signature"}
    ).proposal()
    applications.save_answers(draft, drawn_signatures.bound(spec, given, settled))
    earlier = submission.submit(draft)
    everything = [f"/{name}" for name in earlier.standing_answers()]
    again = carryover.begin(applications.start(version), earlier, everything)
    assert again.answers["caller"] == OWNER
    assert again.answers.keys() & given.keys() == set()
    assert not again.my_numbers.exists() and not again.attachments.exists()
