"""The finish: pages, titles and procedure of a sketch made complete, so that it can be checked, tried and published."""

from __future__ import annotations

import copy
import re
from typing import Any

from schemas.dialects.keywords import text_of
from schemas.dialects.mending import mended
from schemas.dialects.places import Path, address, names_of, opened
from schemas.dialects.sketch import PROCEDURE, Adopted, Sketch, key_of, titled, words_of
from schemas.metaschemas import metaschema

PAGE_KEY = re.compile(r"[a-z][a-z0-9_-]{0,62}")
LONGEST = 4000
TEXTS = ("help", "easy", "unit")


def finished(sketch: Sketch, dialect: str, title: str = "", description: str = "") -> Adopted:
    """The definition that a sketch has become, with everything that remains to be said."""
    schema = sketch.schema
    titled(sketch)
    _complete_pages(sketch, title)
    document: dict[str, Any] = {
        "form": key_of(sketch.name or text_of(schema.get("title")) or title, "form"),
        "title": _short(title or text_of(schema.get("title")) or words_of(sketch.name) or "様式"),
    }
    if about := text_of(description or schema.get("description")):
        document["description"] = _short(about)
    _place_texts(sketch)
    document |= {"schema": schema, "pages": [_page(page) for page in sketch.pages]}
    document |= {"presentation": _presentation(sketch), "calculations": sketch.calculations, **sketch.extras}
    sketch.say("import_procedure", "/procedure")
    complete = {key: value for key, value in document.items() if value not in ({}, [])}
    complete["procedure"] = copy.deepcopy(PROCEDURE)
    mended(sketch, complete)
    return Adopted(complete, dialect, (*sketch.remarks, *sketch.named()))


def _short(text: str) -> str:
    return text[:LONGEST]


def _complete_pages(sketch: Sketch, title: str) -> None:
    """Every field stands on a page; those that no page named are hidden, or on the last page if they are required."""
    fields = sketch.fields()
    if not fields:
        sketch.say("import_no_fields", "/schema/properties")
    named = {name for page in sketch.pages for name in page["fields"]}
    sketch.pages = [page for page in sketch.pages if page["fields"]]
    if not sketch.pages:
        sketch.pages = grouped(sketch, fields, title)
    else:
        _place_rest(sketch, [name for name in fields if name not in named])
    _page_keys(sketch)


def _place_rest(sketch: Sketch, rest: list[str]) -> None:
    for name in rest:
        if sketch.is_required((name,)):
            sketch.pages[-1]["fields"].append(name)
            sketch.name_in("import_unplaced", sketch.label((name,)))
        else:
            sketch.hide((name,))
            sketch.pages[0]["fields"].append(name)


def grouped(sketch: Sketch, fields: list[str], title: str = "") -> list[dict[str, Any]]:
    """Pages for a form that has none: each group on its own, what stands between two groups together."""
    titled(sketch)
    pages: list[dict[str, Any]] = []
    own = title or text_of(sketch.schema.get("title")) or "入力"
    is_loose = False
    for name in fields:
        if is_group(sketch, (name,)):
            pages.append({"key": "", "title": sketch.label((name,)), "fields": [name]})
        elif is_loose:
            pages[-1]["fields"].append(name)
        else:
            pages.append({"key": "", "title": own, "fields": [name]})
            own = own if own.endswith("(続き)") else f"{own}(続き)"
        is_loose = not is_group(sketch, (name,))
    return pages


def is_group(sketch: Sketch, path: Path) -> bool:
    """Whether the answer is an object with fields in it."""
    return any(names_of(sketch.schema, schema) for schema in sketch.at(path))


def _page_keys(sketch: Sketch) -> None:
    """Keys that an address can hold, each once."""
    seen: set[str] = set()
    for place, page in enumerate(sketch.pages, 1):
        given = page["key"] or key_of(page["title"], f"page_{place}")
        key = given if PAGE_KEY.fullmatch(given) else key_of(given, f"page_{place}")
        while key in seen:
            key = f"{key[:56]}_{place}"
        seen.add(key)
        page["key"] = key


def _place_texts(sketch: Sketch) -> None:
    """Texts between fields are content of the page; inside a group they are help of the field that they precede."""
    homes = {name: page for page in sketch.pages for name in page["fields"] if isinstance(name, str)}
    blocks: dict[str, Any] = {}
    for text in sketch.texts:
        page = homes.get(text.path[0])
        if page is None or len(text.path) > 1 or "content" not in metaschema("form")["properties"]:
            sketch.present(text.path, help=text.text)
            continue
        plain = text.text.replace("](", "] (")  # a foreign link may be none that we publish
        key = f"text_{len(blocks) + 1}"
        blocks[key] = {"kind": "text", "text": _short(f"**{plain}**" if text.is_heading else plain)}
        page["fields"].insert(page["fields"].index(text.path[0]), {"content": key})
    if blocks:
        sketch.extras["content"] = blocks


def _page(page: dict[str, Any]) -> dict[str, Any]:
    about = {"description": _short(page["description"])} if text_of(page.get("description")) else {}
    notes = {key: value for key, value in page.items() if key.startswith("x-")}
    head = {"key": page["key"], "title": _short(text_of(page["title"]) or "入力")}
    return {**head, **about, "fields": page["fields"], **notes}


def _presentation(sketch: Sketch) -> dict[str, Any]:
    found = {}
    for pointer, settings in sketch.presentation.items():
        kept = {key: _short(value) if key in TEXTS else value for key, value in settings.items()}
        if kept:
            found[pointer] = kept
    return found


def hide_rest(sketch: Sketch, path: Path, mentioned: set[Path]) -> None:
    """Inside a group of which only some fields are placed: the others are hidden unless they are required."""
    for schema in sketch.at(path):
        for name in names_of(sketch.schema, opened(sketch.schema, schema)):
            inner = (*path, name)
            if inner in mentioned or any(one[: len(inner)] == inner for one in mentioned):
                continue
            if not sketch.is_required(inner) and sketch.presentation.get(address(inner)) is None:
                sketch.hide(inner)
