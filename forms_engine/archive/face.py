"""One font file as the archive needs it: which glyph stands for a cluster, how wide it is, and a subset to embed.

A cluster is one character with what modifies it: variation selectors (葛󠄀) and combining marks.  HarfBuzz does the rest.
"""

import io
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb
from fontTools.ttLib import TTFont

#: A character and its modifiers; a modifier without a character before it belongs to nothing and is left out.
CLUSTER = re.compile("[^\ufe00-\ufe0f\U000e0100-\U000e01ef\u0300-\u036f\u3099\u309a]"
                     "[\ufe00-\ufe0f\U000e0100-\U000e01ef\u0300-\u036f\u3099\u309a]*")  # fmt: skip
#: Layout and naming tables say nothing that a PDF asks for.
DROPPED = ["BASE", "DSIG", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "MATH", "OS/2", "STAT", "VDMX", "VORG"]
DROPPED += ["cmap", "gasp", "hdmx", "kern", "meta", "name", "post", "vhea", "vmtx"]
#: OpenType OS/2 fsType: restricted licence, no subsetting, bitmaps only.
EMBEDDING_FORBIDDEN = 0x0302
GETA = "〓"


class Glyph(NamedTuple):
    """``exact`` is false where the face has the character, but not this variant of it."""

    number: int
    exact: bool


@dataclass(frozen=True)
class Metrics:
    """What a font descriptor needs, in thousandths of the em (ISO 32000-1 §9.8)."""

    name: str
    box: tuple[int, int, int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    is_bold: bool


def clusters(text: str) -> list[str]:
    """What is drawn, one glyph each: control and format characters are not, a tab or a line's end is a blank."""
    found = CLUSTER.findall(text)
    if text.isprintable():
        return found
    return [_blank_or_itself(cluster) for cluster in found if not _is_invisible(cluster[0])]


def _blank_or_itself(cluster: str) -> str:
    return " " if cluster[0].isspace() and cluster[0] != "\u3000" else cluster


def _is_invisible(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf"} and not character.isspace()


def is_private(character: str) -> bool:
    """Private use, surrogate or not a character: no face can know what it looks like elsewhere."""
    category = unicodedata.category(character)
    return category in {"Co", "Cs"} or (category == "Cn" and ord(character) & 0xFFFE == 0xFFFE)


class Face:
    """An opened font file; kept for the life of the process."""

    def __init__(self, source: Path | bytes) -> None:
        self.blob = hb.Blob(source) if isinstance(source, bytes) else hb.Blob.from_file_path(str(source))
        self.face = hb.Face(self.blob)
        self.font = hb.Font(self.face)
        self.metrics = _metrics(self.blob.data)
        self.scale = 1000 / self.face.upem
        self._glyphs: dict[str, Glyph | None] = {}

    def glyph(self, cluster: str) -> Glyph | None:
        """The glyph for a cluster; None where the face lacks its character."""
        if cluster not in self._glyphs:
            self._glyphs[cluster] = self._find(cluster)
        return self._glyphs[cluster]

    def _find(self, cluster: str) -> Glyph | None:
        base = self.font.get_nominal_glyph(ord(cluster[0]))
        if len(cluster) == 1 or not base:
            return Glyph(base, True) if base else None
        number = self._variant(cluster)
        return Glyph(number or base, bool(number))

    def _variant(self, cluster: str) -> int:
        composed = unicodedata.normalize("NFC", cluster)
        if len(composed) == 1:
            return self.font.get_nominal_glyph(ord(composed)) or 0
        if len(cluster) > 2:
            return 0
        return self.font.get_variation_glyph(ord(cluster[0]), ord(cluster[1])) or 0

    def advance(self, number: int) -> float:
        """Width of a glyph in thousandths of the em."""
        return self.font.get_glyph_h_advance(number) * self.scale

    def subset(self, numbers: Iterable[int]) -> tuple[bytes, Mapping[int, int]]:
        """A font file with these glyphs alone, and their new numbers."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update({0, *numbers})
        wanted.drop_table_tag_set.update(int.from_bytes(tag.ljust(4).encode(), "big") for tag in DROPPED)
        wanted.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
        plan = hb.SubsetPlan(self._prepared, wanted)
        return plan.execute().blob.data, plan.old_to_new_glyph_mapping

    @cached_property
    def _prepared(self) -> hb.Face:
        """The face with everything that each subset would look up again."""
        return hb.subset_preprocess(self.face)


def _metrics(data: bytes) -> Metrics:
    with TTFont(io.BytesIO(data), lazy=True) as font:
        head, os2 = font["head"], font["OS/2"]
        if os2.fsType & EMBEDDING_FORBIDDEN:
            raise ValueError(f"{font['name'].getDebugName(6)} may not be embedded")
        scale = 1000 / head.unitsPerEm
        return Metrics(
            name=str(font["name"].getDebugName(6)),
            box=(
                round(head.xMin * scale),
                round(head.yMin * scale),
                round(head.xMax * scale),
                round(head.yMax * scale),
            ),
            ascent=round(os2.sTypoAscender * scale),
            descent=round(os2.sTypoDescender * scale),
            cap_height=round((getattr(os2, "sCapHeight", 0) or os2.sTypoAscender) * scale),
            italic_angle=font["post"].italicAngle,
            is_bold=bool(head.macStyle & 1),
        )
