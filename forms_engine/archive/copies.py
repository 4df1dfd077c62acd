"""Archive copies (保存原本): for every closed application one sealed file, kept as long as its retention says.

The file holds all that the resident wrote, so it is stored like an attachment: encrypted under the key ring, bound to
its application, outside the web root.  Making it may be interrupted anywhere and done by several workers at once: there
is a copy exactly if there is a row, and the row is written in the moment in which the file gets its name.
"""

import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.dispatch import receiver
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from forms_engine.applications import Application, closed
from forms_engine.archive import document, seal
from forms_engine.archive.content import sha256
from forms_engine.archive.record import content_of
from workflows import audit, keyring
from workflows.staff import StaffMember

#: A worker that has been at one copy for this long is taken for dead.
STALE = timedelta(minutes=10)
DRAFT = ".part"


class NotClosed(Exception):
    """The application is not decided or withdrawn yet: there is nothing to archive."""


class CopyDamaged(Exception):
    """The stored file is gone, or is not the one that was made."""


class ArchiveCopyQuerySet(models.QuerySet["ArchiveCopy"]):
    def awaiting_acceptance(self) -> Self:
        """With characters that could not be drawn, which nobody has accepted yet."""
        return self.exclude(missing_glyphs="").filter(accepted_at=None)

    def issuable(self) -> Self:
        return self.filter(models.Q(missing_glyphs="") | models.Q(accepted_at__isnull=False))


class ArchiveCopy(models.Model):
    """One archive copy (保存原本).  ``sha256`` and ``size`` are those of the PDF, ``path`` that of its encrypted file.

    ``missing_glyphs`` are characters that no font could draw: until a person accepts that, it is not issued (要確認).
    """

    application = models.OneToOneField(Application, models.PROTECT, related_name="archive_copy")
    path = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("大きさ"))
    made_at = models.DateTimeField(_("作成日時"), default=now)
    sealed_with = models.CharField(_("電子公印"), max_length=300)
    missing_glyphs = models.TextField(_("表示できない文字"), blank=True)
    accepted_at = models.DateTimeField(_("確認日時"), null=True, blank=True)
    accepted_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ArchiveCopyQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("保存原本")

    def __str__(self) -> str:
        return self.path

    @property
    def is_issuable(self) -> bool:
        """May be handed out as the official copy."""
        return not self.missing_glyphs or self.accepted_at is not None


@receiver(closed, dispatch_uid="archive.order")
def order(sender: Any, application: Application, **kwargs: Any) -> None:
    """Have the copy made in the background; ordered in the transaction that closes the application."""
    make_copy.enqueue(str(application.pk))


@task()
def make_copy(application_id: str) -> str:
    """The background task; gives the digest of the copy."""
    return make(Application.objects.with_version().get(pk=application_id)).sha256


def make(application: Application) -> ArchiveCopy:
    """Make the copy of a closed application, or give the one that there is.

    Raises NotClosed, seal.SealMissing, and what record.content_of() raises.
    """
    found = ArchiveCopy.objects.filter(application=application).first()
    if found is not None:
        return found
    if application.closed_at is None:
        raise NotClosed(str(application))
    drawn, stamp = document.draw(content_of(application)), seal.current()
    pdf = stamp.put_on(drawn.pdf)
    copy = ArchiveCopy(
        application=application,
        path=f"{application.closed_at:%Y}/{application.pk}.pdf.enc",
        sha256=sha256(pdf),
        size=len(pdf),
        sealed_with=stamp.name,
        missing_glyphs=" ".join(drawn.missing),
    )
    return _keep(copy, pdf)


def _keep(copy: ArchiveCopy, pdf: bytes) -> ArchiveCopy:
    """Row and file together; whoever comes second throws his own away."""
    path = _file(copy)
    draft = _written(path, keyring.encrypt(pdf, _place(copy.application_id)))
    try:
        with transaction.atomic():
            copy.save(force_insert=True)
            draft.rename(path)
            _settle(path.parent)
            audit.record("archive", str(copy.application_id), sha256=copy.sha256, size=copy.size)
    except IntegrityError:
        return ArchiveCopy.objects.get(application=copy.application_id)
    finally:
        draft.unlink(missing_ok=True)
    return copy


def _written(path: Path, content: bytes) -> Path:
    """A draft beside the path, safely on the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{secrets.token_hex(8)}{DRAFT}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _settle(folder: Path) -> None:
    """A new name is safe once its folder is on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _file(copy: ArchiveCopy) -> Path:
    return Path(settings.ARCHIVE_ROOT) / copy.path


def _place(application_id: UUID) -> bytes:
    return f"archive:{application_id}".encode()


def read(copy: ArchiveCopy) -> bytes:
    """The PDF, exactly as it was made.  Raises CopyDamaged."""
    try:
        pdf = keyring.decrypt(_file(copy).read_bytes(), _place(copy.application_id))
    except (OSError, IndexError, keyring.Unreadable) as wrong:
        raise CopyDamaged(f"{copy}: {wrong}") from wrong
    if sha256(pdf) != copy.sha256:
        raise CopyDamaged(f"{copy}: the digest is not that of the row")
    return pdf


@transaction.atomic
def accept(copy: ArchiveCopy, by: StaffMember) -> ArchiveCopy:
    """A person has looked at the characters that could not be drawn, and lets the copy be issued.  Once is enough."""
    waiting = ArchiveCopy.objects.awaiting_acceptance().filter(pk=copy.pk)
    if waiting.update(accepted_at=now(), accepted_by=by):
        audit.record("accept_copy", str(copy.application_id), by, glyphs=copy.missing_glyphs[: audit.LONGEST_TEXT])
    copy.refresh_from_db(fields=["accepted_at", "accepted_by"])
    return copy


def missing() -> models.QuerySet[Application]:
    """Closed applications that have no copy yet."""
    return Application.objects.closed().filter(archive_copy=None)


def sweep(patience: timedelta = STALE) -> int:
    """Order the copies that nobody is making: a worker died, or its row was lost; how many were ordered.

    A worker that has been at one copy for longer than ``patience`` counts as dead.
    """
    _give_up_stale(now() - patience)
    _remove_drafts(now() - patience)
    being_made = _being_made()
    lost = [pk for pk in missing().values_list("pk", flat=True) if str(pk) not in being_made]
    for pk in lost:
        make_copy.enqueue(str(pk))
    return len(lost)


def _orders() -> models.QuerySet[DBTaskResult]:
    return DBTaskResult.objects.filter(task_path=make_copy.module_path)


def _give_up_stale(before: datetime) -> None:
    for row in _orders().filter(status=TaskResultStatus.RUNNING, started_at__lt=before):
        row.set_failed(TimeoutError("the worker did not come back"))


def _being_made() -> set[str]:
    rows: Iterable[dict[str, Any]] = (
        _orders()
        .filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING])
        .values_list("args_kwargs", flat=True)
    )
    return {str(row["args"][0]) for row in rows}


def _remove_drafts(before: datetime) -> None:
    for draft in Path(settings.ARCHIVE_ROOT).glob(f"*/.*{DRAFT}"):
        if draft.stat().st_mtime < before.timestamp():
            draft.unlink(missing_ok=True)
