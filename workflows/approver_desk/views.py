"""The approver desk (決裁): what waits for me, one case with its route, and the decision on it."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from workflows.appeal import instruction
from workflows.approver_desk import findings
from workflows.approver_desk.wish import WishForm
from workflows.authority import DecisionRefused, refuse_unless_authorised
from workflows.cases import APPLICANT, Case, Task
from workflows.movements import mark_opened
from workflows.progress import progress
from workflows.queue import capped_count, waiting
from workflows.readings import close_reading
from workflows.staff import StaffMember


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: StaffMember


COUNT_CAP = 1000
#: What a message says after a decision, by its outcome.
SAID = {
    "approved": _("%(reference)s を承認しました。"),
    "objected": _("%(reference)s に同意しないことを記録しました。"),
    "returned": _("%(reference)s を差し戻しました。"),
    "correction": _("%(reference)s について、申請者に補正を求めました。"),
    "refused": _("%(reference)s を不承認にしました。理由と教示を申請者に通知します。"),
}


@require_safe
@login_required
def queue(request: StaffRequest) -> HttpResponse:
    """The tasks that wait for me, oldest first, a page at a time."""
    page = waiting(request.user, request.GET.get("after"))
    count = capped_count(request.user, COUNT_CAP)
    context = {"page": page, "count": count, "is_capped": count >= COUNT_CAP, "today": localdate()}
    return render(request, "approver_desk/queue.html", context)


@require_safe
@login_required
def case(request: StaffRequest, public_id: Any) -> HttpResponse:
    """One case that I may see, and, if I may decide on it now, the form to do so."""
    found = get_object_or_404(Case.objects.visible_to(request.user).prefetch_related("subject"), public_id=public_id)
    tasks = found.open_tasks()
    own = next((task for task in tasks if _may_decide(task, request.user)), None)
    if own:
        mark_opened(own, request.user)
    return _case_page(request, found, own or next(iter(tasks), None), WishForm(own) if own else None)


@require_POST
@login_required
def decide(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Decide on a task of a case that I may see; a refusal is first shown as the applicant will read it."""
    visible = Case.objects.visible_to(request.user)
    task = get_object_or_404(Task.objects.select_related("process").filter(process__in=visible), public_id=public_id)
    if not task.is_open or not _may_decide(task, request.user):
        return _too_late(request, task)
    form = WishForm(task, request.POST)
    if not form.is_valid() or form.cleaned_data["confirmed"] == "edit":
        return _case_page(request, task.case, task, form, status=200 if form.is_valid() else 422)
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
        return _case_page(request, task.case, task, form, status=409)
    messages.success(request, SAID[decision.outcome] % {"reference": task.case.reference})
    return redirect("approver:queue")


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
    return redirect("approver:queue")


def _may_decide(task: Task, member: StaffMember) -> bool:
    try:
        refuse_unless_authorised(task, member)
    except DecisionRefused:
        return False
    return True


def _too_late(request: StaffRequest, task: Task) -> HttpResponse:
    """Somebody was faster, or it was never mine: says who decided and when, and keeps what was typed."""
    context = {
        "case": task.case,
        "task": task,
        "made": task.decisions.select_related("case").first(),
        "typed": request.POST.get("comment", "").strip(),
    }
    return render(request, "approver_desk/too_late.html", context, status=409)


def _refusal_page(request: StaffRequest, task: Task, form: WishForm) -> HttpResponse:
    context = {"case": task.case, "task": task, "form": form, "municipality": settings.MUNICIPALITY}
    context["appeal"] = instruction(task.case.subject.remedy())
    return render(request, "approver_desk/refusal.html", context)


def _case_page(
    request: StaffRequest, case: Case, task: Task | None, form: WishForm | None, status: int = 200
) -> HttpResponse:
    context = {**_case_context(case, task, form), "is_own": case.is_open and case.subject.is_applicant(request.user)}
    context["readings"] = [each for each in context["drawn"].readings if each.waits_for(request.user)]
    return render(request, "approver_desk/case.html", context, status=status)


def _case_context(case: Case, task: Task | None, form: WishForm | None) -> Mapping[str, Any]:
    language = get_language() or settings.LANGUAGE_CODE
    decisions = list(case.decisions.order_by("number"))
    drawn = progress(case, decisions)
    sections = case.subject.read_out(language)
    pointers = [row.pointer for section in sections for row in section.rows]
    return {
        "case": case,
        "task": task,
        "form": form,
        "sections": sections,
        "fixed": case.subject.not_correctable(pointers) if form else pointers,
        "drawn": drawn,
        "stations": list(drawn.flat()),
        "rules": findings.readings(case, decisions, language),
        "by_rule": any(each.is_by_rule for each in decisions),
        "waits_for_applicant": task is not None and task.owner_permission == APPLICANT,
        "copy_url": case.subject.copy_url(),
    }
