"""My Numbers (個人番号): kept apart from the answers, under keys of their own, erased when no longer needed.

An answer only says which number is meant.  So no revision, digest, archive copy, list, mail or audit entry can hold one
(番号法 第12条・第19条・第20条); the only way to a number is ``show``, which leaves an audit entry each time.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Self

from django.db import models, transaction
from django.dispatch import receiver
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forms_engine.applications import Application, closed
from schemas import Problem
from schemas.check_digits import is_my_number
from schemas.my_numbers import references_in
from schemas.writing import normalise
from workflows import audit
from workflows.keyring import EncryptedTextField
from workflows.staff import StaffMember, handles_my_numbers

#: Keys that open a My Number open nothing else, and the other way round.
PURPOSE = "my number"
PREFIX = "my-number:"
#: Days after an application is closed for which its numbers are kept, where the procedure does not say.
KEEP_DAYS = 30
#: Numbers of one application, those that were replaced included.
MOST = 200
#: How long a number that no answer names is left alone: the page that it was typed on may still be on its way.
GRACE = timedelta(hours=1)


class NotDesignated(Exception):
    """The member is not one of those who handle My Numbers in this department (事務取扱担当者)."""


class MyNumberQuerySet(models.QuerySet["MyNumber"]):
    def held(self) -> Self:
        """Not erased."""
        return self.filter(erased_at=None)

    def due(self) -> Self:
        """To be erased by now."""
        return self.held().filter(erase_after__lte=now())


class MyNumber(models.Model):
    """One number (個人番号) that an application gives.  Once erased the row remains, as the record of its disposal."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="my_numbers")
    number = EncryptedTextField(_("個人番号"), purpose=PURPOSE, null=True)
    kept_at = models.DateTimeField(_("登録日時"), default=now)
    erase_after = models.DateTimeField(_("消去予定日時"), null=True, blank=True)
    erased_at = models.DateTimeField(_("消去日時"), null=True, blank=True)

    objects = MyNumberQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("個人番号")
        ordering = ["kept_at"]
        indexes = [
            models.Index(fields=["erase_after"], condition=models.Q(erased_at=None), name="my_number_due"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def reference(self) -> str:
        """What stands in the answers in its place."""
        return f"{PREFIX}{self.id}"


def keep(application: Application, pointer: str, text: str) -> str | Problem:
    """Keep a number as it was typed and give the answer that refers to it, or what is wrong with it.

    A number that the application gives already is not kept twice, so typing it again changes no answer.
    """
    number = normalise("my-number", text)
    if not is_my_number(number):
        return Problem(pointer, "format_my-number")
    held = list(application.my_numbers.held())
    known = next((row for row in held if row.number == number), None)
    if known is None and len(held) >= MOST:
        return Problem(pointer, "my_number_too_many")
    return (known or MyNumber.objects.create(application=application, number=number)).reference


def problems(application: Application, answers: Mapping[str, Any]) -> list[Problem]:
    """References that lead to no number of this application: taken over from another, or made up."""
    named = dict(references_in(answers))
    if not named:
        return []
    held = {row.reference for row in application.my_numbers.held().only("pk")}
    return [Problem(pointer, "my_number_missing") for pointer, reference in named.items() if reference not in held]


def drop_unused(application: Application, answers: Mapping[str, Any]) -> int:
    """Erase the numbers that were typed but do not stand in what is now submitted, a replaced one too; how many."""
    named = {reference for _pointer, reference in references_in(answers)}
    return _erase(row.pk for row in application.my_numbers.held().only("pk") if row.reference not in named)


def show(row: MyNumber, by: StaffMember) -> str:
    """The number, for one who is designated to handle them in the application's department; each time is recorded.

    Raises NotDesignated, and MyNumber.DoesNotExist once it is erased.
    """
    if not may_show(row.application, by):
        raise NotDesignated
    with transaction.atomic():
        number = str(MyNumber.objects.held().get(pk=row.pk).number)
        audit.record(
            "show_my_number",
            f"application:{row.application_id}",
            by,
            reference=row.application.reference,
            row=str(row.pk),
        )
    return number


def may_show(application: Application, member: StaffMember) -> bool:
    """Whether the member is designated for My Numbers where the application belongs; no other power includes it."""
    return handles_my_numbers(member, application.department_key)


@receiver(closed)
def _schedule(application: Application, **_kwargs: Any) -> None:
    """From closing on a number is kept for as long as the procedure says, and no longer."""
    days = application.form_version.spec.procedure.get("my_number_keep_days", KEEP_DAYS)
    application.my_numbers.held().update(erase_after=now() + timedelta(days=days))


def sweep() -> int:
    """Erase what is due, and what nobody refers to; how many numbers."""
    due = MyNumber.objects.due().values("application")
    left = (
        MyNumber.objects.held().filter(kept_at__lt=now() - GRACE, application__submitted_at=None).values("application")
    )
    stale = Application.objects.filter(models.Q(pk__in=due) | models.Q(pk__in=left))
    return sum(_sweep(pk) for pk in stale.values_list("pk", flat=True))


@transaction.atomic
def _sweep(application_id: uuid.UUID) -> int:
    application = Application.objects.select_for_update(of=("self",)).get(pk=application_id)
    named = {reference for _pointer, reference in references_in(application.answers)}
    old = application.my_numbers.held().filter(kept_at__lt=now() - GRACE)
    left = [row.pk for row in old if application.is_draft and row.reference not in named]
    count = _erase([*left, *application.my_numbers.due().values_list("pk", flat=True)])
    if count:
        audit.record("erase_my_numbers", f"application:{application_id}", reference=application.reference, count=count)
    return count


def _erase(rows: Iterable[uuid.UUID]) -> int:
    return MyNumber.objects.held().filter(pk__in=list(rows)).update(number=None, erased_at=now())
