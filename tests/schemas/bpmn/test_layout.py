"""Whoever opens the diagram sees every step: nothing lies on anything else, and arrows run at right angles."""

from itertools import combinations, pairwise

import pytest
from hypothesis import HealthCheck, given, settings

import schemas
from schemas.bpmn.drawing import drawn
from schemas.bpmn.layout import Box, laid_out
from tests.workflows.routes import routes


def overlap(one: Box, other: Box) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def inside(box: Box, outer: Box) -> bool:
    return outer.x <= box.x and box.right <= outer.right and outer.y <= box.y and box.bottom <= outer.bottom


def crosses(start: tuple[int, int], end: tuple[int, int], box: Box) -> bool:
    """Whether a piece of an arrow runs through the inside of a box."""
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    return left < box.right and right > box.x and top < box.bottom and bottom > box.y


def assert_readable(document):
    diagram = drawn(document)
    layout = laid_out(diagram)
    free = [shape for shape in diagram.shapes if not shape.host]
    for one, other in combinations(free, 2):
        assert not overlap(layout.shapes[one.id], layout.shapes[other.id]), (one.id, other.id)
    on_edge = [layout.shapes[shape.id] for shape in diagram.shapes if shape.host]
    assert not any(overlap(one, other) for one, other in combinations(on_edge, 2))
    for shape in diagram.shapes:
        assert inside(layout.shapes[shape.id], layout.lanes[shape.lane])
    assert all(inside(lane, layout.pool) for lane in layout.lanes.values())
    assert not any(overlap(one, other) for one, other in combinations(layout.lanes.values(), 2))
    for arrow in diagram.arrows:
        points = layout.arrows[arrow.id]
        assert len(points) >= 2
        for start, end in pairwise(points):
            assert (start[0] == end[0]) != (start[1] == end[1])
            assert not [shape.id for shape in free if crosses(start, end, layout.shapes[shape.id])], arrow


@pytest.mark.parametrize("name", schemas.starters("workflows"))
def test_every_starter_can_be_looked_at(name):
    assert_readable(schemas.starter("workflows", name))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(routes())
def test_any_route_can_be_looked_at(document):
    assert_readable(document)


def test_lanes_are_called_as_the_office_calls_them():
    document = schemas.starter("workflows", "dog_registration")
    lanes = {lane.name for lane, _shapes in drawn(document, {"reviewer": "担当", "unit_chief": "係長"}).lanes()}
    assert {"申請者・起案者", "担当", "係長"} <= lanes
