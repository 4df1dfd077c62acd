"""A file stands in a row of a table and stays with it, whatever happens to the rows around it."""

import copy
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_engine import applications
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion, publish
from forms_engine.forms import form_for
from forms_engine.spec import FormSpec
from tests.forms_engine import documents
from tests.forms_engine.conftest import PDF, read_again

FILE = {"$ref": "vocabulary.schema.json#/$defs/file"}
BUTTONS = ("_remove", "_up", "_down")


def document() -> dict[str, Any]:
    """The meeting room, asking for the vehicles that come, each with its certificate and photographs."""
    found = copy.deepcopy(documents.ROOM)
    photos = {"type": "array", "title": "写真", "items": FILE, "maxItems": 2}
    vehicle = {"plate": {"type": "string", "title": "番号"}, "certificate": FILE, "photos": photos}
    table = {"type": "array", "title": "車両", "items": {"type": "object", "properties": vehicle}}
    found["schema"]["properties"]["vehicles"] = table
    found["pages"].append({"key": "vehicles", "title": "車両", "fields": ["vehicles"]})
    return found


@pytest.fixture
def filling(room: FormVersion, client: Client) -> Application:
    """A draft that the browser of the test holds, with three vehicles and a certificate for each."""
    application = applications.save_answers(applications.start(publish(document())), documents.ANSWERS)
    session = client.session
    session["applications"] = [str(application.pk)]
    session.save()
    sent: dict[str, Any] = {"/vehicles~rows": "3"}
    for number, name in enumerate("abc"):
        sent |= {f"/vehicles/{number}/plate": name, f"/vehicles/{number}/certificate": pdf(name)}
    client.post(url(application), sent)
    return application


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", PDF, "application/pdf")


def url(application: Application) -> str:
    return f"/applications/{application.pk}/pages/vehicles/"


def shown(application: Application) -> dict[str, Any]:
    """What a browser sends for the page as it is."""
    found = read_again(application)
    return form_for(found.form_version.spec, "vehicles", found.answers).typed()


def standing(application: Application) -> list[tuple[str, str]]:
    """Each row by what was typed into it and the name of its file."""
    rows = read_again(application).answers.get("vehicles", [])
    return [(row.get("plate", ""), row.get("certificate", {}).get("name", "")) for row in rows]


def press(client: Client, application: Application, **more: Any) -> str:
    return str(client.post(url(application), shown(application) | more).content.decode())


def test_each_row_keeps_its_file_when_one_above_is_removed(filling: Application, client: Client) -> None:
    html = press(client, filling, _remove="/vehicles/0")
    assert standing(filling) == [("b", "b.pdf"), ("c", "c.pdf")]
    assert "a.pdf" not in html and "b.pdf" in html and filling.attachments.count() == 2
    press(client, filling)
    assert standing(filling) == [("b", "b.pdf"), ("c", "c.pdf")]


def test_files_move_with_their_rows(filling: Application, client: Client) -> None:
    press(client, filling, _down="/vehicles/0")
    assert standing(filling) == [("b", "b.pdf"), ("a", "a.pdf"), ("c", "c.pdf")]
    press(client, filling, _up="/vehicles/2")
    assert standing(filling) == [("b", "b.pdf"), ("c", "c.pdf"), ("a", "a.pdf")]


def test_a_row_that_was_emptied_takes_no_file_of_the_next(filling: Application, client: Client) -> None:
    first = read_again(filling).answers["vehicles"][0]["certificate"]["id"]
    press(client, filling, **{"/vehicles/0/plate": "", "/vehicles/0/certificate~remove": first})
    assert standing(filling) == [("b", "b.pdf"), ("c", "c.pdf")]


def test_a_row_stays_for_the_file_that_alone_stands_in_it(filling: Application, client: Client) -> None:
    press(client, filling, **{"/vehicles/1/plate": ""})
    assert standing(filling) == [("a", "a.pdf"), ("", "b.pdf"), ("c", "c.pdf")]


def test_a_file_sent_while_a_row_is_removed_reaches_its_own_row(filling: Application, client: Client) -> None:
    press(
        client,
        filling,
        _remove="/vehicles/0",
        **{"/vehicles/1/certificate": pdf("new"), "/vehicles/2/photos": pdf("d")},
    )
    assert standing(filling) == [("b", "new.pdf"), ("c", "c.pdf")]
    assert [one["name"] for one in read_again(filling).answers["vehicles"][1]["photos"]] == ["d.pdf"]


def test_nobody_claims_a_file_that_does_not_stand_in_the_draft(filling: Application, client: Client) -> None:
    press(client, filling, **{"/vehicles/0/certificate~files": "00000000-0000-4000-8000-000000000000 ../etc"})
    assert standing(filling) == [("a", ""), ("b", "b.pdf"), ("c", "c.pdf")]


def test_a_client_that_does_not_say_which_files_it_means_loses_none(filling: Application, client: Client) -> None:
    sent = {key: one for key, one in shown(filling).items() if not key.endswith("~files")}
    client.post(url(filling), sent | {"/vehicles/1/plate": "B"})
    assert standing(filling) == [("a", "a.pdf"), ("B", "b.pdf"), ("c", "c.pdf")]


PRESSES = st.lists(st.tuples(st.sampled_from(BUTTONS), st.integers(0, 4)), max_size=6)


@settings(max_examples=30, deadline=None)
@given(PRESSES)
def test_however_rows_are_moved_and_removed_each_keeps_its_file(presses: list[tuple[str, int]]) -> None:
    spec = FormSpec(document())
    about = {"media_type": "application/pdf", "size": 1, "sha256": "0" * 64}
    rows = [{"plate": name, "certificate": {"id": str(uuid4()), "name": f"{name}.pdf", **about}} for name in "abcde"]
    answers: dict[str, Any] = {**documents.ANSWERS, "vehicles": rows}
    for button, number in presses:
        sent = form_for(spec, "vehicles", answers).typed() | {button: [f"/vehicles/{number}"]}
        saved = form_for(spec, "vehicles", answers, data=sent).to_save()["vehicles"]
        answers = answers | {"vehicles": saved or []}
    assert all(row["certificate"]["name"] == f"{row['plate']}.pdf" for row in answers["vehicles"])
