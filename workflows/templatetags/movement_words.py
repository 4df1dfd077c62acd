"""Movements (経過) as staff read them."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext_lazy as _

from workflows.audit_words import word_of
from workflows.movements import Movement

register = template.Library()

#: What of all that is done with a case says something to a reader of its route.
HANDLING = frozenset(("hold", "release", "forward", "add_step", "hand_back", "unroutable", "pull_up", "pull_back"))
TOLD = HANDLING | {"abandon", "hold_over", "read", "read_later", "notify", "transfer"}
STOPS = {"correction": _("補正"), "pulled_back": _("引戻し"), "hold": _("保留")}


@register.filter
def stop_word(kind: str) -> str:
    """Why the clock stood still: 「補正」 for "correction"."""
    return str(STOPS.get(kind, kind))


@register.filter
def is_told(verb: str) -> bool:
    """Whether it says something to a reader of the route."""
    return verb in TOLD


movement_word = register.filter("movement_word", word_of)


@register.filter
def whom(movement: Movement, names: Mapping[str, str]) -> str:
    """To whom or where it went, in words if they are known."""
    return names.get(movement.to, movement.to)
