"""Opening (開始): what a new case is filled with."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from workflows.cases import Case, CaseRefused
from workflows.deadlines import period_end
from workflows.definitions import WorkflowVersion


def open_case(activation: Any, subject: Any, version: WorkflowVersion, facts: Mapping[str, Any] | None) -> Case:
    """Fill the new case that a workflow starts with.  Raises CaseRefused for one that is a part of others."""
    case: Case = activation.process
    if case.spec.is_part:
        raise CaseRefused(_("この決裁経路は部品です。これを組み込んだ経路を使ってください。"))
    case.version, case.subject, case.known_facts = version, subject, facts
    case.reference, case.title, case.department_key = subject.reference, subject.title, subject.department_key
    case.drafted_by = subject.drafter if subject.is_internal else None
    case.first_sha256 = case.content_sha256 = subject.signed_content()["sha256"]
    case.decision_head = (0, case.first_sha256)
    case.due_on = period_end(case)
    return case
