"""What the templates of the builder desk say again and again."""

import json
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from forms_engine.manuscripts import Manuscript
from schemas.pointers import escaped

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


@register.simple_tag
def seen(at: str, value: Any) -> SafeString:
    """What whoever sends the form saw at a place of the document, so that nobody overwrites what they have not seen."""
    was = json.dumps(value, ensure_ascii=False)
    return format_html(
        '<input type="hidden" name="seen" value="{}"><input type="hidden" name="was" value="{}">', at, was
    )


@register.simple_tag(takes_context=True)
def seen_formula(context: Any, key: str) -> SafeString:
    """The same of the calculation of a field."""
    seen_now: SafeString = seen(f"/calculations/{escaped(key)}", context["document"].get("calculations", {}).get(key))
    return seen_now


@register.simple_tag
def purpose(part: Any, language: str) -> str:
    """What a step of the palette is for, in a sentence."""
    return str(part.purpose(language))


@register.simple_tag(takes_context=True)
def to(context: Any, **members: str) -> str:
    """The address of another place in the editor."""
    return str(context["place"].at(**{"field": "", "content": "", **members}).query)


@register.simple_tag(takes_context=True)
def row(context: Any, entry: Any) -> SafeString:
    """A field or content in the list of a page. Most are as they were a moment ago, so each is drawn once."""
    field, content = context.get("field"), context.get("content")
    current = field.address if field else f"~{content['key']}" if content else ""
    own = {entry.key or f"~{entry.content}", *(column.address for column in entry.columns)}
    return _row(entry, current if current in own else "", get_language() or "ja")


@lru_cache(maxsize=4096)
def _row(entry: Any, current: str, language: str) -> SafeString:
    return render_to_string("builder_desk/_row.html", {"entry": entry, "current": current})


@register.simple_tag
def tick(entry: Any, before: str, is_checked: bool = False) -> SafeString:
    """A field to be ticked; ``before`` makes its id one of a kind."""
    return _tick(entry.key, entry.title, before, is_checked)


@lru_cache(maxsize=4096)
def _tick(key: str, title: str, before: str, is_checked: bool) -> SafeString:
    return format_html(
        '<label class="setting__tick"><input type="checkbox" name="fields" value="{}" id="{}-{}"{}> {}</label>',
        key, before, key, mark_safe(" checked") if is_checked else "", title,
    )  # fmt: skip


@register.simple_tag
def ticked(entry: Any, answer: Any, number: int) -> SafeString:
    """The same for the fields that an answer decides about."""
    return tick(entry, f"shows-{number}", entry.key in answer.shown_keys)


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
