"""Parallel blocks (並列・合議): branches that run beside each other, and where they meet.

Each branch has a token of its own below that of its block.  Who finishes a branch leaves a row at the meeting point;
the row that makes the outcome certain goes on alone, and what still waits in the block is cancelled.  All that happens
under the lock of the case, so of several who finish at once exactly one goes on.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Count
from viewflow import this
from viewflow.workflow import nodes
from viewflow.workflow.activation import Activation
from viewflow.workflow.base import Edge, Node
from viewflow.workflow.status import STATUS
from viewflow.workflow.token import Token

from workflows.cases import Task
from workflows.decisions import void_from
from workflows.nodes import AutomaticActivation, Gateway
from workflows.offers import passed_before
from workflows.people import Person, back_to, leave_block
from workflows.spec import ParallelStep


class SplitActivation(AutomaticActivation):
    """Begins every branch."""

    @Activation.status.super()
    def activate(self) -> None:
        self.task.step = self.flow_task.step.key

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        tokens = Token.split_token_source(self.task.token, self.task.pk)
        for node in self.flow_task.ways:
            yield node._create(self, next(tokens))


class Split(Node):
    """Where the branches of a block begin."""

    activation_class = SplitActivation
    task_type = "SPLIT"
    shape, bpmn_element = nodes.Split.shape, nodes.Split.bpmn_element

    def __init__(self, step: ParallelStep, ways: list[Any]) -> None:
        super().__init__()
        self.step, self.ways = step, ways

    def _resolve(self, instance: Any) -> None:
        super()._resolve(instance)
        self.ways = [this.resolve(instance, node) for node in self.ways]

    def _outgoing(self) -> Iterator[Edge]:
        for node in self.ways:
            yield Edge(src=self, dst=node, edge_class="default")


class MeetActivation(AutomaticActivation):
    """One branch is finished; if that makes the outcome of the block certain, the case goes on from here."""

    @classmethod
    def create(cls, flow_task: Any, prev_activation: Activation, token: Any, **unused: Any) -> "MeetActivation":
        activation = super().create(flow_task, prev_activation, token)
        from_person = isinstance(prev_activation.flow_task, Person)
        objects = from_person and prev_activation.task.outcome == "objected"
        activation.task.outcome = "objected" if objects else "approved"
        return activation

    @Activation.status.super()
    def activate(self) -> None:
        self.task.step = self.flow_task.step.key

    @Activation.status.transition(source=STATUS.DONE)
    def create_next(self) -> Iterator[Activation]:
        step: ParallelStep = self.flow_task.step
        ended = self._ended()
        verdict = step.verdict(ended.get("approved", 0), ended.get("objected", 0))
        if not verdict:
            return
        if sum(ended.values()) < len(step.branches):
            leave_block(self.process, str(self.task.token))
        back = self._back(step) if verdict == "objected" else None
        if back is None:
            yield self.flow_task._next._create(self, self.task.token.get_base_split_token())
        else:
            void_from(self.process, back, step.key)
            yield back_to(self, back)

    def _ended(self) -> Mapping[str, int]:
        """How many branches of this run of the block have ended in which way."""
        run = str(self.task.token).rsplit("_", 1)[0] + "_"
        met = Task.objects.filter(process=self.process, flow_task=self.flow_task, token__startswith=run)
        return dict(met.order_by().values_list("outcome").annotate(Count("pk")))

    def _back(self, step: ParallelStep) -> str | None:
        """Where the case goes if the block does not agree; None where it goes on all the same."""
        earlier = passed_before(self.process, step.key) if step.if_not_agreed == "return" else []
        return earlier[-1].key if earlier else None


class Meet(Gateway):
    """Where the branches of a block meet; one that objects comes here at once."""

    activation_class = MeetActivation
    task_type = "MEET"
    shape, bpmn_element = nodes.Join.shape, nodes.Join.bpmn_element

    def __init__(self, step: ParallelStep) -> None:
        super().__init__()
        self.step = step
