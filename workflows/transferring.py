"""Transferring (移す): one case, under its lock, goes on with another version as its plan says.

What is finished stays with the version on which it happened.  A task whose step is another one now ends, and a new one
waits in its place, at its age: nobody decides by an old page on what he did not see.
"""

from typing import Any

from viewflow.workflow.fields import import_flow_by_ref

from workflows.assignees import assignment, decider
from workflows.cases import ADDED, APPLICANT, Case, Task
from workflows.definitions import WorkflowVersion
from workflows.delegations import drop_substitutes
from workflows.notices import notify_staff
from workflows.spec import HumanStep, WorkflowSpec
from workflows.standing_substitutes import put_substitutes_on
from workflows.transfer_plans import Plan, Position
from workflows.watches import watch

#: What a task that takes the place of another has of it.
KEPT = [
    "kind",
    "lane",
    "token",
    "owner",
    "owner_permission",
    "meant_for",
    "due_on",
    "created",
    "before",
    "is_parked",
    "held_at",
    "held_until",
    "alarmed",
]


def transferred(found: Plan, version: WorkflowVersion) -> Case:
    """The case on its new version; the caller holds its lock and knows that the plan is possible."""
    case, old = found.case, found.case.spec
    case.version, case.flow_class = version, import_flow_by_ref(version.flow_reference)
    case.save(update_fields=["version", "flow_class"])
    for position in found.positions:
        _move(position, case, old)
    return case


def _move(position: Position, case: Case, old: WorkflowSpec) -> None:
    task, nodes = position.task, case.flow_class.instance
    task.process = case
    if task.owner_permission == APPLICANT:
        _stand_at(task, nodes.node("correction"), task.step)
        if task.came_from:
            asked = task.came_from
            _stand_at(asked, case.flow_class.node_of(asked.step), asked.step)
    elif task.kind == ADDED:
        _stand_at(task, nodes.node("added"), position.step)
    elif old.step(task.step) == case.spec.step(position.step):
        _stand_at(task, case.flow_class.node_of(position.step), position.step)
    else:
        _replace(task, position.step, old)


def _stand_at(task: Task, node: Any, step: str) -> None:
    task.flow_task, task.flow_task_type, task.step = node, node.task_type, step
    task.save(update_fields=["flow_task", "flow_task_type", "step"])


def _replace(task: Task, key: str, old: WorkflowSpec) -> None:
    """Another task in place of this one, for whom the new step is there if that is not whom the old one was for."""
    case = task.process
    node: Any = case.flow_class.node_of(key)
    new = Task(process=case, flow_task=node, flow_task_type=node.task_type, step=key, came_from=task)
    for name in KEPT:
        setattr(new, name, getattr(task, name))
    before, after = old.step(task.step), case.spec.step(key)
    assert isinstance(before, HumanStep) and isinstance(after, HumanStep)  # noqa: S101 – the plan has seen to it
    if (before.by, before.authority) != (after.by, after.authority):
        assignment(decider(after, case), case).put_on(new)
    Task.objects.filter(pk=task.pk).cancel()
    drop_substitutes(task)
    watch(new)
    new.save(force_insert=True)
    Task.objects.filter(before=task, finished=None).update(before=new)
    if after.is_decision:
        put_substitutes_on(new, after, case)
    notify_staff(new)
