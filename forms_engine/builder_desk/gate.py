"""Who may come to the builder desk, and to which drafts; and who was signed out while typing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from forms_engine.manuscripts import Manuscript, ManuscriptQuerySet
from forms_engine.no_nul import refuse_nul
from forms_engine.sign_in import SignInForm
from workflows.capacities import BUILDER, PUBLISHER, departments_for, has_capacity
from workflows.staff import StaffMember

View = Callable[..., HttpResponse]
#: What belongs to the signing in, not to what was typed.
OWN = {"csrfmiddlewaretoken", "username", "password"}


class BuilderRequest(HttpRequest):
    """A request of somebody who may build."""

    user: StaffMember


def for_builders(view: View) -> View:
    """Only for who has the capacity to build or to publish, in any department.

    What somebody sends whose session has ended comes back with the question for the password, and goes on with it.
    """

    @login_required
    def allowed(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (has_capacity(request.user, BUILDER) or has_capacity(request.user, PUBLISHER)):
            raise PermissionDenied
        refuse_nul(request.POST)
        return view(request, *args, **kwargs)

    @wraps(view)
    def gated(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated and request.method == "GET" and "HX-Request" in request.headers:
            return HttpResponse(status=204)  # what the page asks by itself never puts the sign-in page into it
        if request.user.is_authenticated or request.method != "POST":
            return allowed(request, *args, **kwargs)
        form = SignInForm(request, request.POST if "username" in request.POST else None)
        if form.is_bound and form.is_valid():
            login(request, form.get_user())
            return allowed(request, *args, **kwargs)
        return _asked_again(request, form)

    return gated


def _asked_again(request: HttpRequest, form: SignInForm) -> HttpResponse:
    """The question for the password, carrying what was typed."""
    kept = [(name, value) for name, values in request.POST.lists() if name not in OWN for value in values]
    is_part = "HX-Request" in request.headers
    template = "builder_desk/_signed_out.html" if is_part else "builder_desk/signed_out.html"
    return render(request, template, {"form": form, "kept": kept, "has_files": bool(request.FILES)}, status=401)


def manuscripts_of(member: StaffMember, kind: str = BUILDER) -> ManuscriptQuerySet:
    """The drafts of the departments for which the member has the capacity."""
    departments = departments_for(member, kind)
    every = Manuscript.objects.all()
    return every if departments is None else every.filter(department_key__in=departments)


def manuscript_or_404(member: StaffMember, draft_id: Any, kind: str = BUILDER) -> Manuscript:
    """The draft, if the member may work on it; otherwise as if there were none."""
    return get_object_or_404(manuscripts_of(member, kind), pk=draft_id)
