"""The drafting desk (起案): members of staff begin internal procedures, go on with drafts, follow and copy them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forms_engine import internal
from forms_engine.applications import Application
from forms_engine.forms import pages_for
from forms_engine.held import hold
from forms_engine.languages import current
from workflows.cases import Case
from workflows.staff import StaffMember

#: How many of one's own are listed; the rest is in the approver desk, page by page.
SHOWN = 20


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: StaffMember


@require_safe
@login_required
def overview(request: StaffRequest) -> HttpResponse:
    """What can be drafted, what I have begun, and where stands what I sent."""
    mine = internal.drafted_by(request.user)
    context = {
        "procedures": internal.offered(current()),
        "drafts": internal.titled(mine.drafts().order_by("-updated_at")[:SHOWN], current()),
        "sent": internal.titled(mine.submitted().order_by("-submitted_at")[:SHOWN], current()),
    }
    return render(request, "drafting_desk/overview.html", context)


@require_POST
@login_required
def start(request: StaffRequest, key: str) -> HttpResponse:
    """A new draft of mine."""
    version = internal.version_of(key)
    if version is None:
        raise Http404
    return _fill(request, internal.start(version, current(), request.user))


@require_safe
@login_required
def go_on(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """Where I was with a draft of mine, or with what came back to me; anything else is followed as a case."""
    application = _mine(request, application_id)
    if application.is_draft or application.open_correction():
        return _fill(request, application)
    return redirect("approver:case", Case.objects.of(application).values_list("public_id", flat=True)[0])


@require_POST
@login_required
def copy(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """A new draft with the answers of one of mine, its files left out."""
    source = _mine(request, application_id)
    version = internal.version_of(source.form_version.definition.key)
    if version is None or source.is_draft:
        raise Http404
    messages.success(request, _("%(number)s の内容を写しました。添付書類は付け直してください。") % {"number": source})
    return _fill(request, internal.copy(source, version, current(), request.user))


@require_POST
@login_required
def discard(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """A draft of mine that nobody has received is gone."""
    application = _mine(request, application_id)
    if not application.is_draft:
        raise Http404
    internal.discard(application, request.user)
    messages.success(request, _("作成中の起案を消しました。"))
    return redirect("drafting:overview")


def _mine(request: StaffRequest, application_id: Any) -> Application:
    return get_object_or_404(internal.drafted_by(request.user), pk=application_id)


def _fill(request: StaffRequest, application: Application) -> HttpResponse:
    """The wizard asks; this browser holds the draft from now on."""
    hold(request, application)
    spec, answers = application.form_version.spec, application.answers
    return redirect("resident:fill", application.pk, pages_for(spec, answers)[0].key)
