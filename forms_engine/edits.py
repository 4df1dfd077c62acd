"""Edits (操作) of a manuscript: one command each, what it changed, and who made it, took it back or let it count again.

What is typed into one setting without leaving it is kept keystroke by keystroke, and is one edit all the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from schemas.editing import Change
from workflows.staff import StaffMember

if TYPE_CHECKING:
    from forms_engine.manuscripts import Manuscript

#: Whoever pauses for longer begins a new edit, so that not all is taken back at once.
PAUSE = timedelta(minutes=1)


class Edit(models.Model):
    """One command on a draft, and what it changed (操作).  ``turned_by`` took it back, or let it count again, last.

    ``typing`` names what is being typed without a stop; the next keystroke of it goes into the same edit.
    """

    draft = models.ForeignKey("forms_engine.Manuscript", models.CASCADE, related_name="edits", db_index=False)
    number = models.PositiveIntegerField(_("番号"))
    command = models.TextField(_("操作"))
    changes = models.TextField(_("変更"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(_("日時"), default=now)
    typing = models.CharField(max_length=40, blank=True)
    turned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    turned_at = models.DateTimeField(_("元に戻した日時"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("操作")
        ordering = ["draft", "number"]
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="edit_number")]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.number}"

    @property
    def made(self) -> list[Change]:
        return [Change(*one) for one in json.loads(self.changes)]

    @property
    def verb(self) -> str:
        """The name of its command (schemas.editing.COMMANDS)."""
        name: str = json.loads(self.command)["do"]
        return name


def going_on(draft: Manuscript, by: StaffMember | None, typing: str) -> Edit | None:
    """The edit that a further keystroke belongs to: the last that stands, if it is of the same typing."""
    if not typing:
        return None
    return draft.edits.filter(number=draft.standing, by=by, typing=typing, at__gt=now() - PAUSE).first()


def history(draft: Manuscript, most: int = 50) -> Iterator[Edit]:
    """The standing edits, the last one first."""
    rows = draft.edits.filter(number__lte=draft.standing).select_related("by").order_by("-number")
    return iter(rows[:most])


def done_by_others(draft: Manuscript, member: StaffMember, since: datetime) -> list[Edit]:
    """What others did to the draft after that moment: made, took back or let count again, the last first."""
    made = models.Q(at__gt=since, number__lte=draft.standing) & ~models.Q(by=member)
    turned = models.Q(turned_at__gt=since) & ~models.Q(turned_by=member)
    return list(draft.edits.filter(made | turned).select_related("by", "turned_by").order_by("-number")[:5])


def last_hand(draft: Manuscript, pointer: str) -> StaffMember | None:
    """Whose standing edit last touched a place."""
    for one in draft.edits.filter(number__lte=draft.standing).select_related("by").order_by("-number")[:50]:
        if any(_touches(change.at, pointer) for change in one.made):
            by: StaffMember | None = one.by
            return by
    return None


def _touches(at: str, pointer: str) -> bool:
    return pointer == at or pointer.startswith(f"{at}/") or at.startswith(f"{pointer}/")
