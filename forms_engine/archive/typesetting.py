"""Lines of Japanese text (行組版): where a line may end, and which lines a text makes in a given width.

Kinsoku after JIS X 4051 §6.1: no closing bracket, full stop or small kana begins a line, no opening bracket ends one;
a Latin word or a number stays together while it fits.  A cluster (葛󠄀) is never torn.
"""

from collections.abc import Iterator
from functools import lru_cache

from forms_engine.archive.face import clusters
from forms_engine.archive.font import ArchivalFont

NOT_FIRST = frozenset(
    "、。，．・：；？！゛゜´｀¨ヽヾゝゞ々ー—…‥’”）〕］｝〉》」』】〙〗〟｠»°′″℃％‰,.:;?!)]}%"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
)
NOT_LAST = frozenset("‘“（〔［｛〈《「『【〘〖〝｟«([{￥＄£〒№#")
#: Pairs that stay side by side: a dash or an ellipsis is set twice.
TWINS = frozenset("—…‥―")

#: May stand beyond the end of a line, and never begin one that was broken.
BLANKS = " \u3000"


def lines(text: str, font: ArchivalFont, size: float, width: float) -> list[str]:
    """The text broken into lines that are at most ``width`` points wide; an empty text is one empty line."""
    limit = width * 1000 / size
    return [line for paragraph in text.splitlines() or [""] for line in _broken(clusters(paragraph), font, limit)]


def _broken(units: list[str], font: ArchivalFont, limit: float) -> Iterator[str]:
    widths = [font.width(unit) for unit in units]
    start = 0
    while True:
        end = _end_of_line(units, widths, start, limit)
        yield "".join(units[start:end]).rstrip(BLANKS)
        start = _after_blanks(units, end)
        if start >= len(units):
            return


def _end_of_line(units: list[str], widths: list[float], start: int, limit: float) -> int:
    """Where the line from ``start`` ends: the last place that fits and may be a break, or just what fits."""
    total = 0.0
    for end in range(start, len(units)):
        total += widths[end]
        if total > limit and units[end] not in BLANKS:
            fits = max(end, start + 1)
            return next((at for at in range(fits, start, -1) if _may_break(units[at - 1], units[at])), fits)
    return len(units)


def _after_blanks(units: list[str], position: int) -> int:
    while position < len(units) and units[position] in BLANKS:
        position += 1
    return position


@lru_cache(maxsize=20_000)
def _may_break(before: str, after: str) -> bool:
    if after[0] in NOT_FIRST or before[0] in NOT_LAST or (before == after and before in TWINS):
        return False
    return not (_is_word(before) and _is_word(after))


def _is_word(unit: str) -> bool:
    """Part of a Latin word, a number or an address on the net."""
    return "!" <= unit[0] <= "\u024f"
