"""A resident agrees to a text: it is read in full, recorded with its version, and printed."""

import copy
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forms_engine import applications, submission
from forms_engine.applications import Application
from forms_engine.archive import copies, verification
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.definitions import DefinitionRefused, FormVersion, publish
from schemas.consents import digest_of
from tests.forms_engine import documents
from tests.forms_engine.conftest import decide_as, read_again
from tests.forms_engine.test_my_numbers import text_of
from workflows.staff import StaffMember

PLEDGE = {
    "version": "2026-04",
    "title": "暴力団排除の誓約",
    "text": "次のことを誓約します。\n一　暴力団員ではありません。",
}


def document(**changes: str) -> dict[str, Any]:
    found = copy.deepcopy(documents.ROOM)
    pledge = {"type": "boolean", "title": "誓約します", "const": True, "x-consent": {"text": "pledge"}}
    found["schema"]["properties"]["pledge"] = pledge
    found["schema"]["required"] = [*found["schema"]["required"], "pledge"]
    found["pages"][2]["fields"] = [*found["pages"][2]["fields"], "pledge"]
    return {**found, "consents": {"pledge": PLEDGE | changes}}


@pytest.fixture
def agreed(room: FormVersion, client: Client) -> Application:
    application = applications.start(publish(document()))
    session = client.session
    session["applications"] = [str(application.pk)]
    session.save()
    return applications.save_answers(application, {**documents.ANSWERS, "pledge": True})


def test_the_whole_text_stands_beside_the_box(agreed: Application, client: Client) -> None:
    html = client.get(reverse("resident:fill", args=[agreed.pk, "sales"])).content.decode()
    assert "暴力団員ではありません" in html and "2026-04" in html
    assert 'aria-describedby="/pledge~text"' in html


@pytest.mark.both
def test_version_and_digest_are_part_of_what_was_submitted(agreed: Application) -> None:
    submission.submit(agreed)
    revision = read_again(agreed).latest_revision()
    sha256 = digest_of(agreed.form_version.document, "pledge")
    recorded = {"field": "/pledge", "text": "pledge", "version": "2026-04", "sha256": sha256}
    assert revision.document()["consents"] == [recorded]


def test_the_copy_prints_the_text_with_version_and_digest(
    agreed: Application, sato: StaffMember, yoshino: StaffMember
) -> None:
    submission.submit(agreed)
    decide_as(sato, agreed, "approved")
    decide_as(yoshino, agreed, "approved")
    pdf = copies.read(ArchiveCopy.objects.get(application=agreed))
    printed = text_of(pdf)
    assert "暴力団排除の誓約" in printed and "暴力団員ではありません" in printed and "2026-04版" in printed
    assert digest_of(agreed.form_version.document, "pledge") in printed
    assert not [one for one in verification.verify(pdf).findings if one.code != "seal_untrusted"]


def test_a_text_is_changed_only_as_a_new_version(room: FormVersion) -> None:
    first = publish(document())
    with pytest.raises(DefinitionRefused) as refused:
        publish(document(text="別の文章"))
    assert "新しい版" in refused.value.problems[0].message("ja")
    assert publish(document(text="別の文章", version="2027-04")).number == first.number + 1


def test_an_application_keeps_the_text_it_was_begun_with(agreed: Application) -> None:
    before = digest_of(agreed.form_version.document, "pledge")
    publish(document(text="別の文章", version="2027-04"))
    submission.submit(agreed)
    assert read_again(agreed).latest_revision().document()["consents"][0]["sha256"] == before
