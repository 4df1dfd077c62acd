"""Schedules (予定): what shall happen to a published form or route on a day to come.

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

from forms_engine import definitions, manuscripts, routes
from forms_engine.definitions import DefinitionRefused, FormDefinition, FormVersion
from forms_engine.manuscripts import FORM, WORKFLOW, Manuscript
from forms_engine.routes import RouteInUse
from workflows import audit
from workflows import definitions as workflow_definitions
from workflows.definitions import WorkflowDefinition, WorkflowVersion
from workflows.staff import StaffMember

PUBLISH, RETIRE, REOPEN = "publish", "retire", "reopen"
KINDS = [(PUBLISH, _("公開")), (RETIRE, _("受付の終了")), (REOPEN, _("受付の再開"))]
ROUTE_KINDS = [(PUBLISH, _("公開")), (RETIRE, _("使用の終了")), (REOPEN, _("使用の再開"))]

#: How each of them is retired and opened again.
OFFERS = {
    (FORM, RETIRE): definitions.retire,
    (FORM, REOPEN): definitions.reopen,
    (WORKFLOW, RETIRE): routes.retire,
    (WORKFLOW, REOPEN): workflow_definitions.reopen,
}


class InThePast(ValueError):
    """The moment that was given has passed."""


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def waiting(self) -> Self:
        """Those that are neither done nor refused."""
        return self.filter(done_at=None, trouble="")

    def of(self, of: str, key: str) -> Self:
        return self.filter(of=of, key=key)

    def due(self) -> Self:
        return self.waiting().filter(at__lte=now())


class Schedule(models.Model):
    """One thing that is to happen to a form or route (予定). ``trouble`` says why it did not, when it could not."""

    of = models.CharField(_("対象"), max_length=20, choices=manuscripts.KINDS, default=FORM)
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

    @property
    def title(self) -> str:
        """What is to happen, in a word or two."""
        return str(dict(ROUTE_KINDS if self.of == WORKFLOW else KINDS)[self.kind])


@transaction.atomic
def order(draft: Manuscript, kind: str, at: datetime, by: StaffMember | None = None) -> Schedule:
    """Let something happen at that moment to what this is a draft of; what is published then is the draft of now.

    Raises InThePast; DefinitionRefused where what is to be published could not be published today.
    """
    if at <= now():
        raise InThePast(at)
    if kind == PUBLISH:
        (definitions if draft.is_form else workflow_definitions).refuse_unpublishable(draft.document)
    text = draft.text if kind == PUBLISH else ""
    schedule = Schedule.objects.create(of=draft.kind, kind=kind, key=draft.key, at=at, by=by, text=text)
    audit.record("schedule", f"{draft.kind}:{draft.key}", by, kind=kind, at=at.isoformat())
    return schedule


@transaction.atomic
def cancel(schedule: Schedule, by: StaffMember | None = None) -> None:
    """Nothing happens then; what has happened already stays."""
    gone, _rows = Schedule.objects.waiting().filter(pk=schedule.pk).delete()
    if gone:
        audit.record("unschedule", f"{schedule.of}:{schedule.key}", by, kind=schedule.kind, at=schedule.at.isoformat())


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
    except RouteInUse as used:
        schedule.trouble = f"この経路を使う様式の申請を受け付けています：{used}"
    except (FormDefinition.DoesNotExist, WorkflowDefinition.DoesNotExist):
        schedule.trouble = "まだ公開されていません。"
    schedule.save(update_fields=["done_at", "trouble"])
    return schedule.done_at is not None


def _done(schedule: Schedule) -> None:
    if schedule.kind == PUBLISH:
        version = published(schedule.of, json.loads(schedule.text), schedule.by)
        for draft in Manuscript.objects.filter(kind=schedule.of, key=schedule.key):
            manuscripts.stand_at(draft, version.number)
    else:
        offer(schedule.of, schedule.kind, schedule.key, schedule.by)


def published(of: str, document: Mapping[str, Any], by: StaffMember | None) -> FormVersion | WorkflowVersion:
    """The document as a version from now on. Raises DefinitionRefused."""
    return (definitions if of == FORM else workflow_definitions).publish(document, by)


def offer(of: str, kind: str, key: str, by: StaffMember | None) -> None:
    """Retire a form or route now, or open it again.

    Raises RouteInUse, DefinitionRefused, FormDefinition.DoesNotExist, WorkflowDefinition.DoesNotExist.
    """
    OFFERS[of, kind](key, by)
