"""Flow classes compiled from published versions, found by name: ``workflows/flows.V<pk>_<first digits of the digest>``.

A stored reference to such a name loads in any process (PEP 562): its version is read, checked against the digest in the
name, compiled and kept.  A version never changes, so neither does its class; nothing is ever to be invalidated.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from threading import RLock
from typing import Any

from django.db import OperationalError, connection, transaction
from viewflow.this_object import ThisObject
from viewflow.workflow import flow
from viewflow.workflow.base import FlowMetaClass, Node

from schemas.canonical import digest
from workflows import handwritten
from workflows.asides import Aside, Reading
from workflows.blocks import Meet, Split
from workflows.cases import Case, CaseBusy, Task
from workflows.definitions import WorkflowVersion
from workflows.nodes import Begin, Choice, Finish, Rules
from workflows.opening import open_case
from workflows.people import MEET, Added, Correction, Person
from workflows.places import inner
from workflows.spec import AsideStep, ChoiceStep, GroupStep, HumanStep, ParallelStep, Step, WorkflowSpec
from workflows.tables import RulesStep
from workflows.withdrawal import withdraw

NAME = re.compile(r"V(\d+)_([0-9a-f]{12})\Z")
_compiling = RLock()


@contextmanager
def case_lock(flow_class: Any, case_pk: int) -> Iterator[Case]:
    """The case as it stands now, locked until the transaction ends.

    viewflow's own lock gives up at once and sleeps; this one waits in the database, as long as that lets it, and reads
    the row in the same statement.  Raises CaseBusy.
    """
    with ExitStack() as stack:
        try:
            stack.enter_context(transaction.atomic())
            case = _locked_row(case_pk)
        except OperationalError as timed_out:
            raise CaseBusy from timed_out
        yield case


def _locked_row(case_pk: int) -> Case:
    """SQLite locks no rows: there, a transaction that writes is alone from its beginning (IMMEDIATE)."""
    locking = " FOR UPDATE" if connection.features.has_select_for_update else ""
    return handwritten.one(Case, f"SELECT * FROM workflows_case WHERE id = %s{locking}", [case_pk])  # noqa: S608


class CompiledFlow(flow.Flow):
    """What every compiled version is: our tables, our lock, and the structure that it was compiled from."""

    process_class, task_class = Case, Task
    lock_impl = staticmethod(case_lock)
    spec: WorkflowSpec
    number: int

    @classmethod
    def lock(cls, process_pk: int) -> AbstractContextManager[Case]:
        """The lock of viewflow's, which moreover hands over the case."""
        return case_lock(cls, process_pk)

    def cancel(self, process: Case) -> None:
        """viewflow's own neither locks nor looks whether the case is still open."""
        withdraw(process)

    @classmethod
    def node_of(cls, step: str, part: str = "_step") -> Node:
        """The node of a step; of a parallel block that where its branches begin, or with MEET where they meet."""
        return cls.instance.node(step + part)


def node_name(step: str) -> str:
    """A step's attribute: none of Flow's own, and not ending in ``_path``, which viewflow takes for a URL."""
    return f"{step}_step"


def __getattr__(name: str) -> Any:
    matched = NAME.match(name)
    if matched is None:
        raise AttributeError(name)
    with _compiling:
        if name not in globals():
            globals()[name] = compiled(_version(name, int(matched[1]), matched[2]))
        return globals()[name]


def _version(name: str, pk: int, prefix: str) -> WorkflowVersion:
    version = WorkflowVersion.objects.filter(pk=pk).first()
    if version is None or not digest(version.document).startswith(prefix):
        raise AttributeError(f"workflow version {name} is missing or was altered")
    return version


def compiled(version: WorkflowVersion) -> type[CompiledFlow]:
    """The Flow class of a version."""
    spec = WorkflowSpec.load(version.document)
    attributes: dict[str, Any] = {"begin": Begin(open_case).Next(_entry(spec.steps, "finish")), "finish": Finish()}
    attributes |= {"correction": Correction("補正"), "added": Added("追加承認"), "reading": Reading("後閲・供覧")}
    attributes |= dict(_nodes(spec.steps, "finish"))
    described = {"process_title": spec.title, "process_description": " ", "spec": spec, "number": version.number}
    names = {"__module__": __name__, "__qualname__": version.flow_name, "__doc__": None}
    return FlowMetaClass(version.flow_name, (CompiledFlow,), {**names, **described, **attributes})


def _entry(steps: Sequence[Step], after: str) -> ThisObject:
    """The node that a list of steps begins with; what comes after it, if it is empty."""
    taken = _taken(steps)
    return ThisObject(node_name(taken[0].key) if taken else after)


def _taken(steps: Sequence[Step]) -> list[Step]:
    """The steps themselves in place of the workflows that were taken over."""
    found: list[Step] = []
    for step in steps:
        found += _taken(step.steps) if isinstance(step, GroupStep) else [step]
    return found


def _nodes(steps: Sequence[Step], after: str) -> Iterator[tuple[str, Node]]:
    """The nodes of a list of steps that goes on to the node ``after``."""
    taken = _taken(steps)
    for number, step in enumerate(taken):
        rest = _entry(taken[number + 1 :], after).name
        if isinstance(step, ParallelStep):
            yield from _block(step, rest)
        else:
            yield node_name(step.key), _node(step, rest).Next(ThisObject(rest))
            for inside in inner(step):
                yield from _nodes(inside, rest)


def _block(step: ParallelStep, after: str) -> Iterator[tuple[str, Node]]:
    """A parallel block: where it splits, its branches, and where they meet."""
    meet = step.key + MEET
    yield node_name(step.key), Split(step, [_entry(branch.steps, meet) for branch in step.branches])
    yield meet, Meet(step).Next(ThisObject(after))
    for branch in step.branches:
        yield from _nodes(branch.steps, meet)


def _node(step: Step, after: str) -> Any:
    if isinstance(step, RulesStep):
        return Rules(step)
    if isinstance(step, HumanStep):
        return Person(step)
    if isinstance(step, AsideStep):
        return Aside(step)
    if isinstance(step, ChoiceStep):
        return Choice(step, [(branch, _entry(branch.steps, after)) for branch in step.branches])
    raise TypeError(step)
