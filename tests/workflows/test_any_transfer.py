"""Any case on any route, moved to any edition of it at any time: it is moved whole or not at all, and it still ends."""

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from schemas import check
from tests.workflows.test_route_story import RouteStory, member
from workflows.cases import Case, Task
from workflows.definitions import publish
from workflows.transfers import MOVED, carry_out, dry_run, propose, review

pytestmark = [pytest.mark.both]
PEOPLE = ("approval", "decision")
EXTRA = {"kind": "approval", "title": "追加", "by": {"role": "unit_chief"}, "may": ["approve"]}


class TransferStory(RouteStory):
    """The story of a case whose route is rewritten on the way; all that holds for any story holds for it too."""

    @rule(data=st.data(), edit=st.sampled_from(["insert", "rename", "remove", "retitle"]))
    def someone_moves_it(self, data: st.DataObject, edit: str) -> None:
        case = self.case
        if not case.is_open:
            return
        document, mapped = edited(copy.deepcopy(case.version.document), edit, data)
        if check(document):
            return
        transfer = propose(case.version, publish(document), mapped, member("admin"), "改訂", [case])
        said, before = dry_run(transfer)[0], snapshot(case)
        row = carry_out(review(transfer, member("watanabe")), member("watanabe"))[0]
        assert (row.state == MOVED) == said.is_possible
        if row.state == MOVED:
            assert snapshot(case)[1:] == before[1:]
            assert all(self.case.spec.step(task.step) for task in self.tasks())
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


def test_any_case_is_moved_whole_or_not_at_all(organisation: None) -> None:
    few = settings(
        max_examples=15,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        phases=(Phase.generate,),
    )
    run_state_machine_as_test(TransferStory, settings=few)
