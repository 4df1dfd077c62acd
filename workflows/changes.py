"""Changes (組織の変更): what became of a row of the organisation, and why one is refused.

A department, a role, an account or a post is put as it shall be: a verb compares, saves what differs and says what that
was, so doing it twice does it once.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

ENDINGS = ("ended_on", "until")


class Change(models.TextChoices):
    """What a verb did."""

    NEW = "new", gettext_lazy("新しく加わる")
    CHANGED = "changed", gettext_lazy("変わる")
    ENDED = "ended", gettext_lazy("終わる")
    UNCHANGED = "unchanged", gettext_lazy("変わらない")


class OrganisationRefused(Exception):
    """The organisation cannot be so; the message says why, ``field`` what to look at."""

    def __init__(self, words: str, field: str = "") -> None:
        super().__init__(words)
        self.field = field


def put(row: models.Model, facts: Mapping[str, Any]) -> Change:
    """Save the row with these facts if it is new or differs."""
    if row._state.adding:
        _assign(row, facts)
        row.save()
        return Change.NEW
    differing = [name for name, value in facts.items() if getattr(row, name) != value]
    if not differing:
        return Change.UNCHANGED
    _assign(row, facts)
    row.save(update_fields=differing)
    return Change.ENDED if any(facts[name] for name in differing if name in ENDINGS) else Change.CHANGED


def _assign(row: models.Model, facts: Mapping[str, Any]) -> None:
    for name, value in facts.items():
        setattr(row, name, value)


def refuse_bad_key(key: str) -> None:
    """Keys stand in workflows and addresses: letters, digits, hyphen, underscore."""
    try:
        validate_slug(key)
    except ValidationError as wrong:
        raise OrganisationRefused(_("記号は半角の英字、数字、ハイフン、下線で書いてください。"), "key") from wrong
    if len(key) > 50:
        raise OrganisationRefused(_("記号は50文字までにしてください。"), "key")


def clean_text(text: str, field: str, longest: int = 100, is_required: bool = True) -> str:
    """The text on one line, without blanks around it."""
    found = " ".join(text.split())
    if is_required and not found:
        raise OrganisationRefused(_("名称を書いてください。"), field)
    if len(found) > longest:
        raise OrganisationRefused(_("%(longest)d文字までにしてください。") % {"longest": longest}, field)
    if any(ord(character) < 32 for character in found):
        raise OrganisationRefused(_("使えない文字（制御文字）が入っています。"), field)
    return found
