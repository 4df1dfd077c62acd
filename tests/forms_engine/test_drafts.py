"""What nobody submits is deleted after a while, and nobody fills the office with drafts."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from forms_engine import applications, attachments, drafts, notices, vault
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from forms_engine.notices import Notice
from tests.forms_engine.conftest import upload
from workflows.audit import AuditEntry

pytestmark = pytest.mark.both


def left_alone(application: Application, days: int) -> Application:
    """The same, as if nobody had touched it for so many days."""
    Application.objects.filter(pk=application.pk).update(updated_at=now() - timedelta(days=days))
    return application


def start(client: Client) -> int:
    return client.post(reverse("resident:start", args=["room"])).status_code


@pytest.mark.parametrize(("days", "told"), [(20, 0), (24, 1), (29, 1), (31, 0)])
def test_who_had_the_link_mailed_is_told_in_time_and_once(draft: Callable[..., Application], days, told: int) -> None:
    asked, silent = draft(), left_alone(draft(), 24)
    notices.send_draft_link(asked, "phone@example.jp")
    left_alone(asked, days)
    Notice.objects.update(created_at=now() - timedelta(days=days + 1))
    assert (drafts.remind(), drafts.remind()) == (told, 0)
    assert Notice.objects.filter(kind="draft_expiry").count() == told
    assert not Notice.objects.filter(application=silent).exists()


def test_who_went_on_is_told_again_before_the_new_end(draft: Callable[..., Application]) -> None:
    asked = draft()
    notices.send_draft_link(asked, "phone@example.jp")
    left_alone(asked, 24)
    assert drafts.remind() == 1
    Notice.objects.update(created_at=now() - timedelta(days=26))
    left_alone(asked, 25)
    assert drafts.remind() == 1


def test_a_draft_left_alone_is_deleted_with_its_files(
    draft: Callable[..., Application], django_capture_on_commit_callbacks: Callable
) -> None:
    old, young = draft(sales=True, goods="菓子"), left_alone(draft(), 29)
    file = attachments.attach(old, "/plan", upload())
    applications.save_answers(old, {"plan": file})
    kept = attachments.Attachment.objects.get()
    left_alone(old, 31)
    with django_capture_on_commit_callbacks(execute=True):
        call_command("sweep")
    assert list(Application.objects.all()) == [young]
    assert not vault.has(kept.id)
    entry = AuditEntry.objects.get(verb="purge_drafts")
    assert entry.detail == {"count": 1, "days": 30}


def test_what_was_submitted_is_kept_however_old_it_is(submitted: Callable[..., Application]) -> None:
    left_alone(submitted(), 4000)
    assert drafts.sweep() == 0
    assert Application.objects.count() == 1


def test_many_are_deleted_in_batches_each_with_an_entry_that_counts(
    room: FormVersion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafts, "BATCH", 2)
    for _ in range(5):
        left_alone(applications.start(room), 31)
    assert drafts.sweep() == 5
    assert [one.detail["count"] for one in AuditEntry.objects.filter(verb="purge_drafts").order_by("number")] == [
        2,
        2,
        1,
    ]


def test_the_resident_is_told_until_when_it_is_kept(room: FormVersion, client: Client, settings: Any) -> None:
    settings.DRAFT_DAYS = 5
    start(client)
    application = Application.objects.get()
    html = client.get(reverse("resident:saved", args=[application.pk])).content.decode()
    until = (now() + timedelta(days=5)).astimezone()
    assert f"{until.month}月{drafts.kept_until(application).astimezone().day}日" in html
    assert application.access_code in html


def test_one_browser_does_not_begin_without_end(room: FormVersion, client: Client, settings: Any) -> None:
    settings.DRAFTS_PER_SESSION = 2
    assert [start(client) for _ in range(3)] == [302, 302, 429]
    refused = client.post(reverse("resident:start", args=["room"])).content.decode()
    assert "作成中の申請がたくさんあります" in refused and "会議室使用申請書" in refused
    client.post(reverse("resident:end"))
    assert start(client) == 302


def test_one_address_does_not_begin_without_end(room: FormVersion, settings: Any) -> None:
    settings.DRAFTS_PER_ADDRESS = 2
    assert [start(Client()) for _ in range(3)] == [302, 302, 429]
    assert start(Client(REMOTE_ADDR="192.0.2.7")) == 302
    drafts.DraftCount.objects.update(since=now() - timedelta(hours=2))
    assert start(Client()) == 302
    assert "127.0.0.1" not in str(list(drafts.DraftCount.objects.values()))
