"""The files of an application for staff."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from forms_engine import attachments, submission
from forms_engine.applications import Application, save_answers
from forms_engine.archive.copies import ArchiveCopy
from tests.forms_engine.conftest import upload

Browser = Callable[[str], Client]


def with_plan(draft: Callable[..., Application]) -> tuple[Application, str]:
    """A submitted application with an attachment, and where staff open that."""
    application = draft(sales=True, goods="菓子")
    file = attachments.attach(application, "/plan", upload())
    submission.submit(save_answers(application, {"plan": file}))
    return application, reverse("staff_attachment", args=[file["id"]])


def test_attachment_is_for_those_who_may_see_the_case(draft: Callable[..., Application], client_of: Browser) -> None:
    _application, url = with_plan(draft)
    assert client_of("sato").get(url).status_code == 200
    assert client_of("suzuki").get(url).status_code == 404
    assert Client().get(url).status_code == 302


def test_attachment_may_be_framed_by_the_case_page_only(draft: Callable[..., Application], client_of: Browser) -> None:
    response = client_of("sato").get(with_plan(draft)[1])
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_copy_is_for_those_who_may_see_the_case(submitted: Callable[..., Application], client_of: Browser) -> None:
    url = reverse("staff_copy", args=[submitted(group_id="F-00001").pk])
    assert client_of("sato").get(url).content.startswith(b"%PDF-")
    assert client_of("suzuki").get(url).status_code == 404


def test_copy_with_undrawable_characters_waits_for_a_person(
    submitted: Callable[..., Application], client: Client, client_of: Browser
) -> None:
    application = submitted(group_id="F-00001")
    ArchiveCopy.objects.filter(application=application).update(missing_glyphs="龘")
    browser, url = client_of("sato"), reverse("staff_copy", args=[application.pk])
    assert "龘" in browser.get(url).content.decode()
    browser.post(reverse("staff_copy_acceptance", args=[application.pk]))
    assert browser.get(url).content.startswith(b"%PDF-")
    assert ArchiveCopy.objects.get().accepted_by.get_username() == "sato"
