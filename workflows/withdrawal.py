"""Withdrawal (取下げ): the applicant takes the subject back."""

from django.utils.translation import gettext as _
from viewflow.workflow.status import PROCESS

from workflows.cases import Case, CaseRefused, Task
from workflows.closing import WITHDRAWN, close
from workflows.staff import StaffMember
from workflows.traces import note


def withdraw(case: Case, by: StaffMember | str | None = None) -> Case:
    """The applicant takes the subject back (取下げ), possible until it is decided; ``by`` is for the audit entry.

    Raises CaseRefused once it is decided, CaseBusy.
    """
    with case.locked():
        if not case.is_open or case.outcome:
            raise CaseRefused(_("この申請はすでに決裁が終わっているため、取り下げられません。"))
        Task.objects.filter(process=case, finished=None).cancel()
        case.outcome = WITHDRAWN
        close(case, PROCESS.CANCELED)
        note("withdraw", case, by)
    return case
