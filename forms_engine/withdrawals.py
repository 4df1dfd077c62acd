"""Withdrawals (取下げ): why an applicant took an application back, where he said so; he need not."""

import uuid

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from workflows.keyring import EncryptedTextField
from workflows.routable import Row, Section

LONGEST = 1000


class Withdrawal(models.Model):
    """The reason that was given for a withdrawal (取下げの理由)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField("forms_engine.Application", models.PROTECT, related_name="withdrawal")
    reason = EncryptedTextField(default="")
    at = models.DateTimeField(_("取下げ日時"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("取下げの理由")

    def __str__(self) -> str:
        return str(self.application_id)


def note(application_id: uuid.UUID, reason: str) -> None:
    """Keep the reason, if there is one."""
    if reason.strip():
        Withdrawal.objects.create(application_id=application_id, reason=reason.strip()[:LONGEST])


def sections(application_id: uuid.UUID) -> list[Section]:
    """The reason as a section of the read-out; nothing where none was given."""
    row = Withdrawal.objects.filter(application_id=application_id).first()
    return [Section(str(_("取下げ")), [Row("", str(_("取下げの理由")), row.reason)])] if row else []
