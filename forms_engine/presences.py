"""Presences (居合わせ): who has a manuscript open right now, and at which field."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forms_engine.manuscripts import Manuscript
from workflows.staff import StaffMember

#: Who has not been heard of for so long is gone; an open page is heard of every few seconds.
GONE = timedelta(seconds=30)


class Presence(models.Model):
    """One member at one manuscript (居合わせ)."""

    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="presences")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    field = models.CharField(_("項目"), max_length=200, blank=True)
    seen_at = models.DateTimeField(_("日時"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("居合わせ")
        constraints = [models.UniqueConstraint(fields=["manuscript", "member"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.member} {self.field}"


def note(manuscript: Manuscript, member: StaffMember, field: str = "") -> Sequence[Presence]:
    """The member is here, at that field; the others who are."""
    Presence.objects.update_or_create(
        manuscript=manuscript, member=member, defaults={"field": field[:200], "seen_at": now()}
    )
    others = Presence.objects.filter(manuscript=manuscript, seen_at__gte=now() - GONE).exclude(member=member)
    return list(others.select_related("member").order_by("member_id"))


def forget() -> None:
    """Rows of who is long gone."""
    Presence.objects.filter(seen_at__lt=now() - 10 * GONE).delete()
