"""Drafts (作成中の申請): how many one may begin, and how long an untouched one is kept.

What nobody submits is nobody's business for ever: after DRAFT_DAYS without a change a draft is deleted with its files.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from forms_engine import attachments, notices
from forms_engine.applications import Application
from forms_engine.notices import Notice
from workflows import audit
from workflows.keyring import keyed_hash

WINDOW = timedelta(hours=1)
#: Drafts that are deleted in one transaction, and batches of them in one run: no run holds up others for long.
BATCH, BATCHES = 100, 50
#: How long before its deletion the resident of a draft is told of it.
REMINDED = timedelta(days=7)

#: The first draft of an address within WINDOW, or one more, in one statement that PostgreSQL and SQLite both have.
COUNT = """
    INSERT INTO forms_engine_draftcount (address, since, count) VALUES (%s, %s, 1)
    ON CONFLICT (address) DO UPDATE SET
      count = CASE WHEN forms_engine_draftcount.since <= %s THEN 1 ELSE forms_engine_draftcount.count + 1 END,
      since = CASE WHEN forms_engine_draftcount.since <= %s THEN excluded.since ELSE forms_engine_draftcount.since END
    RETURNING count
"""


class TooManyDrafts(Exception):
    """So many were begun from one browser, or one address, that no other is begun now."""


class DraftCount(models.Model):
    """How many drafts were begun from one address (申請の開始数) since a moment; the address is a keyed hash."""

    address = models.CharField(max_length=64, primary_key=True)
    since = models.DateTimeField(default=now)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("申請の開始数")

    def __str__(self) -> str:
        return f"{self.since}: {self.count}"


def admit(address: str, held: int) -> None:
    """Count a draft about to be begun by a browser that holds so many.  Raises TooManyDrafts."""
    if held >= settings.DRAFTS_PER_SESSION or _count(address) > settings.DRAFTS_PER_ADDRESS:
        raise TooManyDrafts


def _count(address: str) -> int:
    """One statement, so that those begun at the same time are all counted."""
    moment = [connection.ops.adapt_datetimefield_value(at) for at in (now(), now() - WINDOW)]
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [keyed_hash(address, "draft address"), *moment, moment[1]])
        return int(cursor.fetchone()[0])


def kept_until(application: Application) -> datetime:
    """When a draft will be deleted, if nobody touches it."""
    return application.updated_at + timedelta(days=settings.DRAFT_DAYS)


def remind() -> int:
    """Tell residents who had the link of a draft mailed that it will soon be deleted; how many, each once."""
    ends = now() + REMINDED - timedelta(days=settings.DRAFT_DAYS)
    untouched = models.Q(updated_at__lte=ends, updated_at__gt=ends - REMINDED)
    told = Notice.objects.filter(kind="draft_expiry", application=models.OuterRef("pk"))
    told = told.filter(created_at__gte=models.OuterRef("updated_at"))
    asked = Notice.objects.filter(kind="draft_link").exclude(sent_at=None).values("application")
    due = Application.objects.drafts().filter(untouched, ~models.Exists(told), pk__in=asked).order_by("updated_at")
    soon = list(due.with_version()[: BATCH * BATCHES])
    return sum(notices.remind(draft, localdate(kept_until(draft))) for draft in soon)


def sweep() -> int:
    """Delete drafts that were left alone for too long, and counts that no longer hinder anybody; how many drafts."""
    DraftCount.objects.filter(since__lte=now() - WINDOW).delete()
    total = 0
    for _batch in range(BATCHES):
        deleted = _purge()
        total += deleted
        if deleted < BATCH:
            break
    return total


@transaction.atomic
def _purge() -> int:
    """One batch: rows and files, and one audit entry that says how many."""
    stale = Application.objects.drafts().filter(updated_at__lt=now() - timedelta(days=settings.DRAFT_DAYS))
    locked = stale.select_for_update(of=("self",), skip_locked=True).order_by("updated_at")
    ids: list[UUID] = list(locked.values_list("pk", flat=True)[:BATCH])
    if not ids:
        return 0
    attachments.drop(attachments.Attachment.objects.filter(application__in=ids))
    Application.objects.filter(pk__in=ids).delete()
    audit.record("purge_drafts", "drafts", count=len(ids), days=settings.DRAFT_DAYS)
    return len(ids)
