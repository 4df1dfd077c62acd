"""What the templates of the builder desk say again and again."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forms_engine.manuscripts import Manuscript

register = template.Library()


@register.simple_tag
def swap(verb: str, draft: Manuscript) -> SafeString:
    """With the script, the panes are drawn again in place; without it, the form is sent as any form."""
    return format_html(
        'hx-post="{}" hx-target="#editor" hx-swap="innerHTML"', reverse(f"builder:{verb}", args=[draft.pk])
    )


@register.simple_tag
def here(page: Any, field: Any) -> SafeString:
    """Where the builder is: the page that is shown and the field that is selected."""
    return format_html(
        '<input type="hidden" name="page_shown" value="{}"><input type="hidden" name="selected" value="{}">',
        page.key if page else "",
        field.key if field else "",
    )


@register.simple_tag
def titled(part: Any, language: str) -> str:
    """What a part of the palette is called."""
    return str(part.title(language))


@register.simple_tag
def said(use: Any, language: str) -> str:
    """A use of a field in words."""
    return str(use.message(language))
