"""Any case on any route, moved to any edition of it at any time: it is moved whole or not at all, and it still ends."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from schemas import check
from tests.workflows.routes import routes
from tests.workflows.test_route_story import RouteStory, member
from workflows.cases import Case, Task
from workflows.definitions import publish
from workflows.transfers import MOVED, carry_out, dry_run, propose, review

pytestmark = [pytest.mark.both]
PEOPLE = ("approval", "decision")
EDITS = ["insert", "rename", "remove", "retitle"]
EXTRA = {"kind": "approval", "title": "追加", "by": {"role": "unit_chief"}, "may": ["approve"]}


def moved(story: RouteStory, edit: str, data: st.DataObject) -> None:
    """The case of a story goes on with another edition of its route, or stays exactly as it was."""
    case = story.case
    document, mapped = edited(copy.deepcopy(case.version.document), edit, data)
    if check(document) or not case.is_open:
        return
    transfer = propose(case.version, publish(document), mapped, member("admin"), "改訂", [case])
    said, before = dry_run(transfer)[0], snapshot(case)
    row = carry_out(review(transfer, member("watanabe")), member("watanabe"))[0]
    assert (row.state == MOVED) == said.is_possible
    if row.state == MOVED:
        assert snapshot(case)[1:] == before[1:]
        assert all(story.case.spec.step(task.step) for task in story.tasks())
    else:
        assert snapshot(case) == before


def edited(document: dict[str, Any], edit: str, data: st.DataObject) -> tuple[dict[str, Any], dict[str, str]]:
    """Another edition of a route, and what took the place of what."""
    steps = document["steps"]
    number = f"n{len(str(document))}"
    if edit == "insert":
        steps.insert(data.draw(st.integers(0, len(steps))), {**EXTRA, "key": number})
        return document, {}
    place = data.draw(st.sampled_from([place for place, step in enumerate(steps) if step["kind"] in PEOPLE]))
    old = steps[place]["key"]
    if edit == "remove":
        del steps[place]
    elif edit == "retitle":
        steps[place]["title"] += "（新）"
    else:
        steps[place]["key"] = number
        return document, {old: number}
    return document, {}


def snapshot(case: Case) -> tuple[Any, ...]:
    """Where a case waits; and what no move may change: its decisions with their signatures, and how much is open."""
    waiting = Task.objects.filter(process=case, finished=None).order_by("pk")
    signed = list(case.decisions.order_by("number").values_list("step", "jws", "voided_at"))
    facts = Case.objects.values_list("outcome", "stopped_at", "finished").get(pk=case.pk)
    at = [(task.pk, task.step, task.owner_permission) for task in waiting]
    return at, signed, facts, sorted((task.kind, task.is_parked, str(task.held_at)) for task in waiting)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), phases=(Phase.generate,))
@given(data=st.data(), document=routes(), acts=st.integers(0, 5), edit=st.sampled_from(EDITS))
def test_any_case_is_moved_whole_or_not_at_all(
    organisation: None, data: st.DataObject, document: dict[str, Any], acts: int, edit: str
) -> None:
    story = RouteStory()
    try:
        story.open(document=document, fee=500, drafter=None)
        for _ in range(acts):
            story.someone_decides(data=data)
        moved(story, edit, data)
        story.an_open_case_waits_for_somebody()
        story.both_chains_hold()
        story.the_drawing_shows_every_position()
        story.it_ends()
        story.exactly_one_decides()
        story.what_is_approved_was_approved_on_the_way()
        story.both_chains_hold()
    finally:
        story.teardown()
