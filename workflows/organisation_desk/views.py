"""The overview, departments and roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from workflows.capacities import AUDITOR, ORGANISER, has_capacity
from workflows.departments import put_department, waiting_in
from workflows.organisation_desk.forms import DepartmentForm, RoleForm
from workflows.organisation_desk.gate import (
    StaffRequest,
    departments_within,
    for_office_organisers,
    for_organisers,
    reaches_all,
)
from workflows.postings import Seat, manager_holders, seats
from workflows.roles import put_role
from workflows.staff import Department, Role

both = require_http_methods(["GET", "HEAD", "POST"])


def page(request: StaffRequest, template: str, context: dict[str, Any], is_refused: bool = False) -> HttpResponse:
    """A page of the desk, which shows those tabs that are open to the member."""
    tabs = {
        "is_organiser": has_capacity(request.user, ORGANISER),
        "is_auditor": has_capacity(request.user, AUDITOR, ""),
    }
    tabs["is_office_wide"] = reaches_all(request.user) if tabs["is_organiser"] else False
    return render(request, f"organisation_desk/{template}.html", {**tabs, **context}, status=422 if is_refused else 200)


@require_safe
@for_organisers
def overview(request: StaffRequest) -> HttpResponse:
    """What needs somebody's attention: vacant posts, gaps, overlaps, and who looks after what is lost."""
    own = set(departments_within(request.user).values_list("key", flat=True))
    found = [seat for seat in seats() if seat.department.key in own]
    context = {
        "managers": manager_holders(),
        "vacant": [seat for seat in found if seat.is_vacant],
        "remarked": [seat for seat in found if seat.remarks and not seat.is_vacant],
    }
    return page(request, "overview", context)


@both
@for_organisers
def departments(request: StaffRequest) -> HttpResponse:
    """All departments, and for who may change the office a form for a new one."""
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and reaches_all(request.user) and _put_department(request, form):
        return redirect("organisation:department", form.cleaned_data["key"])
    rows = departments_within(request.user).select_related("parent")
    return page(request, "departments", {"rows": rows, "form": form}, bool(form.errors))


@both
@for_organisers
def department(request: StaffRequest, key: str) -> HttpResponse:
    """One department with its posts; its name, place and end are changed by who may change the office."""
    row = get_object_or_404(departments_within(request.user), key=key)
    facts = {"key": row.key, "title": row.title, "parent": row.parent, "ended_on": row.ended_on}
    form = DepartmentForm({**request.POST.dict(), "key": key} if request.method == "POST" else None, initial=facts)
    form.fields["key"].disabled = True
    if request.method == "POST" and reaches_all(request.user) and _put_department(request, form):
        return redirect("organisation:department", key)
    context = {"row": row, "form": form, "seats": _seats(row), "waiting": waiting_in(row)}
    return page(request, "department", context, bool(form.errors))


def _seats(row: Department) -> list[Seat]:
    return sorted(seats(row), key=lambda seat: -seat.role.rank)


def _put_department(request: StaffRequest, form: DepartmentForm) -> bool:
    done = form.carried_out(lambda typed: put_department(**typed, by=request.user))
    if done:
        messages.success(request, _("課を保存しました。"))
    return done


@both
@for_office_organisers
def roles(request: StaffRequest) -> HttpResponse:
    """All roles, and a form for a new one."""
    form = RoleForm(request.POST or None)
    if request.method == "POST" and _put_role(request, form):
        return redirect("organisation:roles")
    return page(request, "roles", {"rows": Role.objects.order_by("-rank", "key"), "form": form}, bool(form.errors))


@both
@for_office_organisers
def role(request: StaffRequest, key: str) -> HttpResponse:
    """One role."""
    row = get_object_or_404(Role, key=key)
    facts = {name: getattr(row, name) for name in RoleForm.base_fields}
    form = RoleForm({**request.POST.dict(), "key": key} if request.method == "POST" else None, initial=facts)
    form.fields["key"].disabled = True
    if request.method == "POST" and _put_role(request, form):
        return redirect("organisation:roles")
    return page(request, "role", {"row": row, "form": form}, bool(form.errors))


def _put_role(request: StaffRequest, form: RoleForm) -> bool:
    done = form.carried_out(lambda typed: put_role(**typed, by=request.user))
    if done:
        messages.success(request, _("役職を保存しました。"))
    return done
