"""Whose site this is."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def municipality(part: str = "name") -> str:
    """A part of the settings' MUNICIPALITY: name, mayor or office."""
    return str(settings.MUNICIPALITY[part])
