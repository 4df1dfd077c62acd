"""Closing days (閉庁日) of the office and of its departments."""

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from workflows.closing_days import ClosingDay, close_office, open_office
from workflows.organisation_desk.forms import ClosingDayForm
from workflows.organisation_desk.gate import StaffRequest, departments_within, for_organisers, reaches_all
from workflows.organisation_desk.views import both, page
from workflows.staff import StaffMember


@both
@for_organisers
def closing_days(request: StaffRequest) -> HttpResponse:
    """The days that are set, and a form for more."""
    form = ClosingDayForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.carried_out(lambda typed: close_office(**typed, by=request.user)):
        messages.success(request, _("閉庁日を保存しました。"))
        return redirect("organisation:closing_days")
    shown = ClosingDay.objects.filter(Q(department=None) | Q(department__in=departments_within(request.user)))
    own = set(_changeable(request.user).values_list("pk", flat=True))
    context = {"rows": shown.select_related("department"), "changeable": own, "form": form}
    return page(request, "closing_days", context, bool(form.errors))


@require_POST
@for_organisers
def opening(request: StaffRequest, pk: int) -> HttpResponse:
    """These days are working days again."""
    open_office(get_object_or_404(_changeable(request.user), pk=pk), request.user)
    messages.success(request, _("閉庁日を取り消しました。"))
    return redirect("organisation:closing_days")


def _changeable(member: StaffMember) -> QuerySet[ClosingDay]:
    rows = ClosingDay.objects.all()
    return rows if reaches_all(member) else rows.filter(department__in=departments_within(member))
