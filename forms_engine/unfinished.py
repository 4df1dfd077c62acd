"""Unfinished texts (書きかけ): what a builder typed where it is no edit yet, so that it outlives browser and server.

A name for a field that is still to be added, half a formula, the text of the view for experts: none of it fits into the
draft as it stands.  It belongs to the member who typed it; what it is made of is the script's affair.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from forms_engine.manuscripts import Manuscript
from workflows.staff import StaffMember

#: The longest text, and the most places in one draft of which one member's texts are kept.
LONGEST, MOST = 2_000_000, 200
#: What nobody has come back to for so long is not missed.
FORGOTTEN = timedelta(days=30)


class Unfinished(models.Model):
    """What stands at one place of the editor, for the member who typed it there."""

    manuscript = models.ForeignKey(Manuscript, models.CASCADE, related_name="unfinished")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    place = models.CharField(_("場所"), max_length=300)
    text = models.TextField(_("書きかけの文"))
    at = models.DateTimeField(_("日時"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("書きかけ")
        constraints = [models.UniqueConstraint(fields=["manuscript", "member", "place"], name="unfinished_once")]
        indexes = [models.Index(fields=["at"], name="unfinished_at")]

    def __str__(self) -> str:
        return f"{self.manuscript_id} {self.place}"


def keep(manuscript: Manuscript, member: StaffMember, place: str, text: str) -> bool:
    """This stands there now; whether it is kept, which the longest texts and places are not."""
    if len(text) > LONGEST or not 0 < len(place) <= 300:
        return False
    mine = Unfinished.objects.filter(manuscript=manuscript, member=member)
    mine.update_or_create(manuscript=manuscript, member=member, place=place, defaults={"text": text, "at": now()})
    too_many = mine.order_by("-at", "-pk").values_list("pk", flat=True)[MOST:]
    Unfinished.objects.filter(pk__in=list(too_many)).delete()
    return True


def drop(manuscript: Manuscript, member: StaffMember, place: str) -> None:
    """Nothing is unfinished there any more."""
    Unfinished.objects.filter(manuscript=manuscript, member=member, place=place).delete()


def texts_of(manuscript: Manuscript, member: StaffMember) -> dict[str, str]:
    """What the member has unfinished in a draft, by place."""
    return dict(Unfinished.objects.filter(manuscript=manuscript, member=member).values_list("place", "text"))


def forget() -> None:
    """Texts that nobody came back to."""
    Unfinished.objects.filter(at__lt=now() - FORGOTTEN).delete()
