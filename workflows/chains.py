"""Decision chains (決裁の連鎖): the decisions of a case as they are archived, for anybody to verify."""

from typing import Any

from schemas.staff_fields import is_entry
from workflows.cases import Case
from workflows.decisions import Decision
from workflows.signatures import kid_of, public_keys
from workflows.statements import words_of


def chain(case: Case) -> dict[str, Any]:
    """The decisions of a case as they are archived (decisions.json): signatures, what they say, whose keys made them.

    Holds what the applicant may read: comments on approvals, what staff filled in (職員記入欄), and explanations of
    rules that looked at it stand in it as digests only.
    """
    decisions = list(case.decisions.select_related("case").order_by("number"))
    return {
        "reference": case.reference,
        "workflow": case.spec.key,
        "workflow_version": case.flow_class.number,
        "decisions": [_link(decision) for decision in decisions],
        "keys": public_keys({kid_of(decision.jws) for decision in decisions}),
        "head": decisions[-1].digest if decisions else case.first_sha256,
    }


def _link(decision: Decision) -> dict[str, Any]:
    words = {"comment": decision.comment_to_applicant, "remarks": decision.remarks}
    words |= {"explanation": () if _is_internal(decision.explanation) else decision.explanation}
    words |= {"conditions": decision.conditions, "in_place_of": decision.in_place_of}
    return {
        "jws": decision.jws,
        "digest": decision.digest,
        **words_of(decision),
        "step_title": decision.step_title,
        "voided_by": decision.voided_by,
        **{name: content for name, content in words.items() if content},
    }


def _is_internal(explanation: Any) -> bool:
    """Whether a rule looked at what staff filled in, so that why it held would tell about that."""
    return any(is_entry(finding["fact"]) for row in explanation for finding in row["findings"])
