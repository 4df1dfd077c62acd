"""The markup of explanatory texts: paragraphs, **bold**, [labels](https://…) of links, lists; nothing else.

The one door to markdown-it.  Its rules are all off but these, HTML is text, and a link that is not an address of the
web, a mail address or a telephone number stays the text it was written as.
"""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from schemas.links import is_link

RULES = ["list", "emphasis", "link", "newline", "escape"]


class Markup(MarkdownIt):
    """The parser; the preset "zero" knows paragraphs only."""

    def __init__(self) -> None:
        super().__init__("zero", {"html": False, "breaks": True})
        self.enable(RULES)
        self.add_render_rule("link_open", _link_open)
        self.add_render_rule("link_close", _link_close)

    def validateLink(self, url: str) -> bool:
        return is_link(url)


def _link_open(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """Pages open beside the form, so that nothing typed in it is lost."""
    if str(tokens[place].attrGet("href")).startswith(("https:", "/")):
        tokens[place].attrSet("target", "_blank")
        tokens[place].attrSet("rel", "noopener")
        env["opens"] = True
    return renderer.renderToken(tokens, place, options, env)


def _link_close(
    renderer: RendererHTML, tokens: Sequence[Token], place: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    said = f'<span class="content__opens">{_("（新しいタブで開きます）")}</span>' if env.pop("opens", False) else ""
    return said + renderer.renderToken(tokens, place, options, env)


MARKUP = Markup()


@lru_cache(maxsize=1024)
def html(text: str, language: str) -> SafeString:
    """The HTML of a text in a language of the interface; everything that is no markup is escaped."""
    with override(language):
        return mark_safe(MARKUP.render(text))  # noqa: S308 - markdown-it escapes, HTML is off
