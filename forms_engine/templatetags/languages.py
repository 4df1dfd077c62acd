"""The languages of the interface, each by its own name."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Code and name as the settings have them; Django's own tag would translate the names."""
    return list(settings.LANGUAGES)
