"""Remarks (補正の指摘) beside the answers they are about."""

from typing import Any

from django import template

register = template.Library()


@register.filter
def remark_on(form: Any, pointer: str) -> str:
    """What was typed about this answer, to be shown again."""
    return str(form.remarks.get(pointer, ""))
