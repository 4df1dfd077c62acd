"""The route of a case as it is drawn: everything done on it, everything still to come, and everywhere it waits."""

from collections.abc import Callable
from typing import Any

from tests.workflows import documents
from tests.workflows.conftest import read_again
from workflows.asides import told
from workflows.assignees import Assignment
from workflows.cases import Case
from workflows.decisions import decide
from workflows.forwarding import add_step
from workflows.progress import progress
from workflows.staff import StaffMember

Opened = Callable[..., Case]
BESIDE = {
    "key": "beside",
    "kind": "parallel",
    "title": "並列",
    "need": "all",
    "branches": [
        {"steps": [{**documents.REVIEW, "key": "one", "may": ["approve", "add_step"]}]},
        {"steps": [{**documents.REVIEW, "key": "two", "by": {"department": "facilities", "role": "reviewer"}}]},
    ],
}
ROUTE: dict[str, Any] = {
    "workflow": "drawn",
    "title": "経路",
    "steps": [
        {**documents.CHECK, "key": "first", "may": ["approve"]},
        BESIDE,
        {**documents.CHOSEN["steps"][1]},
        {"key": "tell", "kind": "notify", "title": "通知", "to": ["applicant", {"role": "reviewer"}]},
    ],
}


def states(case: Case) -> dict[str, str]:
    return {stop.key: stop.state for stop in progress(read_again(case)).flat()}


def test_all_positions_are_shown(opened: Opened, takasaki: StaffMember, sato: StaffMember) -> None:
    case = opened(ROUTE)
    assert states(case) == {"first": "now", "one": "later", "two": "later", "decide": "later", "tell": "later"}
    decide(case.open_tasks()[0], "approved", takasaki)
    drawn = progress(read_again(case))
    assert drawn.positions == ["one", "two"]
    assert [task.step for task in drawn.waiting] == ["one", "two"]
    block = drawn.stops[1]
    assert (block.kind, block.state, block.needed, len(block.branches)) == ("parallel", "now", 2, 2)
    assert [branch[0].who for branch in block.branches] == ["環境課 担当", "施設課 担当"]


def test_what_was_put_in_is_shown_before_its_step(
    opened: Opened, takasaki: StaffMember, sato: StaffMember, suzuki: StaffMember
) -> None:
    case = opened(ROUTE)
    decide(case.open_tasks()[0], "approved", takasaki)
    added = add_step(case.open_tasks()[0], sato, "suzuki", "意見")
    stop = next(stop for stop in progress(read_again(case)).flat() if stop.key == "one__added")
    assert (stop.state, stop.who, stop.movements[0].verb) == ("now", "鈴木 次郎", "add_step")
    decide(added, "approved", suzuki)
    assert states(case)["one__added"] == "done"


def test_only_the_branch_that_is_taken_is_drawn(opened: Opened) -> None:
    assert "mayor" in states(opened(ROUTE, answers={"fee": 50000}))


def test_closed_case_shows_what_it_did_not_reach(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    steps = [documents.REVIEW, documents.DECIDE, {**documents.CHECK, "may": ["approve"]}]
    case = opened({**documents.LINE, "steps": steps})
    decide(case.open_tasks()[0], "approved", sato)
    decide(case.open_tasks()[0], "refused", yoshino, comment="理由")
    assert states(case) == {"review": "done", "decide": "done", "check": "skipped"}


def test_notice_is_called_for_where_the_route_says_so(opened: Opened, sato: StaffMember, yoshino: StaffMember) -> None:
    heard: list[Any] = []

    def hear(**call: Any) -> None:
        heard.append(call)

    told.connect(hear)
    try:
        case = opened({**ROUTE, "steps": [documents.DECIDE, ROUTE["steps"][3]]})
        decide(case.open_tasks()[0], "approved", yoshino)
    finally:
        told.disconnect(hear)
    assert heard[0]["to"] == ["applicant", Assignment("environment/reviewer")]
    assert [movement.to for movement in case.movements.all()] == ["applicant", "environment/reviewer"]
    assert read_again(case).outcome == "approved"
