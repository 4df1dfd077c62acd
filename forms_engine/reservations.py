"""Reservations (予約): which room is taken when, and that no two applications take the same one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import product
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from schemas.pointers import lookup


@dataclass(frozen=True, order=True)
class Slot:
    """One thing that can be taken by one application at a time, on one day, from–until."""

    resource: str
    date: date
    starts: time
    ends: time


class ReservationQuerySet(models.QuerySet["Reservation"]):
    def held(self) -> Self:
        return self.filter(released_at=None)

    def overlapping(self, slot: Slot) -> Self:
        """Those that leave no room for this slot; one may start where another ends."""
        return self.filter(resource=slot.resource, date=slot.date, starts__lt=slot.ends, ends__gt=slot.starts)


class Reservation(models.Model):
    """A slot that an application holds (予約), until it is released."""

    application = models.ForeignKey("forms_engine.Application", models.PROTECT, related_name="reservations")
    resource = models.CharField(_("施設"), max_length=200)
    date = models.DateField(_("使用日"))
    starts = models.TimeField(_("開始時刻"))
    ends = models.TimeField(_("終了時刻"))
    released_at = models.DateTimeField(_("解放日時"), null=True, blank=True)

    objects = ReservationQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("予約")
        indexes = [
            models.Index(
                fields=["resource", "date", "starts"], condition=models.Q(released_at=None), name="reservation_held"
            )
        ]

    def __str__(self) -> str:
        return f"{self.resource} {self.date} {self.starts:%H:%M}–{self.ends:%H:%M}"


class ResourceDay(models.Model):
    """What is locked while somebody looks whether a resource is free on a day (予約の排他)."""

    resource = models.CharField(_("施設"), max_length=200)
    date = models.DateField(_("使用日"))

    class Meta:
        verbose_name = verbose_name_plural = _("施設の日")
        constraints = [models.UniqueConstraint(fields=["resource", "date"], name="resource_day")]

    def __str__(self) -> str:
        return f"{self.resource} {self.date}"


def slots(providers: Iterable[Mapping[str, Any]], answers: Mapping[str, Any]) -> list[Slot]:
    """What these answers ask for, in the order in which it has to be locked; nothing while they are incomplete.

    ``{"kind": "reservation", "resources": [pointers], "date", "from", "to"}``: the values there make the path of
    a resource, such as ``civic_hall/room_a``; where one of them is a list, there is a slot for each.
    """
    asked = (slot for provider in providers if provider["kind"] == "reservation" for slot in _slots(provider, answers))
    return sorted(set(asked))


def _slots(provider: Mapping[str, Any], answers: Mapping[str, Any]) -> list[Slot]:
    try:
        day = date.fromisoformat(lookup(answers, provider["date"], default=None))
        starts, ends = (time.fromisoformat(lookup(answers, provider[at], default=None)) for at in ("from", "to"))
    except (TypeError, ValueError):
        return []
    return [Slot(resource, day, starts, ends) for resource in _resources(provider, answers)] if starts < ends else []


def _resources(provider: Mapping[str, Any], answers: Mapping[str, Any]) -> list[str]:
    values = [lookup(answers, pointer, default=None) for pointer in provider["resources"]]
    lists = [value if isinstance(value, list) else [value] for value in values]
    return ["/".join(path) for path in product(*lists) if all(isinstance(part, str) and part for part in path)]


def lock(wanted: Sequence[Slot]) -> None:
    """From here to the end of the transaction nobody else takes these resources on these days.

    Slots come sorted, so that two transactions never wait for each other.
    """
    days = sorted({(slot.resource, slot.date) for slot in wanted})
    if not days:
        return
    ResourceDay.objects.bulk_create([ResourceDay(resource=key, date=day) for key, day in days], ignore_conflicts=True)
    these = models.Q(*(models.Q(resource=key, date=day) for key, day in days), _connector=models.Q.OR)
    list(ResourceDay.objects.select_for_update().filter(these).order_by("resource", "date"))


def are_free(wanted: Sequence[Slot], application_id: UUID) -> bool:
    """Whether no other application holds any of these."""
    others = Reservation.objects.held().exclude(application_id=application_id)
    return not any(others.overlapping(slot).exists() for slot in wanted)


def fact(provider: Mapping[str, Any], answers: Mapping[str, Any], application_id: UUID) -> bool:
    """The fact of a provider: everything asked for is free, or held by this application; false while incomplete."""
    wanted = slots([provider], answers)
    return bool(wanted) and are_free(wanted, application_id)


def reserve(application_id: UUID, wanted: Sequence[Slot]) -> None:
    """Make these the slots that the application holds, in place of what it held before."""
    release(application_id)
    Reservation.objects.bulk_create(
        Reservation(
            application_id=application_id, resource=slot.resource, date=slot.date, starts=slot.starts, ends=slot.ends
        )
        for slot in wanted
    )


def release(application_id: UUID) -> None:
    """Give back whatever the application holds."""
    Reservation.objects.held().filter(application_id=application_id).update(released_at=now())


def keep(application_id: UUID, providers: Iterable[Mapping[str, Any]], answers: Mapping[str, Any]) -> None:
    """The application keeps what it holds; where it holds nothing, it gets what its answers ask for."""
    if Reservation.objects.held().filter(application_id=application_id).exists():
        return
    wanted = slots(providers, answers)
    lock(wanted)
    reserve(application_id, wanted)
