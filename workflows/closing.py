"""Closing (完了): the end of a case, told to its subject."""

from typing import TYPE_CHECKING, Any

from django.utils.timezone import now
from viewflow.workflow.status import PROCESS

from workflows.deadlines import end_clock

if TYPE_CHECKING:
    from workflows.cases import Case

#: Outcomes that nobody decided: 取下げ by the applicant, 廃案 by the drafter.
WITHDRAWN, ABANDONED = "withdrawn", "abandoned"


def close(case: "Case", status: str = PROCESS.DONE) -> None:
    """End the case with the outcome it has, and tell its subject."""
    case.status, case.finished = status, now()
    case.save(update_fields=["status", "finished", "outcome"])
    end_clock(case)
    case.subject.on_closed(case.outcome, _deciding(case))


def _deciding(case: "Case") -> Any:
    """The decision that the outcome rests on; None where nobody decided."""
    if case.outcome in (WITHDRAWN, ABANDONED):
        return None
    if case.deciding is None:
        steps = [step.key for step in case.spec.human_steps() if step.is_decision]
        made = case.decisions.filter(voided_at=None, outcome=case.outcome, step__in=steps)
        case.deciding = made.latest("number")
    return case.deciding
