"""Commands on content (説明): what explains the fields, between them: texts, notices, images, links, details."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.members import free, put, words
from schemas.editing.refusal import CommandRefused

Block = dict[str, Any]

#: What each kind begins as.
BEGUN: Mapping[str, Mapping[str, Any]] = {
    "text": {"kind": "text", "text": "ここに説明を書きます。"},
    "notice": {"kind": "notice", "tone": "info", "title": "お知らせの見出し", "text": "ここに説明を書きます。"},
    "details": {"kind": "details", "title": "くわしい説明", "text": "ここに説明を書きます。"},
    "link": {"kind": "link", "title": "リンクの名前", "url": "https://"},
    "image": {"kind": "image", "image": "data:image/png;base64,", "alt": "図の内容"},
}
#: What can be set of each kind; those that it cannot be without stay.
PARTS: Mapping[str, tuple[str, ...]] = {
    "text": ("text",), "notice": ("title", "text", "tone"), "details": ("title", "text"), "link": ("title", "url"),
    "image": ("image", "alt", "text"),
}  # fmt: skip
NEEDED: Mapping[str, tuple[str, ...]] = {
    "text": ("text",), "notice": ("title",), "details": ("title", "text"), "link": ("title", "url"),
    "image": ("image", "alt"),
}  # fmt: skip


def add_content(draft: Draft, kind: str, page: str, at: int | None = None) -> None:
    """New content of a kind on a page, at a place among its fields; the end if not given."""
    if kind not in BEGUN:
        raise CommandRefused("edit_no_part", {"part": kind})
    fields = draft.page(page)["fields"]
    contents = draft.document.setdefault("content", {})
    key = free(contents, kind)
    contents[key] = copy.deepcopy(dict(BEGUN[kind]))
    fields.insert(len(fields) if at is None else max(0, at), {"content": key})


def set_content(draft: Draft, content: str, part: str, value: str = "") -> None:
    """Set a text, the tone, the address or the image of content; what it cannot be without cannot be emptied."""
    block = _block(draft, content)
    if part not in PARTS[block["kind"]]:
        raise CommandRefused("edit_unknown_limit", {"field": part})
    put(block, part, words(value) if part in NEEDED[block["kind"]] else value.strip())


def show_content_when(draft: Draft, content: str, by: str = "", when: Any = None) -> None:
    """Show content only where the answer of `by` is as the schema `when` says; to everybody if none is given."""
    block = _block(draft, content)
    if by:
        draft.homes_of(by)
    put(block, "when", {by: when if when is not None else {}} if by else None)


def move_content(draft: Draft, content: str, page: str, at: int | None = None) -> None:
    """Put content on a page, at a place among its fields; the end if not given."""
    _block(draft, content)
    target = draft.page(page)
    mention = _taken_off(draft, content)
    target["fields"].insert(len(target["fields"]) if at is None else max(0, at), mention)


def delete_content(draft: Draft, content: str) -> None:
    """Take content away, with its translations."""
    _block(draft, content)
    _taken_off(draft, content)
    del draft.document["content"][content]
    put(draft.document, "content", draft.document["content"] or None)


def _block(draft: Draft, content: str) -> Block:
    block: Block | None = (draft.document.get("content") or {}).get(content)
    if block is None:
        raise CommandRefused("edit_no_content")
    return block


def _taken_off(draft: Draft, content: str) -> dict[str, str]:
    """Every mention of the content is taken off its page; the mention."""
    mention = {"content": content}
    for page in draft.pages:
        page["fields"] = [one for one in page["fields"] if one != mention]
    return mention
