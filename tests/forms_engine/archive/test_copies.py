"""Every closed application gets exactly one sealed copy, whatever happens to the worker that makes it."""

import json
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings
from django.utils.timezone import now
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from forms_engine import applications, attachments, definitions, submission, vault
from forms_engine.applications import Application
from forms_engine.archive import copies, record, verification
from forms_engine.archive.content import FORM, sha256
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.attachments import Attachment
from tests.forms_engine.archive.test_font import poppler
from tests.forms_engine.conftest import decide_as, read_again, upload
from workflows import audit, keyring

pytestmark = pytest.mark.django_db
IN_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def in_background() -> Iterator[None]:
    """Copies are ordered, and nobody makes them until a test does."""
    with override_settings(TASKS=IN_DATABASE):
        yield


@pytest.fixture
def closed(in_background: None, submitted: Callable[..., Application], sato, yoshino) -> Callable[..., Application]:
    """``closed("refused")``: submitted, reviewed and decided; no copy made yet."""

    def close(outcome: str = "approved", **answers: Any) -> Application:
        application = submitted(**answers)
        decide_as(sato, application, "approved", comment="内部のメモ")
        decide_as(yoshino, application, outcome, comment="同じ日に改修工事があるためです。")
        return read_again(application)

    return close


def files() -> list[Path]:
    return [path for path in Path(settings.ARCHIVE_ROOT).rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _own_root(tmp_path: Path) -> Iterator[None]:
    with override_settings(ARCHIVE_ROOT=tmp_path / "archive"):
        yield


def test_a_closed_application_gets_a_copy_that_verifies(closed):
    application = closed()
    report = verification.verify(copies.read(copies.make(application)))
    assert report.ok, report.lines()
    assert report.receipt is not None and report.receipt.number == application.receipt_number
    assert [(one.name, one.outcome) for one in report.decisions] == [("佐藤 花子", "approved"), ("𠮷野 恵", "approved")]


def test_what_was_asked_and_explained_travels_inside(closed):
    application = closed()
    (form,) = [one for one in record.content_of(application).enclosures if one.name == FORM]
    assert json.loads(form.data) == application.form_version.document
    assert sha256(form.data) == application.latest_revision().document()["form_digest"]


def test_a_form_that_was_altered_after_its_publication_is_not_sealed(closed):
    application = closed()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE forms_engine_formversion SET text = %s", ['{"title": "別の様式"}'])
    definitions._document.cache_clear()
    with pytest.raises(record.RecordBroken):
        record.content_of(application)
    definitions._document.cache_clear()  # no other test reads it


def test_closing_orders_the_copy_in_the_same_transaction(closed):
    application = closed()
    (row,) = DBTaskResult.objects.filter(task_path=copies.make_copy.module_path)
    assert row.args_kwargs["args"] == [str(application.pk)]
    copies.make_copy.call(*row.args_kwargs["args"])
    assert application.archive_copy.is_issuable


def test_what_a_rule_approved_is_explained_in_the_copy(in_background, submitted):
    application = read_again(submitted(group_id="F-00001"))
    assert application.outcome == "approved"
    text = poppler(copies.read(copies.make(application)))
    assert "規則による自動処理" in text and "登録団体の通常使用" in text


def test_a_refusal_says_why_and_how_to_appeal_and_keeps_internal_notes_inside(closed):
    text = poppler(copies.read(copies.make(closed("refused")))).replace("\n", "")
    assert "同じ日に改修工事があるためです。" in text and "審査請求" in text
    assert "内部のメモ" not in text


def test_a_withdrawn_application_is_archived_too(in_background, submitted):
    application = read_again(submission.withdraw(submitted()))
    report = verification.verify(copies.read(copies.make(application)))
    assert report.ok and report.decisions == []


def test_a_corrected_application_keeps_what_was_submitted_first(in_background, submitted, sato, yoshino):
    application = submitted()
    decide_as(sato, application, "correction", remarks={"/equipment": "具体的に書いてください。"})
    application = submission.submit(read_again(application))
    decide_as(sato, application, "approved")
    decide_as(yoshino, application, "approved")
    pdf = copies.read(copies.make(read_again(application)))
    report = verification.verify(pdf)
    assert report.ok and report.receipt is not None and report.receipt.revision == 2
    assert "具体的に書いてください。" in poppler(pdf).replace("\n", "")


def test_attachments_travel_inside(in_background, draft, sato, yoshino):
    application = draft(sales=True)
    file = attachments.attach(application, "/plan", upload())
    application = submission.submit(_with_file(application, file))
    decide_as(sato, application, "approved")
    decide_as(yoshino, application, "approved")
    copy = copies.make(read_again(application))
    assert verification.verify(copies.read(copy)).ok
    assert b"attachment-01-" in copies.read(copy) or "計画.pdf" in poppler(copies.read(copy))


def _with_file(application: Application, file: dict[str, Any]) -> Application:
    return applications.save_answers(application, {"goods": "菓子", "plan": file})


def test_an_altered_attachment_is_never_sealed(in_background, draft, sato, yoshino):
    application = draft(sales=True)
    file = attachments.attach(application, "/plan", upload())
    application = submission.submit(_with_file(application, file))
    decide_as(sato, application, "approved")
    decide_as(yoshino, application, "approved")
    attachment = Attachment.objects.get()
    place = vault.path_of(attachment.id)
    place.write_bytes(keyring.encrypt(b"%PDF-1.7 another", f"attachment:{attachment.id}".encode()))
    with pytest.raises(record.RecordBroken, match="not what was submitted"):
        copies.make(read_again(application))
    assert files() == []


def test_the_stored_file_is_encrypted_and_bound_to_its_application(closed):
    first, second = copies.make(closed()), copies.make(closed("refused"))
    stored = Path(settings.ARCHIVE_ROOT) / first.path
    assert b"%PDF" not in stored.read_bytes()
    assert stored.stat().st_mode & 0o077 == 0
    stored.write_bytes((Path(settings.ARCHIVE_ROOT) / second.path).read_bytes())
    with pytest.raises(copies.CopyDamaged):
        copies.read(first)


@pytest.mark.parametrize("content", [b"", b"\x04", b"x" * 100])
def test_a_damaged_file_is_told(closed, content):
    copy = copies.make(closed())
    (Path(settings.ARCHIVE_ROOT) / copy.path).write_bytes(content)
    with pytest.raises(copies.CopyDamaged):
        copies.read(copy)


def test_a_lost_file_is_told(closed):
    copy = copies.make(closed())
    (Path(settings.ARCHIVE_ROOT) / copy.path).unlink()
    with pytest.raises(copies.CopyDamaged):
        copies.read(copy)


def test_making_it_again_changes_nothing(closed):
    application = closed()
    first = copies.make(application)
    assert copies.make(application).pk == first.pk
    assert len(files()) == ArchiveCopy.objects.count() == 1
    assert audit.AuditEntry.objects.filter(verb="archive").count() == 1


def test_an_open_application_has_none(submitted):
    with pytest.raises(copies.NotClosed):
        copies.make(submitted())


@pytest.mark.parametrize("where", ["draw", "_written", "_settle"])
def test_a_worker_that_dies_leaves_nothing_and_the_next_one_makes_it(closed, monkeypatch, where):
    application = closed()
    with monkeypatch.context() as dying:
        dying.setattr(copies.document if where == "draw" else copies, where, _die)
        with pytest.raises(MemoryError):
            copies.make(application)
    assert list(copies.missing()) == [application]
    assert verification.verify(copies.read(copies.make(application))).ok
    assert list(copies.missing()) == []


def _die(*args: Any) -> None:
    raise MemoryError


def test_a_row_left_running_is_found_by_the_sweep(closed):
    closed()
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now() - timedelta(hours=1))
    assert copies.sweep() == 1
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1
    assert copies.sweep() == 0


def test_a_copy_that_is_being_made_is_left_alone(closed):
    closed()
    assert copies.sweep() == 0
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=now())
    assert copies.sweep() == 0


def test_a_lost_order_is_found_by_the_sweep(closed):
    application = closed()
    DBTaskResult.objects.all().delete()
    assert copies.sweep() == 1
    copies.make(application)
    DBTaskResult.objects.all().delete()
    assert copies.sweep() == 0


def test_drafts_of_the_dead_are_removed(closed):
    copy = copies.make(closed())
    folder = (Path(settings.ARCHIVE_ROOT) / copy.path).parent
    (folder / ".dead.part").write_bytes(b"x")
    copies.sweep(patience=timedelta(seconds=-60))
    assert [path.name for path in folder.iterdir()] == [Path(copy.path).name]


def test_a_name_that_cannot_be_drawn_waits_for_a_person(closed, sato):
    application = closed(applicant={"family_name": "𮀀田", "given_name": "花"})
    copy = copies.make(application)
    assert copy.missing_glyphs == "𮀀" and not copy.is_issuable
    assert list(ArchiveCopy.objects.awaiting_acceptance()) == [copy]
    assert copies.accept(copy, sato).is_issuable
    assert copies.accept(copy, sato).accepted_by == sato
    assert list(ArchiveCopy.objects.issuable()) == [copy]
    assert audit.AuditEntry.objects.filter(verb="accept_copy").count() == 1
    assert audit.verify().is_intact


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_make_one_copy(closed):
    application = closed()
    made: list[str] = []

    def work() -> None:
        try:
            made.append(copies.make(read_again(application)).sha256)
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(made) == 3 and len(set(made)) == 1
    assert len(files()) == ArchiveCopy.objects.count() == 1
    assert verification.verify(copies.read(ArchiveCopy.objects.get())).ok
