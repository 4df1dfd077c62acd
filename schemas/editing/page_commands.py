"""Commands on pages (画面): their order, their titles, which fields stand on them."""

from __future__ import annotations

from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.members import put, words
from schemas.editing.refusal import CommandRefused

Page = dict[str, Any]


def add_page(draft: Draft, title: str, at: int | None = None) -> None:
    """A new page; `at` is its place, the end if not given. It is empty until a field is put on it."""
    pages = draft.pages
    place = len(pages) if at is None else max(0, min(at, len(pages)))
    pages.insert(place, {"key": _new_key(pages), "title": words(title), "fields": []})


def rename_page(draft: Draft, page: str, title: str) -> None:
    """Give a page another title; its key stays."""
    draft.page(page)["title"] = words(title)


def describe_page(draft: Draft, page: str, description: str) -> None:
    """Set the text under the title of a page; an empty one takes it away."""
    put(draft.page(page), "description", description.strip(), before="fields")


def move_page(draft: Draft, page: str, to: int) -> None:
    """Put a page at another place among the pages."""
    pages, one = draft.pages, draft.page(page)
    pages.remove(one)
    pages.insert(max(0, min(to, len(pages))), one)


def delete_page(draft: Draft, page: str) -> None:
    """Take a page away; its fields go to the page before it, or after it if it is the first: nothing is lost."""
    pages, one = draft.pages, draft.page(page)
    if len(pages) == 1:
        raise CommandRefused("edit_last_page")
    place = next(number for number, other in enumerate(pages) if other is one)
    if place:
        pages[place - 1]["fields"] += one["fields"]
    else:
        pages[1]["fields"][:0] = one["fields"]
    del pages[place]


def move_field(draft: Draft, field: str, page: str, at: int | None = None) -> None:
    """Put a field on a page, at a place among its fields; the end if not given."""
    target = draft.page(page)
    for one in draft.pages:
        if field in one["fields"]:
            one["fields"].remove(field)
            break
    else:
        raise CommandRefused("edit_no_field", {"field": field})
    target["fields"].insert(len(target["fields"]) if at is None else max(0, at), field)


def _new_key(pages: list[Page]) -> str:
    taken = {page["key"] for page in pages}
    return next(key for number in range(1, len(pages) + 2) if (key := f"page-{number}") not in taken)
