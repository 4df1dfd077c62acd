"""Papers (庁内資料): staff keep files about a case among themselves."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from forms_engine import papers, vault
from forms_engine.applications import Application
from forms_engine.papers import InternalFile
from tests.forms_engine.conftest import upload
from workflows.audit import AuditEntry
from workflows.cases import Case
from workflows.decisions import decide
from workflows.papers import PaperRefused
from workflows.staff import StaffMember

Browser = Callable[[str], Client]
Submitted = Callable[..., Application]


def send(browser: Client, application: Application, file: Any, remark: str = "") -> HttpResponse:
    url = reverse("staff_papers", args=[application.pk])
    return browser.post(url, {"remark": remark} | ({"paper": file} if file else {}))


def case_page(browser: Client, application: Application) -> str:
    case = Case.objects.of(application).get()
    return browser.get(reverse("approver:case", args=[case.public_id])).content.decode()


@pytest.fixture
def waiting(submitted: Submitted) -> Application:
    """An application on which people decide."""
    return submitted()


def test_file_is_kept_with_its_remark_for_who_may_see_the_case(waiting: Application, client_of: Browser) -> None:
    assert send(client_of("sato"), waiting, upload(), "現地写真").status_code == 302
    paper = InternalFile.objects.get()
    page = case_page(client_of("yoshino"), waiting)
    assert "現地写真" in page
    assert paper.url in page
    assert client_of("yoshino").get(paper.url).status_code == 200
    assert client_of("suzuki").get(paper.url).status_code == 404
    assert Client().get(paper.url).status_code == 302


def test_file_is_encrypted_and_audited(waiting: Application, client_of: Browser) -> None:
    send(client_of("sato"), waiting, upload(), "現地写真")
    paper = InternalFile.objects.get()
    assert b"%PDF" not in vault.read(paper.pk)
    assert papers.deliver(paper).content.startswith(b"%PDF")
    entry = AuditEntry.objects.get(verb="keep_paper")
    assert entry.actor == "sato"
    assert entry.detail["sha256"] == paper.sha256


def test_what_is_no_document_is_refused_at_the_field_and_the_remark_stays(
    waiting: Application, client_of: Browser
) -> None:
    response = send(client_of("sato"), waiting, upload(b"MZ\x90\x00", "photo.pdf"), "現地写真")
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="paper-error"' in page
    assert 'value="現地写真"' in page
    assert not InternalFile.objects.exists()


def test_nothing_chosen_is_said_in_words(waiting: Application, client_of: Browser) -> None:
    assert "ファイルを選んでください" in send(client_of("sato"), waiting, None).content.decode()


def test_who_may_not_see_the_case_keeps_nothing(waiting: Application, client_of: Browser) -> None:
    assert send(client_of("suzuki"), waiting, upload()).status_code == 404


def test_only_who_kept_it_takes_it_away_and_that_is_audited(waiting: Application, client_of: Browser) -> None:
    send(client_of("sato"), waiting, upload())
    paper = InternalFile.objects.get()
    client_of("yoshino").post(paper.removal_url)
    assert InternalFile.objects.exists()
    assert paper.removal_url not in case_page(client_of("yoshino"), waiting)
    client_of("sato").post(paper.removal_url)
    assert not InternalFile.objects.exists()
    assert AuditEntry.objects.get(verb="remove_paper").detail["sha256"] == paper.sha256


def test_nothing_is_taken_away_once_the_case_is_closed(
    waiting: Application, sato: StaffMember, client_of: Browser
) -> None:
    send(client_of("sato"), waiting, upload())
    paper, case = InternalFile.objects.get(), Case.objects.of(waiting).get()
    while tasks := case.open_tasks():
        decide(tasks[0], "approved", StaffMember.objects.holding(tasks[0].key).first() or sato)
        case = Case.objects.get(pk=case.pk)
    with pytest.raises(PaperRefused):
        papers.remove(paper, case, sato)
    assert InternalFile.objects.exists()


def test_sweep_leaves_papers_alone(waiting: Application, client_of: Browser) -> None:
    send(client_of("sato"), waiting, upload())
    stranger = uuid.uuid4()
    vault.write(stranger, b"without a row")
    assert vault.sweep(now() + timedelta(days=1)) >= 1
    assert vault.has(InternalFile.objects.get().pk)
    assert not vault.has(stranger)


def test_member_of_staff_who_applied_as_a_resident_sees_no_papers(
    waiting: Application, sato: StaffMember, client_of: Browser
) -> None:
    send(client_of("sato"), waiting, upload(), "現地写真")
    Application.objects.filter(pk=waiting.pk).update(applied_by=sato)
    assert "現地写真" not in case_page(client_of("sato"), waiting)
    assert client_of("sato").get(InternalFile.objects.get().url).status_code == 404
