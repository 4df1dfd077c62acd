"""Following an application: where it stands, what was asked or decided, withdrawing it, its files."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forms_engine import attachments, charges, pictures, submission, withdrawals
from forms_engine.applications import Application
from forms_engine.archive import copies, slips
from forms_engine.archive.copies import ArchiveCopy
from forms_engine.corrections import Correction
from forms_engine.held import held_or_404
from forms_engine.readout import label_of
from forms_engine.resident_desk.checking import page_of
from forms_engine.resident_desk.finding import language
from forms_engine.resident_desk.returning import opened_by_code
from forms_engine.submission import WithdrawalRefused
from schemas import Problem
from workflows.appeal import instruction
from workflows.cases import Case
from workflows.deadlines import expected_on
from workflows.decisions import Decision, conditions_of


@opened_by_code
@require_safe
def follow(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Progress in plain words, what is asked of the resident, and the outcome."""
    application = held_or_404(request, application_id)
    if application.is_draft:
        return redirect("resident:check", application.pk)
    if application.is_internal:
        return redirect("drafting:go_on", application.pk)
    correction, case = application.open_correction(), Case.objects.of(application).first()
    context = {
        "application": application,
        "title": _title(application),
        "steps": application.progress(language()),
        "status": application.status(language()),
        "sections": application.submitted_view(language()),
        "correction": _asked(application, correction) if correction else None,
        **_outlook(case),
        "charge": charges.charge_of(application, language()),
        "refusal": _refusal(application, case),
        "conditions": conditions_of(case) if case and application.outcome == "approved" else (),
        "appeal": instruction(application.remedy()),
    }
    return render(request, "resident_desk/follow.html", context)


def _outlook(case: Case | None) -> dict[str, Any]:
    """By when it is to be decided (行政手続法 第9条), and whether that day is over."""
    expected = expected_on(case) if case else None
    return {"case": case, "expected": expected, "is_late": expected is not None and expected < localdate()}


def _title(application: Application) -> str:
    return application.form_version.spec.text("/title", language())


def _asked(application: Application, correction: Correction) -> dict[str, Any]:
    """The request for correction: its comment, each remark with the field's name, and the page to begin on."""
    spec, answers = application.form_version.spec, application.answers
    remarks = [(label_of(spec, answers, at, language()), text) for at, text in correction.remarks.items()]
    first = next(iter(correction.remarks), "")
    page = page_of(spec, Problem(first, "").field)
    return {"comment": correction.comment, "remarks": remarks, "page": page, "pointer": first, "row": correction}


def _refusal(application: Application, case: Case | None) -> Decision | None:
    """The refusal with its reasons, which the applicant is told (行政手続法 第8条)."""
    if case is None or application.outcome != "refused":
        return None
    return case.decisions.filter(outcome="refused").last()


@opened_by_code
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Asks first, and why, which need not be said; then takes the application back."""
    application = held_or_404(request, application_id)
    if application.is_draft:
        return redirect("resident:check", application.pk)
    if request.method != "POST":
        context = {"application": application, "title": _title(application), "longest": withdrawals.LONGEST}
        return render(request, "resident_desk/withdrawal.html", context)
    try:
        submission.withdraw(application, reason=request.POST.get("reason", ""))
    except WithdrawalRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("申請を取り下げました。"))
    return redirect("resident:follow", application.pk)


@opened_by_code
@require_safe
def copy(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The archive copy; while it is being made or looked at, a page that says so and can be opened again."""
    application = held_or_404(request, application_id)
    if not application.is_closed:
        return redirect("resident:follow", application.pk)
    found = ArchiveCopy.objects.issuable().filter(application=application).first()
    if found is None:
        return _pending(request, {"back": reverse("resident:follow", args=[application.pk])})
    named = content_disposition_header(False, f"{application.receipt_number}.pdf")
    return HttpResponse(copies.read(found), content_type="application/pdf", headers={"Content-Disposition": str(named)})


@opened_by_code
@require_safe
def receipt(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The receipt as a PDF, in the language of the page."""
    application = held_or_404(request, application_id)
    if application.is_draft:
        return redirect("resident:check", application.pk)
    link = request.build_absolute_uri(reverse("resident:resume", args=[application.pk, application.access_code]))
    pdf = slips.draw(slips.slip_of(application, language(), link))
    named = content_disposition_header(False, f"{application.receipt_number}-receipt.pdf")
    headers = {"Content-Disposition": str(named), "Cache-Control": "private, no-store"}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


def _pending(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "resident_desk/copy_pending.html", context, status=503)
    response["Retry-After"] = "60"
    return response


@require_safe
def attachment(request: HttpRequest, application_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A file of an application that this browser holds."""
    application = held_or_404(request, application_id)
    found = get_object_or_404(application.attachments, pk=attachment_id)
    delivery = attachments.deliver(found)
    return HttpResponse(delivery.content, content_type=delivery.media_type, headers=dict(delivery.headers))


@require_safe
def thumbnail(request: HttpRequest, application_id: UUID, attachment_id: UUID) -> HttpResponse:
    """A picture of an application that this browser holds, small, and without where it was taken."""
    application = held_or_404(request, application_id)
    found = get_object_or_404(application.attachments, pk=attachment_id, media_type__in=pictures.KINDS)
    try:
        small = pictures.thumbnail(attachments.open(found))
    except pictures.NoPicture as wrong:
        raise Http404 from wrong
    return HttpResponse(small, content_type="image/jpeg", headers=dict(attachments.guarded()))
