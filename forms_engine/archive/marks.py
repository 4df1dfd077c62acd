"""Check marks ☐ ☑ ☒: none of the text faces has them, so that they are drawn here, as a face of three glyphs."""

import io
from collections.abc import Callable, Sequence

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._g_l_y_f import Glyph

EM = 1000
ADVANCE = 1000
#: 2026-01-01 in seconds since 1904, as TrueType counts: a face of the same bytes on any day.
MADE = 3850070400
Contour = Sequence[tuple[int, int]]
#: Clockwise is ink, counter-clockwise is a hole (TrueType's winding).
FRAME: Contour = ((110, -30), (110, 750), (890, 750), (890, -30))
HOLE: Contour = ((170, 30), (830, 30), (830, 690), (170, 690))
TICK: Contour = ((255, 375), (325, 430), (450, 275), (680, 610), (755, 555), (455, 130))
RISING: Contour = ((280, 195), (665, 580), (720, 525), (335, 140))
FALLING: Contour = ((280, 525), (335, 580), (720, 195), (665, 140))
GLYPHS: dict[str, Sequence[Contour]] = {
    ".notdef": (FRAME, HOLE),
    "empty": (FRAME, HOLE),
    "ticked": (FRAME, HOLE, TICK),
    "crossed": (FRAME, HOLE, RISING, FALLING),
}


def face_data() -> bytes:
    """A TrueType file with the three marks; the same bytes whenever it is built."""
    builder = FontBuilder(EM, isTTF=True)
    builder.setupGlyphOrder(list(GLYPHS))
    builder.setupCharacterMap({0x2610: "empty", 0x2611: "ticked", 0x2612: "crossed"})
    builder.setupGlyf({name: _outline(contours) for name, contours in GLYPHS.items()})
    builder.setupHorizontalMetrics({name: (ADVANCE, 110) for name in GLYPHS})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Kakanai Marks", "styleName": "Regular", "psName": "KakanaiMarks"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, sCapHeight=750, fsType=0)
    builder.setupPost()
    builder.updateHead(created=MADE, modified=MADE)
    return _saved(builder.save)


def _outline(contours: Sequence[Contour]) -> Glyph:
    pen = TTGlyphPen(None)
    for first, *rest in contours:
        pen.moveTo(first)
        for point in rest:
            pen.lineTo(point)
        pen.closePath()
    return pen.glyph()


def _saved(save: Callable[[io.BytesIO], None]) -> bytes:
    stream = io.BytesIO()
    save(stream)
    return stream.getvalue()
