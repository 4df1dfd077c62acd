"""Who may come to the builder desk, and to which drafts."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from forms_engine.manuscripts import Manuscript, ManuscriptQuerySet
from workflows.capacities import BUILDER, PUBLISHER, departments_for, has_capacity
from workflows.staff import StaffMember

View = Callable[..., HttpResponse]


class BuilderRequest(HttpRequest):
    """A request of somebody who may build."""

    user: StaffMember


def for_builders(view: View) -> View:
    """Only for who has the capacity to build or to publish, in any department."""

    @login_required
    @wraps(view)
    def gated(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (has_capacity(request.user, BUILDER) or has_capacity(request.user, PUBLISHER)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return gated


def manuscripts_of(member: StaffMember, kind: str = BUILDER) -> ManuscriptQuerySet:
    """The drafts of the departments for which the member has the capacity."""
    departments = departments_for(member, kind)
    every = Manuscript.objects.all()
    return every if departments is None else every.filter(department_key__in=departments)


def manuscript_or_404(member: StaffMember, draft_id: Any, kind: str = BUILDER) -> Manuscript:
    """The draft, if the member may work on it; otherwise as if there were none."""
    return get_object_or_404(manuscripts_of(member, kind), pk=draft_id)
