"""A stencil: a template rendered once for a question, with slots left open for what changes from request to request.

Labels, help, choices and attributes of a control depend on a form's version and language; what was typed, and what
is wrong with it, differs each time. So the template runs once, and a request only joins strings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from html import escape
from typing import Any

from django.template.loader import get_template
from django.utils import translation
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from forms_engine import ruby
from forms_engine.languages import interface

# NUL cannot stand in HTML, so no text of a form can be taken for a slot.
SLOT = re.compile("\x00([a-z_0-9]+)\x00")

NOTHING = SafeString("")


def slot(name: str) -> SafeString:
    """The mark in a template's context that `Stencil.fill` replaces."""
    return mark_safe(f"\x00{name}\x00")  # noqa: S308 - a constant mark, no text of anybody


class Slots(dict[str, SafeString]):
    """`{{ slot.value }}` in a template names the slot "value"."""

    def __missing__(self, name: str) -> SafeString:
        return slot(name)


class Stencil:
    """The rendered template, cut at its slots."""

    def __init__(self, template: str, context: Mapping[str, Any], language: str) -> None:
        with translation.override(interface(language)):
            html = get_template(template).render({**context, "slot": Slots()})
        self.parts = SLOT.split(re.sub(r">\s+<", "><", re.sub(r"\n\s*", "\n", html)).strip())
        self.names = self.parts[1::2]

    @cached_property
    def annotated(self) -> list[str]:
        """The same with readings above its kanji; made when the first reader asks for them."""
        html = "".join(slot(part) if number % 2 else part for number, part in enumerate(self.parts))
        return SLOT.split(ruby.annotated(html))

    def fill(self, values: Mapping[str, Any]) -> SafeString:
        """The HTML with every slot filled; text that is not marked safe is escaped, an absent value leaves nothing."""
        parts = (self.annotated if ruby.is_on() else self.parts).copy()
        found = [values.get(name, NOTHING) for name in self.names]
        parts[1::2] = map(_escaped, found)
        return mark_safe("".join(parts))  # noqa: S308 - the template escaped its part, the line above the rest


def _escaped(text: Any) -> str:
    """As conditional_escape, which takes its time to find out that it has a text before it."""
    kind = text.__class__
    return text if kind is SafeString else escape(text) if kind is str else conditional_escape(text)
