"""The document of an archive copy (保存原本): an official record on A4 pages, PDF/A-3a and PDF/UA-1, without its seal.

It comes in the order of reading: what it is and how it ended, what was asked, who decided what and why, what was
enclosed, and how anybody can check it.
"""

import io
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4

from forms_engine.archive import conformance
from forms_engine.archive.blocks import Block
from forms_engine.archive.content import Content, texts
from forms_engine.archive.font import ArchivalFont, registered
from forms_engine.archive.parts import Composer
from forms_engine.archive.tagged import Element, TaggedCanvas

WIDTH, HEIGHT = A4
LEFT, RIGHT = 57.0, WIDTH - 57.0
TOP, BOTTOM = HEIGHT - 72.0, 62.0
SMALL = 7.8


@dataclass(frozen=True)
class Drawn:
    """The file, the characters that no face could draw (〓 stands for them), and those drawn as another variant."""

    pdf: bytes
    missing: tuple[str, ...]
    inexact: tuple[str, ...]


def draw(content: Content) -> Drawn:
    """Draw a copy; the same bytes for the same content."""
    regular, bold = registered()
    found = [font.uncovered(texts(content)) for font in (regular, bold)]
    missing = sorted({cluster for uncovered, _ in found for cluster in uncovered})
    inexact = sorted({cluster for _, other in found for cluster in other} - set(missing))
    root = Element("Document")
    stream = io.BytesIO()
    canvas = FurnishedPages(stream, corners(content), regular)
    fill(canvas, Composer(content, regular, bold, root).blocks(missing, inexact))
    canvas.save()
    pdf = conformance.finished(
        stream.getvalue(),
        root,
        canvas.marks,
        title=f"{content.title} {content.receipt_number}",
        author=content.municipality,
        at=content.closed_at,
        enclosures=list(content.enclosures),
    )
    return Drawn(pdf, tuple(missing), tuple(inexact))


class FurnishedPages(TaggedCanvas):
    """A4 pages that say in their corners what they belong to, and «1 / 3»."""

    def __init__(self, stream: io.BytesIO, corners: tuple[str, str, str], font: ArchivalFont) -> None:
        super().__init__(stream, pagesize=A4)
        self.corners, self.font = corners, font

    def furnish(self, number: int, count: int) -> None:
        upper_left, upper_right, lower_left = self.corners
        with self.artifact("Pagination"):
            self.setFillGray(0.35)
            self.setStrokeGray(0.7)
            self.setLineWidth(0.5)
            self.lines([(LEFT, HEIGHT - 56, RIGHT, HEIGHT - 56), (LEFT, 46, RIGHT, 46)])
            self._at_left(upper_left, HEIGHT - 51)
            self._at_right(upper_right, HEIGHT - 51)
            self._at_left(lower_left, 34)
            self._at_right(f"{number} / {count}", 34)

    def _at_left(self, text: str, y: float) -> None:
        self.text(LEFT, y, [_shortened(text, self.font)], self.font, SMALL, SMALL)

    def _at_right(self, text: str, y: float) -> None:
        self.text(RIGHT - self.font.stringWidth(text, SMALL), y, [text], self.font, SMALL, SMALL)


def corners(content: Content) -> tuple[str, str, str]:
    """Whose document it is, its receipt number, and how to recognise it."""
    title, number = f"{content.municipality}　{content.title}", f"受付番号 {content.receipt_number}"
    return title, number, f"確認値 {content.digest[:16]}…"


def _shortened(text: str, font: ArchivalFont) -> str:
    """What fits beside the receipt number."""
    while font.stringWidth(text, SMALL) > 330:
        text = text[:-2] + "…"
    return text


def below(block: Block, following: Sequence[Block]) -> float:
    """The room that a heading needs below it, so as never to stand alone at the foot of a page; 0 for what is none."""
    if not block.keep or not following:
        return block.keep
    following[0].wrap(RIGHT - LEFT)
    return max(block.keep, block.after + following[0].before + following[0].least)


def fill(canvas: TaggedCanvas, blocks: Iterable[Block]) -> None:
    """Set blocks on pages one below the other; what does not fit goes on on the next page."""
    waiting = deque(blocks)
    y = TOP
    while waiting:
        block = waiting.popleft()
        above = block.before if y < TOP else 0.0
        needed = block.wrap(RIGHT - LEFT)
        if needed + below(block, waiting) <= y - above - BOTTOM:
            block.draw(canvas, LEFT, y - above)
            y -= above + needed + block.after
            continue
        parts = block.split(y - above - BOTTOM) if needed > y - above - BOTTOM else []
        if parts:
            parts[0].draw(canvas, LEFT, y - above)
        elif y == TOP:
            raise ValueError("a block that no page holds")
        waiting.extendleft(reversed(parts[1:] or [block]))
        canvas.showPage()
        y = TOP
    canvas.showPage()
