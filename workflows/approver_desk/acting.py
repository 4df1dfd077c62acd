"""Doing something with a task or a case besides deciding on it: hold, forward, ask first, pull up, take back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows.approver_desk.case_page import StaffRequest, case_as_seen
from workflows.approver_desk.verbs import CASE_ACTS, TASK_ACTS, Act, ActForm
from workflows.approver_desk.way_back import case_address, way_back
from workflows.authority import DecisionRefused
from workflows.cases import Case, CaseBusy, CaseRefused, Task


@require_POST
@login_required
def on_task(request: StaffRequest, public_id: Any, verb: str) -> HttpResponse:
    """One act on a task of a case that I may see."""
    visible = Case.objects.visible_to(request.user)
    task = get_object_or_404(Task.objects.select_related("process").filter(process__in=visible), public_id=public_id)
    return _do(request, ActForm(_act(TASK_ACTS, verb), task, request.POST), task.case)


@require_POST
@login_required
def on_case(request: StaffRequest, public_id: Any, verb: str) -> HttpResponse:
    """One act on a case that I drafted."""
    case = get_object_or_404(Case.objects.visible_to(request.user), public_id=public_id)
    return _do(request, ActForm(_act(CASE_ACTS, verb), case, request.POST), case)


def _act(acts: Any, verb: str) -> Act:
    if verb not in acts:
        raise Http404
    found: Act = acts[verb]
    return found


def _do(request: StaffRequest, form: ActForm, case: Case) -> HttpResponse:
    if not form.is_valid():
        return _again(request, form, case, status=422)
    try:
        form.fulfil(request.user)
    except (DecisionRefused, CaseRefused) as refused:
        form.add_error(None, str(refused))
        return _again(request, form, case, status=409)
    except CaseBusy:
        form.add_error(None, _("ほかの人がこの案件を処理中です。少し待ってからお試しください。"))
        return _again(request, form, case, status=409)
    messages.success(request, form.act.said % {"reference": case.reference})
    return redirect(case_address(case.public_id, way_back(request)))


def _again(request: StaffRequest, act: ActForm, case: Case, status: int) -> HttpResponse:
    """The case as it stands now, with the form as it was filled in; what it no longer offers is said as a message."""
    for error in act.non_field_errors():
        messages.error(request, str(error))
    return case_as_seen(request, Case.objects.get(pk=case.pk), status, act)
