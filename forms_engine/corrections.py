"""Corrections (補正): what the office asked the applicant to correct, and that nothing else is changed by it."""

import copy
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Self

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from schemas.effective import effective
from schemas.pointers import MISSING, escaped, lookup, parts
from workflows.keyring import EncryptedJSONField, EncryptedTextField

#: Answering a remarked field may open others, and those again others.
ROUNDS = 6


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def open(self) -> Self:
        """Still waiting for the applicant."""
        return self.filter(answered_at=None, application__closed_at=None)


class Correction(models.Model):
    """One request for correction (補正の求め, 行政手続法 第7条) with its remarks; the application stands meanwhile."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey("forms_engine.Application", models.PROTECT, related_name="corrections")
    remarks = EncryptedJSONField()
    comment = EncryptedTextField(default="")
    requested_at = models.DateTimeField(_("補正依頼日時"), default=now)
    answered_at = models.DateTimeField(_("補正日時"), null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("補正")
        ordering = ["requested_at"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.requested_at:%Y-%m-%d}"

    @property
    def pointers(self) -> frozenset[str]:
        """The remarked fields; the whole of it (the empty pointer) where the office wrote a comment only."""
        return frozenset(self.remarks) or frozenset({""})


def corrected(
    schema: dict[str, Any], previous: Mapping[str, Any], proposed: Mapping[str, Any], remarked: Iterable[str]
) -> dict[str, Any]:
    """The previous answers with only the remarked ones replaced, and those of fields that exist because of them."""
    opened, result = set(remarked), dict(previous)
    for _round in range(ROUNDS):
        result = _replaced(previous, proposed, opened)
        appeared = set(_appeared(effective(schema, previous), effective(schema, result), "")) - opened
        if not appeared:
            break
        opened |= appeared
    return result


def correctable(schema: dict[str, Any], answers: Mapping[str, Any]) -> frozenset[str]:
    """The pointers of all that was asked, groups and rows of tables included; what the server calculates is not."""
    return frozenset(_asked(effective(schema, answers), answers, ""))


def _asked(standing: Mapping[str, Any], answers: Any, at: str) -> Iterator[str]:
    for name, field in standing.get("properties", {}).items():
        pointer = f"{at}/{escaped(name)}"
        if not field.get("readOnly"):
            answer = answers.get(name) if isinstance(answers, Mapping) else None
            yield pointer
            yield from _asked(field, answer, pointer)
            yield from _rows(answer, pointer)


def _rows(answer: Any, at: str) -> Iterator[str]:
    for number, row in enumerate(answer if isinstance(answer, list) else ()):
        yield f"{at}/{number}"
        yield from (f"{at}/{number}/{escaped(name)}" for name in (row if isinstance(row, Mapping) else ()))


def open_pointers(
    schema: dict[str, Any], previous: Mapping[str, Any], proposed: Mapping[str, Any], remarked: Iterable[str]
) -> frozenset[str]:
    """The fields that the applicant may change: the remarked ones, and those that exist because of the new answers."""
    remarked = frozenset(remarked)
    now_standing = effective(schema, corrected(schema, previous, proposed, remarked))
    return remarked | frozenset(_appeared(effective(schema, previous), now_standing, ""))


def _appeared(before: Mapping[str, Any], after: Mapping[str, Any], at: str) -> Iterator[str]:
    """Fields of ``after`` that ``before`` does not have; inside objects that both have, likewise."""
    known = before.get("properties", {})
    for name, field in after.get("properties", {}).items():
        pointer = f"{at}/{escaped(name)}"
        if name not in known:
            yield pointer
        else:
            yield from _appeared(known[name], field, pointer)


def _replaced(previous: Mapping[str, Any], proposed: Mapping[str, Any], pointers: Iterable[str]) -> dict[str, Any]:
    result = copy.deepcopy(dict(previous))
    for pointer in sorted(pointers):
        if not pointer:
            return copy.deepcopy(dict(proposed))
        put(result, parts(pointer), lookup(proposed, pointer))
    return result


def put(document: Any, path: list[str], value: Any) -> None:
    """Set the value at a path or, if it is MISSING, remove what is there; objects on the way are made."""
    *parents, last = path
    for part in parents:
        document = _child(document, part)
    if isinstance(document, list) and last.isdigit() and int(last) < len(document) and value is not MISSING:
        document[int(last)] = copy.deepcopy(value)
    elif isinstance(document, dict) and value is MISSING:
        document.pop(last, None)
    elif isinstance(document, dict):
        document[last] = copy.deepcopy(value)


def _child(document: Any, part: str) -> Any:
    if isinstance(document, list):
        return document[int(part)] if part.isdigit() and int(part) < len(document) else None
    return document.setdefault(part, {}) if isinstance(document, dict) else None
