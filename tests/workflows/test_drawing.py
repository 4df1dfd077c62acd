"""The drawing of a route: every step once, nothing on top of another, branches side by side, the live place marked."""

from collections.abc import Callable
from itertools import combinations

from django.test import Client
from django.urls import reverse
from hypothesis import given, settings

from tests.workflows import routes
from tests.workflows.test_blocks import act, consulting
from workflows.approver_desk.drawing import HEIGHT, WIDTH, Box, drawing_of
from workflows.cases import Case
from workflows.progress import LATER, Stop, progress
from workflows.spec import ParallelStep, Step, WorkflowSpec

Opened = Callable[..., Case]


def is_apart(one: Box, other: Box) -> bool:
    beside = abs(one.x - other.x) >= WIDTH
    return beside or abs(one.y - other.y) >= HEIGHT


def stops_of(steps: tuple[Step, ...]) -> list[Stop]:
    """Every step as a stop, whatever way a case would take."""
    found: list[Stop] = []
    for step in steps:
        if isinstance(step, ParallelStep):
            branches = [stops_of(branch.steps) for branch in step.branches]
            found.append(Stop(step.key, step.kind, step.title, LATER, branches=branches))
        elif hasattr(step, "branches"):
            found += [stop for branch in step.branches for stop in stops_of(branch.steps)]
        else:
            found.append(Stop(step.key, "approval", step.title, LATER))
    return found


@given(routes.routes())
@settings(max_examples=40, deadline=None)
def test_no_box_lies_on_another_and_all_lie_within(document: dict) -> None:
    drawing = drawing_of(stops_of(WorkflowSpec.load(document).steps))
    assert all(is_apart(one, other) for one, other in combinations(drawing.boxes, 2))
    assert all(0 <= box.x <= drawing.width - WIDTH and 0 <= box.y <= drawing.height - HEIGHT for box in drawing.boxes)


def test_branches_stand_side_by_side_and_every_live_place_is_marked(opened: Opened) -> None:
    case = opened(consulting())
    act(case, "review")
    drawing = drawing_of(progress(case).stops)
    live = [box for box in drawing.boxes if box.state == "now"]
    assert len(live) == 3
    assert len({box.y for box in live}) == 1
    assert sum(line.is_walked for line in drawing.lines) == 3
    assert drawing.where.startswith("いま「")


def test_page_has_the_drawing_with_its_words_and_the_list(opened: Opened, client_of: Callable[[str], Client]) -> None:
    page = client_of("sato").get(reverse("approver:case", args=[opened().public_id])).content.decode()
    assert 'role="img"' in page and "いま「審査」を待っています。" in page and 'id="route-list"' in page
