"""Movements (経過) as staff read them."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext_lazy as _

from workflows.movements import Movement

register = template.Library()

WORDS = {
    "hold": _("保留"),
    "release": _("保留を解除"),
    "hold_over": _("保留の期限が過ぎたため再開"),
    "forward": _("転送"),
    "add_step": _("追加承認の依頼"),
    "hand_back": _("本来の担当へ"),
    "unroutable": _("担当者不在のため案件管理者へ"),
    "pull_up": _("引上げ"),
    "pull_back": _("引戻し"),
    "abandon": _("廃案"),
    "read": _("閲覧（供覧）"),
    "read_later": _("閲覧（後閲）"),
    "notify": _("通知"),
    "transfer": _("経路の新しい版へ移行"),
}


STOPS = {"correction": _("補正"), "pulled_back": _("引戻し"), "hold": _("保留")}


@register.filter
def stop_word(kind: str) -> str:
    """Why the clock stood still: 「補正」 for "correction"."""
    return str(STOPS.get(kind, kind))


@register.filter
def is_told(verb: str) -> bool:
    """Whether it says something to a reader of the route."""
    return verb in WORDS


@register.filter
def movement_word(verb: str) -> str:
    """「保留」 for "hold"; a verb without a word stands for itself."""
    return str(WORDS.get(verb, verb))


@register.filter
def whom(movement: Movement, names: Mapping[str, str]) -> str:
    """To whom or where it went, in words if they are known."""
    return names.get(movement.to, movement.to)
