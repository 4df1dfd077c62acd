"""The approver desk (決裁): what waits for me, one case with its route, and the decision on it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from workflows.appeal import instruction
from workflows.approver_desk.case_page import URGENT, StaffRequest, case_as_seen, case_page, wish_form
from workflows.approver_desk.way_back import list_address, way_back
from workflows.approver_desk.wish import WishForm
from workflows.authority import DecisionRefused, may_decide
from workflows.cases import Case, Task
from workflows.readings import close_reading
from workflows.routable import Row

#: What a message says after a decision, by its outcome.
SAID = {
    "approved": _("%(reference)s を承認しました。"),
    "objected": _("%(reference)s に同意しないことを記録しました。"),
    "returned": _("%(reference)s を差し戻しました。"),
    "correction": _("%(reference)s について、補正を求めました。"),
    "refused": _("%(reference)s を不承認にしました。理由を通知します。"),
}


@require_safe
@login_required
def case(request: StaffRequest, public_id: Any) -> HttpResponse:
    """One case that I may see, and, if I may decide on it now, the form to do so."""
    found = get_object_or_404(Case.objects.visible_to(request.user).prefetch_related("subject"), public_id=public_id)
    return case_as_seen(request, found)


@require_POST
@login_required
def decide(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Decide on a task of a case that I may see; a refusal is first shown as the applicant will read it."""
    visible = Case.objects.visible_to(request.user)
    task = get_object_or_404(Task.objects.select_related("process").filter(process__in=visible), public_id=public_id)
    if not task.is_open or not may_decide(task, request.user, urgent=URGENT):
        return _too_late(request, task)
    form = wish_form(task, request.user, request.POST)
    if not form.is_valid() or form.cleaned_data["confirmed"] == "edit":
        return case_page(request, task.case, task, form, status=200 if form.is_valid() else 422)
    if form.needs_confirmation:
        return _refusal_page(request, task, form)
    return _decide(request, task, form)


def _decide(request: StaffRequest, task: Task, form: WishForm) -> HttpResponse:
    try:
        decision = form.fulfil(request.user)
    except DecisionRefused as refused:
        task.refresh_from_db()
        if not task.is_open:
            return _too_late(request, task)
        form.add_error(None, str(refused))
        return case_page(request, task.case, task, form, status=409)
    messages.success(request, SAID[decision.outcome] % {"reference": task.case.reference})
    return redirect(list_address(way_back(request)))


@require_POST
@login_required
def read(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Close what I was asked to read (後閲・供覧)."""
    visible = Case.objects.visible_to(request.user)
    task = get_object_or_404(Task.objects.select_related("process").filter(process__in=visible), public_id=public_id)
    try:
        close_reading(task, request.user)
    except DecisionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("%(reference)s を閲覧済みにしました。") % {"reference": task.case.reference})
    return redirect(list_address(way_back(request)))


def _too_late(request: StaffRequest, task: Task) -> HttpResponse:
    """Somebody was faster, or it was never mine: says who decided and when, and keeps what was typed."""
    context = {
        "case": task.case,
        "task": task,
        "made": task.decisions.select_related("case").first(),
        "typed": request.POST.get("comment", "").strip(),
        "filled": _typed_entries(request, task),
        "list_address": list_address(way_back(request)),
    }
    return render(request, "approver_desk/too_late.html", context, status=409)


def _typed_entries(request: StaffRequest, task: Task) -> list[Row]:
    """What was filled in for nothing, in words."""
    fields = task.human_step.fields if task.step else None
    sheet = WishForm(task, request.POST).sheet if fields else None
    if fields is None or sheet is None:
        return []
    return task.case.subject.read_entries(fields, sheet.entries, get_language() or settings.LANGUAGE_CODE)


def _refusal_page(request: StaffRequest, task: Task, form: WishForm) -> HttpResponse:
    context = {"case": task.case, "task": task, "form": form, "municipality": settings.MUNICIPALITY}
    subject = task.case.subject
    context |= {"appeal": () if subject.is_internal else instruction(subject.remedy()), "back": way_back(request)}
    return render(request, "approver_desk/refusal.html", context)
