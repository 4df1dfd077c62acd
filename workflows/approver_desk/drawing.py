"""The route as a drawing (決裁経路図): boxes from top to bottom, branches beside each other, the live ones marked.

Lengths are in units of the drawing, which a page scales to its width.  The list below the drawing says the same in
words; whoever does not see the drawing loses nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.translation import gettext as _

from workflows.progress import DONE, LATER, NOW, SKIPPED, Stop

WIDTH, HEIGHT, DOWN, ACROSS, MARGIN = 168, 56, 26, 14, 6
#: As many full-width characters as a box holds on a line.
LETTERS = 9


@dataclass(frozen=True)
class Box:
    """One step: where its upper left corner is, what it says, and how it stands."""

    x: int
    y: int
    title: str
    words: str
    state: str
    is_decision: bool

    @property
    def short(self) -> str:
        return self.title if len(self.title) <= LETTERS else self.title[: LETTERS - 1] + "…"

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2

    @property
    def bottom(self) -> int:
        return self.y + HEIGHT


@dataclass(frozen=True)
class Line:
    """A way from one box to the next, with a corner halfway; ``is_walked``: the case has gone it."""

    x1: int
    y1: int
    x2: int
    y2: int
    is_walked: bool

    @property
    def path(self) -> str:
        """As SVG writes it."""
        half = (self.y1 + self.y2) // 2
        return f"M{self.x1} {self.y1}V{half}H{self.x2}V{self.y2}"


@dataclass(frozen=True)
class Drawing:
    """All of it; ``where`` says in a sentence where the case stands."""

    boxes: Sequence[Box]
    lines: Sequence[Line]
    width: int
    height: int
    where: str


@dataclass(frozen=True)
class Part:
    """A drawn piece of the route: its boxes and lines, and from which and to which boxes ways lead."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    first: tuple[Box, ...]
    last: tuple[Box, ...]
    bottom: int


def drawing_of(stops: Sequence[Stop]) -> Drawing:
    """The drawing of these stops, in the order in which a case goes through them."""
    width = max(_width(stops), WIDTH)
    part = _column(stops, MARGIN, MARGIN, width)
    return Drawing(part.boxes, part.lines, width + 2 * MARGIN, part.bottom + MARGIN, _where(part.boxes))


def _width(stops: Sequence[Stop]) -> int:
    return max((_width_of(stop) for stop in stops), default=0)


def _width_of(stop: Stop) -> int:
    if not stop.branches:
        return WIDTH
    return sum(max(_width(branch), WIDTH) for branch in stop.branches) + ACROSS * (len(stop.branches) - 1)


def _column(stops: Sequence[Stop], x: int, y: int, width: int) -> Part:
    """Stops below each other, each in the middle of the width."""
    parts: list[Part] = []
    for stop in stops:
        own = _width_of(stop)
        parts.append(_part(stop, x + (width - own) // 2, y))
        y = parts[-1].bottom + DOWN
    boxes = tuple(box for part in parts for box in part.boxes)
    inner = tuple(line for part in parts for line in part.lines)
    ways = tuple(line for above, below in pairwise(parts) for line in _ways(above, below))
    first, last = (parts[0].first, parts[-1].last) if parts else ((), ())
    return Part(boxes, inner + ways, first, last, y - DOWN if parts else y)


def _part(stop: Stop, x: int, y: int) -> Part:
    if not stop.branches:
        box = Box(x, y, stop.title or _name(stop), _words(stop), stop.state, stop.is_decision)
        return Part((box,), (), (box,), (box,), y + HEIGHT)
    columns = []
    for branch in stop.branches:
        width = max(_width(branch), WIDTH)
        columns.append(_column(branch, x, y, width))
        x += width + ACROSS
    return Part(
        tuple(box for each in columns for box in each.boxes),
        tuple(line for each in columns for line in each.lines),
        tuple(box for each in columns for box in each.first),
        tuple(box for each in columns for box in each.last),
        max(each.bottom for each in columns),
    )


def _ways(above: Part, below: Part) -> Iterator[Line]:
    """From every end of what is above to every beginning of what is below."""
    for start in above.last:
        for end in below.first:
            is_walked = start.state == DONE and end.state in (DONE, NOW)
            yield Line(start.middle, start.bottom, end.middle, end.y, is_walked)


def _name(stop: Stop) -> str:
    return _("規則による判定") if stop.is_rules else stop.key


def _words(stop: Stop) -> str:
    if stop.state == NOW:
        return _("いまここ")
    made = [each for each in stop.decisions if each.voided_at is None]
    if stop.state == DONE and made and not made[-1].is_by_rule:
        return f"{made[-1].actor_name}{_('（代）') if made[-1].is_substituted else ''}"
    return {DONE: _("済み"), LATER: _("これから"), SKIPPED: _("通りません")}[stop.state]


def _where(boxes: Sequence[Box]) -> str:
    now = "、".join(box.title for box in boxes if box.state == NOW)
    return (
        _("いま「%(steps)s」を待っています。") % {"steps": now} if now else _("この経路で待っている段階はありません。")
    )
