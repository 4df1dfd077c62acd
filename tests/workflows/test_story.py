"""Whatever people do that they may do, in whatever order: what must hold, holds."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.workflows import documents
from tests.workflows.subjects.models import Matter
from workflows import audit
from workflows.authority import DecisionRefused
from workflows.cases import APPLICANT, Case, CaseRefused, Task, start
from workflows.chains import chain
from workflows.corrections import resume
from workflows.decisions import decide
from workflows.definitions import publish
from workflows.offers import earlier_steps, offered
from workflows.signatures import verify_chain
from workflows.staff import StaffMember
from workflows.withdrawal import withdraw

DOCUMENTS = [documents.LINE, documents.LONG, documents.RULED, documents.CHOSEN]


class Story(RuleBasedStateMachine):
    """One case from its opening; every run is undone at its end."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.contents: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize(document=st.sampled_from(DOCUMENTS), fee=st.sampled_from([500, 5000, 50000]))
    def open(self, document: dict[str, Any], fee: int) -> None:
        self.pk = start(Matter.objects.create(answers={"fee": fee}), publish(document)).pk
        self.contents.add(self.case.content_sha256)

    @property
    def case(self) -> Case:
        return Case.objects.get(pk=self.pk)

    @property
    def waits_for_staff(self) -> bool:
        task = next(iter(self.case.open_tasks()), None)
        return task is not None and task.owner_permission != APPLICANT

    @precondition(lambda self: self.waits_for_staff)
    @rule(data=st.data())
    def someone_decides(self, data: st.DataObject) -> None:
        task = next(iter(self.case.open_tasks()), None)
        assert task is not None
        outcome = data.draw(st.sampled_from(offered(task)))
        to = data.draw(st.sampled_from(earlier_steps(task))).key if outcome == "returned" else None
        by = StaffMember.objects.holding(task.key).get()
        decide(task, outcome, by, comment="理由", remarks={"/fee": "違います"}, to=to)

    @precondition(lambda self: self.waits_for_staff)
    @rule(login=st.sampled_from(["suzuki", "katsuragi", "admin", "builder"]))
    def someone_else_tries(self, login: str) -> None:
        with pytest.raises(DecisionRefused):
            decide(next(iter(self.case.open_tasks()), None), "approved", StaffMember.objects.get(username=login))

    @precondition(lambda self: self.case.is_open and not self.waits_for_staff)
    @rule(fee=st.integers(0, 50000))
    def applicant_corrects(self, fee: int) -> None:
        matter = self.case.subject
        matter.answers = {"fee": fee}
        matter.save()
        resume(self.case, by="resident")
        self.contents.add(self.case.content_sha256)

    @rule(really=st.integers(0, 9))
    def applicant_withdraws(self, really: int) -> None:
        """Rarely, or few stories would be long."""
        if really:
            return
        decided = not self.case.is_open
        try:
            withdraw(self.case, by="resident")
        except CaseRefused:
            assert decided
        else:
            assert not decided

    @precondition(lambda self: not self.case.is_open)
    @rule()
    def nothing_moves_a_closed_case(self) -> None:
        for verb in (resume, withdraw):
            with pytest.raises(CaseRefused):
                verb(self.case)

    @invariant()
    def open_case_waits_for_exactly_one(self) -> None:
        if hasattr(self, "pk"):
            assert Task.objects.filter(process=self.pk, finished=None).count() == int(self.case.is_open)

    @invariant()
    def closed_case_has_one_outcome_from_one_decider(self) -> None:
        if not hasattr(self, "pk") or self.case.is_open:
            return
        case = self.case
        assert case.outcome == case.subject.outcome
        deciders = [
            decision
            for decision in case.decisions.standing().filter(outcome__in=["approved", "refused"])
            if decision.is_by_rule or getattr(case.spec.step(decision.step), "is_decision", False)
        ]
        assert len(deciders) == (0 if case.outcome == "withdrawn" else 1)

    @invariant()
    def clock_stands_still_exactly_while_the_applicant_corrects(self) -> None:
        if hasattr(self, "pk") and self.case.is_open:
            assert (self.case.stopped_at is not None) == (not self.waits_for_staff)

    @invariant()
    def both_chains_hold(self) -> None:
        if hasattr(self, "pk"):
            verify_chain(chain(self.case), self.case.first_sha256, self.contents)
            assert audit.verify().is_intact


def test_any_story_ends_well(organisation: None) -> None:
    few = settings(
        max_examples=25,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    run_state_machine_as_test(Story, settings=few)
