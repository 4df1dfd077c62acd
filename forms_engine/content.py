"""Content (説明): texts, notices, images and links between the fields of a page: no answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from forms_engine import markup
from forms_engine.fields.stencil import Stencil
from schemas.conditions import holds
from schemas.links import picture


@dataclass(frozen=True)
class Mention:
    """The place on a page where content stands: `{"content": "note_fee"}` among the fields."""

    content: str


@dataclass(frozen=True)
class Picture:
    """An image that a form carries: found by its digest, which never stands for another."""

    media_type: str
    data: bytes

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True)
class Block:
    """One piece of content in one language; `form` is the key of the form that carries it."""

    name: str
    about: Mapping[str, Any]
    language: str
    form: str
    kept: dict[str, SafeString] = field(default_factory=dict, repr=False, compare=False)

    @property
    def kind(self) -> str:
        return str(self.about["kind"])

    @property
    def looks_at(self) -> list[str]:
        """The facts that decide whether it stands, as pointers."""
        return [name if name.startswith("/") else f"/{name}" for name in self.about.get("when", {})]

    def stands(self, facts: Mapping[str, Any]) -> bool:
        """Whether it is shown for these facts; always where it has no condition."""
        return "when" not in self.about or holds(self.about["when"], facts)

    @cached_property
    def picture(self) -> Picture | None:
        found = picture(self.about.get("image", ""))
        return Picture(*found) if found else None

    @property
    def text(self) -> SafeString:
        """Its text, or its caption, as HTML."""
        return markup.html(str(self.about.get("text", "")), self.language)

    @property
    def is_elsewhere(self) -> bool:
        """Whether its link leads away from the page, not to a mail program or a telephone."""
        return str(self.about.get("url", "")).startswith(("https:", "/"))

    def html(self) -> SafeString:
        """It as it stands on a page; the same for everybody, so drawn once."""
        if not self.kept:
            self.kept["html"] = Stencil("fields/content.html", {"block": self}, self.language).fill({})
        return self.kept["html"]


def blocks_of(document: Mapping[str, Any], language: str) -> dict[str, Block]:
    """The content of a form's document, its texts being in the language already."""
    form = str(document.get("form", ""))
    return {name: Block(name, about, language, form) for name, about in document.get("content", {}).items()}
