"""The files of an application for staff: its attachments, its archive copy, and the papers that they keep about it
(庁内資料), for whoever may see its case."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST, require_safe

from forms_engine import attachments, papers
from forms_engine.applications import Application
from forms_engine.archive import copies
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.attachments import Attachment
from forms_engine.papers import InternalFile
from workflows.approver_desk.case_page import StaffRequest, case_as_seen
from workflows.approver_desk.way_back import case_address, way_back
from workflows.authority import is_outsider
from workflows.cases import Case, CaseBusy
from workflows.papers import PaperRefused
from workflows.staff import StaffMember

BUSY = gettext_noop("ほかの人がこの案件を処理中です。少し待ってからお試しください。")


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


@require_POST
@login_required
def keep_paper(request: StaffRequest, application_id: UUID) -> HttpResponse:
    """Keep a file about an application whose case I may see (庁内資料)."""
    case = _case_or_404(application_id, request.user)
    remark = request.POST.get("remark", "")
    try:
        papers.keep(case, request.user, request.FILES.get("paper"), remark)
    except PaperRefused as refused:
        return case_as_seen(request, case, status=422, paper_error=str(refused), paper_remark=remark)
    except CaseBusy:
        return case_as_seen(request, case, status=409, paper_error=_(BUSY), paper_remark=remark)
    messages.success(request, _("庁内資料を付けました。"))
    return _to_papers(request, case)


@require_safe
@login_required
def paper(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """One paper, shown or saved like an attachment."""
    found, _case = _paper_or_404(paper_id, request.user)
    delivery = papers.deliver(found)
    return HttpResponse(delivery.content, content_type=delivery.media_type, headers=dict(delivery.headers))


@require_POST
@login_required
def remove_paper(request: StaffRequest, paper_id: UUID) -> HttpResponse:
    """Take away a paper that I kept, until the case is closed."""
    found, case = _paper_or_404(paper_id, request.user)
    try:
        papers.remove(found, case, request.user)
    except PaperRefused as refused:
        messages.error(request, str(refused))
    except CaseBusy:
        messages.error(request, _(BUSY))
    else:
        messages.success(request, _("庁内資料を外しました。"))
    return _to_papers(request, case)


def _to_papers(request: StaffRequest, case: Case) -> HttpResponse:
    return redirect(f"{case_address(case.public_id, way_back(request))}#papers")


def _paper_or_404(paper_id: UUID, member: StaffMember) -> tuple[InternalFile, Case]:
    found = get_object_or_404(InternalFile, pk=paper_id)
    return found, _case_or_404(found.application_id, member)


def _case_or_404(application_id: UUID, member: StaffMember) -> Case:
    """The case of an application, for who may see what the office keeps about it."""
    application = get_object_or_404(Application.objects.submitted(), pk=application_id)
    case = get_object_or_404(Case.objects.visible_to(member).of(application))
    if is_outsider(case, member):
        raise Http404
    return case


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
