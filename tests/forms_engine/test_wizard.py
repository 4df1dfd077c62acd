"""A resident fills in a form page by page: with the back button, in two tabs, on a bad day."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms_engine import applications, attachments, rows, submission
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from forms_engine.forms import form_for
from tests.forms_engine import documents
from tests.forms_engine.conftest import PDF, decide_as, read_again
from workflows.staff import StaffMember

APPLICANT = {"/applicant/family_name": "髙﨑", "/applicant/given_name": "葛󠄀子", "/group_id": ""}


@pytest.fixture
def started(room: FormVersion, client: Client) -> Application:
    """An empty draft that the browser of the test holds."""
    application = applications.start(room)
    return held(client, application)


def held(client: Client, application: Application) -> Application:
    session = client.session
    session["applications"] = [str(application.pk)]
    session.save()
    return application


def url(application: Application, page: str) -> str:
    return f"/applications/{application.pk}/pages/{page}/"


def typed(application: Application, page: str, **answers: Any) -> dict[str, Any]:
    """What the browser sends for the page when these answers are typed into it."""
    given = {**documents.ANSWERS, **answers}
    return form_for(application.form_version.spec, page, given).typed()


def answers(application: Application) -> dict[str, Any]:
    return read_again(application).answers


def test_resident_goes_through_the_pages_to_the_check_page(started: Application, client: Client) -> None:
    first = client.post(url(started, "applicant"), APPLICANT)
    assert first.status_code == 302 and first["Location"] == url(started, "use")
    assert client.post(url(started, "use"), typed(started, "use"))["Location"] == url(started, "sales")
    last = client.post(url(started, "sales"), typed(started, "sales"))
    assert last["Location"] == f"/applications/{started.pk}/check/"
    assert answers(started) == documents.ANSWERS and read_again(started).submitted_at is None


def test_looking_at_a_page_changes_nothing(started: Application, client: Client) -> None:
    client.post(url(started, "applicant"), APPLICANT)
    before = read_again(started)
    assert "髙﨑" in client.get(url(started, "applicant")).content.decode()
    assert read_again(started).updated_at == before.updated_at


def test_an_error_keeps_what_was_typed_and_says_what_to_do(started: Application, client: Client) -> None:
    page = client.post(url(started, "applicant"), {"/applicant/family_name": "髙﨑", "/applicant/given_name": ""})
    html = page.content.decode()
    assert page.status_code == 200 and "名を入力してください" in html and 'value="髙﨑"' in html
    assert 'href="#/applicant/given_name"' in html and "error-summary" in html
    assert answers(started) == {"applicant": {"family_name": "髙﨑"}}


def files(*names: str) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, PDF, "application/pdf") for name in names]


def photos(started: Application, client: Client, *names: str, **more: Any) -> str:
    """The page after these photographs were sent for a field that holds two."""
    sent = typed(started, "sales", sales=True, goods="菓子") | {"/photos": files(*names)} | more
    return str(client.post(url(started, "sales"), sent).content.decode())


def test_of_twenty_files_only_those_that_the_field_holds_are_kept(started: Application, client: Client) -> None:
    html = photos(started, client, *(f"{number}.pdf" for number in range(20)))
    assert "2個まで" in html and started.attachments.count() == 2
    assert [one["name"] for one in answers(started)["photos"]] == ["0.pdf", "1.pdf"]


def test_a_full_field_takes_a_file_in_place_of_one_that_is_removed(started: Application, client: Client) -> None:
    photos(started, client, "a.pdf", "b.pdf")
    first, second = answers(started)["photos"]
    photos(started, client, "c.pdf", **{"/photos~remove": first["id"]})
    assert [one["name"] for one in answers(started)["photos"]] == ["b.pdf", "c.pdf"]
    assert not started.attachments.filter(pk=first["id"]) and started.attachments.filter(pk=second["id"])


def test_changing_a_file_a_hundred_times_blocks_nothing(started: Application, client: Client) -> None:
    for number in range(attachments.MOST + 2):
        client.post(url(started, "sales"), {"/sales": "true", "/goods": "菓子", "/plan": files(f"{number}.pdf")})
    assert answers(started)["plan"]["name"] == f"{attachments.MOST + 1}.pdf" and started.attachments.count() == 1


def test_a_file_stays_when_the_next_one_is_refused(started: Application, client: Client) -> None:
    photos(started, client, "a.pdf")
    bad = SimpleUploadedFile("b.pdf", b"<script>", "application/pdf")
    client.post(url(started, "sales"), {"/sales": "true", "/goods": "菓子", "/photos": [bad]})
    assert [one["name"] for one in answers(started)["photos"]] == ["a.pdf"]


def test_files_are_chosen_not_typed(started: Application, client: Client) -> None:
    applications.save_answers(started, {"sales": True, "goods": "菓子"})
    html = client.post(url(started, "sales"), {"/sales": "true", "/goods": "菓子"}).content.decode()
    assert "販売計画書を選んでください" in html and "販売計画書を入力" not in html


@pytest.mark.both
def test_page_is_taken_in_again_when_another_tab_saved_meanwhile(
    started: Application, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, tries = rows.put, []

    def late(application: Application, read_at: datetime) -> bool:
        if not tries:
            applications.save_answers(started, {"rooms": ["room_a"]})
        tries.append(read_at)
        return put(application, read_at)

    monkeypatch.setattr(rows, "put", late)
    assert client.post(url(started, "applicant"), APPLICANT).status_code == 302
    assert len(tries) == 2
    assert answers(started).keys() >= {"applicant", "rooms"}


@pytest.mark.both
def test_nothing_is_saved_once_it_was_submitted_in_another_tab(
    started: Application, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    applications.save_answers(started, documents.ANSWERS)
    put = rows.put

    def late(application: Application, read_at: datetime) -> bool:
        submission.submit(started)
        return put(application, read_at)

    monkeypatch.setattr(rows, "put", late)
    response = client.post(url(started, "applicant"), APPLICANT | {"/applicant/given_name": "太郎"})
    assert response["Location"] == f"/applications/{started.pk}/"
    assert answers(started)["applicant"] == documents.ANSWERS["applicant"]


def test_two_tabs_never_lose_each_others_pages(started: Application, client: Client) -> None:
    client.get(url(started, "use"))
    client.post(url(started, "applicant"), APPLICANT)
    client.post(url(started, "use"), typed(started, "use"))
    assert answers(started)["applicant"] == documents.ANSWERS["applicant"] and answers(started)["rooms"] == ["room_a"]


def test_an_unknown_page_leads_to_the_first_one_with_something_to_answer(started: Application, client: Client) -> None:
    client.post(url(started, "applicant"), APPLICANT)
    assert client.get(url(started, "nowhere"))["Location"] == url(started, "use")
    assert client.post(url(started, "nowhere"), {})["Location"] == url(started, "use")


def test_save_for_later_keeps_an_unfinished_page(started: Application, client: Client) -> None:
    page = client.post(url(started, "applicant"), {"/applicant/family_name": "髙﨑", "_save": "1"})
    assert page["Location"] == f"/applications/{started.pk}/saved/"
    assert answers(started) == {"applicant": {"family_name": "髙﨑"}}


def test_back_keeps_what_was_typed(started: Application, client: Client) -> None:
    data = {**typed(started, "use"), "_to": "applicant"}
    assert client.post(url(started, "use"), data)["Location"] == url(started, "applicant")
    assert answers(started)["use_date"] == "2026-11-24"


def test_a_change_from_the_check_page_returns_there(draft: Callable[..., Application], client: Client) -> None:
    application = held(client, draft())
    page = client.post(f"{url(application, 'applicant')}?return=check", APPLICANT)
    assert page["Location"] == f"/applications/{application.pk}/check/"


def test_a_change_that_asks_more_leads_there_first(draft: Callable[..., Application], client: Client) -> None:
    application = held(client, draft(use_date=None))
    page = client.post(f"{url(application, 'applicant')}?return=check", APPLICANT)
    assert page["Location"] == f"{url(application, 'use')}?return=check"


def test_a_script_gets_the_fields_alone_and_nothing_is_judged(started: Application, client: Client) -> None:
    data = {"/sales": "true", "_refresh": "1", "_seen": "/sales"}
    page = client.post(url(started, "sales"), data, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in page and 'name="/goods"' in page and "field__error" not in page
    assert "data-controls" in page


def test_without_a_script_new_questions_are_shown_before_going_on(started: Application, client: Client) -> None:
    seen = re.search(r'_seen" value="([^"]*)', client.get(url(started, "sales")).content.decode())
    html = client.post(url(started, "sales"), {"/sales": "true", "_seen": seen[1] if seen else ""}).content.decode()
    assert "新しい質問" in html and "field__error" not in html and 'name="/plan"' in html


def test_an_attached_file_survives_an_error_on_the_page(started: Application, client: Client) -> None:
    upload = SimpleUploadedFile("計画.pdf", PDF, "application/pdf")
    page = client.post(url(started, "sales"), {"/sales": "true", "/plan": upload})
    assert page.status_code == 200 and "計画.pdf" in page.content.decode()
    assert answers(started)["plan"]["media_type"] == "application/pdf"


def test_a_file_of_a_wrong_type_is_refused_at_its_field(started: Application, client: Client) -> None:
    upload = SimpleUploadedFile("悪.pdf", b"MZ\x90\x00", "application/pdf")
    html = client.post(url(started, "sales"), {"/sales": "true", "/plan": upload}).content.decode()
    assert 'id="/plan~error"' in html and "plan" not in answers(started)


def test_nobody_else_sees_the_draft(started: Application) -> None:
    applications.save_answers(started, {"applicant": {"family_name": "秘", "given_name": "密"}})
    other = Client()
    seen = other.get(url(started, "applicant"))
    assert seen.status_code == 403 and "秘" not in seen.content.decode()
    assert other.post(url(started, "applicant"), APPLICANT).status_code == 403
    assert answers(started)["applicant"]["family_name"] == "秘"


def test_a_submitted_application_is_not_written_to(submitted: Callable[..., Application], client: Client) -> None:
    application = held(client, submitted())
    for answer in (client.get, client.post):
        assert answer(url(application, "applicant"))["Location"] == f"/applications/{application.pk}/"


def test_in_a_correction_only_remarked_fields_can_be_written(
    submitted: Callable[..., Application], sato: StaffMember, client: Client
) -> None:
    application = held(client, submitted())
    decide_as(sato, application, "correction", remarks={"/use_date": "別の日にしてください"})
    html = client.get(url(application, "use")).content.decode()
    assert "別の日にしてください" in html and 'name="/use_date~year"' in html and 'name="/starts"' not in html
    client.post(url(application, "use"), {"/use_date": "2026-12-01", "/starts": "00:00"})
    assert answers(application)["use_date"] == "2026-12-01" and answers(application)["starts"] == "09:00"


def test_pages_are_never_kept_by_caches(started: Application, client: Client) -> None:
    assert "no-store" in client.get(url(started, "applicant"))["Cache-Control"]


def test_a_step_asks_the_database_little(started: Application, client: Client) -> None:
    client.get(url(started, "applicant"))
    with CaptureQueriesContext(
        connection,
    ) as shown:
        client.get(url(started, "applicant"))
    with CaptureQueriesContext(connection) as answered:
        client.post(url(started, "applicant"), APPLICANT)
    assert len(shown) <= 3 and len(answered) <= 7, [query["sql"] for query in answered]
