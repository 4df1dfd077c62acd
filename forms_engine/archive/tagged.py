"""Tagged content: a reportlab canvas that says of everything it draws what it is, and the structure tree that holds it.

Reading order is the order in which elements are made (ISO 32000-1 §14.7–14.8; ISO 14289-1 §7.1): everything drawn is
either part of an element or an artifact.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from forms_engine.archive.font import REGULAR, ArchivalFont


class Mark(NamedTuple):
    """A piece of content: the page it is on (from 0) and its number there."""

    page: int
    number: int


@dataclass(eq=False)
class Element:
    """A node of the structure tree: a standard type (ISO 32000-1 §14.8.4) and what lies under it, in reading order."""

    kind: str
    kids: list["Element | Mark"] = field(default_factory=list)
    alternative: str = ""
    scope: str = ""
    box: tuple[float, float, float, float] | None = None

    def add(self, kind: str, **attributes: Any) -> "Element":
        child = Element(kind, **attributes)
        self.kids.append(child)
        return child


class TaggedCanvas(Canvas):
    """Draws marked content; the pages wait until their number is known, so that each can say «1 / 3»."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.marks: list[list[Element]] = [[]]
        self._waiting: list[dict[str, Any]] = []
        super().__init__(*args, initialFontName=REGULAR, pageCompression=0, lang="ja-JP", invariant=1, **options)

    @contextmanager
    def content_of(self, element: Element) -> Iterator[None]:
        """What is drawn inside belongs to this element."""
        page = len(self._waiting)
        mark = Mark(page, len(self.marks[page]))
        self.marks[page].append(element)
        element.kids.append(mark)
        self._code.append(f"/{element.kind} <</MCID {mark.number}>> BDC")
        yield
        self._code.append("EMC")

    @contextmanager
    def artifact(self, kind: str = "Layout") -> Iterator[None]:
        """What is drawn inside is decoration: lines, backgrounds, page numbers."""
        self._code.append(f"/Artifact <</Type /{kind}>> BDC")
        yield
        self._code.append("EMC")

    def text(self, x: float, y: float, rows: Sequence[str], font: ArchivalFont, size: float, leading: float) -> None:
        """Set lines of text, the first on the base line y."""
        code = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm {leading:.2f} TL"]
        current = ""
        for row in rows:
            for name, codes in font.runs(row, self._doc):
                code.append(f"<{codes}> Tj" if name == current else f"/{name} {size:g} Tf <{codes}> Tj")
                current = name
            code.append("T*")
        self._code.append(" ".join([*code[:-1], "ET"]))

    def showPage(self) -> None:
        self._waiting.append(dict(self.__dict__))
        self.marks.append([])
        self._startPage()

    def save(self) -> None:
        """Finish: every page gets its furniture, now that their number is known."""
        pages, marks = self._waiting, self.marks
        for number, page in enumerate(pages, 1):
            self.__dict__.update(page)
            self.furnish(number, len(pages))
            super().showPage()
        self._waiting, self.marks = pages, marks[: len(pages)]
        super().save()

    def furnish(self, number: int, count: int) -> None:
        """Draw what stands on every page; called once per page."""
