"""The nodes that a workflow version is compiled to, and how each acts: viewflow's, with rows written once.

A node's row is made when it is reached and finished when it is left.  Where nobody waits that is the same moment, and
the row is inserted finished.  Beginning and end have none: they are columns of the case.  ``came_from`` keeps what
viewflow keeps in ``previous``; that table is for nodes that join branches.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Self, cast

from django.utils.timezone import localdate, now
from viewflow import this
from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.nodes.mixins import NextNodeMixin
from viewflow.workflow.nodes.start import StartHandleActivation
from viewflow.workflow.signals import flow_finished, flow_started, task_finished, task_started
from viewflow.workflow.status import STATUS

from schemas.conditions import holds
from workflows.cases import APPLICANT, Task, close
from workflows.deadlines import due_on
from workflows.decisions import record_by_rule
from workflows.notices import notify_staff
from workflows.rules import first_match
from workflows.spec import Branch, ChoiceStep, HumanStep, RulesStep
from workflows.staff import PERMISSION, StaffMember, assignee_key, keys_of


class CaseActivation(Activation):
    """What all our activations share.  Nothing is undone or revived: a return is a step forward to an earlier place."""

    __hash__ = object.__hash__  # a task that is not saved yet has no key to hash

    def __eq__(self, other: object) -> bool:
        return self is other

    def exception_guard(self) -> AbstractContextManager[None]:
        """Errors go to the caller; viewflow's own guard may keep local variables in the task: people's answers."""
        return nullcontext()

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Activation, token: Any, **unused: Any) -> Self:
        before = prev_activation.task if prev_activation.task.pk else None
        task = Task(process=prev_activation.process, flow_task=flow_task, token=token, came_from=before)
        activation = cls(task)
        activation.reach()
        return activation

    def reach(self) -> None:
        """What is to be done on the row that is not saved yet, before anything else."""

    @Activation.status.transition(source=STATUS.DONE, target=STATUS.CANCELED, conditions=[lambda activation: False])
    def undo(self) -> None:
        """Never possible."""

    @Activation.status.transition(source=STATUS.CANCELED, target=STATUS.REVIVED, conditions=[lambda activation: False])
    def revive(self) -> None:
        """Never possible: viewflow would open the revived task to everybody."""


class AutomaticActivation(CaseActivation):
    """A node that no one waits at."""

    def reach(self) -> None:
        self.task.started = now()

    @Activation.status.super()
    def activate(self) -> None:
        """Nothing to prepare."""

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        yield self.next_node._create(self, self.task.token)

    @property
    def next_node(self) -> Node:
        return self.flow_task._next


class BeginActivation(CaseActivation, StartHandleActivation):
    """Opens the case.  Its row is new in this transaction, so nobody else can see it and no lock is needed."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Activation, token: Any, **unused: Any) -> Self:
        return super(CaseActivation, cls).create(flow_task, prev_activation, token, **unused)

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)
    def complete(self) -> None:
        """Nothing to keep that the case does not."""

    @Activation.status.transition(source=STATUS.NEW)
    def execute(self) -> None:
        self.process.save(force_insert=True)
        self.task.process = self.process
        self.complete()
        flow_started.send(sender=self.flow_class, process=self.process, task=self.task)
        self.activate_next()


class Begin(nodes.StartHandle):
    """Where every case begins."""

    activation_class = BeginActivation


class RulesActivation(AutomaticActivation):
    """Reads the table; if a row holds, that is the decision and the case ends."""

    @Activation.status.super()
    def activate(self) -> None:
        step, case = self.flow_task.step, self.process
        self.task.step = step.key
        match = first_match(step.table, case.facts, case.subject.fact_titles("ja"))
        if match.row is not None:
            self.task.outcome = case.outcome = match.row.outcome
            record_by_rule(case, step.key, match.row, match.explanation())

    @property
    def next_node(self) -> Node:
        return self.flow_class.finish if self.task.outcome else self.flow_task._next


class Gateway(NextNodeMixin, Node):
    """A node with several ways on, drawn as viewflow draws its own."""

    shape, bpmn_element = nodes.Switch.shape, nodes.Switch.bpmn_element


class Rules(Gateway):
    """A table of rules (自動承認規則)."""

    activation_class = RulesActivation
    task_type = "RULES"

    def __init__(self, step: RulesStep) -> None:
        super().__init__()
        self.step = step

    def _outgoing(self) -> Iterator[Edge]:
        yield from super()._outgoing()
        yield Edge(src=self, dst=self.flow_class.finish, edge_class="cond_true")


class ChoiceActivation(AutomaticActivation):
    """Takes the first branch whose condition holds."""

    @property
    def next_node(self) -> Node:
        self.task.step = self.flow_task.step.key
        for branch, node in self.flow_task.ways:
            if branch.when is None or holds(branch.when, self.process.facts):
                return node
        return self.flow_task._next


class Choice(Gateway):
    """Several ways to go on (分岐); ``_next`` is the way past them all."""

    activation_class = ChoiceActivation
    task_type = "CHOICE"

    def __init__(self, step: ChoiceStep, ways: list[tuple[Branch, Any]]) -> None:
        super().__init__()
        self.step, self.ways = step, ways

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.ways = [(branch, this.resolve(instance, node)) for branch, node in self.ways]

    def _outgoing(self) -> Iterator[Edge]:
        yield from super()._outgoing()
        for branch, node in self.ways:
            yield Edge(src=self, dst=node, edge_class="cond_true" if branch.when else "default")


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
        step: HumanStep = self.flow_task.step
        self.task.step = step.key
        self.task.owner_permission = PERMISSION + assignee_key(step.by, self.process.department_key)
        self.task.due_on = None if step.working_days is None else due_on(localdate(), step.working_days)
        self.task.save(force_insert=True)
        notify_staff(self.task)

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        yield self.flow_task.way(self.task.outcome, self.to)._create(self, self.task.token)


class Waiting(nodes.View):
    """A node that has its tasks done elsewhere than in viewflow's views."""

    _owner_permission_obj = None  # viewflow reads it, and declares it only in Permission()

    def __init__(self, title: str) -> None:
        super().__init__(None)
        self.task_title = title

    def can_assign(self, user: Any, task: Task) -> bool:
        """Whoever holds the post; not superusers, whom viewflow would let pass."""
        return isinstance(user, StaffMember) and not task.owner_id and task.key in keys_of(user)


class Person(Waiting):
    """A step of people (承認・決裁)."""

    activation_class = PersonActivation

    def __init__(self, step: HumanStep) -> None:
        super().__init__(step.title)
        self.step = step

    def way(self, outcome: str, to: str) -> Node:
        """Where a case goes from here."""
        if outcome == "returned":
            return self.flow_class.node_of(to)
        flow = self.flow_class
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
        """Back to the step that asked."""
        yield cast(Task, self.task.came_from).flow_task._create(self, self.task.token)


class Correction(Waiting):
    """Where a case waits for its applicant."""

    activation_class = CorrectionActivation
    task_type = "APPLICANT"


class FinishActivation(AutomaticActivation):
    """Closes the case with the outcome that was decided."""

    @Activation.status.super()
    def activate(self) -> None:
        close(self.process)
        flow_finished.send(sender=self.flow_class, process=self.process, task=self.task)

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)
    def complete(self) -> None:
        """Nothing to keep that the case does not."""

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        yield from ()


class Finish(nodes.End):
    """Where every case ends that nobody withdraws."""

    activation_class = FinishActivation
