"""Movements (経過): what people did with a task besides deciding: held it, passed it on, took it back, read it."""

from datetime import date
from typing import Any

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from workflows.cases import Case, Task
from workflows.handwritten import Handwritten
from workflows.keyring import EncryptedTextField
from workflows.staff import StaffMember


class Movement(Handwritten):
    """One of them (経過).  ``to`` is an assignee key, a login or a step; ``reason`` stays inside the office."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="movements")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, blank=True, related_name="movements")
    verb = models.CharField(_("動き"), max_length=20)
    step = models.CharField(_("段階"), max_length=150, blank=True)
    by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")
    to = models.CharField(_("相手"), max_length=150, blank=True)
    reason = EncryptedTextField(_("理由"), default="")
    until = models.DateField(_("期限"), null=True, blank=True)
    at = models.DateTimeField(_("日時"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("経過")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.verb}"


def keep(
    verb: str,
    case: Case,
    by: StaffMember | None,
    task: Task | None = None,
    to: str = "",
    reason: str = "",
    until: date | None = None,
) -> Movement:
    """Write down what was done, in the transaction in which it is done."""
    named: dict[str, Any] = {"task": task, "step": task.step if task else ""}
    return Movement.objects.create(case=case, verb=verb, by=by, to=to, reason=reason, until=until, **named)


def mark_opened(task: Task, by: StaffMember) -> None:
    """Whom the task waits for has looked at it: from now on its drafter cannot take it back (引戻し)."""
    if task.opened_at is None and task.is_open and task.waits_for(by):
        opened = Task.objects.filter(pk=task.pk, opened_at=None, finished=None).update(opened_at=now())
        if opened:
            task.opened_at = now()
