"""Capacities (権限): what somebody may do beside deciding on cases: build, publish, audit, organise.

A post says who decides; a capacity says who may change how the office works. It holds for one department, or, where
``department_key`` is empty, for all of them.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from workflows import audit
from workflows.staff import StaffMember

BUILDER, PUBLISHER, AUDITOR, ORGANISER = "builder", "publisher", "auditor", "organiser"
KINDS = [
    (BUILDER, _("様式・決裁経路を作る")),
    (PUBLISHER, _("公開する")),
    (AUDITOR, _("操作記録を見る")),
    (ORGANISER, _("組織を変える")),
]


class CapacityRefused(Exception):
    """This capacity cannot be taken away; the message says why."""


class Capacity(models.Model):
    """One member's capacity (権限)."""

    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="capacities")
    kind = models.CharField(_("権限"), max_length=20, choices=KINDS)
    department_key = models.CharField(_("課"), max_length=50, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("権限")
        constraints = [models.UniqueConstraint(fields=["member", "kind", "department_key"], name="capacity_once")]

    def __str__(self) -> str:
        return f"{self.member} {self.get_kind_display()} {self.department_key or '*'}"


def has_capacity(member: StaffMember, kind: str, department: str | None = None) -> bool:
    """Whether the member has the capacity: for that department, or, if none is named, for any."""
    rows = Capacity.objects.filter(member=member, kind=kind)
    if department is not None:
        rows = rows.filter(department_key__in=["", department])
    return rows.exists()


def departments_for(member: StaffMember, kind: str) -> Collection[str] | None:
    """The keys of the departments that the capacity holds for; None where it holds for all of them."""
    found = set(Capacity.objects.filter(member=member, kind=kind).values_list("department_key", flat=True))
    return None if "" in found else found


@transaction.atomic
def grant(member: StaffMember, kind: str, department: str = "", by: StaffMember | None = None) -> Capacity:
    """Give a capacity; doing it twice does it once."""
    capacity, is_new = Capacity.objects.get_or_create(member=member, kind=kind, department_key=department)
    if is_new:
        audit.record("grant", f"staff:{member.username}", by, capacity=kind, department=department or "*")
    return capacity


@transaction.atomic
def revoke(member: StaffMember, kind: str, department: str = "", by: StaffMember | None = None) -> None:
    """Take a capacity away; nothing happens where there is none.  Raises CapacityRefused for the last organiser's."""
    if kind == ORGANISER and not department and is_last_organiser(member):
        raise CapacityRefused(
            gettext("全庁の組織を変えられる人がいなくなります。先にほかの人にこの権限を付けてください。")
        )
    gone, _rows = Capacity.objects.filter(member=member, kind=kind, department_key=department).delete()
    if gone:
        audit.record("revoke", f"staff:{member.username}", by, capacity=kind, department=department or "*")


def is_last_organiser(member: StaffMember) -> bool:
    """Whether without this member nobody could change the organisation any more.

    Asked in the transaction of the verb that it may stop; two who take each other's away at once wait for each other.
    """
    rows = Capacity.objects.select_for_update().filter(kind=ORGANISER, department_key="", member__is_active=True)
    holders = {row.member_id for row in rows.order_by("pk")}
    return holders == {member.pk}


def load_capacities(organisation: Mapping[str, Any]) -> None:
    """Grant what the members of an organisation's document have under "capacities": ``{"kind", "department"?}``."""
    for entry in organisation["members"]:
        for capacity in entry.get("capacities", ()):
            member = StaffMember.objects.get(username=entry["login"])
            grant(member, capacity["kind"], capacity.get("department", ""))
