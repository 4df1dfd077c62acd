"""Two approvals in plain viewflow, as its documentation writes them."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from viewflow import this
from viewflow.workflow import flow, lock
from viewflow.workflow.models import Process, Task


def approve_view(request: Any) -> None:
    """A human step needs a view in viewflow; the benchmark acts through the activation instead."""


class PlainFlow(flow.Flow):
    """start → approve → approve → end on viewflow's own tables.

    With viewflow's row lock, for without one two approvers of one task would both decide: the same promise as ours.
    """

    process_class = Process
    lock_impl = lock.SelectForUpdateLock()

    start = flow.StartHandle(this.begin).Next(this.first)
    first = flow.View(approve_view).Next(this.second)
    second = flow.View(approve_view).Next(this.end)
    end = flow.End()

    def begin(self, activation: Any, answers: dict[str, Any]) -> Process:
        activation.process.data = answers
        return activation.process


def start(answers: dict[str, Any]) -> Process:
    return PlainFlow.start.run(answers=answers)


def approve(process: Process, by: AbstractBaseUser) -> None:
    task = Task.objects.get(process=process, status="NEW")
    with task.activation() as activation:
        activation.assign(by)
        activation.start(None)
        activation.execute()
