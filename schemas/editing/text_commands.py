"""Commands on texts and on the procedure around the form."""

from __future__ import annotations

from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.members import put, words
from schemas.editing.refusal import CommandRefused
from schemas.pointers import lookup

NOTICES = ("receipt", "correction", "approved", "refused", "withdrawn", "draft_link", "draft_expiry")


def retitle_form(draft: Draft, title: str) -> None:
    """Give the form another title; its key stays."""
    draft.document["title"] = words(title)


def describe_form(draft: Draft, description: str) -> None:
    """Set what the form is for, said on its first page; empty takes it away."""
    put(draft.document, "description", description.strip(), before="schema")


def translate(draft: Draft, language: str, address: str, text: str = "") -> None:
    """Set the translation of a text of the form at a pointer; empty takes it away."""
    if not address.startswith("/") or not isinstance(lookup(draft.document, address), str):
        raise CommandRefused("translation_of_nothing", {"address": address})
    draft.translate(language, address, text.strip())


def set_procedure(draft: Draft, name: str, value: Any = None) -> None:
    """Set one entry of the procedure (period, fee, department, workflow …); None takes it away."""
    put(draft.document.setdefault("procedure", {}), name, value)


def set_notice(draft: Draft, kind: str, part: str, text: str = "") -> None:
    """Set the subject or the body of one of the form's notices; empty brings back the usual words."""
    if kind not in NOTICES or part not in ("subject", "body"):
        raise CommandRefused("edit_unknown_limit", {"field": kind})
    notices = draft.document.setdefault("notices", {})
    put(notices.setdefault(kind, {}), part, text.strip())
    put(notices, kind, notices[kind] or None)
    put(draft.document, "notices", notices or None)
