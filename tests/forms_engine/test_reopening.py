"""A session ends while somebody is typing: nothing is lost, and nobody else gets in."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from forms_engine import applications
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from forms_engine.residents import GUESSES
from tests.forms_engine.conftest import read_again

TYPED = {"/applicant/family_name": "髙﨑 <>&\"'", "/applicant/given_name": "葛󠄀子", "/group_id": ""}


@pytest.fixture
def draft_elsewhere(room: FormVersion) -> Application:
    """A draft that this browser held until its session was over."""
    return applications.start(room)


def url(application: Application, page: str = "applicant") -> str:
    return f"/applications/{application.pk}/pages/{page}/"


def inputs(html: str) -> dict[str, str]:
    """The hidden inputs of the question."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html)
    return {unescape(name): unescape(text) for name, text in found if name not in ("csrfmiddlewaretoken", "next")}


def test_what_was_typed_is_carried_through_the_question_and_saved(draft_elsewhere: Application, client: Client) -> None:
    asked = client.post(url(draft_elsewhere), TYPED)
    assert asked.status_code == 403
    kept = inputs(asked.content.decode())
    assert kept == TYPED
    assert read_again(draft_elsewhere).answers == {}
    went_on = client.post(url(draft_elsewhere), {**kept, "_code": draft_elsewhere.access_code.lower()})
    assert went_on.url == url(draft_elsewhere, "use")
    assert read_again(draft_elsewhere).answers["applicant"]["family_name"] == TYPED["/applicant/family_name"]


def test_the_saved_link_is_understood_as_the_code(draft_elsewhere: Application, client: Client) -> None:
    link = "http://testserver" + reverse("resident:resume", args=[draft_elsewhere.pk, draft_elsewhere.access_code])
    assert client.post(url(draft_elsewhere), {**TYPED, "_code": link}).url == url(draft_elsewhere, "use")


def test_a_wrong_code_keeps_what_was_typed_and_saves_nothing(draft_elsewhere: Application, client: Client) -> None:
    for _ in range(GUESSES):
        wrong = client.post(url(draft_elsewhere), {**TYPED, "_code": "AAAA"})
    assert wrong.status_code == 422
    assert inputs(wrong.content.decode()) == TYPED
    assert "照会番号が違います" in wrong.content.decode()
    late = client.post(url(draft_elsewhere), {**TYPED, "_code": "AAAA"})
    assert late.status_code == 429
    assert inputs(late.content.decode()) == TYPED
    assert read_again(draft_elsewhere).answers == {}


def test_looking_with_the_code_wipes_nothing(draft_elsewhere: Application, client: Client) -> None:
    applications.save_answers(draft_elsewhere, {"applicant": {"family_name": "髙﨑", "given_name": "葛󠄀子"}})
    asked = client.get(url(draft_elsewhere))
    assert asked.status_code == 403
    seen = client.post(
        url(draft_elsewhere), {**inputs(asked.content.decode()), "_code": draft_elsewhere.access_code}, follow=True
    )
    assert "髙﨑" in seen.content.decode()
    assert read_again(draft_elsewhere).answers["applicant"]["family_name"] == "髙﨑"


def test_the_question_does_not_tell_whether_there_is_such_an_application(client: Client, db: None) -> None:
    nowhere = "/applications/00000000-0000-4000-8000-000000000000/pages/applicant/"
    assert client.get(nowhere).status_code == 403
    assert client.post(nowhere, {**TYPED, "_code": "AAAA"}).status_code == 422


def test_without_the_code_the_page_begins_a_new_application(draft_elsewhere: Application, client: Client) -> None:
    anew = reverse("resident:anew", args=[draft_elsewhere.pk, "applicant"])
    sent_on = client.post(anew, {**TYPED, "_code": ""})
    assert sent_on.status_code == 307
    client.post(sent_on["Location"], {**TYPED, "_code": ""})
    new = Application.objects.exclude(pk=draft_elsewhere.pk).get()
    assert new.answers["applicant"]["given_name"] == "葛󠄀子"
    assert read_again(draft_elsewhere).answers == {}


def test_who_ends_here_leaves_nothing_behind(draft_elsewhere: Application, client: Client) -> None:
    client.get(reverse("resident:resume", args=[draft_elsewhere.pk, draft_elsewhere.access_code]))
    assert "続きのリンクを見る" in client.get(reverse("resident:end")).content.decode()
    assert client.get(url(draft_elsewhere)).status_code == 200
    assert client.post(reverse("resident:end")).url == reverse("resident:ended")
    assert "storage" in client.get(reverse("resident:ended"))["Clear-Site-Data"]
    assert client.get(url(draft_elsewhere)).status_code == 403
    assert client.get(reverse("resident:saved", args=[draft_elsewhere.pk])).status_code == 404


@pytest.mark.parametrize("name", ["check", "saved", "done", "follow", "withdraw", "receipt", "copy"])
def test_whoever_comes_back_after_the_session_opens_the_address_with_the_code(
    draft_elsewhere: Application, client: Client, name: str
) -> None:
    address = reverse(f"resident:{name}", args=[draft_elsewhere.pk])
    asked = client.get(address)
    assert asked.status_code == 404 and reverse("resident:find_application") in asked.content.decode()
    code = {**inputs(asked.content.decode()), "_code": draft_elsewhere.access_code}
    assert client.post(address, code).url == address
    assert client.get(address).status_code in (200, 302)


def test_the_address_of_nothing_asks_in_the_same_words(draft_elsewhere: Application, client: Client) -> None:
    def asked(key: object) -> str:
        text = client.get(reverse("resident:check", args=[key])).content.decode()
        return re.sub(r'value="[^"]{64}"', "", text.replace(str(key), "…"))

    nowhere = "00000000-0000-4000-8000-000000000000"
    assert asked(nowhere) == asked(draft_elsewhere.pk)
    assert client.post(reverse("resident:check", args=[nowhere]), {"_code": "AAAA"}).status_code == 422


def test_a_submission_waits_for_the_code(draft_elsewhere: Application, client: Client) -> None:
    submission = reverse("resident:submit", args=[draft_elsewhere.pk])
    assert "まだ送信していません" in client.post(submission).content.decode()
    refused = client.post(submission, {"_code": draft_elsewhere.access_code})
    assert refused.status_code == 422 and "内容の確認" in refused.content.decode()
    assert read_again(draft_elsewhere).is_draft
