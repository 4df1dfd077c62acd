"""Attachments (添付書類): uploaded files, known by their content, encrypted at rest, shown without being trusted."""

import hashlib
import re
import unicodedata
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, BinaryIO, Self

from django.db import models, transaction
from django.utils.http import content_disposition_header
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forms_engine import vault
from forms_engine.applications import Application
from forms_engine.attachment_texts import problem
from forms_engine.fields.file import files_in
from forms_engine.media_types import (
    EXTENSIONS,
    PDF,
    SHOWN_IN_PLACE,
    TITLES,
    USUAL,
    is_active,
    is_encrypted,
    media_type_of,
)
from schemas import Problem
from schemas.pointers import lookup, parts
from workflows import keyring
from workflows.keyring import EncryptedTextField

#: Bytes of one file and files of one application, whatever a form allows.
LARGEST = 20 * 1024 * 1024
MOST = 100
LONGEST_NAME = 120
#: How long a file that nothing refers to is left alone: a page may still be open on which it was chosen.
GRACE = timedelta(days=1)

SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'"
#: The viewers that browsers have for PDF do not start in a sandbox; they run no script of the page's origin anyway.
VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"

UNSAFE_IN_NAME = re.compile(r'[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"*:<>?|]')


class AttachmentRefused(Exception):
    """The file cannot be attached to the field; ``problem`` says why, in every language."""

    def __init__(self, field: str, code: str, **params: Any) -> None:
        self.problem = problem(field, code, **params)
        super().__init__(self.problem.message())


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def unused(self) -> Self:
        """On applications that were never submitted, and old enough for nobody to be about to use them."""
        return self.filter(application__submitted_at=None, uploaded_at__lt=now() - GRACE)


class Attachment(models.Model):
    """One uploaded file (添付書類).  The content stands encrypted in a file of its own, bound to this row's id."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="attachments")
    field = models.CharField(_("項目"), max_length=200)
    name = EncryptedTextField(_("ファイル名"))
    media_type = models.CharField(_("種類"), max_length=100)
    size = models.PositiveIntegerField(_("大きさ"))
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(_("添付日時"), default=now)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("添付書類")
        ordering = ["uploaded_at"]

    def __str__(self) -> str:
        return str(self.id)

    def answer(self) -> dict[str, Any]:
        """As it stands in the answers (vocabulary ``file``)."""
        return {
            "id": str(self.id),
            "name": self.name,
            "media_type": self.media_type,
            "size": self.size,
            "sha256": self.sha256,
        }


vault.keep_for(Attachment)


def attach(
    application: Application, field: str, upload: BinaryIO, schema: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Keep an upload and give the answer that refers to it; the answer itself is saved by the caller.

    ``field`` is a pointer into the answers; ``upload`` has a name and is read from its start.  ``schema`` is what the
    field allows, where the caller knows it better than the answers saved so far.  Raises AttachmentRefused.
    """
    allowed = schema if schema is not None else field_schema(application, field)
    _refuse_another(application, field, allowed)
    content, media_type = received(upload, field, allowed)
    attachment = Attachment(
        application=application,
        field=field,
        name=clean_name(str(getattr(upload, "name", "") or ""), media_type),
        media_type=media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )
    vault.write(attachment.id, keyring.encrypt(content, _place(attachment)))
    attachment.save(force_insert=True)
    return attachment.answer()


def received(upload: BinaryIO, field: str, allowed: Mapping[str, Any]) -> tuple[bytes, str]:
    """The content of an upload and what it is, told from that alone.  Raises AttachmentRefused."""
    content = _read(upload, field, allowed)
    return content, _recognised(content, field, allowed)


def open(attachment: Attachment) -> bytes:
    """The content.  Raises OSError if the file is gone, keyring.Unreadable if it was altered or exchanged."""
    return keyring.decrypt(vault.read(attachment.id), _place(attachment))


@dataclass(frozen=True)
class Delivery:
    """What a response needs to hand out an attachment so that a browser does nothing with it but show or save it."""

    content: bytes
    media_type: str
    name: str
    headers: Mapping[str, str]


def deliver(attachment: Attachment) -> Delivery:
    """The parts of a response that hands out an attachment."""
    return delivery_of(open(attachment), attachment.media_type, attachment.name)


def delivery_of(content: bytes, media_type: str, name: str) -> Delivery:
    """The parts of a response: only PDF, PNG and JPEG are shown in place, and no cache keeps any."""
    named = str(content_disposition_header(media_type not in SHOWN_IN_PLACE, name))
    headers = guarded(VIEWER if media_type == PDF else SANDBOX) | {"Content-Disposition": named}
    return Delivery(content, media_type, name, headers)


def guarded(policy: str = SANDBOX) -> dict[str, str]:
    """The headers of a stranger's file: nothing in it runs, nobody else frames it, no cache keeps it."""
    return {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
        "Cache-Control": "private, no-store",
    }


def clean_name(name: str, media_type: str) -> str:
    """The file's own name without folders and invisible characters, ending as its content is.

    A name is never folded (髙 stays 髙); an extension that says something else gets the right one behind it.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = UNSAFE_IN_NAME.sub("", last).strip(" .") or "file"
    extensions = EXTENSIONS[media_type]
    stem, dot, ending = plain.rpartition(".")
    if stem and f".{ending.lower()}" in extensions:
        return f"{stem[:LONGEST_NAME]}{dot}{ending}"
    return f"{plain[:LONGEST_NAME]}{extensions[0]}"


def problems(attachments: Iterable[Attachment], answers: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with the files that answers refer to: each must be one of these attachments, in every respect."""
    kept = {str(attachment.id): attachment for attachment in attachments}
    return [
        problem(pointer, "attachment_missing")
        for pointer, file in files_in(answers)
        if not _is_kept(kept.get(str(file["id"])), file)
    ]


def _is_kept(attachment: Attachment | None, file: Mapping[str, Any]) -> bool:
    return attachment is not None and attachment.answer() == file and vault.has(attachment.id)


def drop_unused(attachments: Iterable[Attachment], *answers: Mapping[str, Any]) -> int:
    """Delete those attachments that none of these answers refers to; how many."""
    used = {str(file["id"]) for each in answers for _pointer, file in files_in(each)}
    return drop(attachment for attachment in attachments if str(attachment.id) not in used)


def drop_removed(application: Application, before: Mapping[str, Any]) -> int:
    """Delete the files that stood in the answers before and now stand in none, submitted ones included; how many.

    So whoever changes a file again and again never fills the application with what nobody sees any more.
    """
    gone = {str(file["id"]) for _pointer, file in files_in(before)}
    gone -= {str(file["id"]) for _pointer, file in files_in(application.answers)}
    if not gone:
        return 0
    earlier = [revision.answers for revision in application.revisions.all()]
    return drop_unused(application.attachments.filter(pk__in=gone), *earlier)


def drop(attachments: Iterable[Attachment]) -> int:
    """Delete rows now, files once that is certain: a file without a row does no harm, a row without a file does."""
    rows = list(attachments)
    for attachment in rows:
        transaction.on_commit(partial(vault.remove, attachment.id))
    if rows:
        Attachment.objects.filter(pk__in=[attachment.pk for attachment in rows]).delete()
    return len(rows)


def sweep() -> int:
    """Delete what an interrupted upload, or a draft that was changed and left, has left behind; how many files."""
    return _sweep_drafts() + vault.sweep(now() - GRACE)


def _sweep_drafts() -> int:
    stale = Application.objects.drafts().filter(pk__in=Attachment.objects.unused().values("application"))
    return sum(_sweep_draft(application.pk) for application in stale)


@transaction.atomic
def _sweep_draft(application_id: uuid.UUID) -> int:
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    used = {str(file["id"]) for _pointer, file in files_in(application.answers)}
    return drop(a for a in application.attachments.unused() if str(a.id) not in used)


def field_schema(application: Application, field: str) -> Mapping[str, Any]:
    """What the field at this pointer allows, for the answers as saved.  Raises AttachmentRefused if there is none."""
    schema: Any = application.form_version.spec.plan.resolved(application.answers)
    for part in parts(field):
        schema = schema.get("items") if schema.get("type") == "array" else schema.get("properties", {}).get(part)
        if not isinstance(schema, Mapping):
            raise AttachmentRefused(field, "attachment_no_field")
    return schema


def _refuse_another(application: Application, field: str, allowed: Mapping[str, Any]) -> None:
    """One more than the field, or any application, may hold."""
    held = lookup(application.answers, field, default=None)
    most = allowed.get("maxItems")
    if most is not None and isinstance(held, list) and len(held) >= most:
        raise AttachmentRefused(field, "attachment_too_many", count=most)
    if application.attachments.count() >= MOST:
        raise AttachmentRefused(field, "attachment_too_many", count=MOST)


def _read(upload: BinaryIO, field: str, allowed: Mapping[str, Any]) -> bytes:
    """All of it, but never more than may be kept."""
    most = min(LARGEST, _file_schema(allowed).get("size", {}).get("maximum", LARGEST))
    upload.seek(0)
    content = upload.read(most + 1)
    if not content:
        raise AttachmentRefused(field, "attachment_empty")
    if len(content) > most:
        raise AttachmentRefused(field, "attachment_too_large", size=_words(most))
    return content


def _recognised(content: bytes, field: str, allowed: Mapping[str, Any]) -> str:
    types = _file_schema(allowed).get("media_type", {})
    accepted = types.get("enum") or ([types["const"]] if "const" in types else USUAL)
    media_type = media_type_of(content)
    if media_type is None or media_type not in accepted:
        kinds = "・".join(TITLES.get(kind, kind) for kind in accepted)
        raise AttachmentRefused(field, "attachment_type", kinds=kinds)
    if media_type == PDF and is_encrypted(content):
        raise AttachmentRefused(field, "attachment_encrypted")
    if media_type == PDF and is_active(content):
        raise AttachmentRefused(field, "attachment_active")
    return media_type


def _file_schema(allowed: Mapping[str, Any]) -> Mapping[str, Any]:
    """The properties of the file itself, be it one or an array of them."""
    single = allowed.get("items", {}) if allowed.get("type") == "array" else allowed
    properties: Mapping[str, Any] = single.get("properties", {})
    return properties


def _words(size: int) -> str:
    return f"{size // 1024**2}MB" if size >= 1024**2 else f"{size // 1024}KB"


def _place(attachment: Attachment) -> bytes:
    return f"attachment:{attachment.id}".encode()
