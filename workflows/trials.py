"""Trials (試行): a changed table of rules read over past cases with the facts that they had, before it is published.

Facts are those that were seen when the old table was read; for a case that no table was read for, those of its last
revision, with what registers say now.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localdate

from workflows.assessments import Assessment
from workflows.cases import Case
from workflows.rules import APPROVED, NONE, outcome_of
from workflows.spec import WorkflowSpec
from workflows.tables import RulesStep

#: Cases that are in memory at once.
BATCH = 200


@dataclass(frozen=True)
class Difference:
    """One case on which the tables do not agree.  ``before`` and ``after`` are outcomes of a table, "none" where none
    was read; ``decided`` is how the case ended, empty while it is open."""

    reference: str
    public_id: str
    step: str
    before: str
    after: str
    rows: tuple[str, ...]
    decided: str

    @property
    def is_grave(self) -> bool:
        """Whether the table would approve what a person refused."""
        return self.after == APPROVED and self.decided == "refused"


@dataclass
class Tally:
    """How many cases were read, and how many the new tables would approve; counted while the trial runs."""

    read: int = 0
    approved: int = 0


def differences(
    document: Mapping[str, Any], since: date | None = None, on: date | None = None, tally: Tally | None = None
) -> Iterator[Difference]:
    """The cases of the workflow, oldest first, that the tables of this document would treat otherwise.

    ``since`` is the day from which cases were opened, ``on`` (today) that for which rows have to be valid.
    Suspensions and samples are left aside.
    """
    spec, tally, day = WorkflowSpec.load(document), tally or Tally(), on or localdate()
    steps = [step for step in spec.every_step() if isinstance(step, RulesStep)]
    for case in _past(spec.key, since):
        tally.read += 1
        found = [_compared(case, step, day) for step in steps]
        tally.approved += any(each.after == APPROVED for each in found)
        yield from (each for each in found if (each.before == APPROVED) != (each.after == APPROVED))


def _past(workflow: str, since: date | None) -> Iterator[Case]:
    """Cases with what was read for them, batch by batch."""
    cases = Case.objects.filter(version__definition__key=workflow)
    cases = cases.filter(created__date__gte=since) if since else cases
    read = Prefetch("assessments", Assessment.objects.order_by("id"))
    return cases.prefetch_related(read, "subject").order_by("pk").iterator(chunk_size=BATCH)


def _compared(case: Case, step: RulesStep, day: date) -> Difference:
    readings: list[Assessment] = [each for each in case.assessments.all() if each.step == step.key]
    facts = readings[-1].facts if readings else case.facts
    after, rows = outcome_of(step, facts, day)
    before = readings[-1].outcome if readings else NONE
    return Difference(case.reference, str(case.public_id), step.key, before, after, rows, case.outcome)
