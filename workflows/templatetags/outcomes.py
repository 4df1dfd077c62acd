"""Outcomes (結果) as staff read them."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

WORDS = {
    "approved": _("承認"),
    "refused": _("不承認"),
    "objected": _("不同意"),
    "returned": _("差戻し"),
    "correction": _("補正の求め"),
    "withdrawn": _("取下げ"),
    "abandoned": _("廃案"),
}


@register.filter
def outcome_word(outcome: str) -> str:
    """「承認」 for "approved"; an outcome without a word stands for itself."""
    return str(WORDS.get(outcome, outcome))
