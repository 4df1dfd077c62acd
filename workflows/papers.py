"""Papers (庁内資料): files that staff keep about a case among themselves; nobody outside the office sees them.

The table is the subject's, which knows where files lie; what one paper is, and who may take it away, is said here.
"""

import uuid

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.authority import is_outsider
from workflows.cases import Case
from workflows.keyring import EncryptedTextField
from workflows.staff import StaffMember

LONGEST_REMARK = 200


class PaperRefused(Exception):
    """The file cannot be kept, or not be taken away; the message says why."""


class Paper(models.Model):
    """One file (庁内資料) with who kept it, when, and a short remark."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = EncryptedTextField(gettext_lazy("ファイル名"))
    remark = EncryptedTextField(gettext_lazy("メモ"), default="")
    media_type = models.CharField(gettext_lazy("種類"), max_length=100)
    size = models.PositiveIntegerField(gettext_lazy("大きさ"))
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(StaffMember, models.PROTECT, related_name="+")
    at = models.DateTimeField(gettext_lazy("日時"), default=now)

    class Meta:
        abstract = True
        verbose_name = verbose_name_plural = gettext_lazy("庁内資料")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def url(self) -> str:
        """Where staff who may see the case open it."""
        raise NotImplementedError

    @property
    def removal_url(self) -> str:
        """Where who kept it takes it away."""
        raise NotImplementedError


def remark_of(text: str) -> str:
    """A remark as it is kept: one line.  Raises PaperRefused."""
    remark = " ".join(text.split())
    if len(remark) > LONGEST_REMARK:
        raise PaperRefused(_("メモは%(most)d字までです。") % {"most": LONGEST_REMARK})
    return remark


def refuse_outsider(case: Case, by: StaffMember) -> None:
    """Nobody keeps papers about what he applied for as a resident.  Raises PaperRefused."""
    if is_outsider(case, by):
        raise PaperRefused(_("自分が申請した案件には、庁内資料を付けられません。"))


def may_remove(paper: Paper, case: Case, by: StaffMember) -> bool:
    """Whether the paper is his to take away: he kept it, and the case is not closed."""
    return case.is_open and paper.by_id == by.pk
