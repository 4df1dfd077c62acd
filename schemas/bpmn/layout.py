"""Layout (配置): where everything stands.  Shapes never overlap; arrows run at right angles between the shapes.

Each shape stands in a column, which drawing gave it, and in a row of its lane: the first in which its column is free.
An arrow to the next column runs in the gap before it; any other runs below its row, on a track of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from schemas.bpmn.diagram import EVENTS, GATEWAYS, Arrow, Diagram, Lane, Shape

COLUMN, GAP, TASK, EVENT, GATEWAY = 200, 80, (120, 80), (36, 36), (50, 50)
LEFT, TOP, HEADER, PADDING, TRACK, BELOW = 40, 40, 30, 20, 10, 34

Point = tuple[int, int]


@dataclass(frozen=True)
class Box:
    """A rectangle, in pixels from the upper left."""

    x: int
    y: int
    width: int
    height: int

    @property
    def middle(self) -> int:
        return self.y + self.height // 2

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass
class Row:
    """One row of a lane: which columns are taken, and how many arrows run below it."""

    top: int = 0
    columns: set[int] = field(default_factory=set)
    tracks: int = 0

    @property
    def height(self) -> int:
        return PADDING + TASK[1] + BELOW + self.tracks * TRACK


@dataclass(frozen=True)
class Layout:
    """The places of all shapes and lanes, the way of each arrow, and the box around everything."""

    shapes: Mapping[str, Box]
    lanes: Mapping[Lane, Box]
    arrows: Mapping[str, list[Point]]
    pool: Box


def laid_out(diagram: Diagram) -> Layout:
    """The layout of a diagram; the same for the same diagram."""
    rows: dict[Lane, list[Row]] = {}
    row_of = {shape.id: _row(rows.setdefault(shape.lane, []), shape) for shape in diagram.shapes if not shape.host}
    row_of |= {shape.id: row_of[shape.host] for shape in diagram.shapes if shape.host}
    columns = {shape.id: shape.column for shape in diagram.shapes}
    on_edge = {shape.id for shape in diagram.shapes if shape.host}
    tracks = {each.id: _track(each, columns, row_of, on_edge) for each in diagram.arrows}
    lanes, bottom = _lanes(rows, width := (max(columns.values()) + 1) * COLUMN + 2 * GAP)
    boxes = _boxes(diagram, row_of)
    arrows = {
        each.id: _way(each, boxes, row_of[each.source], tracks[each.id], columns[each.source])
        if each.source not in on_edge
        else _way_down(boxes[each.source], boxes[each.target], row_of[each.source], tracks[each.id])
        for each in diagram.arrows
    }
    return Layout(boxes, lanes, arrows, Box(LEFT, TOP, HEADER + width, bottom - TOP))


def _row(rows: list[Row], shape: Shape) -> Row:
    row = next((row for row in rows if shape.column not in row.columns), None)
    if row is None:
        row = Row()
        rows.append(row)
    row.columns.add(shape.column)
    return row


def _track(arrow: Arrow, columns: Mapping[str, int], row_of: Mapping[str, Row], on_edge: set[str]) -> int | None:
    """Which track below its row an arrow takes; None where it goes straight to the next column."""
    row = row_of[arrow.source]
    if columns[arrow.target] == columns[arrow.source] + 1 and arrow.source not in on_edge:
        return None
    row.tracks += 1
    return row.tracks - 1


def _lanes(rows: Mapping[Lane, list[Row]], width: int) -> tuple[dict[Lane, Box], int]:
    lanes, y = {}, TOP
    for lane, own in rows.items():
        top = y
        for row in own:
            row.top = y
            y += row.height
        lanes[lane] = Box(LEFT + HEADER, top, width, y - top)
    return lanes, y


def _boxes(diagram: Diagram, row_of: Mapping[str, Row]) -> dict[str, Box]:
    boxes: dict[str, Box] = {}
    places: dict[str, int] = {}
    for shape in diagram.shapes:
        if shape.host:
            places[shape.host] = place = places.get(shape.host, -1) + 1
            boxes[shape.id] = _on_edge(boxes[shape.host], place)
        else:
            boxes[shape.id] = _in_column(shape, row_of[shape.id])
    return boxes


def _in_column(shape: Shape, row: Row) -> Box:
    width, height = EVENT if shape.tag in EVENTS else GATEWAY if shape.tag in GATEWAYS else TASK
    x = LEFT + HEADER + GAP + shape.column * COLUMN + (TASK[0] - width) // 2
    return Box(x, row.top + PADDING + (TASK[1] - height) // 2, width, height)


def _on_edge(host: Box, place: int) -> Box:
    return Box(host.x + 12 + place * 56, host.bottom - EVENT[1] // 2, *EVENT)


def _way(arrow: Arrow, boxes: Mapping[str, Box], row: Row, track: int | None, column: int) -> list[Point]:
    """From the right of one to the left of the other, in the gaps between the columns and below the row."""
    source, target = boxes[arrow.source], boxes[arrow.target]
    out = LEFT + HEADER + GAP + column * COLUMN + TASK[0] + GAP // 4
    if track is None:
        return _straightened([(source.right, source.middle), (out, source.middle), (out, target.middle), _left(target)])
    start = [(source.right, source.middle), (out, source.middle), (out, _level(row, track))]
    return _straightened([*start, *_into(target, _level(row, track))])


def _way_down(source: Box, target: Box, row: Row, track: int | None) -> list[Point]:
    middle = source.x + source.width // 2
    level = _level(row, track or 0)
    return _straightened([(middle, source.bottom), (middle, level), *_into(target, level, GAP // 2)])


def _into(target: Box, level: int, apart: int = GAP // 4) -> list[Point]:
    before = target.x + target.width // 2 - TASK[0] // 2 - apart
    return [(before, level), (before, target.middle), _left(target)]


def _left(box: Box) -> Point:
    return box.x, box.middle


def _level(row: Row, track: int) -> int:
    return row.top + PADDING + TASK[1] + BELOW - 6 + track * TRACK


def _straightened(points: list[Point]) -> list[Point]:
    """The points without those at which nothing turns."""
    kept = points[:1]
    for point, after in zip(points[1:], [*points[2:], None], strict=True):
        turns = after is None or not any(kept[-1][axis] == point[axis] == after[axis] for axis in (0, 1))
        if turns and point != kept[-1]:
            kept.append(point)
    return kept
