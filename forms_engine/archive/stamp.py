"""The stamp (電子印影) beside a decision: a drawing for the eye; what proves the decision is its signature."""

import math
from dataclasses import dataclass

from forms_engine.archive.font import ArchivalFont
from forms_engine.archive.tagged import Element, TaggedCanvas

DIAMETER = 46.0
VERMILION = (0.76, 0.13, 0.11)
SLATE = (0.24, 0.32, 0.42)
LARGEST = 8.2
#: Corner of the square stamp of a rule, in points.
CORNER = 5.0


@dataclass
class Stamp:
    """Three lines in a circle, as a date stamp has them; in a square where a rule decided."""

    lines: tuple[str, str, str]
    font: ArchivalFont
    element: Element
    is_rule: bool = False
    width: float = DIAMETER
    height: float = DIAMETER

    def wrap(self, width: float) -> float:
        self.width = width
        return self.height

    def split(self, room: float) -> list["Stamp"]:
        return []

    def set(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        """Draw it in the middle of its width without saying what it is."""
        left, bottom = x + (self.width - DIAMETER) / 2, top - DIAMETER
        self.element.box = _box(left, bottom)
        canvas.saveState()
        colour = SLATE if self.is_rule else VERMILION
        canvas.setStrokeColorRGB(*colour)
        canvas.setFillColorRGB(*colour)
        canvas.setLineWidth(1.1)
        self._draw_frame(canvas, left, bottom)
        self._draw_text(canvas, left + DIAMETER / 2, bottom + DIAMETER / 2)
        canvas.restoreState()

    def _draw_frame(self, canvas: TaggedCanvas, left: float, bottom: float) -> None:
        radius = DIAMETER / 2 - 1
        middle_x, middle_y, gap = left + DIAMETER / 2, bottom + DIAMETER / 2, DIAMETER / 6.5
        if self.is_rule:
            canvas.roundRect(left + 1, bottom + 1, 2 * radius, 2 * radius, CORNER)
        else:
            canvas.circle(middle_x, middle_y, radius)
        half = radius if self.is_rule else math.sqrt(radius**2 - gap**2)
        canvas.setLineWidth(0.8)
        for y in (middle_y - gap, middle_y + gap):
            canvas.line(middle_x - half, y, middle_x + half, y)

    def _draw_text(self, canvas: TaggedCanvas, x: float, y: float) -> None:
        for text, middle, room in zip(self.lines, (y + 13.6, y, y - 13.6), (29.0, 40.0, 29.0), strict=True):
            size = _size(text, self.font, room)
            start = x - self.font.stringWidth(text, size) / 2
            canvas.text(start, middle - size * 0.38, [text], self.font, size, size)


def _size(text: str, font: ArchivalFont, room: float) -> float:
    return round(min(LARGEST, room * 1000 / max(font.stringWidth(text, 1000), 1)), 2)


def _box(left: float, bottom: float) -> tuple[float, float, float, float]:
    """Where the stamp stands on the page, which a figure's layout attributes tell (ISO 32000-1 §14.8.5.4.3)."""
    return round(left, 2), round(bottom, 2), round(left + DIAMETER, 2), round(bottom + DIAMETER, 2)
