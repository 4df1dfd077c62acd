"""Drafting (起案): what the member of staff who drafted a case may still do with it: take it back, or abandon it."""

from django.utils.translation import gettext as _
from viewflow.workflow.status import PROCESS

from workflows.cases import APPLICANT, Case, CaseRefused, Task
from workflows.closing import ABANDONED, close
from workflows.deadlines import PULLED_BACK, stop_clock
from workflows.movements import keep
from workflows.references import ROUTE
from workflows.staff import StaffMember
from workflows.traces import note


def pull_back(case: Case, by: StaffMember, reason: str = "") -> Case:
    """The drafter takes it back to change it (引戻し), until somebody has opened it; then it begins anew.

    Raises CaseRefused, CaseBusy.
    """
    with case.locked():
        _refuse_others(case, by)
        tasks = case.open_tasks()
        if any(task.opened_at or task.owner_permission == APPLICANT or task.kind != "step" for task in tasks):
            raise CaseRefused(_("次の担当者がすでに開いているため、引き戻せません。"))
        if not tasks or case.decisions.filter(voided_at=None).exists():
            raise CaseRefused(_("すでに誰かが処理しているため、引き戻せません。"))
        Task.objects.blocking(case).cancel()
        node = case.flow_class.instance.node("correction")
        Task.objects.create(process=case, flow_task=node, token=ROUTE, owner_permission=APPLICANT)
        stop_clock(case, PULLED_BACK)
        case.subject.on_pulled_back(by)
        keep("pull_back", case, by, reason=reason.strip())
        note("pull_back", case, by)
    return case


def abandon(case: Case, by: StaffMember, reason: str) -> Case:
    """The drafter gives an internal draft up (廃案), until it is decided.  Raises CaseRefused, CaseBusy."""
    with case.locked():
        _refuse_others(case, by)
        if not case.subject.is_internal:
            raise CaseRefused(_("住民からの申請は廃案にできません。取り下げるのは申請者です。"))
        if not reason.strip():
            raise CaseRefused(_("廃案の理由を書いてください。"))
        if not case.is_open or case.outcome:
            raise CaseRefused(_("すでに決裁が終わっているため、廃案にできません。"))
        Task.objects.filter(process=case, finished=None).cancel()
        case.outcome = ABANDONED
        close(case, PROCESS.CANCELED)
        keep("abandon", case, by, reason=reason.strip())
        note("abandon", case, by)
    return case


def _refuse_others(case: Case, by: StaffMember) -> None:
    if case.subject.drafter != by:
        raise CaseRefused(_("起案した人だけができます。"))
