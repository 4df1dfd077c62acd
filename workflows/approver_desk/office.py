"""What the office says and keeps among itself about a case: entries of staff (職員記入欄), papers, comments."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workflows.cases import Case
from workflows.decisions import Decision
from workflows.papers import LONGEST_REMARK, Paper, may_remove
from workflows.routable import Row
from workflows.spec import HumanStep
from workflows.staff import StaffMember
from workflows.staff_fields import StaffFields

#: For entries of a step that a later version of the route left out: each is shown under its key.
NO_FIELDS = StaffFields({})


@dataclass(frozen=True)
class Filled:
    """What was filled in with one decision, in words."""

    decision: Decision
    title: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Kept:
    """One paper, and whether its reader may take it away."""

    paper: Paper
    may_remove: bool


def filled_in(case: Case, decisions: Iterable[Decision], language: str) -> Iterator[Filled]:
    """Everything that staff filled in on the way, in that order, what is void by a return included."""
    for decision in decisions:
        if decision.filled_in:
            title, fields = _asked(case, decision.step)
            yield Filled(decision, title, case.subject.read_entries(fields, decision.filled_in, language))


def _asked(case: Case, key: str) -> tuple[str, StaffFields]:
    try:
        step = case.spec.step(key)
    except KeyError:
        return key, NO_FIELDS
    return step.title, (step.fields if isinstance(step, HumanStep) else None) or NO_FIELDS


def office_context(case: Case, member: StaffMember) -> Mapping[str, Any]:
    """What a member who is no outsider sees besides: comments and papers."""
    papers = case.subject.papers
    kept = [] if papers is None else [Kept(one, may_remove(one, case, member)) for one in papers.select_related("by")]
    return {
        "comments": list(case.comments.select_related("by")),
        "papers": kept,
        "papers_url": case.subject.papers_url() if papers is not None else "",
        "longest_remark": LONGEST_REMARK,
    }
