"""Schedules (予定): what shall happen to a published form on a day to come.

What is to be published is kept as it was when the day was set: edits that follow do not go with it. The sweep carries
out what is due, so a server that stood still makes up for it.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forms_engine import definitions
from forms_engine.definitions import DefinitionRefused, FormDefinition
from workflows import audit
from workflows.staff import StaffMember

PUBLISH, RETIRE, REOPEN = "publish", "retire", "reopen"
KINDS = [(PUBLISH, _("公開")), (RETIRE, _("受付の終了")), (REOPEN, _("受付の再開"))]


class InThePast(ValueError):
    """The moment that was given has passed."""


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def waiting(self) -> Self:
        """Those that are neither done nor refused."""
        return self.filter(done_at=None, trouble="")

    def due(self) -> Self:
        return self.waiting().filter(at__lte=now())


class Schedule(models.Model):
    """One thing that is to happen to a form (予定). ``trouble`` says why it did not, when it could not."""

    kind = models.CharField(_("種類"), max_length=20, choices=KINDS)
    key = models.SlugField(_("記号"), max_length=63)
    at = models.DateTimeField(_("日時"), db_index=True)
    text = models.TextField(_("定義"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ordered_at = models.DateTimeField(_("予約した日時"), default=now)
    done_at = models.DateTimeField(_("実行した日時"), null=True, blank=True)
    trouble = models.TextField(_("できなかった理由"), blank=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("予定")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.key} {self.kind} {self.at}"


@transaction.atomic
def order(
    kind: str, key: str, at: datetime, by: StaffMember | None = None, document: Mapping[str, Any] | None = None
) -> Schedule:
    """Let something happen to the form at that moment; ``document`` is what is to be published then.

    Raises InThePast; DefinitionRefused where what is to be published could not be published today.
    """
    if at <= now():
        raise InThePast(at)
    if document is not None:
        definitions.refuse_unpublishable(document)
    text = "" if document is None else json.dumps(document, ensure_ascii=False)
    schedule = Schedule.objects.create(kind=kind, key=key, at=at, by=by, text=text)
    audit.record("schedule", f"form:{key}", by, kind=kind, at=at.isoformat())
    return schedule


@transaction.atomic
def cancel(schedule: Schedule, by: StaffMember | None = None) -> None:
    """Nothing happens then; what has happened already stays."""
    gone, _rows = Schedule.objects.waiting().filter(pk=schedule.pk).delete()
    if gone:
        audit.record("unschedule", f"form:{schedule.key}", by, kind=schedule.kind, at=schedule.at.isoformat())


def sweep() -> int:
    """Carry out what is due; how many were."""
    return sum(carry_out(pk) for pk in Schedule.objects.due().values_list("pk", flat=True))


@transaction.atomic
def carry_out(pk: int) -> bool:
    """One of them, once; what cannot be done keeps the reason and is not tried again."""
    schedule = Schedule.objects.select_for_update().waiting().filter(pk=pk).first()
    if schedule is None:
        return False
    try:
        _done(schedule)
        schedule.done_at = now()
    except DefinitionRefused as refused:
        schedule.trouble = "\n".join(problem.message() for problem in refused.problems)
    except FormDefinition.DoesNotExist:
        schedule.trouble = "この様式は公開されていません。"
    schedule.save(update_fields=["done_at", "trouble"])
    return schedule.done_at is not None


def _done(schedule: Schedule) -> None:
    if schedule.kind == PUBLISH:
        definitions.publish(json.loads(schedule.text), schedule.by)
    elif schedule.kind == RETIRE:
        definitions.retire(schedule.key, schedule.by)
    else:
        definitions.reopen(schedule.key, schedule.by)
