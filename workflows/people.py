"""The nodes at which a case waits for somebody: for staff, for its applicant, for who was asked on the way."""

from collections.abc import Iterator
from typing import Any

from django.utils.timezone import now
from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.signals import task_finished, task_started
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from workflows.assignees import assignment, decider
from workflows.cases import APPLICANT, CONSULTED, ESCALATION, WORK, Case, Task
from workflows.deadlines import step_due
from workflows.delegations import drop_substitutes
from workflows.holds import settle_holds
from workflows.nodes import CaseActivation
from workflows.notices import arrive
from workflows.spec import HumanStep
from workflows.staff import StaffMember
from workflows.standing_substitutes import put_substitutes_on
from workflows.watches import ESCALATED, watch

#: Ends the name of the node at which the branches of a block meet.
MEET = "_meet"


def is_decided(activation: Activation) -> bool:
    """viewflow tries to complete every task as soon as it is made; one that waits for somebody must not."""
    return bool(activation.task.outcome)


class WaitingActivation(CaseActivation):
    """A node at which the case waits."""

    @Activation.status.super()
    def activate(self) -> None:
        """Waits."""

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE, conditions=[is_decided])
    def complete(self) -> None:
        self.task.finished = now()
        self.task.save(update_fields=["status", "outcome", "started", "finished"])
        task_finished.send(sender=self.flow_class, process=self.process, task=self.task)

    def leave(self, outcome: str, to: str = "") -> None:
        """Finish the task with this outcome and run the case to where it waits next, or to its end."""
        self.task.outcome, self.to = outcome, to
        self.task.started = self.task.started or now()
        task_started.send(sender=self.flow_class, process=self.process, task=self.task)
        self.complete()
        self.activate_next()


class PersonActivation(WaitingActivation):
    """Somebody approves, decides, returns, or asks the applicant."""

    def reach(self) -> None:
        step, case = self.flow_task.step, self.process
        self.task.step = step.key
        self.task.lane = CONSULTED if step.kind == "consultation" else WORK
        assignment(decider(step, case), case).put_on(self.task)
        self.task.due_on = step_due(case, step.working_days)
        watch(self.task)
        arrive(self.task)
        if step.is_decision:
            put_substitutes_on(self.task, step, case)

    @Activation.status.super()
    def complete(self) -> None:
        super().complete.original()
        if self.flow_task.step.is_decision:
            drop_substitutes(self.task)
        if ESCALATED in self.task.alarmed:
            Task.objects.filter(process=self.process, kind=ESCALATION, came_from=self.task, finished=None).cancel()

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        if self.task.outcome == "returned":
            yield back_to(self, self.to)
        elif self.task.outcome == "pulled_up":
            yield self.flow_class.node_of(self.to)._create(self, self.task.token)
        else:
            yield self.flow_task.way(self.task.outcome)._create(self, self.task.token)


def back_to(activation: CaseActivation, step: str) -> Activation:
    """Reach an earlier step again.  The parallel block that this leaves ends here, with what waits in it."""
    case, here = activation.process, str(activation.task.token).split("/")
    depth = len(case.spec.blocks(step)) + 1
    if len(here) > depth:
        leave_block(case, "/".join(here[: depth + 1]))
    return activation.flow_class.node_of(step)._create(activation, Token("/".join(here[:depth])))


def leave_block(case: Case, token: str) -> None:
    """Nobody has to do any more what waits beside this token of a branch, or inside it."""
    block = token.rsplit("_", 1)[0] + "_"
    Task.objects.blocking(case).filter(token__startswith=block).cancel()
    settle_holds(case)
    case.left_blocks.add(block)


class Waiting(nodes.View):
    """A node that has its tasks done elsewhere than in viewflow's views."""

    _owner_permission_obj = None  # viewflow reads it, and declares it only in Permission()

    def __init__(self, title: str) -> None:
        super().__init__(None)
        self.task_title = title

    def can_assign(self, user: Any, task: Task) -> bool:
        """Whoever holds the post; not superusers, whom viewflow would let pass."""
        return isinstance(user, StaffMember) and task.waits_for(user)


class Person(Waiting):
    """A step of people (承認・決裁)."""

    activation_class = PersonActivation

    def __init__(self, step: HumanStep) -> None:
        super().__init__(step.title)
        self.step = step

    def way(self, outcome: str) -> Node:
        """Where a case goes from here, if it does not go back.  Who objects (不同意) leaves the rest of the branch."""
        flow = self.flow_class
        if outcome == "objected":
            return flow.node_of(flow.spec.blocks(self.step.key)[-1].key, MEET)
        return {"approved": self._next, "refused": flow.finish, "correction": flow.correction}[outcome]

    def _outgoing(self) -> Iterator[Edge]:
        yield from super()._outgoing()
        if "refused" in self.step.outcomes:
            yield Edge(src=self, dst=self.flow_class.finish, edge_class="cond_false", label="refused")
        if "correction" in self.step.outcomes:
            yield Edge(src=self, dst=self.flow_class.correction, edge_class="cond_false", label="correction")


class CorrectionActivation(WaitingActivation):
    """The applicant corrects (補正); no member of staff can see or decide this task."""

    def reach(self) -> None:
        self.task.owner_permission = APPLICANT
        self.task.save(force_insert=True)

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        """To the step that asked, or further back where somebody agreed to what has changed, or to the beginning."""
        asked: Task | None = self.task.came_from
        if self.to:
            yield back_to(self, self.to)
        elif asked is None:
            yield self.flow_class.begin._next._create(self, self.task.token)
        else:
            yield asked.flow_task._create(self, self.task.token)


class Correction(Waiting):
    """Where a case waits for its applicant."""

    activation_class = CorrectionActivation
    task_type = "APPLICANT"


class AddedActivation(WaitingActivation):
    """Somebody who was asked on the way (追加承認); the task before which that was waits meanwhile."""

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        held_up: Task = self.task.before
        if self.task.outcome == "returned":
            Task.objects.filter(pk=held_up.pk).cancel()
            yield back_to(self, self.to)
        elif not held_up.added.filter(finished=None).exists():
            Task.objects.filter(pk=held_up.pk).update(is_parked=False)


class Added(Waiting):
    """Where what was put in on the way waits; nothing in the route leads here."""

    activation_class = AddedActivation
    task_type = "ADDED"
