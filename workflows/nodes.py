"""The nodes that a workflow version is compiled to, and how each acts: viewflow's, with rows written once.

Those of people are in ``people``, those of parallel blocks in ``blocks``, those that hold nobody up in ``asides``.

A node's row is made when it is reached and finished when it is left.  Where nobody waits that is the same moment, and
the row is inserted finished.  Beginning and end have none, they are columns of the case, nor has a table of rules: its
assessment says when it was read.  ``came_from`` keeps what viewflow keeps in ``previous``; that table is for nodes that
join branches.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Self

from django.utils.timezone import now
from viewflow import this
from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.nodes.mixins import NextNodeMixin
from viewflow.workflow.nodes.start import StartHandleActivation
from viewflow.workflow.signals import flow_finished, flow_started
from viewflow.workflow.status import STATUS

from schemas.conditions import holds
from workflows.assessments import assess
from workflows.assignees import assignment
from workflows.cases import LATER_READING, Task
from workflows.closing import close
from workflows.decisions import record_by_rule
from workflows.handwritten import insert
from workflows.readings import ask_to_read
from workflows.spec import Branch, ChoiceStep
from workflows.suspensions import running_question
from workflows.tables import AFTER, BEFORE, RulesStep


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

    @Activation.status.transition(source=STATUS.DONE)
    def activate_next(self) -> None:
        """Run the case on, branch by branch in the order of its document, to where it waits next or to its end."""
        ahead = deque(self.create_next())
        while ahead:
            each = ahead.popleft()
            if not each.is_left_behind:
                each.activate()
                if each.complete.can_proceed():
                    each.complete()
                    ahead.extend(each.create_next())

    @property
    def is_left_behind(self) -> bool:
        """Whether the parallel block around it has ended meanwhile."""
        left: set[str] = self.process.left_blocks
        return bool(left) and str(self.task.token).startswith(tuple(left))

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
        self.process.running_suspensions = insert(self.process, running_question())
        self.task.process = self.process
        self.complete()
        flow_started.send(sender=self.flow_class, process=self.process, task=self.task)
        self.activate_next()


class Begin(nodes.StartHandle):
    """Where every case begins."""

    activation_class = BeginActivation


class RulesActivation(AutomaticActivation):
    """Reads the table; if it approves, that is the decision and the case ends, unless a person sees it first."""

    @Activation.status.super()
    def activate(self) -> None:
        step, case = self.flow_task.step, self.process
        self.task.step = step.key
        verdict, sampled = assess(case, step)
        if verdict.is_approval and sampled != BEFORE:
            self.task.outcome = case.outcome = verdict.outcome
            record_by_rule(case, step.key, verdict)
            if sampled == AFTER:
                ask_to_read(case, assignment(step.sample_to, case), LATER_READING, step.key)

    @Activation.status.transition(source=STATUS.NEW, target=STATUS.DONE)
    def complete(self) -> None:
        """Nothing to keep that the assessment does not."""

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
