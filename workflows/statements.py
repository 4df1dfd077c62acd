"""Statements (決裁の記載): what a decision says in the words and digests that are signed."""

from datetime import UTC
from typing import TYPE_CHECKING, Any

from workflows.signatures import digest_of_content

if TYPE_CHECKING:
    from workflows.decisions import Decision


def payload(decision: "Decision") -> dict[str, Any]:
    """All that is signed."""
    case = decision.case
    return {
        "subject_sha256": case.content_sha256,
        "workflow": case.spec.key,
        "workflow_version": case.flow_class.number,
        "case": str(case.public_id),
        **words_of(decision),
        "comment_sha256": digest_of_content(decision.comment),
        "remarks_sha256": digest_of_content(decision.remarks),
        "explanation_sha256": digest_of_content(decision.explanation),
        **_special(decision),
    }


def _special(decision: "Decision") -> dict[str, Any]:
    """What few decisions have, and is signed only where it is there."""
    filled_in = {"entries_sha256": digest_of_content(decision.entries)} if decision.entries else {}
    if not (decision.conditions or decision.in_place_of):
        return filled_in
    return {
        **filled_in,
        "conditions_sha256": digest_of_content(decision.conditions),
        "in_place_of": decision.in_place_of,
        "urgency_sha256": digest_of_content(decision.urgency),
    }


def words_of(decision: "Decision") -> dict[str, Any]:
    """What is signed as it stands, and archived beside the signature for people to read."""
    names = ("number", "step", "actor", "actor_name", "post", "outcome", "to")
    at = decision.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {**{name: getattr(decision, name) for name in names}, "at": at}
