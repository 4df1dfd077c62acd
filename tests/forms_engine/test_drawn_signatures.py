"""A resident signs: with a finger, with a picture or with a typed name, and only what was on the page then."""

import base64
import copy
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from pypdf import PdfReader

from forms_engine import applications, drawn_signatures, submission
from forms_engine.applications import Application
from forms_engine.archive import copies, verification
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.definitions import DefinitionRefused, FormVersion, publish
from forms_engine.fields.drawn_signature import DATA, drawing
from forms_engine.submission import Incomplete
from tests.forms_engine import documents
from tests.forms_engine.conftest import decide_as, read_again
from tests.forms_engine.test_my_numbers import text_of
from workflows.staff import StaffMember

WORD = {"$ref": "vocabulary.schema.json#/$defs/drawn_signature"}


def document(page: int = 2) -> dict[str, Any]:
    found = copy.deepcopy(documents.ROOM)
    found["schema"]["properties"]["signature"] = WORD
    found["schema"]["required"] = [*found["schema"]["required"], "signature"]
    found["pages"][page]["fields"] = [*found["pages"][page]["fields"], "signature"]
    return found


def strokes() -> bytes:
    """What a browser makes of a finger's way over the canvas."""
    file, picture = io.BytesIO(), Image.new("RGBA", (1200, 400))
    ImageDraw.Draw(picture).line([(100, 300), (400, 80), (700, 320), (1100, 90)], "black", 8)
    picture.save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def filling(room: FormVersion, client: Client) -> Application:
    application = applications.save_answers(applications.start(publish(document())), documents.ANSWERS)
    session = client.session
    session["applications"] = [str(application.pk)]
    session.save()
    return application


def sign(client: Client, application: Application, **typed: Any) -> Any:
    sent = {f"/signature{part}": value for part, value in typed.items()}
    return client.post(reverse("resident:fill", args=[application.pk, "sales"]), {"/sales": "false", **sent})


def draw(client: Client, application: Application) -> None:
    sign(client, application, **{"~drawn": DATA + base64.b64encode(strokes()).decode()})


def signature(application: Application) -> dict[str, Any]:
    return dict(read_again(application).answers["signature"])


@pytest.mark.both
def test_what_is_drawn_is_kept_and_bound_to_the_answers(filling: Application, client: Client) -> None:
    draw(client, filling)
    found = signature(filling)
    assert found["made"] == "drawn" and found["image"]["media_type"] == "image/png"
    assert found["signs"] == drawn_signatures.digest_of(filling.form_version.spec, filling.proposal())
    assert submission.submit(filling).receipt_number and filling.attachments.count() == 1


def test_a_picture_and_a_typed_name_sign_as_well(filling: Application, client: Client) -> None:
    sign(client, filling, **{"": SimpleUploadedFile("署名.png", strokes(), "image/png")})
    assert signature(filling)["made"] == "uploaded"
    sign(client, filling, **{"~name": "髙﨑　葛󠄀子"})
    assert signature(filling)["name"] == "髙﨑　葛󠄀子" and filling.attachments.count() == 0
    assert submission.submit(filling).receipt_number


def test_nobody_can_say_himself_what_he_signed(filling: Application, client: Client) -> None:
    sign(client, filling, **{"~name": "髙﨑", "/signs": "0" * 64, "/image/id": "x", "~drawn": "data:text/html,<b>"})
    assert signature(filling)["signs"] != "0" * 64 and "image" not in signature(filling)


def test_the_check_page_shows_one_line_with_the_picture(filling: Application, client: Client) -> None:
    draw(client, filling)
    html = client.get(reverse("resident:check", args=[filling.pk])).content.decode()
    picture = reverse("resident:thumbnail", args=[filling.pk, signature(filling)["image"]["id"]])
    assert picture in html and "手書きの署名" in html and signature(filling)["signs"] not in html


def test_a_page_without_a_signature_asks_for_one(filling: Application, client: Client) -> None:
    html = sign(client, filling).content.decode()
    assert "署名をしてください" in html and "data-signature" in html


def test_answers_that_change_afterwards_are_signed_again(filling: Application, client: Client) -> None:
    draw(client, filling)
    applications.save_answers(filling, {"use_date": "2026-12-01"})
    assert "もう一度署名してください" in client.get(reverse("resident:check", args=[filling.pk])).content.decode()
    with pytest.raises(Incomplete) as refused:
        submission.submit(filling)
    assert [problem.code for problem in refused.value.problems] == ["signature_outdated"]
    draw(client, filling)
    assert submission.submit(filling).receipt_number


def test_looking_at_the_page_again_keeps_the_signature(filling: Application, client: Client) -> None:
    draw(client, filling)
    before = signature(filling)
    html = client.get(reverse("resident:fill", args=[filling.pk, "sales"])).content.decode()
    assert "署名済み" in html and before["image"]["id"] in html
    sign(client, filling, **{"~name": ""})
    assert signature(filling) == before


def test_a_signature_can_be_taken_back(filling: Application, client: Client) -> None:
    draw(client, filling)
    sign(client, filling, **{"~remove": "1"})
    assert "signature" not in read_again(filling).answers and filling.attachments.count() == 0


def test_a_correction_is_signed_again(filling: Application, client: Client, sato: StaffMember) -> None:
    draw(client, filling)
    submission.submit(filling)
    decide_as(sato, filling, "correction", remarks={"/use_date": "別の日にしてください"})
    assert read_again(filling).open_pointers() >= {"/use_date", "/signature"}
    applications.save_answers(filling, {"use_date": "2026-12-01"})
    with pytest.raises(Incomplete):
        submission.submit(read_again(filling))
    draw(client, filling)
    assert submission.submit(read_again(filling)).latest_revision().number == 2


def test_the_copy_shows_the_signature_with_its_text(
    filling: Application, client: Client, sato: StaffMember, yoshino: StaffMember
) -> None:
    draw(client, filling)
    submission.submit(filling)
    for member in (sato, yoshino):
        decide_as(member, filling, "approved")
    pdf = copies.read(ArchiveCopy.objects.get(application=filling))
    reader = PdfReader(io.BytesIO(pdf))
    assert any(page.images for page in reader.pages) and "手書きの署名" in text_of(pdf)
    assert signature(filling)["signs"] in text_of(pdf)
    assert not [one for one in verification.verify(pdf).findings if one.code != "seal_untrusted"]


def test_a_signature_stands_on_the_last_page(room: FormVersion) -> None:
    with pytest.raises(DefinitionRefused) as refused:
        publish(document(page=0))
    assert [problem.code for problem in refused.value.problems] == ["signature_place"]


@settings(deadline=None, max_examples=40)
@given(st.text() | st.text().map(lambda text: DATA + text))
def test_what_is_no_drawing_is_none(text: str) -> None:
    found = drawing(text)
    assert found is None or text.startswith(DATA)
