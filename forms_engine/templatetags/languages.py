"""The languages of a page, each by its own name, and how each is marked in HTML."""

from collections.abc import Iterable
from typing import Any

from django import template

from forms_engine import ruby
from forms_engine.languages import current, html_lang, interface, named

register = template.Library()


@register.simple_tag(takes_context=True)
def languages(context: Any) -> list[tuple[str, str]]:
    """Code and name of the interface's languages, then of those that the page's form has (``about.languages``)."""
    about = context.get("about")
    offered: Iterable[str] = context.get("languages") or getattr(about, "languages", ())
    chosen = [current()] if current() != interface(current()) else []
    return named([*offered, *chosen])


@register.simple_tag(takes_context=True)
def form_language(context: Any) -> str:
    """The language of the page's form: the chosen one, or that of the interface where the form does not have it."""
    about = context.get("about")
    return current() if current() in getattr(about, "languages", [current()]) else interface(current())


@register.simple_tag
def has_readings() -> bool:
    """Whether the reader of the page wants readings above kanji."""
    return ruby.is_on()


register.filter("html_lang", html_lang)
