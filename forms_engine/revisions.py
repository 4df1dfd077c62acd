"""Revisions (提出版): the answers as they were submitted, each time they were, never to be changed."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from forms_engine.fields.file import files_in
from forms_engine.frozen import FrozenModel, FrozenQuerySet
from schemas.canonical import digest
from schemas.consents import Given, given
from workflows.keyring import EncryptedJSONField

if TYPE_CHECKING:
    from forms_engine.applications import Application


class RevisionQuerySet(FrozenQuerySet):
    """Revisions are read in the order in which they were submitted, and never changed."""


class Revision(FrozenModel):
    """The answers as they were submitted (提出版): immutable, with the digest of their document."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("forms_engine.Application", models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField(_("版"))
    answers = EncryptedJSONField()
    submitted_at = models.DateTimeField(_("提出日時"))
    digest = models.CharField(max_length=64)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("提出版")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["application", "number"], name="revision_number")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.number}"

    @classmethod
    def record(cls, application: "Application", number: int, answers: Mapping[str, Any], at: datetime) -> "Revision":
        """Write down what was submitted."""
        revision = cls(application=application, number=number, answers=dict(answers), submitted_at=at)
        revision.digest = digest(revision.document())
        revision.save()
        application.submission = revision
        return revision

    def document(self) -> dict[str, Any]:
        """What was submitted, as other systems read it and as it is archived; its RFC 8785 form has the digest."""
        version = self.application.form_version
        agreed = [one.document() for one in self.consents()]
        return {
            "form": version.definition.key,
            "form_version": version.number,
            "form_digest": version.digest,
            "receipt_number": self.application.receipt_number,
            "revision": self.number,
            "submitted_at": self.submitted_at.astimezone(UTC).isoformat(timespec="microseconds"),
            "answers": self.answers,
            "attachments": [{"field": at, **_without_id(file)} for at, file in files_in(self.answers)],
            **({"consents": agreed} if agreed else {}),
        }

    def consents(self) -> list[Given]:
        """What was agreed to, each text in its version and with its digest."""
        spec = self.application.form_version.spec
        return given(spec.consents, spec.plan.resolved(self.answers), self.answers)


def _without_id(file: Mapping[str, Any]) -> dict[str, Any]:
    return {name: file[name] for name in ("name", "media_type", "size", "sha256")}
