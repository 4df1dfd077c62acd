"""A picture (図) on a page: a figure with its text for those who do not see it, never torn."""

import io
from dataclasses import dataclass

from reportlab.lib.utils import ImageReader

from forms_engine.archive.tagged import Element, TaggedCanvas

#: Points that a picture takes at most.
WIDEST, HIGHEST = 220.0, 90.0


@dataclass
class Picture:
    """An opaque PNG, no larger than its room, with a thin frame."""

    data: bytes
    element: Element
    before: float = 4.0
    after: float = 4.0
    keep: float = 0.0
    height: float = 0.0
    width: float = 0.0

    @property
    def least(self) -> float:
        """All of it."""
        return self.height

    def wrap(self, width: float) -> float:
        wide, high = ImageReader(io.BytesIO(self.data)).getSize()
        scale = min(WIDEST / wide, HIGHEST / high)
        self.width, self.height = wide * scale, high * scale
        return self.height

    def split(self, room: float) -> list["Picture"]:
        return []

    def draw(self, canvas: TaggedCanvas, x: float, top: float) -> None:
        bottom = top - self.height
        self.element.box = (round(x, 2), round(bottom, 2), round(x + self.width, 2), round(top, 2))
        with canvas.content_of(self.element):
            canvas.drawImage(ImageReader(io.BytesIO(self.data)), x, bottom, self.width, self.height)
        with canvas.artifact():
            canvas.setStrokeGray(0.62)
            canvas.setLineWidth(0.5)
            canvas.rect(x, bottom, self.width, self.height, stroke=1, fill=0)
