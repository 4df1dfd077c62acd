"""The route of a form (様式の決裁経路): which one it takes, and how one is begun for it, before anything is published.

Rules look at the fields of the forms that run on a route, and a form can only be published on a published route. So the
route is begun from the form, knows its fields at once, and is published first.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from forms_engine import manuscripts
from forms_engine.builder_desk import route_beginnings
from forms_engine.builder_desk.gate import BuilderRequest, for_builders, manuscript_or_404
from forms_engine.manuscripts import Manuscript
from schemas.editing.members import free
from workflows.definitions import WorkflowVersion
from workflows.staff import StaffMember


@require_POST
@for_builders
def begin_route_of(request: BuilderRequest, draft_id: Any) -> HttpResponse:
    """A new route for the form, which takes it from now on; what is next is the editor of the route."""
    form = manuscript_or_404(request.user, draft_id)
    route = begun_for(form, request.user)
    messages.info(request, _("経路を作りました。段階と規則を決めて公開すると、様式も公開できます。"))
    return redirect("builder:editor", route.pk)


@transaction.atomic
def begun_for(form: Manuscript, by: StaffMember) -> Manuscript:
    """A draft of a route for the form, under a key of its own, and the form set to it."""
    document = {
        **route_beginnings.empty(),
        "workflow": free(_taken(), form.key),
        "title": (_("%(form)sの決裁") % {"form": form.title})[:200],
    }
    route = manuscripts.begin(document, form.department_key, by)
    manuscripts.edit(form, {"do": "set_procedure", "name": "workflow", "value": route.key}, by)
    return route


def drafts_of_routes() -> dict[str, str]:
    """The titles of the routes that are being worked on and were never published, by key."""
    published = WorkflowVersion.objects.values("definition__key")
    drafts = Manuscript.objects.workflows().exclude(key__in=published)
    return dict(drafts.order_by("title").values_list("key", "title"))


def draft_of_route(key: str, department: str) -> Manuscript | None:
    """The draft of a route, where the department works on it."""
    return Manuscript.objects.workflows().filter(key=key, department_key=department).defer("text").first()


def _taken() -> set[str]:
    published = WorkflowVersion.objects.values_list("definition__key", flat=True)
    return {*published, *Manuscript.objects.workflows().values_list("key", flat=True)}
