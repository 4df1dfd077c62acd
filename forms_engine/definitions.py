"""Form definitions (様式の定義) and their frozen, numbered versions (版).

A version keeps the text of its document, not a parsed column: the order in which fields are declared is the order
in which they are asked, and PostgreSQL's jsonb does not keep it.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

import schemas
from forms_engine.content import Picture
from forms_engine.frozen import FrozenModel, FrozenQuerySet
from forms_engine.spec import FormSpec
from schemas import Problem
from schemas.canonical import digest
from schemas.consents import unversioned, with_texts
from workflows import audit
from workflows.definitions import DefinitionRefused
from workflows.definitions import published as published_route
from workflows.handwritten import first
from workflows.staff import StaffMember

__all__ = ["DefinitionRefused", "FormDefinition", "FormVersion", "current", "publish", "reopen", "retire"]


#: Asked whenever somebody opens a procedure, so written out (see workflows.handwritten).
CURRENT = """
    SELECT version.id, version.number, version.digest FROM forms_engine_formversion version
    JOIN forms_engine_formdefinition definition ON definition.id = version.definition_id
    WHERE definition.key = %s AND definition.retired_at IS NULL ORDER BY version.number DESC LIMIT 1
"""


class FormDefinition(models.Model):
    """What is published again and again under one key (様式). Retired, it takes no new applications."""

    key = models.SlugField(_("記号"), unique=True)
    title = models.CharField(_("名称"), max_length=200)
    retired_at = models.DateTimeField(_("受付を終えた日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("様式")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title


class FormVersionQuerySet(FrozenQuerySet):
    def of(self, key: str) -> Self:
        return self.filter(definition__key=key)

    def current(self) -> Self:
        """The newest version of every form that is not retired: what can be applied for today."""
        return self.newest().filter(definition__retired_at=None)

    def newest(self) -> Self:
        """The newest version of every form."""
        newest = FormVersion.objects.filter(definition=models.OuterRef("definition")).order_by("-number")
        return self.filter(pk=models.Subquery(newest.values("pk")[:1]))


class FormVersionManager(models.Manager.from_queryset(FormVersionQuerySet)):  # type: ignore[misc]
    """Leaves the text where it is: what is made of it is kept in memory."""

    def get_queryset(self) -> FormVersionQuerySet:
        found: FormVersionQuerySet = super().get_queryset().defer("text")
        return found


class FormVersion(FrozenModel):
    """One published document (版).  ``digest`` is the SHA-256 of its canonical JSON (RFC 8785)."""

    definition = models.ForeignKey(FormDefinition, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版"))
    text = models.TextField(_("定義"))
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(_("公開日時"), default=now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = FormVersionManager()

    class Meta:
        verbose_name = verbose_name_plural = _("様式の版")
        ordering = ["definition", "number"]
        base_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["definition", "number"], name="form_version_number")]

    def __str__(self) -> str:
        return f"{self.definition} {self.number}"

    @property
    def spec(self) -> FormSpec:
        """The document as the engine reads it; built once per process, for a version never changes."""
        return _spec(self.pk, self.digest)

    @property
    def document(self) -> dict[str, Any]:
        """The document as it was published.  Shared between readers: do not change it."""
        return _document(self.pk, self.digest)


# The digest is in the key because a primary key alone may stand for another version after a database was restored.
@lru_cache(maxsize=256)
def _document(pk: int, digest: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(FormVersion.objects.values_list("text", flat=True).get(pk=pk, digest=digest))
    return document


@lru_cache(maxsize=256)
def _spec(pk: int, digest: str) -> FormSpec:
    return FormSpec.load(_document(pk, digest))


def publish(document: Mapping[str, Any], by: StaffMember | None = None) -> FormVersion:
    """The document as a new version, from now on the current one; if it is what is current already, that version.

    Texts to agree to are taken into it (schemas.consents).  Raises DefinitionRefused if schemas.check() finds a
    problem, if nothing is published for the workflow it names, or if such a text changed under its old version.
    """
    refuse_unpublishable(document)
    document = with_texts(document)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    with transaction.atomic():
        definition = _definition_under_lock(document["form"], document["title"])
        latest = FormVersion.objects.filter(definition=definition).order_by("-number").first()
        if latest and latest.text == text:
            return latest
        _refuse_unrouted(document)
        _refuse_unversioned(latest, document)
        return _next_version(definition, latest.number + 1 if latest else 1, document, text, by)


def refuse_unpublishable(document: Mapping[str, Any]) -> None:
    """Raises DefinitionRefused as publish() would."""
    problems = list(schemas.check(document)) or list(_unrouted(document))
    if problems:
        raise DefinitionRefused(problems)


@transaction.atomic
def retire(key: str, by: StaffMember | None = None) -> None:
    """No new applications from now on; those that were begun go on. Raises FormDefinition.DoesNotExist."""
    definition = FormDefinition.objects.select_for_update().get(key=key)
    if definition.retired_at is None:
        definition.retired_at = now()
        definition.save(update_fields=["retired_at"])
        audit.record("retire", f"form:{key}", by)


@transaction.atomic
def reopen(key: str, by: StaffMember | None = None) -> None:
    """Applications can be made again.

    Raises FormDefinition.DoesNotExist; DefinitionRefused where its route was retired meanwhile.
    """
    definition = FormDefinition.objects.select_for_update().get(key=key)
    if definition.retired_at is not None:
        _refuse_unrouted(FormVersion.objects.filter(definition=definition).latest("number").document)
        definition.retired_at = None
        definition.save(update_fields=["retired_at"])
        audit.record("reopen", f"form:{key}", by)


def _refuse_unrouted(document: Mapping[str, Any]) -> None:
    problems = list(_unrouted(document, locked=True))
    if problems:
        raise DefinitionRefused(problems)


def _unrouted(document: Mapping[str, Any], locked: bool = False) -> Iterator[Problem]:
    """A form whose applications nobody would decide on; a route that is ``locked`` does not end meanwhile."""
    key = document.get("procedure", {}).get("workflow")
    route = published_route(key or "", locked)
    if route is None:
        yield Problem("/procedure/workflow", "workflow_unpublished", {"texts": _unrouted_texts(key)})
    elif route.retired_at is not None:
        yield Problem("/procedure/workflow", "form_route_retired", {"title": route.title})


def _unrouted_texts(key: str | None) -> dict[str, str]:
    if not key:
        return {"ja": "決裁経路（procedure.workflow）を書いてください。", "en": "Name the workflow that decides."}
    return {
        "ja": f"決裁経路「{key}」が公開されていません。先に決裁経路を公開してください。",
        "en": f"The workflow “{key}” is not published. Publish the workflow first.",
    }


def _refuse_unversioned(latest: FormVersion | None, document: Mapping[str, Any]) -> None:
    """A text that people agreed to keeps its version only as long as it stays the same."""
    problems = list(unversioned(latest.document, document)) if latest else []
    if problems:
        raise DefinitionRefused(problems)


def _definition_under_lock(key: str, title: str) -> FormDefinition:
    FormDefinition.objects.get_or_create(key=key, defaults={"title": title})
    return FormDefinition.objects.select_for_update().get(key=key)


def _next_version(
    definition: FormDefinition, number: int, document: Mapping[str, Any], text: str, by: StaffMember | None
) -> FormVersion:
    definition.title, definition.retired_at = document["title"], None
    definition.save(update_fields=["title", "retired_at"])
    version = FormVersion.objects.create(
        definition=definition, number=number, text=text, digest=digest(document), published_by=by
    )
    audit.record("publish", f"form:{definition.key}", by, version=number, digest=version.digest)
    return version


def current(key: str) -> FormVersion:
    """The version that new applications use. Raises FormVersion.DoesNotExist if there is none, or it was retired."""
    newest = first(CURRENT, [key])
    if newest is None:
        raise FormVersion.DoesNotExist
    return version(*newest)


# Number and digest are in the key because a primary key alone may stand for another version after a restore.
@lru_cache(maxsize=256)
def version(pk: int, number: int, digest: str) -> FormVersion:
    """The version with its definition, read once in a process.  Shared between readers: do not change it."""
    return FormVersion.objects.select_related("definition").get(pk=pk, number=number, digest=digest)


def picture_of(key: str, digest: str) -> Picture | None:
    """The image with this digest that a version of the form carries, the newest first."""
    versions = FormVersion.objects.of(key).order_by("-number").values_list("pk", "digest")
    blocks = (block for one in versions.iterator() for block in _spec(*one).edition("ja").content.values())
    return next((block.picture for block in blocks if block.picture and block.picture.digest == digest), None)
