"""Blocks (組版の部品): what a page is filled with from top to bottom – texts, and tables of them.

Not reportlab's platypus: its paragraphs tear 葛󠄀 apart, its tables set cells at 0.3 ms each and fail on a row that is
taller than a page.  A block knows its height in a width, how to go on on a new page, and how to draw itself as tagged
content.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Protocol, Self

from forms_engine.archive.font import ArchivalFont
from forms_engine.archive.tagged import Element, TaggedCanvas
from forms_engine.archive.typesetting import lines

PAD_X = 5.5
PAD_Y = 4.0
LINE_GREY = 0.62
HEAD_GREY = 0.945
#: A row is torn only if at least this much of it can stand on the page it begins on.
LEAST_PART = 60.0
#: Points by which a sum of heights may be off.
SLACK = 0.01


@dataclass(frozen=True)
class Style:
    """How a text looks (points; grey from 0, black, to 1) and keeps its distance; ``keep`` is the least room it
    needs below it, where it heads what follows; ``bar`` draws a bar before it."""

    font: ArchivalFont
    size: float
    leading: float
    grey: float = 0.08
    align: str = "left"
    before: float = 0
    after: float = 0
    keep: float = 0
    bar: bool = False


class Block(Protocol):
    """What pages are filled with."""

    before: float
    after: float
    keep: float
    height: float

    @property
    def least(self) -> float:
        """The height of what of it cannot be torn from its heading.  After wrap()."""

    def wrap(self, width: float) -> float:
        """Height in points once it is this wide."""

    def split(self, room: float) -> list[Self]:
        """What stands in this room and what does not; nothing if it cannot be torn there.  After wrap()."""

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it with its upper left corner there.  After wrap()."""


class Text:
    """Lines in one style, as one element; goes on over as many pages as it needs."""

    def __init__(self, text: str, style: Style, element: Element) -> None:
        self.text, self.style, self.element = text, style, element
        self.before, self.after, self.keep = style.before, style.after, style.keep
        self.lines: list[str] = []
        self.width = self.height = 0.0

    def wrap(self, width: float) -> float:
        if width != self.width:
            self._set(lines(self.text, self.style.font, self.style.size, width - self._indent), width)
        return self.height

    def _set(self, rows: list[str], width: float) -> None:
        self.lines, self.width, self.height = rows, width, len(rows) * self.style.leading

    @property
    def least(self) -> float:
        """Its first line."""
        return self.style.leading

    @property
    def _indent(self) -> float:
        return 9.0 if self.style.bar else 0.0

    def split(self, room: float) -> list["Text"]:
        count = int((room + SLACK) // self.style.leading)
        parts = (self.lines[:count], self.lines[count:])
        return [self._part(part) for part in parts] if all(parts) and count > 0 else []

    def _part(self, rows: list[str]) -> "Text":
        part = Text("", self.style, self.element)
        part._set(rows, self.width)
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        if self.style.bar:
            with canvas.artifact():
                canvas.setFillColorRGB(0.15, 0.25, 0.42)
                canvas.rect(x, top - self.height + 3, 3.2, self.height - 6, stroke=0, fill=1)
        with canvas.content_of(self.element):
            self.set(canvas, x + self._indent, top)

    def set(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Set the lines without saying what they are."""
        style = self.style
        canvas.setFillGray(style.grey)
        # the base line lies 0.88 em below the upper edge of an ideographic em box, the box in the middle of the leading
        y = top - (style.leading - style.size) / 2 - style.size * 0.88
        if style.align == "left":
            canvas.text(x, y, self.lines, style.font, style.size, style.leading)
            return
        share = 0.5 if style.align == "center" else 1.0
        for number, row in enumerate(self.lines):
            indent = (self.width - style.font.stringWidth(row, style.size)) * share
            canvas.text(x + indent, y - number * style.leading, [row], style.font, style.size, style.leading)


class Piece(Protocol):
    """What stands in a cell: a text or a stamp."""

    element: Element
    height: float

    def wrap(self, width: float) -> float: ...

    def split(self, room: float) -> Sequence["Piece"]: ...

    def set(self, canvas: TaggedCanvas, x: float, top: float) -> None: ...


@dataclass
class Row:
    """Cells, each a stack of pieces; ``labels`` says which of them are headers."""

    cells: list[list[Piece]]
    labels: frozenset[int] = frozenset()
    height: float = 0.0

    def wrap(self, widths: Sequence[float]) -> float:
        heights = (
            sum(piece.wrap(width - 2 * PAD_X) for piece in cell) for cell, width in zip(self.cells, widths, strict=True)
        )
        self.height = max(heights) + 2 * PAD_Y
        return self.height

    def split(self, room: float) -> tuple["Row", "Row"]:
        """What stands in this room, and the rest; after wrap()."""
        parts = [_torn(cell, room - 2 * PAD_Y) for cell in self.cells]
        return Row([upper for upper, _ in parts], self.labels), Row([lower for _, lower in parts], self.labels)

    def placed(self, widths: Sequence[float], x: float, top: float) -> list[tuple[Piece, float, float]]:
        """Every piece with its left and upper edge."""
        placed: list[tuple[Piece, float, float]] = []
        for cell, width in zip(self.cells, widths, strict=True):
            y = top - PAD_Y
            for piece in cell:
                placed.append((piece, x + PAD_X, y))
                y -= piece.height
            x += width
        return placed


def _torn(cell: list[Piece], room: float) -> tuple[list[Piece], list[Piece]]:
    for number, piece in enumerate(cell):
        if piece.height > room + SLACK:
            upper, lower = piece.split(room) or (None, piece)
            return cell[:number] + ([upper] if upper else []), [lower, *cell[number + 1 :]]
        room -= piece.height
    return cell, []


@dataclass
class Grid:
    """A table of rows; where it goes on on a new page, ``head`` is drawn again, as an artifact."""

    widths: Sequence[float]
    rows: list[Row]
    head: Row | None = None
    is_rest: bool = False
    before: float = 2.0
    after: float = 10.0
    keep: float = 0.0
    height: float = field(default=0.0, init=False)

    def wrap(self, width: float) -> float:
        rows = [self.head, *self.rows] if self.head else self.rows
        # rows that were measured on the page before keep their height
        self.height = sum(row.height or row.wrap(self.widths) for row in rows)
        return self.height

    @property
    def least(self) -> float:
        """Its head and the first row, or as much of that as is torn off."""
        first = self.rows[0].height if self.rows else 0.0
        return (self.head.height if self.head else 0.0) + (LEAST_PART if first > 2 * LEAST_PART else first)

    def split(self, room: float) -> list["Grid"]:
        count, room = self._fitting(room - (self.head.height if self.head else 0.0))
        upper, lower = self.rows[:count], self.rows[count:]
        if room >= LEAST_PART and lower[0].height > 2 * LEAST_PART:
            first, rest = lower[0].split(room)
            upper, lower = [*upper, first], [rest, *lower[1:]]
        return [self._part(upper, self.is_rest), self._part(lower, True)] if upper else []

    def _fitting(self, room: float) -> tuple[int, float]:
        """How many rows stand in this room, and what remains of it."""
        for count, row in enumerate(self.rows):
            if row.height > room + SLACK:
                return count, room
            room -= row.height
        return len(self.rows), room

    def _part(self, rows: list[Row], is_rest: bool) -> "Grid":
        part = Grid(self.widths, rows, self.head, is_rest, self.before, self.after)
        part.wrap(sum(self.widths))
        return part

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        with canvas.artifact():
            self._draw_ground(canvas, x, top)
        if self.head:
            self._draw_head(canvas, x, top)
            top -= self.head.height
        for row in self.rows:
            for piece, left, upper in row.placed(self.widths, x, top):
                with canvas.content_of(piece.element):
                    piece.set(canvas, left, upper)
            top -= row.height

    def _draw_head(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        for piece, left, upper in self.head.placed(self.widths, x, top) if self.head else ():
            with canvas.artifact("Pagination") if self.is_rest else canvas.content_of(piece.element):
                piece.set(canvas, left, upper)

    def _draw_ground(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        uprights = list(accumulate(self.widths, initial=x))
        edges = [top]
        canvas.setFillGray(HEAD_GREY)
        for row in [self.head, *self.rows] if self.head else self.rows:
            edges.append(edges[-1] - row.height)
            for label in sorted(row.labels):
                canvas.rect(uprights[label], edges[-1], self.widths[label], row.height, stroke=0, fill=1)
        canvas.setStrokeGray(LINE_GREY)
        canvas.setLineWidth(0.5)
        canvas.lines([(x, y, uprights[-1], y) for y in edges] + [(u, edges[0], u, edges[-1]) for u in uprights])
