"""The files of an application for staff: its attachments and its archive copy, for whoever may see its case."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from forms_engine import attachments
from forms_engine.applications import Application
from forms_engine.archive import copies
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.attachments import Attachment
from workflows.cases import Case
from workflows.staff import StaffMember


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: StaffMember


@require_safe
@login_required
def attachment(request: StaffRequest, attachment_id: UUID) -> HttpResponse:
    """One attachment, shown in a sandbox; the case page may frame it."""
    found = get_object_or_404(Attachment.objects.select_related("application"), pk=attachment_id)
    _visible_or_404(found.application, request.user)
    delivery = attachments.deliver(found)
    return HttpResponse(delivery.content, content_type=delivery.media_type, headers=dict(delivery.headers))


@require_safe
@login_required
def copy(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """The archive copy; before it is made, a page that says so; before it may be issued, one that asks to look."""
    application = get_object_or_404(Application.objects.closed(), pk=application_id)
    _visible_or_404(application, request.user)
    found = ArchiveCopy.objects.filter(application=application).first()
    if found is None:
        return _pending(request)
    if not found.is_issuable and "look" not in request.GET:
        return render(request, "staff_files/acceptance.html", {"application": application, "copy": found})
    named = content_disposition_header(False, f"{application.receipt_number}.pdf")
    return HttpResponse(copies.read(found), content_type="application/pdf", headers={"Content-Disposition": str(named)})


def _pending(request: StaffRequest) -> HttpResponse:
    response = render(request, "resident_desk/copy_pending.html", status=503)
    response["Retry-After"] = "60"
    return response


@require_POST
@login_required
def acceptance(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """I have looked at the characters that could not be drawn: the copy may be issued."""
    found = get_object_or_404(ArchiveCopy.objects.select_related("application"), application=application_id)
    _visible_or_404(found.application, request.user)
    copies.accept(found, request.user)
    return redirect("staff_copy", application_id)


def _visible_or_404(application: Application, member: StaffMember) -> None:
    if not Case.objects.visible_to(member).of(application).exists():
        raise Http404
