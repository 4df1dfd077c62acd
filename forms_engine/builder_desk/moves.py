"""Moves (移動): one step up or down through the pages of a form, and where a builder is after an edit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.places import Place
from forms_engine.builder_desk.structure import columns_of
from schemas.editing import CommandRefused
from schemas.editing.homes import declared, homes

Document = Mapping[str, Any]


def one_move(document: Document, wish: str) -> dict[str, Any]:
    """The command for "up field:name" or "down content:text": over the edge of a page it goes onto the next one."""
    direction, _sign, what = wish.partition(" ")
    kind, _sign, key = what.partition(":")
    entry: Any = {"content": key} if kind == "content" else key
    pages = document.get("pages", ())
    found = next((number for number, page in enumerate(pages) if entry in page["fields"]), None)
    if found is None or kind not in ("field", "content"):
        raise CommandRefused("edit_no_field", {"field": key})
    at = pages[found]["fields"].index(entry) + (-1 if direction == "up" else 1)
    page, place = _target(pages, found, at)
    return {"do": f"move_{kind}", kind: key, "page": pages[page]["key"], "at": place}


def _target(pages: Any, page: int, at: int) -> tuple[int, int]:
    if at < 0:
        return (page - 1, len(pages[page - 1]["fields"])) if page else (0, 0)
    if at >= len(pages[page]["fields"]):
        return (page + 1, 0) if page + 1 < len(pages) else (page, at)
    return page, at


def announced(command: Mapping[str, Any], after: Document) -> str:
    """What is said to who cannot see the list: where the thing stands now."""
    key = command.get("field") or command.get("content")
    if command["do"] not in ("move_field", "move_content"):
        return ""
    entry: Any = key if command["do"] == "move_field" else {"content": key}
    page = next(page for page in after["pages"] if entry in page["fields"])
    place = page["fields"].index(entry) + 1
    return _("画面「%(page)s」の%(place)s番目に移しました") % {"page": page["title"], "place": place}


def following(place: Place, command: Mapping[str, Any], before: Document, after: Document) -> Place:
    """Where a builder is after a command: at what is new, or where what is gone has left them."""
    old = set(_fields(before))
    new = [key for key in _fields(after) if key not in old]
    blocks = [key for key in after.get("content", {}) if key not in before.get("content", {})]
    pages = [page["key"] for page in after["pages"] if page not in before["pages"]]
    verb = command["do"]
    if verb in ("add_field", "duplicate_field") and new:
        return place.at(field=new[0], content="")
    if blocks:
        return place.at(content=blocks[0], field="")
    if verb == "add_page" and pages:
        return place.at(page=pages[-1], field="", content="")
    if verb == "add_column":
        return place.at(field=_newest_column(command["field"], after))
    if verb in ("delete_field", "delete_content"):
        return place.at(field="", content="")
    if verb == "delete_column":
        return place.at(field=place.field.split("/")[1] if place.field.startswith("/") else place.field)
    return place


def _newest_column(table: str, after: Document) -> str:
    home, _name = declared(dict(after), table)[0]
    return [column.address for column in columns_of(home, table)][-1]


def _fields(document: Document) -> list[str]:
    return [name for home in homes(dict(document)) for name in home.properties]
