"""Comments (庁内コメント): what staff say to each other about a case; nobody outside the office reads them.

``@login`` or ``@氏名`` calls somebody: he is told by mail, with a link and nothing else.
"""

import re
from collections.abc import Iterable

from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schemas.writing import paragraphs
from workflows.authority import is_outsider
from workflows.cases import Case
from workflows.keyring import EncryptedTextField
from workflows.notices import notify_about
from workflows.staff import StaffMember
from workflows.traces import note

LONGEST = 4000
#: Whom one comment can call, at most: a comment is no circular.
MOST_CALLED = 10
CALL = re.compile(r"[@＠]([^\s@＠、。，,：:；;（）()「」]+)")


class CommentRefused(Exception):
    """The comment cannot be kept; the message says why."""


class Comment(models.Model):
    """One comment (庁内コメント); it is never changed."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="comments")
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    text = EncryptedTextField(gettext_lazy("コメント"))
    at = models.DateTimeField(gettext_lazy("日時"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = gettext_lazy("庁内コメント")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.pk}"


@transaction.atomic
def say(case: Case, by: StaffMember, text: str) -> tuple[Comment, list[StaffMember]]:
    """Keep what somebody says, and tell whom it calls; the comment and those.

    Only who may see the case is called: a mail must not lead anybody to a closed door.  Raises CommentRefused.
    """
    said = paragraphs(text)
    if not said:
        raise CommentRefused(_("コメントを書いてください。"))
    if len(said) > LONGEST:
        raise CommentRefused(_("コメントは%(most)d字までです。") % {"most": LONGEST})
    if is_outsider(case, by):
        raise CommentRefused(_("自分が申請した案件には、庁内コメントを書けません。"))
    comment = Comment.objects.create(case=case, by=by, text=said)
    called = [member for member in called_in(said) if member != by and _may_see(case, member)]
    notify_about(case, called, "mentioned")
    note("comment", case, by, called=len(called))
    return comment, called


def called_in(text: str) -> list[StaffMember]:
    """The members that a text calls by login or, spaces left out, by name; who shares a name is called by login."""
    words = list(dict.fromkeys(CALL.findall(text)))[:MOST_CALLED]
    return list(dict.fromkeys(member for word in words for member in _only(StaffMember.objects.called(word))))


def _only(found: Iterable[StaffMember]) -> list[StaffMember]:
    members = list(found)
    return members if len(members) == 1 else []


def _may_see(case: Case, member: StaffMember) -> bool:
    return Case.objects.visible_to(member).filter(pk=case.pk).exists() and not case.subject.is_applicant(member)
