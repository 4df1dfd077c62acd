"""The archive's fonts: a chain of faces that reportlab sets text with, to the exact code point.

reportlab's own TrueType font makes 8-bit subsets, loses characters beyond the BMP (𠮷) and ignores variation selectors
(葛󠄀).  This one embeds Type 0 fonts with Identity-H (ISO 32000-1 §9.7) whose ToUnicode says each cluster in full.
A character that no face has is drawn as 〓 and still extracted as itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument

from forms_engine.archive import embedding, marks
from forms_engine.archive.face import GETA, Face, clusters, is_private

FONTS = Path(__file__).parent / "fonts"
#: Installed by Debian's fonts-ipamj-mincho: 52,605 kanji for the rarest names; not shipped with us because of its size.
IPAMJ = Path("/usr/share/fonts/truetype/ipamj/ipamjm.ttf")
REGULAR = "Kakanai-Regular"
BOLD = "Kakanai-Bold"


class Place(NamedTuple):
    """Where a cluster is drawn from: which face of the chain, which glyph in it, how wide (1/1000 em)."""

    face: int
    glyph: int
    width: float


@dataclass
class Use:
    """What one document drew with one font: per face, the clusters in the order of their first use."""

    name: str
    drawn: list[dict[str, int]] = field(default_factory=list)


class ArchivalFont:
    """What reportlab calls a dynamic font, over a chain of faces; the first that has a cluster exactly draws it."""

    _multiByte = 1
    _dynamicFont = 1
    shapable = False

    def __init__(self, name: str, faces: list[Face]) -> None:
        self.fontName = name
        self.faces = faces
        first = faces[0].metrics
        # bytes, as reportlab tells registered faces apart by this name
        self.face = SimpleNamespace(
            name=name.encode(), ascent=first.ascent, descent=first.descent, builtIn=False, familyName=name
        )
        self.encoding = SimpleNamespace(name="UTF-8")
        self.missing: set[str] = set()
        self.inexact: set[str] = set()
        self._places: dict[str, Place] = {}
        self._uses: WeakKeyDictionary[PDFDocument, Use] = WeakKeyDictionary()

    def place(self, cluster: str) -> Place:
        """Where this cluster comes from; one that no face has comes from 〓 and is noted in ``missing``."""
        found = self._places.get(cluster)
        if found is None:
            found = self._places[cluster] = self._find(cluster)
        return found

    def _find(self, cluster: str) -> Place:
        covering = [] if is_private(cluster[0]) else self._covering(cluster)
        if not covering:
            self.missing.add(cluster)
            return self.place(GETA)
        exact = next((place for place, is_exact in covering if is_exact), None)
        if exact is None:
            self.inexact.add(cluster)
        return exact or covering[0][0]

    def _covering(self, cluster: str) -> list[tuple[Place, bool]]:
        glyphs = ((number, face, face.glyph(cluster)) for number, face in enumerate(self.faces))
        return [(Place(n, glyph.number, face.advance(glyph.number)), glyph.exact) for n, face, glyph in glyphs if glyph]

    def width(self, cluster: str) -> float:
        """Advance of a cluster in thousandths of the em."""
        return self.place(cluster).width

    def stringWidth(self, text: str, size: float, encoding: str = "utf8") -> float:
        return sum(self.place(cluster).width for cluster in clusters(text)) * size / 1000

    def runs(self, text: str, document: PDFDocument) -> list[tuple[str, str]]:
        """The text as (resource name of a font, hexadecimal codes) pairs; the document will embed what they need."""
        use = self._use(document)
        runs: list[tuple[int, list[str]]] = []
        for cluster in clusters(text):
            face = self.place(cluster).face
            codes = use.drawn[face]
            code = codes.setdefault(cluster, len(codes) + 1)
            if not runs or runs[-1][0] != face:
                runs.append((face, []))
            runs[-1][1].append(f"{code:04X}")
        return [(f"{use.name}+{face}", "".join(codes)) for face, codes in runs]

    def _use(self, document: PDFDocument) -> Use:
        use = self._uses.get(document)
        if use is None:
            use = self._uses[document] = Use(f"F{len(document.fontMapping) + 1}", [{} for _ in self.faces])
            document.fontMapping[self.fontName] = "/" + use.name
            document.delayedFonts.append(self)
        return use

    def addObjects(self, document: PDFDocument) -> None:
        """Called by reportlab when the document is complete: embed what it used of each face."""
        use = self._uses.pop(document)
        resources = document.idToObject["BasicFonts"].dict
        for number, (face, drawn) in enumerate(zip(self.faces, use.drawn, strict=True)):
            if drawn:
                glyphs = {cluster: self.place(cluster).glyph for cluster in drawn}
                name = f"{use.name}+{number}"
                resources[name] = embedding.embed(document, name, face, glyphs)

    def uncovered(self, texts: Iterable[str]) -> tuple[list[str], list[str]]:
        """Of these texts, the clusters that no face has, and those of which only another variant can be drawn."""
        used = {cluster for text in texts for cluster in clusters(text)}
        for cluster in used:
            self.place(cluster)
        return sorted(used & self.missing), sorted(used & self.inexact)


@lru_cache(maxsize=1)
def registered() -> tuple[ArchivalFont, ArchivalFont]:
    """The regular and the bold font, opened and made known to reportlab once per process."""
    rarest = [Face(IPAMJ)] if IPAMJ.exists() else []
    checks = Face(marks.face_data())
    fonts = _chain(REGULAR, "Regular", checks, rarest), _chain(BOLD, "Bold", checks, rarest)
    for font in fonts:
        pdfmetrics.registerFont(font)
    return fonts


def _chain(name: str, style: str, checks: Face, rarest: list[Face]) -> ArchivalFont:
    body = Face(FONTS / f"biz-udgothic/BIZUDGothic-{style}.ttf")
    wider = Face(FONTS / f"noto-sans-jp/NotoSansJP-{style}.ttf")
    return ArchivalFont(name, [body, checks, wider, *rarest])
