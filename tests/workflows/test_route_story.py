"""Whatever a route looks like and whatever people do that they may do: the invariants of 決裁 hold, and it ends."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.workflows.routes import routes
from tests.workflows.subjects.models import Matter
from workflows import audit
from workflows.assignees import MANAGER
from workflows.authority import DecisionRefused
from workflows.cases import APPLICANT, Case, CaseRefused, Task, start
from workflows.chains import chain
from workflows.corrections import resume
from workflows.deadlines import elapsed
from workflows.decisions import Decision, decide
from workflows.definitions import publish
from workflows.delegations import announce_absence
from workflows.drafting import abandon, pull_back
from workflows.forwarding import add_step, forward
from workflows.holds import hold, release
from workflows.offers import earlier_steps, offered
from workflows.progress import NOW, progress
from workflows.pull_ups import pull_up
from workflows.readings import close_reading
from workflows.signatures import verify_chain
from workflows.staff import StaffMember
from workflows.withdrawal import withdraw

pytestmark = [pytest.mark.both]
LOGINS = ["sato", "takasaki", "yoshino", "suzuki", "katsuragi", "watanabe", "mayor"]
#: More acts than any of these routes needs from anywhere to its end.
ENOUGH = 200


def member(login: str) -> StaffMember:
    return StaffMember.objects.get(username=login)


class RouteStory(RuleBasedStateMachine):
    """One case from its opening; every run is driven to its end and then undone."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.contents: set[str] = set()
        self.pk = 0

    def teardown(self) -> None:
        try:
            if self.pk:
                self.it_ends()
        finally:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    @initialize(
        document=routes(), fee=st.sampled_from([500, 50000]), drafter=st.sampled_from([None, "sato", "yoshino"])
    )
    def open(self, document: dict[str, Any], fee: int, drafter: str | None) -> None:
        answers = {"fee": fee, "section": "facilities", "person": "watanabe"}
        by = member(drafter) if drafter else None
        matter = Matter.objects.create(answers=answers, drafter=by, is_internal=by is not None)
        self.pk = start(matter, publish(document)).pk
        self.contents.add(self.case.content_sha256)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    def tasks(self) -> list[Task]:
        return [task for task in self.case.open_tasks() if task.owner_permission != APPLICANT]

    def a_task(self, data: st.DataObject) -> Task | None:
        tasks = self.tasks()
        return data.draw(st.sampled_from(tasks)) if tasks else None

    @staticmethod
    def holders(task: Task) -> list[StaffMember]:
        """Who may act on it, told in another way than the code tells it."""
        if task.meant_for:
            return []
        found = [task.owner] if task.owner else list(StaffMember.objects.holding(task.key))
        return [each for each in found if each and each != task.case.subject.drafter]

    @rule(data=st.data())
    def someone_decides(self, data: st.DataObject) -> None:
        task = self.a_task(data)
        if task is None or task.held_at or not self.holders(task):
            return
        outcome = data.draw(st.sampled_from(("approved", *offered(task))))
        to = data.draw(st.sampled_from(earlier_steps(task))).key if outcome == "returned" else None
        conditions = ["夜間は使わないこと"] if outcome == "approved" and task.human_step.is_decision else []
        by = self.holders(task)[0]
        decide(task, outcome, by, comment="理由", remarks={"/fee": "違います"}, to=to, conditions=conditions)

    @rule(data=st.data(), login=st.sampled_from([*LOGINS, "admin", "builder"]))
    def someone_else_tries(self, data: st.DataObject, login: str) -> None:
        task = self.a_task(data)
        if task is None or member(login) in self.holders(task):
            return
        is_named = task.human_step.is_decision and login == "takasaki"
        if not is_named or member(login) == task.case.subject.drafter:
            with pytest.raises(DecisionRefused):
                decide(task, "approved", member(login), urgent="至急")

    @rule(data=st.data(), is_away=st.booleans())
    def substitute_decides(self, data: st.DataObject, is_away: bool) -> None:
        task = next((task for task in self.tasks() if task.human_step.is_decision and not task.held_at), None)
        substitute = member("takasaki")
        if task is None or substitute in self.holders(task) or not self.holders(task):
            return
        if is_away:
            for holder in self.holders(task):
                announce_absence(holder, localdate(), localdate() + timedelta(days=1), "出張", holder)
        decision = decide(task, "approved", substitute, urgent="" if is_away else "本日が期限")
        assert "代" in decision.post

    @precondition(lambda self: any(task.owner_permission == APPLICANT for task in self.case.open_tasks()))
    @rule(fee=st.sampled_from([500, 50000]))
    def applicant_corrects(self, fee: int) -> None:
        matter = self.case.subject
        matter.answers = {**matter.answers, "fee": fee}
        matter.save()
        resume(self.case, by="resident")
        self.contents.add(self.case.content_sha256)

    @rule(data=st.data())
    def someone_holds_or_releases(self, data: st.DataObject) -> None:
        task = self.a_task(data)
        if task is None or not self.holders(task) or "hold" not in task.human_step.may:
            return
        by = self.holders(task)[0]
        if task.held_at:
            release(task, by)
        else:
            hold(task, by, "現地調査", localdate())

    @rule(data=st.data(), to=st.sampled_from(["takasaki", "facilities/reviewer", "watanabe"]))
    def someone_asks_another_first(self, data: st.DataObject, to: str) -> None:
        task = self.a_task(data)
        if task is None or task.held_at or not self.holders(task) or "add_step" not in task.human_step.may:
            return
        add_step(task, self.holders(task)[0], to, "意見を聞くため")

    @rule(data=st.data(), to=st.sampled_from(["takasaki", "general/section_chief"]))
    def someone_forwards(self, data: st.DataObject, to: str) -> None:
        task = self.a_task(data)
        if task is None or not self.holders(task) or task.human_step.is_decision or task.kind != "step":
            return
        if "forward" in task.human_step.may:
            forward(task, self.holders(task)[0], to)

    @rule(data=st.data(), login=st.sampled_from(LOGINS))
    def someone_pulls_up(self, data: st.DataObject, login: str) -> None:
        task = self.a_task(data)
        if task is None:
            return
        try:
            pull_up(task, member(login), "担当者が長期不在")
        except DecisionRefused:
            return
        assert Task.objects.filter(came_from=task, kind="later_reading").exists()

    @rule(really=st.integers(0, 7), login=st.sampled_from(LOGINS))
    def drafter_takes_it_back(self, really: int, login: str) -> None:
        if really > 1:
            return
        verb = pull_back if really else abandon
        try:
            verb(self.case, member(login), "書き直すため")
        except CaseRefused:
            return
        assert login == self.case.subject.drafter.username

    @rule(really=st.integers(0, 14))
    def applicant_withdraws(self, really: int) -> None:
        """Rarely, or few stories would be long."""
        if really:
            return
        decided = not self.case.is_open or bool(self.case.outcome)
        try:
            withdraw(self.case, by="resident")
        except CaseRefused:
            assert decided
        else:
            assert not decided

    @rule()
    def someone_reads(self) -> None:
        for task in self.case.open_readings()[:1]:
            by = task.owner or StaffMember.objects.holding(task.key).first()
            close_reading(task, by)

    def it_ends(self) -> None:
        """From wherever the story has come to, people who only approve bring it to an end."""
        for _act in range(ENOUGH):
            case = self.case
            if not case.is_open:
                return
            task = case.open_tasks()[0]
            if task.owner_permission == APPLICANT:
                resume(case)
            elif task.held_at:
                release(task, member("watanabe"))
            elif task.meant_for:
                self.manager_forwards(task)
            else:
                decide(task, "approved", self.holders(task)[0])
        raise AssertionError("the case does not end")

    def manager_forwards(self, task: Task) -> None:
        assert task.key == MANAGER
        if task.human_step.is_decision:
            decide(task, "approved", member("takasaki"))  # a substitute, because nobody may decide
        else:
            forward(task, member("watanabe"), "takasaki")

    @invariant()
    def an_open_case_waits_for_somebody(self) -> None:
        if self.pk:
            assert bool(self.case.open_tasks()) == self.case.is_open
            blocking = Task.objects.filter(process=self.pk, finished=None, kind__in=("step", "added"))
            assert self.case.is_open or not blocking.exists()

    @invariant()
    def nothing_is_asked_twice_at_once(self) -> None:
        steps = [(task.step, str(task.token)) for task in self.tasks() if task.kind == "step"] if self.pk else []
        assert len(steps) == len(set(steps))

    @invariant()
    def exactly_one_decides(self) -> None:
        if self.pk and not self.case.is_open:
            case = self.case
            assert case.outcome == case.subject.outcome
            nobody = case.outcome in ("withdrawn", "abandoned")
            assert len(list(deciders(case))) == (0 if nobody else 1)

    @invariant()
    def nobody_decides_on_his_own_or_without_a_post(self) -> None:
        for decision in Decision.objects.filter(case=self.pk or None).select_related("task__owner", "by"):
            assert decision.by != self.case.subject.drafter
            if decision.in_place_of:
                assert Task.objects.filter(came_from=decision.task, kind="later_reading").exists()
            else:
                assert decision.by in self.holders(decision.task)

    @invariant()
    def what_is_approved_was_approved_on_the_way(self) -> None:
        if self.pk and self.case.outcome in ("approved", "refused"):
            case = self.case
            standing = set(case.decisions.standing().values_list("step", flat=True))
            passed_over = set(case.movements.filter(verb="pull_up").values_list("step", flat=True))
            came_through = {task.step for task in Task.objects.filter(process=case, kind="step", status="DONE")}
            for step in case.spec.before("decide"):
                inside = step.people() if hasattr(step, "people") else [step]
                if came_through & {each.key for each in inside}:
                    known = standing | passed_over | skipped(case)
                    assert known & {each.key for each in inside}

    @invariant()
    def the_clock_runs_forward(self) -> None:
        if self.pk:
            case = self.case
            assert timedelta(0) <= elapsed(case)
            stopped = case.clock_stops.running().exists()
            assert stopped == (case.stopped_at is not None)
            waiting = Task.objects.filter(process=case, finished=None, kind__in=("step", "added"))
            held = [task for task in waiting if task.held_at and task.human_step.hold_stops_clock]
            assert stopped == (bool(held) or any(task.owner_permission == APPLICANT for task in waiting))

    @invariant()
    def the_drawing_shows_every_position(self) -> None:
        if self.pk:
            drawn = [stop.key for stop in progress(self.case).flat() if stop.state == NOW]
            assert {task.step for task in self.tasks()} <= set(drawn)

    @invariant()
    def both_chains_hold(self) -> None:
        if self.pk:
            verify_chain(chain(self.case), self.case.first_sha256, self.contents)
            assert audit.verify().is_intact


def deciders(case: Case) -> Iterator[Decision]:
    for decision in case.decisions.standing().filter(outcome__in=["approved", "refused"]):
        if decision.is_by_rule or getattr(case.spec.step(decision.step), "is_decision", False):
            yield decision


def skipped(case: Case) -> set[str]:
    """Who was passed over between the stuck one and who pulled it up."""
    return set(Task.objects.filter(process=case, kind="later_reading").values_list("step", flat=True))


def test_any_route_ends_well(organisation: None) -> None:
    few = settings(
        max_examples=15,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        phases=(Phase.generate,),  # stories are long: shrinking one takes longer than reading it
    )
    run_state_machine_as_test(RouteStory, settings=few)
