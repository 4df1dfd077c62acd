"""Characters: which of those that people type, paste or send are stored as they are, changed on purpose, or left out.

Every character falls under one row of the table below; docs/text.md shows it with the reasons.  A text is what one
line or several lines of free writing hold: names, addresses, remarks.  Kinds that machines read (numbers, kana, codes)
are folded further by schemas.writing.  Nothing here knows which kind is asked; it never guesses a meaning.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LINE_BREAKS = re.compile("\r\n|[\r\x85\u2028\u2029]")
#: Spaces that look like an ordinary one and break search; the ideographic space is no such one: names are written so.
SPACES = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f]")
#: CJK compatibility ideographs: NFC would replace 神 (U+FA19) by 神, which is another spelling of a name.
COMPATIBLE = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f])")
MOST_MARKS = 8
ASCII_PLAIN = re.compile(r"[\n\t\x20-\x7e]*")


@dataclass(frozen=True)
class Removed:
    """One row of the table whose characters are left out, wherever they stand."""

    name: str
    characters: str


ENDS = (0xFFFE, 0xFFFF)
#: Invisible characters that break search, signatures or the direction of the text around them (UTR 36 §2, UTS 39).
REMOVED = (
    Removed("controls", "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"),
    Removed("zero width", "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b\u2060-\u2064\u3164\ufeff\uffa0"),
    Removed("directions", "\u061c\u200e\u200f\u202a-\u202e\u2065-\u206f"),
    Removed("annotations", "\ufff9-\ufffc\U0001d173-\U0001d17a"),
    Removed("tags", "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"),
    Removed("surrogates", "\ud800-\udfff"),
    Removed(
        "noncharacters", "\ufdd0-\ufdef" + "".join(chr(0x10000 * plane + end) for plane in range(17) for end in ENDS)
    ),
)
LEFT_OUT = re.compile("[" + "".join(row.characters for row in REMOVED) + "]")
JOINERS = "\u200c\u200d"
SELECTOR = "[\ufe00-\ufe0f\U000e0100-\U000e01ef]"
STRAY_SELECTORS = re.compile(rf"(?:^|(?<=\s)|(?<={SELECTOR})){SELECTOR}+")


def visible(text: str) -> str:
    """The text with LF line ends and without what nobody sees; every visible character as it was written.

    NFC only, never NFKC, and not even NFC for compatibility ideographs.  Taking a character out can bring others
    together, so this is applied until nothing changes (schemas.writing.normalise).
    """
    if ASCII_PLAIN.fullmatch(text):
        return text
    text = LEFT_OUT.sub("", SPACES.sub(" ", LINE_BREAKS.sub("\n", composed(text))))
    text = STRAY_SELECTORS.sub("", text)
    if any(joiner in text for joiner in JOINERS):
        text = _joined(text)
    return text if text.isascii() else _few_marks(text)


def composed(text: str) -> str:
    """NFC of everything but compatibility ideographs."""
    parts = COMPATIBLE.split(text)
    parts[::2] = [unicodedata.normalize("NFC", part) for part in parts[::2]]
    return "".join(parts)


def refused(text: str) -> bool:
    """Whether a line of text holds what no line may: what `visible` leaves out, line breaks or tabs."""
    return LEFT_OUT.search(text) is not None or re.search("[\t\n\r\x85\u2028\u2029]", text) is not None


def _joined(text: str) -> str:
    """ZWJ and ZWNJ stay only where they shape something: between two visible characters outside Japanese and Latin
    (emoji families, Indic and Arabic names). Elsewhere they are invisible and go.
    """
    kept = [char for place, char in enumerate(text) if char not in JOINERS or _shapes(text, place)]
    return "".join(kept)


def _shapes(text: str, place: int) -> bool:
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    return bool(before and after) and all(_is_joinable(char) for char in (before, after))


def _is_joinable(char: str) -> bool:
    return (
        char not in JOINERS
        and ord(char) >= 0x600
        and not 0x2000 <= ord(char) < 0x2600
        and not "\u3000" <= char <= "\u9fff"
    )


def _few_marks(text: str) -> str:
    """At most MOST_MARKS marks on one character: no language needs more, and a pile of them covers other lines."""
    kept, marks = [], 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        if marks <= MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def clusters(text: str) -> int:
    """How many characters a person sees: marks and variation selectors count with what they stand on."""
    joined = sum(1 for char in text if char == "\u200d")
    own = sum(1 for char in text if unicodedata.category(char) not in ("Mn", "Me", "Cf") and not _is_tone(char))
    return max(own - joined, 0)


def _is_tone(char: str) -> bool:
    """The skin tones of emoji, which colour the one before."""
    return 0x1F3FB <= ord(char) <= 0x1F3FF
