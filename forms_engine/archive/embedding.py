"""A subset of a face, embedded in a PDF as a Type 0 font with Identity-H (ISO 32000-1 §9.7, ISO 19005-3 §6.2.11)."""

import hashlib
import struct
import zlib
from collections.abc import Mapping
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFObjectReference,
    PDFStream,
    PDFString,
)

from forms_engine.archive.face import GETA, Face, is_private

SYMBOLIC = 4
#: Limit of one bfchar block (Adobe Technical Note 5014).
BLOCK = 100
CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def embed(document: PDFDocument, name: str, face: Face, glyphs: Mapping[str, int]) -> PDFObjectReference:
    """Embed these clusters, coded 1, 2, 3 … in their order; the reference of the font to put into resources."""
    data, renumbered = face.subset(glyphs.values())
    base = f"{_tag(data)}+{face.metrics.name}"
    numbers = list(glyphs.values())
    font = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("Type0"),
        "BaseFont": PDFName(base),
        "Encoding": PDFName("Identity-H"),
        "DescendantFonts": PDFArray([_descendant(document, name, base, face, data, numbers, renumbered)]),
        "ToUnicode": _kept(document, name, "unicode", _stream(to_unicode(list(glyphs)).encode())),
    }
    return _kept(document, name, "font", PDFDictionary(font))


def to_unicode(clusters: list[str]) -> str:
    """The CMap from codes to text: UTF-16BE, variation selectors included."""
    lines = [f"<{code:04X}> <{_utf16(cluster)}>" for code, cluster in enumerate(clusters, 1)]
    blocks = [lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK)]
    return CMAP.format(blocks="".join(f"{len(b)} beginbfchar\n{chr(10).join(b)}\nendbfchar\n" for b in blocks))


def _utf16(cluster: str) -> str:
    # private use has no meaning for a reader (ISO 19005-3 §6.2.11.7.3): what is extracted is what is seen
    text = GETA if is_private(cluster[0]) else cluster
    return text.encode("utf-16-be").hex().upper()


def _tag(data: bytes) -> str:
    """Six capitals that name a subset (ISO 32000-1 §9.6.4), made from its content so that output stays the same."""
    return "".join(chr(65 + byte % 26) for byte in hashlib.sha256(data).digest()[:6])


def _descendant(
    document: PDFDocument,
    name: str,
    base: str,
    face: Face,
    data: bytes,
    numbers: list[int],
    renumbered: Mapping[int, int],
) -> PDFObjectReference:
    to_glyphs = b"\0\0" + struct.pack(f">{len(numbers)}H", *(renumbered[number] for number in numbers))
    system = {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
    font = {
        "Type": PDFName("Font"),
        "Subtype": PDFName("CIDFontType2"),
        "BaseFont": PDFName(base),
        "CIDSystemInfo": PDFDictionary(system),
        "FontDescriptor": _descriptor(document, name, base, face, data),
        "DW": 1000,
        "W": PDFArray([1, PDFArray([round(face.advance(number)) for number in numbers])]),
        "CIDToGIDMap": _kept(document, name, "glyphs", _stream(to_glyphs)),
    }
    return _kept(document, name, "descendant", PDFDictionary(font))


def _descriptor(document: PDFDocument, name: str, base: str, face: Face, data: bytes) -> PDFObjectReference:
    metrics = face.metrics
    descriptor = {
        "Type": PDFName("FontDescriptor"),
        "FontName": PDFName(base),
        "Flags": SYMBOLIC,
        "FontBBox": PDFArray(list(metrics.box)),
        "ItalicAngle": metrics.italic_angle,
        "Ascent": metrics.ascent,
        "Descent": metrics.descent,
        "CapHeight": metrics.cap_height,
        "StemV": 120 if metrics.is_bold else 80,
        "FontFile2": _kept(document, name, "file", _stream(data, Length1=len(data))),
    }
    return _kept(document, name, "descriptor", PDFDictionary(descriptor))


def _kept(document: PDFDocument, name: str, part: str, thing: Any) -> PDFObjectReference:
    return document.Reference(thing, f"archive:{name}:{part}")


def _stream(data: bytes, **entries: int) -> PDFStream:
    stream = PDFStream()
    stream.content = zlib.compress(data, 6) + b"\n"
    stream.filters = []
    stream.dictionary.dict.update(entries)
    stream.dictionary["Filter"] = PDFName("FlateDecode")
    return stream
