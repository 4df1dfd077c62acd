"""Audit entries (操作記録): who did what when, in one chain of hashes: nothing can be changed or left out unseen.

An entry names things, never people's data: its detail holds keys, numbers and digests only.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import connection, models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from workflows.handwritten import Handwritten

if TYPE_CHECKING:
    from workflows.staff import StaffMember

GENESIS = "0" * 64
#: Names the advisory lock under which entries are numbered on PostgreSQL ("audit" in ASCII).
LOCK = 0x6175646974
LAST = "SELECT number, digest FROM workflows_auditentry ORDER BY number DESC LIMIT 1"
LONGEST_TEXT = 100


class Unchangeable(Exception):
    """An audit entry is written once and never touched again."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    def update(self, **kwargs: Any) -> NoReturn:
        raise Unchangeable

    def delete(self) -> NoReturn:
        raise Unchangeable

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable("entries are chained one by one: audit.record()")


class AuditEntry(Handwritten):
    """One thing done (操作記録).  ``digest`` covers every other column and, through ``previous``, all earlier ones."""

    number = models.PositiveBigIntegerField(_("番号"), primary_key=True)
    at = models.DateTimeField(_("日時"))
    actor = models.CharField(_("操作者"), max_length=150, blank=True)
    verb = models.CharField(_("操作"), max_length=50)
    target = models.CharField(_("対象"), max_length=150)
    detail = models.JSONField(_("内訳"), default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("操作記録")
        ordering = ["number"]
        indexes = [models.Index(fields=["target"], name="audit_target")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.target}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Unchangeable
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Unchangeable


@dataclass(frozen=True)
class Report:
    """What verify() found: how many entries hold, the digest of the last, and the number of the first that does not."""

    count: int
    head: str
    broken: int | None = None

    @property
    def is_intact(self) -> bool:
        return self.broken is None


def record(verb: str, target: str, actor: "StaffMember | str | None" = None, **detail: Any) -> AuditEntry:
    """Add an entry to the chain, in the transaction of the verb that it records.

    To be called last in that transaction: until it ends, nobody else can add an entry.  Detail takes short texts, whole
    numbers and truth values, so that no answer or name can slip in; anything else raises TypeError.
    """
    _refuse_anything_large(detail)
    with transaction.atomic(savepoint=False):
        number, previous = _head()
        login = actor if isinstance(actor, str) else actor.get_username() if actor else ""
        entry = AuditEntry(
            number=number + 1, at=now(), actor=login, verb=verb, target=target, detail=detail, previous=previous
        )
        entry.digest = _digest(entry.number, entry.at, login, verb, target, detail, previous)
        entry.save()
    return entry


def _refuse_anything_large(detail: Mapping[str, Any]) -> None:
    for name, value in detail.items():
        if not isinstance(value, str | int | None) or len(str(value)) > LONGEST_TEXT:
            raise TypeError(f"audit detail {name!r}: short texts, whole numbers and truth values only")


def _head() -> tuple[int, str]:
    """The last number and digest; nobody else reads them until this transaction ends.

    Two statements in one message, because a statement sees what was committed when it began, not when its lock was
    granted.  SQLite needs no lock: a transaction that writes is alone from its beginning (IMMEDIATE).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK}); {LAST}")
            cursor.nextset()
        else:
            cursor.execute(LAST)
        return cursor.fetchone() or (0, GENESIS)


def _digest(
    number: int, at: datetime, actor: str, verb: str, target: str, detail: Mapping[str, Any], previous: str
) -> str:
    # texts, whole numbers and truth values under ASCII names: what the json module writes here is RFC 8785
    content = [number, at.astimezone(UTC).isoformat(timespec="microseconds"), actor, verb, target, detail, previous]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify() -> Report:
    """Walk the chain from the first entry to the last, or to the first that was altered, removed or slipped in.

    Entries cut off at the end leave no trace in the chain: compare ``count`` and ``head`` with those noted before.
    """
    rows = AuditEntry.objects.order_by("number").values_list(
        "number", "at", "actor", "verb", "target", "detail", "previous", "digest"
    )
    return _walk(rows.iterator(chunk_size=5000))


def _walk(rows: Iterable[tuple[Any, ...]]) -> Report:
    count, head = 0, GENESIS
    for *content, digest in rows:
        if content[0] != count + 1 or content[-1] != head or _digest(*content) != digest:
            return Report(count, head, broken=count + 1)
        count, head = count + 1, digest
    return Report(count, head)
