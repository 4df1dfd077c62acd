"""Stops (期間停止) that staff order: the standard period does not run while somebody outside is to act."""

from typing import Any

from django.utils.translation import gettext as _

from workflows.authority import is_at_post, is_manager
from workflows.cases import Case, CaseRefused
from workflows.deadlines import STOPS, restart_clock, stop_clock
from workflows.movements import keep
from workflows.staff import StaffMember
from workflows.traces import note


def stop(case: Case, by: StaffMember, kind: str, reason: str) -> Case:
    """Stop the clock, for a cause for which the procedure lets it stop: ``kind`` is one of deadlines.STOPS.

    Whom the case waits for may, and the process manager.  Raises CaseRefused, CaseBusy.
    """
    with case.locked():
        _refuse_others(case, by)
        if kind not in STOPS or kind not in case.subject.clock_policy.stops:
            raise CaseRefused(_("この手続では、その理由で標準処理期間を止められません。"))
        if not reason.strip():
            raise CaseRefused(_("停止の理由を書いてください。"))
        if case.clock_stops.running().filter(kind=kind).exists():
            raise CaseRefused(_("その理由ですでに止まっています。"))
        stop_clock(case, kind)
        _keep("stop_clock", case, by, kind, reason=reason.strip())
    return case


def restart(case: Case, by: StaffMember, kind: str) -> Case:
    """The cause is gone, and the clock runs on.  Raises CaseRefused, CaseBusy."""
    with case.locked():
        _refuse_others(case, by)
        if kind not in STOPS or not case.clock_stops.running().filter(kind=kind).exists():
            raise CaseRefused(_("その理由では止まっていません。"))
        restart_clock(case, kind)
        _keep("restart_clock", case, by, kind)
    return case


def _keep(verb: str, case: Case, by: StaffMember, kind: str, **reason: Any) -> None:
    keep(verb, case, by, to=kind, **reason)
    note(verb, case, by, kind=kind)


def _refuse_others(case: Case, by: StaffMember) -> None:
    if not case.is_open:
        raise CaseRefused(_("この案件はすでに終わっています。"))
    if not (is_manager(by) or any(is_at_post(task, by) for task in case.open_tasks())):
        raise CaseRefused(_("この案件の担当ではないため、できません。"))
