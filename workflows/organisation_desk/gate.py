"""Who may come to the organisation desk, and how far their capacity reaches."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse

from workflows.capacities import AUDITOR, ORGANISER, departments_for, has_capacity
from workflows.staff import Department, Post, Role, StaffMember

View = Callable[..., HttpResponse]


class StaffRequest(HttpRequest):
    """A request of somebody who may organise or audit."""

    user: StaffMember


def for_organisers(view: View) -> View:
    """Only for who may change the organisation, in any department."""
    return _only(view, lambda member: has_capacity(member, ORGANISER))


def for_office_organisers(view: View) -> View:
    """Only for who may change the organisation of the whole office."""
    return _only(view, reaches_all)


def for_auditors(view: View) -> View:
    """Only for who may read the audit entries."""
    return _only(view, lambda member: has_capacity(member, AUDITOR, ""))


def _only(view: View, may: Callable[[StaffMember], bool]) -> View:
    @wraps(view)
    @login_required
    def gated(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return gated


def reaches_all(member: StaffMember) -> bool:
    """Whether the member may change the whole office."""
    return departments_for(member, ORGANISER) is None


def departments_within(member: StaffMember) -> QuerySet[Department]:
    """The departments that the member may change."""
    keys = departments_for(member, ORGANISER)
    return Department.objects.all() if keys is None else Department.objects.filter(key__in=keys)


def roles_within(member: StaffMember) -> QuerySet[Role]:
    """The roles that the member may give: what exists once in the office is for who may change all of it."""
    return Role.objects.all() if reaches_all(member) else Role.objects.filter(citywide=False)


def posts_within(member: StaffMember) -> QuerySet[Post]:
    """The posts that the member may change."""
    return Post.objects.filter(department__in=departments_within(member), role__in=roles_within(member))


def people_within(member: StaffMember) -> QuerySet[StaffMember]:
    """Whose absences the member may announce: all, or those who hold a post in one of the member's departments."""
    everybody = StaffMember.objects.all()
    if reaches_all(member):
        return everybody
    own = Post.objects.held().filter(department__in=departments_within(member))
    return everybody.filter(Q(pk__in=own.values("member")))
