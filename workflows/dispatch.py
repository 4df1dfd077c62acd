"""Dispatch (発送): a row that is to leave the house once by mail, written in the transaction of its cause.

Several workers may hold the same order, and one may die at any moment.  A worker takes rows with one statement, so each
is taken by one; sends them; and notes that.  What a worker took that never came back is taken again after STALE.
Between the mail server's "accepted" and our note of it lies an instant that nobody can close: a worker that dies just
there is repeated, under the same Message-ID, by which mail systems recognise the second as the first.
"""

import smtplib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import Any, Self

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

#: A worker that has been at one mail for this long is taken for dead.
STALE = timedelta(minutes=10)
#: How long to wait after each failure; after the last of them it is given up.
BACK_OFF = [timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720)]
LONGEST_REASON = 100


@dataclass(frozen=True)
class Letter:
    """What a mail says."""

    subject: str
    body: str


class DispatchQuerySet(models.QuerySet[Any]):
    def waiting(self) -> Self:
        """Neither sent nor given up."""
        return self.filter(sent_at=None, failed_at=None)

    def due(self, patience: timedelta = STALE) -> Self:
        """To be sent now, and in nobody's hands."""
        free = models.Q(taken_at=None) | models.Q(taken_at__lte=now() - patience)
        return self.waiting().filter(free, due_at__lte=now())

    def take(self, patience: timedelta = STALE) -> list[Any]:
        """Those of these rows that are due, from now on in nobody's hands but ours."""
        mark = uuid.uuid4()
        if not self.due(patience).update(taken_at=now(), taken_by=mark, attempts=models.F("attempts") + 1):
            return []
        return list(self.filter(taken_by=mark).order_by("created_at"))


class Dispatch(models.Model):
    """One row to be sent.  ``reason`` says why it was not, by the error's name and number, never by its text."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("種類"), max_length=40)
    created_at = models.DateTimeField(_("作成日時"), default=now)
    due_at = models.DateTimeField(_("送信予定"), default=now)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.UUIDField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("試行回数"), default=0)
    sent_at = models.DateTimeField(_("送信日時"), null=True, blank=True)
    failed_at = models.DateTimeField(_("断念日時"), null=True, blank=True)
    reason = models.CharField(_("送れない理由"), max_length=LONGEST_REASON, blank=True)

    class Meta:
        abstract = True

    def on_settled(self) -> None:
        """Called in the transaction that notes that the row was sent, or given up."""


def is_on() -> bool:
    """Whether this office sends mail at all."""
    return bool(settings.MAIL)


def address(path: str = "/") -> str:
    """The address of a page of this office, as it can stand in a mail."""
    return str(settings.SITE_URL).rstrip("/") + path


def send(rows: Sequence[Dispatch], recipient: str, letter: Letter) -> bool:
    """Send one mail for rows that were taken, and note on each that it was sent or why not; whether it was.

    No transaction is open while the mail server is spoken to: it may take its time.
    """
    error = _trouble(_message(rows[0], recipient, letter))
    with transaction.atomic():
        for row in rows:
            _note(row, error)
    return error is None


def _trouble(message: EmailMessage) -> Exception | None:
    """What went wrong in sending it."""
    try:
        message.send()
    except (OSError, ValueError, smtplib.SMTPException) as error:
        return error
    return None


def _note(row: Dispatch, error: Exception | None) -> None:
    if error is None:
        row.sent_at, row.reason = now(), ""
    else:
        _put_off(row, error)
    row.save(update_fields=["taken_at", "sent_at", "failed_at", "due_at", "reason"])
    if row.sent_at or row.failed_at:
        row.on_settled()


def _message(row: Dispatch, recipient: str, letter: Letter) -> EmailMessage:
    host = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {"Message-ID": f"<{row.pk}@{host}>", "Auto-Submitted": "auto-generated"}  # RFC 3834 §5
    return EmailMessage(" ".join(letter.subject.split()), letter.body, to=[recipient], headers=headers)


def _put_off(row: Dispatch, error: Exception) -> None:
    """Later again, or given up: at once where the mail server says that the recipient will never be accepted."""
    row.taken_at, row.reason = None, _reason(error)[:LONGEST_REASON]
    if _is_final(error) or row.attempts > len(BACK_OFF):
        row.failed_at = now()
    else:
        row.due_at = now() + BACK_OFF[row.attempts - 1]


def _reason(error: Exception) -> str:
    codes = {str(code) for code in _codes(error)}
    return " ".join([type(error).__name__, *sorted(codes)])


def _codes(error: Exception) -> list[int]:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []


def _is_final(error: Exception) -> bool:
    """Replies from 500 say "never" (RFC 5321 §4.2.1); a wrong password of ours is not the recipient's fault."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    codes = _codes(error)
    return isinstance(error, ValueError) or (bool(codes) and min(codes) >= 500)
