"""Nodes that hold nobody up: 後閲, 供覧, 通知, and what is done outside; the case goes on at once."""

from collections.abc import Iterable
from typing import Any

from django.dispatch import Signal
from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Node
from viewflow.workflow.nodes.mixins import NextNodeMixin

from workflows.assignees import Assignment, assignment
from workflows.cases import CIRCULATION, LATER_READING, Case
from workflows.deadlines import step_due
from workflows.deliveries import order
from workflows.movements import keep
from workflows.nodes import AutomaticActivation
from workflows.notices import notify_about
from workflows.people import Waiting, WaitingActivation
from workflows.readings import ask_to_read
from workflows.spec import AsideStep
from workflows.staff import StaffMember

#: Sent in the transaction in which a step of kind "notify" is reached: ``case``, ``step``, and ``to``: "applicant" or
#: an Assignment for each whom it names.  Staff have been told; whoever writes to applicants listens, and writes a row.
told = Signal()
APPLICANT = "applicant"


class AsideActivation(AutomaticActivation):
    """Does what the step is there for."""

    @Activation.status.super()
    def activate(self) -> None:
        step: AsideStep = self.flow_task.step
        self.task.step = step.key
        if step.kind == "notify":
            _tell(self.process, step)
        elif step.kind == "action":
            self.process.save(update_fields=["outcome"])  # what is sent is read from the row
            order(self.process, step)
        else:
            _send_round(self.process, step)


def _tell(case: Case, step: AsideStep) -> None:
    whom = [each if each == APPLICANT else assignment(each, case) for each in step.to]
    for each in whom:
        keep("notify", case, None, to=_name(each), reason="")
        if isinstance(each, Assignment):
            notify_about(case, [each.member] if each.member else StaffMember.objects.holding(each.key), "told")
    told.send(Case, case=case, step=step, to=whom)


def _name(whom: str | Assignment) -> str:
    if isinstance(whom, str):
        return whom
    return whom.member.get_username() if whom.member else whom.key


def _send_round(case: Case, step: AsideStep) -> None:
    kind = CIRCULATION if step.kind == "circulation" else LATER_READING
    due = step_due(case, step.working_days)
    for by in step.to:
        ask_to_read(case, assignment(by, case), kind, step.key, due_on=due)


class Aside(NextNodeMixin, Node):
    """A step that holds nobody up."""

    activation_class = AsideActivation
    task_type = "ASIDE"
    shape, bpmn_element = nodes.Function.shape, nodes.Function.bpmn_element

    def __init__(self, step: AsideStep) -> None:
        super().__init__()
        self.step = step


class ReadingActivation(WaitingActivation):
    """Closed by reading; nothing follows from it."""

    @Activation.status.super()
    def create_next(self) -> Iterable[Any]:
        return ()


class Reading(Waiting):
    """Where what is to be read waits; nothing in the route leads here."""

    activation_class = ReadingActivation
    task_type = "READING"
