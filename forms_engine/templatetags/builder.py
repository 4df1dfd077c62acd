"""What the templates of the builder desk say again and again."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from forms_engine.manuscripts import Manuscript

register = template.Library()


@register.simple_tag
def swap(verb: str, draft: Manuscript) -> SafeString:
    """A small form: with the script the panes are drawn again in place, without it the form is sent as any form."""
    address = reverse(f"builder:{verb}", args=[draft.pk])
    return format_html('method="post" action="{0}" hx-post="{0}" hx-target="#editor"', address)


@register.simple_tag(takes_context=True)
def here(context: Any) -> SafeString:
    """Where the builder is, sent along with every command."""
    members = [("tab", context["place"].tab), *context["place"].members()]
    return format_html_join("", '<input type="hidden" name="at_{}" value="{}">', dict(members).items())


@register.simple_tag(takes_context=True)
def to(context: Any, **members: str) -> str:
    """The address of another place in the editor."""
    return str(context["place"].at(**{"field": "", "content": "", **members}).query)


@register.simple_tag
def titled(part: Any, language: str) -> str:
    """What a part of the palette is called."""
    return str(part.title(language))


@register.simple_tag
def said(use: Any, language: str) -> str:
    """A use of a field in words."""
    return str(use.message(language))


@register.simple_tag
def named(titles: Any, language: str) -> str:
    """One of the titles by language."""
    return str(titles.get(language) or titles.get("ja") or "")
