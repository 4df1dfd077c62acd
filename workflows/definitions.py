"""Workflow definitions (決裁経路の定義) and their frozen, numbered versions (版)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Self

from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

import schemas
from schemas import Problem
from schemas.canonical import digest
from schemas.inclusions import completed
from workflows import audit
from workflows.handwritten import first
from workflows.staff import StaffMember


class DefinitionRefused(Exception):
    """The document cannot be published; ``problems`` says why, each at its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.pointer}: {problem.message()}" for problem in problems))
        self.problems = problems


class VersionFrozen(Exception):
    """A published version never changes: running cases stand on it."""


#: The id, number and digest of the version that new cases run on; asked at every submission, so written out.
CURRENT = """
    SELECT version.id || ' ' || version.number || ' ' || version.digest FROM workflows_workflowversion version
    JOIN workflows_workflowdefinition definition ON definition.id = version.definition_id
    WHERE definition.key = %s ORDER BY version.number DESC LIMIT 1
"""


class WorkflowDefinition(models.Model):
    """What is published again and again under one key (決裁経路). Retired, no further form may name it."""

    key = models.SlugField(_("記号"), unique=True)
    title = models.CharField(_("名称"), max_length=200)
    retired_at = models.DateTimeField(_("使い終えた日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("決裁経路")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


def published(key: str, locked: bool = False) -> WorkflowDefinition | None:
    """The route of this key, retired or not, if a version was published; ``locked`` until the transaction ends."""
    rows = WorkflowDefinition.objects.select_for_update() if locked else WorkflowDefinition.objects.all()
    return rows.filter(models.Exists(WorkflowVersion.objects.filter(definition=models.OuterRef("pk"))), key=key).first()


class VersionQuerySet(models.QuerySet["WorkflowVersion"]):
    def of(self, key: str) -> Self:
        return self.filter(definition__key=key)

    def update(self, **kwargs: Any) -> int:
        raise VersionFrozen

    def delete(self) -> tuple[int, dict[str, int]]:
        raise VersionFrozen


class WorkflowVersion(models.Model):
    """One published document (版).  ``digest`` is the SHA-256 of its canonical JSON (RFC 8785)."""

    definition = models.ForeignKey(WorkflowDefinition, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版"))
    document = models.JSONField()
    digest = models.CharField(max_length=64, editable=False)
    published_at = models.DateTimeField(_("公開日時"), default=now)
    published_by = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("決裁経路の版")
        ordering = ["definition", "number"]
        constraints = [models.UniqueConstraint(fields=["definition", "number"], name="workflow_version_number")]

    def __str__(self) -> str:
        return f"{self.definition} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.digest = digest(self.document)
        else:
            self._refuse_change()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise VersionFrozen

    @property
    def newest(self) -> "WorkflowVersion":
        """The last published version of the same workflow."""
        return type(self).objects.select_related("definition").filter(definition=self.definition_id).latest("number")

    @property
    def flow_name(self) -> str:
        """Name of the compiled class.  The digest in it keeps an altered document from being taken for this one."""
        return f"V{self.pk}_{self.digest[:12]}"

    @property
    def flow_reference(self) -> str:
        """How a case refers to the compiled class."""
        return f"workflows/flows.{self.flow_name}"

    def _refuse_change(self) -> None:
        stored = type(self).objects.values_list("digest", flat=True).get(pk=self.pk)
        if digest(self.document) != stored or self.digest != stored:
            raise VersionFrozen


def publish(document: Mapping[str, Any], by: StaffMember | None = None) -> WorkflowVersion:
    """The document as a new version, from now on the current one; if it is what is current already, that version.

    Raises DefinitionRefused if schemas.check() finds a problem.
    """
    document = as_published(document)
    with transaction.atomic():
        latest = _latest_under_lock(document["workflow"], document["title"])
        return latest if latest.digest == digest(document) else _next_version(latest, document, by)


def refuse_unpublishable(document: Mapping[str, Any]) -> None:
    """Raises DefinitionRefused as publish() would."""
    as_published(document)


def as_published(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """The document as publish() would freeze it, with all that it takes over; raises DefinitionRefused."""
    problems = schemas.check(document)
    if not problems:
        whole, problems = completed(document, _published)
        problems = problems or (schemas.check(whole) if whole != document else [])
        document = whole
    if problems:
        raise DefinitionRefused(problems)
    return document


def _published(key: str) -> tuple[Mapping[str, Any], int] | None:
    newest = WorkflowVersion.objects.of(key).order_by("-number").first()
    return (newest.document, newest.number) if newest else None


def _latest_under_lock(key: str, title: str) -> WorkflowVersion:
    WorkflowDefinition.objects.get_or_create(key=key, defaults={"title": title})
    definition = WorkflowDefinition.objects.select_for_update().get(key=key)
    latest = WorkflowVersion.objects.of(key).order_by("-number").select_related("definition").first()
    return latest or WorkflowVersion(definition=definition, number=0)


def _next_version(latest: WorkflowVersion, document: Mapping[str, Any], by: StaffMember | None) -> WorkflowVersion:
    definition = latest.definition
    definition.title = document["title"]
    definition.save(update_fields=["title"])
    version = WorkflowVersion.objects.create(
        definition=definition, number=latest.number + 1, document=document, published_by=by
    )
    audit.record("publish", f"workflow:{definition.key}", by, version=version.number, digest=version.digest)
    return version


@transaction.atomic
def retire(key: str, by: StaffMember | None = None) -> None:
    """No further form may name it; what runs on it, or begins with a form of before, goes on.

    Raises WorkflowDefinition.DoesNotExist.
    """
    _offer(key, by, "retire", now())


@transaction.atomic
def reopen(key: str, by: StaffMember | None = None) -> None:
    """Forms may name it again. Raises WorkflowDefinition.DoesNotExist."""
    _offer(key, by, "reopen", None)


def _offer(key: str, by: StaffMember | None, verb: str, retired_at: datetime | None) -> None:
    definition = WorkflowDefinition.objects.select_for_update().get(key=key)
    if (definition.retired_at is None) != (retired_at is None):
        definition.retired_at = retired_at
        definition.save(update_fields=["retired_at"])
        audit.record(verb, f"workflow:{key}", by)


def current(key: str) -> WorkflowVersion:
    """The version that new cases run on; raises WorkflowVersion.DoesNotExist if none was published under this key."""
    newest = first(CURRENT, [key])
    return named(newest[0] if newest else None)


def named(answer: str | None) -> WorkflowVersion:
    """The version that CURRENT names, whoever asked; raises WorkflowVersion.DoesNotExist if it names none."""
    if answer is None:
        raise WorkflowVersion.DoesNotExist
    pk, number, digest = answer.split()
    return version(int(pk), int(number), digest)


# Number and digest are in the key because a primary key alone may stand for another version after a restore.
@lru_cache(maxsize=256)
def version(pk: int, number: int, digest: str) -> WorkflowVersion:
    """The version with its definition, read once in a process.  Shared between readers: do not change it."""
    rows = WorkflowVersion.objects.select_related("definition").defer("document")
    return rows.get(pk=pk, number=number, digest=digest)
