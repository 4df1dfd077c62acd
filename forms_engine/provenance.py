"""Provenance (出所): where an answer came from, if its resident did not type it.

Kept by single answer with a keyed hash of what was taken over, so that it ceases to be said as soon as the answer is
changed, whoever changes it and however.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from forms_engine.prefill import leaves
from schemas.canonical import canonical
from schemas.pointers import lookup
from workflows.keyring import EncryptedJSONField, keyed_hash
from workflows.routable import Row, Section

if TYPE_CHECKING:
    from forms_engine.applications import Application

PURPOSE = "provenance"
APPLICATION = "application"


class Provenance(models.Model):
    """The sources of one application's answers (出所), by pointer: ``kind``, ``reference`` and ``hash`` of each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.OneToOneField("forms_engine.Application", models.CASCADE, related_name="provenance")
    sources = EncryptedJSONField(default=dict)
    noted_at = models.DateTimeField(gettext_lazy("転記日時"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("出所")

    def __str__(self) -> str:
        return str(self.application_id)


def note(application_id: uuid.UUID, answers: Mapping[str, Any], reference: str, kind: str = APPLICATION) -> None:
    """Note that these answers, by pointer, come from a source; those noted before for other answers stay."""
    row = Provenance.objects.filter(application_id=application_id).first() or Provenance(application_id=application_id)
    found = {pointer: one for at, answer in answers.items() for pointer, one in leaves(answer, at)}
    new = {at: {"kind": kind, "reference": reference, "hash": _hash(one)} for at, one in found.items()}
    row.sources = {**row.sources, **new}
    row.save()


def marked(
    application: "Application", sections: list[Section], answers: Mapping[str, Any], language: str
) -> list[Section]:
    """The sections, each row that still says what its source said with that source in words."""
    row = Provenance.objects.filter(application=application).first() if application.has_provenance else None
    if row is None:
        return sections
    with override(language):
        return [replace(one, rows=[_marked(line, row.sources, answers) for line in one.rows]) for one in sections]


def _marked(row: Row, sources: Mapping[str, Mapping[str, str]], answers: Mapping[str, Any]) -> Row:
    source = sources.get(row.pointer)
    if source is None or source["hash"] != _hash(lookup(answers, row.pointer, default=None)):
        return row
    return replace(row, provenance=_words(source))


def _words(source: Mapping[str, str]) -> str:
    if source["kind"] == APPLICATION:
        return _("前の申請（%(reference)s）から") % {"reference": source["reference"]}
    return source["reference"]


def _hash(answer: Any) -> str:
    return keyed_hash(canonical(answer).decode(), PURPOSE)
