"""Content checks: whether the texts, images and links between the fields of a form can be published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from schemas.links import is_link, links_in, picture
from schemas.metaschemas import condition_problems
from schemas.pointers import parts, pointer
from schemas.problems import Problem

Document = Mapping[str, Any]


def content_problems(document: Document, is_fact: Callable[[str], bool]) -> Iterator[Problem]:
    """What is wrong with the content of a form; `is_fact` tells whether a condition may name a fact."""
    placed = {entry["content"] for page in document.get("pages", ()) for entry in _mentions(page)}
    for name, block in document.get("content", {}).items():
        at = pointer(["content", name])
        if name not in placed:
            yield Problem(at, "content_on_no_page", {"content": name})
        for key, text in block.items():
            yield from _text_problems(key, text, f"{at}/{key}")
        yield from _when_problems(block.get("when", {}), f"{at}/when", is_fact)
    for key, text, at in _translated(document):
        yield from _text_problems(key, text, at)
    yield from _place_problems(document)


def _mentions(page: Document) -> list[Document]:
    return [entry for entry in page["fields"] if isinstance(entry, Mapping)]


def _place_problems(document: Document) -> Iterator[Problem]:
    """Content that a page names must exist, and a page that asks nothing would never be shown."""
    for place, page in enumerate(document.get("pages", ())):
        for number, entry in enumerate(page["fields"]):
            if isinstance(entry, Mapping) and entry["content"] not in document.get("content", {}):
                yield Problem(f"/pages/{place}/fields/{number}", "content_unknown", {"content": entry["content"]})
        if len(_mentions(page)) == len(page["fields"]):
            yield Problem(f"/pages/{place}", "content_alone", {"page": page["title"]})


def _text_problems(key: str, text: Any, at: str) -> Iterator[Problem]:
    """What is wrong with one text of a block, in Japanese or translated."""
    if key == "image" and picture(text) is None:
        yield Problem(at, "content_image", {})
    links = [text] if key == "url" else list(links_in(text)) if key == "text" else []
    for address in links:
        if not is_link(address):
            yield Problem(at, "content_link", {"address": address})


def _translated(document: Document) -> Iterator[tuple[str, str, str]]:
    for language, texts in document.get("translations", {}).items():
        for address, text in texts.items():
            place = parts(address)
            if place[:1] == ["content"]:
                yield place[-1], text, pointer(["translations", language, address])


def _when_problems(when: Document, at: str, is_fact: Callable[[str], bool]) -> Iterator[Problem]:
    yield from condition_problems(when, at)
    for name in when:
        if not is_fact(name):
            yield Problem(f"{at}{pointer([name])}", "check_unknown_fact", {"field": name})
