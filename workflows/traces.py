"""Traces (足跡): what a case leaves in the audit chain."""

from typing import TYPE_CHECKING, Any

from workflows import audit
from workflows.staff import StaffMember

if TYPE_CHECKING:
    from workflows.cases import Case


def note(verb: str, case: "Case", by: StaffMember | str | None, **detail: Any) -> None:
    """One audit entry for the verb, with the decisions that people or rules made in it."""
    audit.record(verb, f"case:{case.public_id}", by, reference=case.reference, **detail, **_made(case))


def trace(case: "Case") -> dict[str, Any]:
    """What an audit entry of the subject says about its case: which, on which workflow, and what was decided in it."""
    names = {"case": str(case.public_id), "workflow": case.spec.key, "workflow_version": case.flow_class.number}
    return names | _made(case)


def _made(case: "Case") -> dict[str, str]:
    return {f"decision_{decision.number}": decision.digest for decision in case.fresh_decisions}
