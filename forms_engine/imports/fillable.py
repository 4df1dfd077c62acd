"""Fillable PDFs (AcroForm, ISO 32000-2 §12.7): their fields as rows of a field list. The one door to pypdf."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from schemas.definitions import DocumentRefused
from schemas.dialects import Adopted
from schemas.dialects.field_kinds import Row
from schemas.dialects.field_list import adopt_rows

READ_ONLY, REQUIRED = 1 << 0, 1 << 1
MULTILINE, PASSWORD = 1 << 12, 1 << 13
RADIO, PUSH_BUTTON = 1 << 15, 1 << 16
COMBO, MULTISELECT = 1 << 17, 1 << 21
TOOL_NAME = re.compile(r"(?:[A-Za-z]*(?:text|check|field|undefined|f|c|fill|radio|btn)[A-Za-z]*[ _]*[0-9_.]*)", re.I)
LABEL_END = "：: 　*＊※"
# How far from a box its label may stand, in points.
BESIDE, ABOVE = 220.0, 34.0

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it comments every oddity of a file


@dataclass(frozen=True)
class Words:
    """A piece of text and where it begins on the page, in points from the lower left corner."""

    text: str
    x: float
    y: float


@dataclass
class Box:
    """One field with the page and place of its first widget."""

    name: str
    about: dict[str, Any]
    page: int
    rect: tuple[float, float, float, float]
    states: list[str] = field(default_factory=list)


def read(path: Path) -> Adopted:
    """The form that the PDF asks for. Raises DocumentRefused where it has no fields or cannot be read."""
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentRefused(f"{path}: パスワードの付いたPDFは読めません")
        boxes = list(_boxes(reader).values())
        texts = [_words(page) for page in reader.pages] if boxes else []
        title = str((reader.metadata.title if reader.metadata else "") or "").strip()
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, OSError) as error:
        if isinstance(error, DocumentRefused):
            raise
        raise DocumentRefused(f"{path}: PDFとして読めません") from error
    if not boxes:
        raise DocumentRefused(f"{path}: 入力欄のないPDFです。入力欄(フォームフィールド)のあるPDFを指定してください")
    rows = [_row(box, texts[box.page], len(reader.pages)) for box in boxes]
    return adopt_rows([row for row in rows if row], path.stem, "PDF", title or path.stem)


# Fields


def _boxes(reader: PdfReader) -> dict[str, Box]:
    """The fields in the order of reading: by page, from above, from the left."""
    found: dict[str, Box] = {}
    for number, page in enumerate(reader.pages):
        for reference in page.get("/Annots") or ():
            widget = reference.get_object()
            if widget.get("/Subtype") == "/Widget":
                _collect(widget, number, found)
    order = sorted(found.values(), key=lambda box: (box.page, -round(box.rect[3] / 8), box.rect[0]))
    return {box.name: box for box in order}


def _collect(widget: Mapping[str, Any], page: int, found: dict[str, Box]) -> None:
    about = _inherited(widget)
    name = about.get("name") or f"field_{len(found) + 1}"
    numbers = [float(one) for one in widget.get("/Rect") or (0, 0, 0, 0)]
    box = found.setdefault(name, Box(name, about, page, (numbers[0], numbers[1], numbers[2], numbers[3])))
    appearances = widget.get("/AP")
    normal = appearances.get_object().get("/N") if appearances else None
    states = normal.get_object().keys() if about.get("/FT") == "/Btn" and normal else ()
    box.states += [str(one).lstrip("/") for one in states if one != "/Off" and str(one).lstrip("/") not in box.states]


def _inherited(widget: Mapping[str, Any]) -> dict[str, Any]:
    """What a field says, with what its parents say for it; its name is theirs, joined by dots (§12.7.4.2)."""
    about: dict[str, Any] = {}
    names: list[str] = []
    node: Any = widget
    for _depth in range(32):
        for key in ("/FT", "/Ff", "/TU", "/Opt", "/MaxLen", "/V", "/DV"):
            if key in node and key not in about:
                about[key] = node[key]
        if "/T" in node:
            names.append(str(node["/T"]))
        if "/Parent" not in node:
            break
        node = node["/Parent"].get_object()
    return {**about, "name": ".".join(reversed(names))}


def _row(box: Box, words: list[Words], pages: int) -> Row | None:
    about, flags = box.about, int(box.about.get("/Ff") or 0)
    kind, choices = _kind(box, flags)
    if not kind:
        return None
    limit = about.get("/MaxLen")
    return Row(
        title=_label(box, words),
        key=box.name,
        kind=kind,
        is_required=bool(flags & REQUIRED),
        choices=choices,
        page=f"{box.page + 1}枚目" if pages > 1 else "",
        longest=int(limit) if isinstance(limit, int | float) and limit > 0 else None,
        is_locked=bool(flags & READ_ONLY),
    )


def _kind(box: Box, flags: int) -> tuple[str, list[tuple[str, str]]]:
    """The kind of field in the words of a field list, and what there is to choose from."""
    kind = box.about.get("/FT")
    if kind == "/Tx":
        return ("複数行" if flags & MULTILINE else "自動" if not flags & PASSWORD else "文字"), []
    if kind == "/Ch":
        choices = list(_options(box.about.get("/Opt") or ()))
        return ("複数選択" if flags & MULTISELECT else "選択") if choices else "文字", choices
    if kind == "/Sig":
        return "署名", []
    if kind != "/Btn" or flags & PUSH_BUTTON:
        return "", []
    named = [str(one) for one in box.about.get("/Opt") or ()]
    labels = named if len(named) == len(box.states) else box.states
    if flags & RADIO or len(box.states) > 1:
        return "選択", list(zip(box.states, labels, strict=True))
    return "チェック", []


def _options(listed: Any) -> Iterator[tuple[str, str]]:
    """Values of a choice, each as (what is stored, what is shown) (§12.7.5.4)."""
    for one in listed:
        item = one.get_object()
        if isinstance(item, list) and len(item) > 1:
            yield str(item[0]), str(item[1])
        elif str(item).strip():
            yield str(item), str(item)


# Labels


def _label(box: Box, words: list[Words]) -> str:
    """The tool tip; else the text beside or above the box; else the name, unless a program made it up."""
    tip = str(box.about.get("/TU") or "").strip()
    last = re.sub(r"\[[0-9]+\]", "", box.name).rpartition(".")[2]
    if tip and not TOOL_NAME.fullmatch(tip):
        return tip
    return _nearby(box, words) or (last if not TOOL_NAME.fullmatch(last) else box.name)


def _nearby(box: Box, words: list[Words]) -> str:
    left, bottom, right, top = box.rect
    middle = (bottom + top) / 2
    is_button = box.about.get("/FT") == "/Btn"
    beside = [one for one in words if abs(one.y + 4 - middle) <= max(9, (top - bottom) / 2)]
    after = [one for one in beside if 0 <= one.x - right <= BESIDE]
    before = [one for one in beside if 0 <= left - one.x <= BESIDE]
    over = [one for one in words if 0 <= one.y - top <= ABOVE and abs(one.x - left) <= 60]
    nearest = [
        *(sorted(after, key=lambda one: one.x)[:1] if is_button else ()),
        *sorted(before, key=lambda one: left - one.x)[:1],
        *sorted(over, key=lambda one: one.y)[:1],
    ]
    return next((text for one in nearest if (text := one.text.strip(LABEL_END)) and len(text) <= 80), "")


def _words(page: Any) -> list[Words]:
    found: list[Words] = []

    def visit(text: str, matrix: Any, text_matrix: Any, font: Any, size: Any) -> None:
        if text.strip():
            found.append(Words(text.strip(), float(text_matrix[4]), float(text_matrix[5])))

    try:
        page.extract_text(visitor_text=visit)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, ZeroDivisionError):
        return []  # a font that cannot be read leaves the fields with their own names
    return found
