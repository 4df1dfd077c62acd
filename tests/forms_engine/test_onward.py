"""A form posted by htmx is answered with the page that its redirect leads to; without script the redirect stays."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.test import Client, RequestFactory

from forms_engine import applications
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from forms_engine.forms import form_for
from forms_engine.onward import Onward
from tests.forms_engine import documents
from tests.forms_engine.conftest import PDF, read_again

HTMX = {"HX-Request": "true", "HX-Boosted": "true"}
APPLICANT = {"/applicant/family_name": "髙﨑", "/applicant/given_name": "葛󠄀子", "/group_id": ""}


@pytest.fixture
def started(room: FormVersion, client: Client) -> Application:
    application = applications.start(room)
    session = client.session
    session["applications"] = [str(application.pk)]
    session.save()
    return application


def page(application: Application, key: str) -> str:
    return f"/applications/{application.pk}/pages/{key}/"


def test_posted_page_is_answered_with_the_next_one(started: Application, client: Client) -> None:
    answer = client.post(page(started, "applicant"), APPLICANT, headers=HTMX)
    assert answer.status_code == 200 and answer["HX-Push-Url"] == page(started, "use")
    assert f'action="{page(started, "use")}"' in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_without_htmx_the_redirect_stays(started: Application, client: Client) -> None:
    answer = client.post(page(started, "applicant"), APPLICANT)
    assert answer.status_code == 302 and "HX-Push-Url" not in answer


def test_a_page_with_errors_stays_where_it_is(started: Application, client: Client) -> None:
    answer = client.post(page(started, "applicant"), {"/applicant/family_name": ""}, headers=HTMX)
    assert answer["HX-Push-Url"] == "false" and "error-summary" in answer.content.decode()
    assert f'action="{page(started, "applicant")}"' in answer.content.decode()


def test_the_address_keeps_the_way_back_to_the_check_page(started: Application, client: Client) -> None:
    applications.save_answers(started, {**documents.ANSWERS, "applicant": None})
    post = form_for(started.form_version.spec, "sales", documents.ANSWERS).typed()
    answer = client.post(page(started, "sales") + "?return=check", post, headers=HTMX)
    assert answer["HX-Push-Url"] == page(started, "applicant") + "?return=check"
    assert f'action="{page(started, "applicant")}?return=check"' in answer.content.decode()


def test_button_of_a_table_pressed_by_htmx_gets_the_whole_page(started: Application, client: Client) -> None:
    answer = client.post(page(started, "applicant"), {**APPLICANT, "_refresh": "1"}, headers=HTMX)
    assert "<!doctype html>" in answer.content.decode()
    fields = client.post(page(started, "applicant"), {**APPLICANT, "_refresh": "1"}, headers={"HX-Request": "true"})
    assert "<!doctype html>" not in fields.content.decode()


def test_a_new_draft_begins_with_its_cookies_and_its_first_page(room: FormVersion) -> None:
    client = Client(enforce_csrf_checks=True)
    token = client.get(f"/procedures/{documents.ROOM['form']}/").cookies["kakanai_csrf"].value
    start = f"/procedures/{documents.ROOM['form']}/applications/"
    answer = client.post(start, {"csrfmiddlewaretoken": token}, headers=HTMX)
    assert answer.status_code == 200 and answer.cookies["kakanai_session"].value
    first = answer["HX-Push-Url"]
    assert Application.objects.filter(pk=first.split("/")[2]).exists() and client.get(first).status_code == 200


def test_submission_answers_with_the_receipt_and_twice_with_the_same(started: Application, client: Client) -> None:
    applications.save_answers(started, documents.ANSWERS)
    answers = [client.post(f"/applications/{started.pk}/submission/", headers=HTMX) for _ in range(2)]
    number = read_again(started).receipt_number
    assert all(answer["HX-Push-Url"] == f"/applications/{started.pk}/done/" for answer in answers)
    assert all(number in answer.content.decode() for answer in answers)


def test_refused_submission_is_the_check_page_at_its_own_address(started: Application, client: Client) -> None:
    answer = client.post(f"/applications/{started.pk}/submission/", headers=HTMX)
    assert answer.status_code == 422 and answer["HX-Push-Url"] == "false"
    assert f'name="next" value="/applications/{started.pk}/check/"' in answer.content.decode()


def test_a_file_arrives_with_the_page(started: Application, client: Client) -> None:
    applications.save_answers(started, {**documents.ANSWERS, "sales": True, "goods": "弁当"})
    typed = form_for(started.form_version.spec, "sales", read_again(started).answers).typed()
    post = {**typed, "/plan": SimpleUploadedFile("計画.pdf", PDF, "application/pdf")}
    answer = client.post(page(started, "sales"), post, headers=HTMX)
    assert answer.status_code == 200 and read_again(started).answers["plan"]["name"] == "計画.pdf"


def test_a_foreign_application_is_not_there(started: Application) -> None:
    answer = Client().post(page(started, "applicant"), APPLICANT, headers=HTMX)
    refused = Client().post(page(started, "applicant"), APPLICANT)
    assert answer.status_code == refused.status_code >= 400 and answer["HX-Push-Url"] == "false"
    assert read_again(started).answers == {}


def view(responses: dict[str, Any]) -> Any:
    """A site of single answers by path, which notes what it is asked."""

    def respond(request: HttpRequest) -> HttpResponse:
        found: HttpResponse = responses[request.path](request)
        return found

    return Onward(respond)


def boosted(site: Any, path: str) -> HttpResponse:
    headers = {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in HTMX.items()}
    answer: HttpResponse = site(RequestFactory().post(path, {"a": "1"}, **headers))
    return answer


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/"])
def test_a_redirect_to_another_site_is_left_to_the_browser(address: str) -> None:
    site = view({"/a/": lambda request: HttpResponseRedirect(address)})
    assert boosted(site, "/a/").status_code == 302


def test_what_is_no_page_is_opened_by_the_browser_itself() -> None:
    paper = lambda request: HttpResponse(b"%PDF", content_type="application/pdf")  # noqa: E731
    site = view({"/a/": lambda request: HttpResponseRedirect("/b.pdf"), "/b.pdf": paper})
    answer = boosted(site, "/a/")
    assert answer["HX-Redirect"] == "/b.pdf" and not answer.content


def test_a_ring_of_redirects_ends() -> None:
    site = view({"/a/": lambda request: HttpResponseRedirect("/a/")})
    assert boosted(site, "/a/")["HX-Redirect"] == "/a/"


def test_the_page_knows_its_own_address_and_nothing_of_the_post() -> None:
    def shown(request: HttpRequest) -> HttpResponse:
        about = [request.method, request.get_full_path(), request.GET.get("q"), len(request.POST), len(request.FILES)]
        return HttpResponse(repr([*about, "HX-Boosted" in request.headers]))

    site = view({"/a/": lambda request: HttpResponseRedirect("/%E3%81%82/?q=1"), "/あ/": shown})
    answer = boosted(site, "/a/")
    assert answer.content.decode() == repr(["GET", "/%E3%81%82/?q=1", "1", 0, 0, False])
    assert urlsplit(answer["HX-Push-Url"]).query == "q=1"
