"""Media types of attachments, told from their content alone: what a file is called, or says it is, counts for nothing.

Written out instead of taken from a library of thousands of signatures: only types that staff can look at and the
archive can keep are recognised, and a wrong guess would let something else in.  HTML and SVG are not among them: both
can carry scripts.
"""

import re
from collections.abc import Callable, Mapping

PDF, PNG, JPEG, HEIC, TIFF, WEBP = (
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/heic",
    "image/tiff",
    "image/webp",
)

#: What is accepted where a field names no types.
USUAL = (PDF, PNG, JPEG)
#: What a browser may show in place; everything else is only downloaded.
SHOWN_IN_PLACE = frozenset({PDF, PNG, JPEG})

#: Name extensions by type; the first is added to a name that has none of them.
EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    PDF: (".pdf",),
    PNG: (".png",),
    JPEG: (".jpg", ".jpeg"),
    HEIC: (".heic", ".heif"),
    TIFF: (".tif", ".tiff"),
    WEBP: (".webp",),
}
TITLES: Mapping[str, str] = {PDF: "PDF", PNG: "PNG", JPEG: "JPEG", HEIC: "HEIC", TIFF: "TIFF", WEBP: "WebP"}

HEIF_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"})
# names in a PDF may be written with #-escapes (ISO 32000-2, 7.3.5); these are looked for after undoing them
ENCRYPTED = re.compile(rb"/Encrypt\b")
ACTIVE = re.compile(rb"/(?:JavaScript|Launch)\b")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def media_type_of(content: bytes) -> str | None:
    """The type of this content; None if it is none that is recognised, or is cut off."""
    return next((media_type for media_type, is_type in SIGNATURES.items() if is_type(content)), None)


def is_encrypted(pdf: bytes) -> bool:
    """Whether a PDF cannot be read without a key.  The entry always stands uncompressed (ISO 32000-2, 7.5.8)."""
    return bool(ENCRYPTED.search(_names(pdf)))


def is_active(pdf: bytes) -> bool:
    """Whether a PDF openly carries a script or starts a program; what is hidden in a compressed stream is not found."""
    return bool(ACTIVE.search(_names(pdf)))


def _names(pdf: bytes) -> bytes:
    return ESCAPED.sub(lambda escape: bytes([int(escape[1], 16)]), pdf)


def _is_pdf(content: bytes) -> bool:
    return content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]


def _is_png(content: bytes) -> bool:
    """Signature, a header with a size, and the end (ISO/IEC 15948, 5.2 and 11.2.2)."""
    header = content[:24]
    has_size = header[12:16] == b"IHDR" and any(header[16:20]) and any(header[20:24])
    return header.startswith(b"\x89PNG\r\n\x1a\n") and has_size and b"IEND" in content[-64:]


def _is_jpeg(content: bytes) -> bool:
    return content.startswith(b"\xff\xd8\xff") and _jpeg_has_frame(content)


def _jpeg_has_frame(content: bytes) -> bool:
    """Walk the segments to the frame header with the image's size (ITU-T T.81, B.1.1.4 and B.2.2)."""
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            return any(content[at + 5 : at + 7]) and any(content[at + 7 : at + 9])
        length = int.from_bytes(content[at + 2 : at + 4], "big")
        at += 1 if marker == 0xFF else 2 + length
    return False


def _is_heic(content: bytes) -> bool:
    return content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS


def _is_tiff(content: bytes) -> bool:
    return content[:4] in (b"II*\0", b"MM\0*")


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


SIGNATURES: Mapping[str, Callable[[bytes], bool]] = {
    PDF: _is_pdf,
    PNG: _is_png,
    JPEG: _is_jpeg,
    HEIC: _is_heic,
    TIFF: _is_tiff,
    WEBP: _is_webp,
}
