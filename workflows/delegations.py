"""Absences (不在), and who may decide in place of a decider who is away (代決)."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, Self

from django.db import models, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows import audit
from workflows.deadlines import NEVER
from workflows.handwritten import Handwritten, delete_all
from workflows.keyring import EncryptedTextField
from workflows.staff import PERMISSION, StaffMember, permissions_of


class AbsenceRefused(Exception):
    """This absence cannot be announced or taken back; the message says why."""


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date | None = None) -> Self:
        """Those that hold on that day (today)."""
        day = day or localdate()
        return self.filter(cancelled_at=None, since__lte=day, until__gte=day)


class Absence(models.Model):
    """One time away (不在), both days included.  Its reason is for the office alone and encrypted at rest."""

    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="absences")
    since = models.DateField(gettext_lazy("不在の初日"))
    until = models.DateField(gettext_lazy("不在の末日"))
    reason = EncryptedTextField(gettext_lazy("理由"), default="")
    announced_by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    announced_at = models.DateTimeField(gettext_lazy("届出日時"), default=now)
    cancelled_at = models.DateTimeField(gettext_lazy("取消日時"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("不在")
        ordering = ["since", "id"]
        indexes = [models.Index(fields=["until", "since"], name="absence_days")]

    def __str__(self) -> str:
        return f"{self.member} {self.since}–{self.until}"


class SubstituteQuerySet(models.QuerySet["Substitute"]):
    def of(self, member: StaffMember) -> Self:
        """Those that one of the member's posts is named for, on tasks that are open."""
        return self.filter(permission__in=permissions_of(member), task__finished=None)


class Substitute(Handwritten):
    """A post that may decide in place of an absent decider (代決), first, second, …; gone once the task is done.

    The dates, ``procedure`` and ``department_key`` are those of the task: so what can be decided in place of others is
    read along an index.
    """

    task = models.ForeignKey("workflows.Task", models.CASCADE, related_name="substitutes")
    place = models.PositiveSmallIntegerField()
    permission = models.CharField(max_length=120)
    sort_on = models.DateField(default=NEVER)
    created = models.DateTimeField(default=now)
    procedure = models.CharField(max_length=200, blank=True)
    department_key = models.CharField(max_length=50, blank=True)

    objects = SubstituteQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("代決できる職")
        ordering = ["place"]
        indexes = [
            models.Index(fields=["permission", "sort_on", "task"], name="substitute_by_due"),
            models.Index(fields=["permission", "created", "task"], name="substitute_queue"),
            models.Index(fields=["permission", "procedure", "sort_on", "task"], name="substitute_procedure"),
            models.Index(fields=["permission", "department_key", "sort_on", "task"], name="substitute_origin"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.permission}"


@transaction.atomic
def announce_absence(member: StaffMember, since: date, until: date, reason: str, by: StaffMember) -> Absence:
    """Say that a member is away on these days, both included; whoever says it is on record.

    Raises AbsenceRefused for days in the wrong order, and without a reason: 代決 rests on it.
    """
    if until < since:
        raise AbsenceRefused(_("不在の末日は初日より後にしてください。"))
    if not reason.strip():
        raise AbsenceRefused(_("不在の理由を書いてください。"))
    absence = Absence.objects.create(member=member, since=since, until=until, reason=reason.strip(), announced_by=by)
    audit.record("announce_absence", f"staff:{member.get_username()}"[:150], by, since=str(since), until=str(until))
    return absence


@transaction.atomic
def cancel_absence(absence: Absence, by: StaffMember) -> Absence:
    """The member is back, or never went.  Raises AbsenceRefused if that was said before."""
    found = Absence.objects.select_for_update().get(pk=absence.pk)
    if found.cancelled_at:
        raise AbsenceRefused(_("この不在はすでに取り消されています。"))
    found.cancelled_at = now()
    found.save(update_fields=["cancelled_at"])
    audit.record(
        "cancel_absence",
        f"staff:{found.member.get_username()}"[:150],
        by,
        since=str(found.since),
        until=str(found.until),
    )
    return found


def substitutes_for(member: StaffMember, most: int = 200) -> list[str]:
    """The assignee keys that may stand in for the member (代決), as the next tasks that wait for his posts say."""
    waiting = Substitute.objects.filter(task__finished=None, task__owner_permission__in=permissions_of(member))
    named = waiting.order_by("task", "place").values_list("permission", flat=True)[:most]
    return [each.removeprefix(PERMISSION) for each in dict.fromkeys(named)]


def absent_among(members: Collection[StaffMember], day: date | None = None) -> frozenset[int]:
    """The keys of those of these members who are away that day (today)."""
    away = Absence.objects.on(day).filter(member__in=members)
    return frozenset(away.values_list("member_id", flat=True))


def are_away(key: str, day: date | None = None) -> bool:
    """Whether nobody who answers to this assignee key is there that day: all are absent, or the post is vacant."""
    holders = list(StaffMember.objects.holding(key, day))
    return absent_among(holders, day) == {member.pk for member in holders}


def is_away(task: Any) -> bool:
    """Whether nobody whom the task waits for is there today."""
    return bool(absent_among([task.owner])) if task.owner else are_away(task.key)


def substitutes_of(task: Any) -> list[str]:
    """The assignee keys of those who may decide in place of an absent decider, in their order."""
    return [each.removeprefix(PERMISSION) for each in task.substitutes.values_list("permission", flat=True)]


def name_substitutes(task: Any, keys: Sequence[str]) -> None:
    """Write down who may decide on the task in place of an absent decider, in this order."""
    of_task = {name: getattr(task, name) for name in ("created", "procedure", "department_key")}
    of_task["sort_on"] = task.due_on or NEVER
    for place, key in enumerate(keys):
        if key:
            Substitute(task=task, place=place, permission=PERMISSION + key, **of_task).save(force_insert=True)


def drop_substitutes(task: Any) -> None:
    """Nobody decides in place of anybody there any more."""
    delete_all(Substitute, "task_id", task.pk)
