"""From the pages to the office: save for later, check everything, submit, and what happens next."""

from collections.abc import Sequence
from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from forms_engine import submission
from forms_engine.resident_desk.checking import Check
from forms_engine.resident_desk.finding import language
from forms_engine.resident_desk.held import held_or_404
from forms_engine.submission import Incomplete
from schemas import Problem
from workflows.cases import Case


@require_safe
def saved(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The link, its QR code and the access code with which the draft is continued anywhere."""
    application = held_or_404(request, application_id)
    link = request.build_absolute_uri(reverse("resident:resume", args=[application.pk, application.access_code]))
    context = {"application": application, "link": link, "qr": segno.make(link, error="m").png_data_uri(scale=8)}
    return render(request, "resident_desk/saved.html", context | {"page": Check(application, language()).first_page})


@require_safe
def check(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Every answer on one page; nothing is submitted by looking at it."""
    application = held_or_404(request, application_id)
    if not application.open_pointers():
        return redirect("resident:follow", application.pk)
    return _check_page(request, Check(application, language()))


@require_POST
def submit(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Submit; doing it twice does it once.  What stands against it is shown on the check page."""
    application = held_or_404(request, application_id)
    try:
        submission.submit(application)
    except Incomplete as incomplete:
        return _check_page(request, Check(application, language()), incomplete.problems)
    return redirect("resident:done", application.pk)


@require_safe
def done(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The receipt: number, access code, what happens next and by when."""
    application = held_or_404(request, application_id)
    if application.is_draft:
        return redirect("resident:check", application.pk)
    context = {
        "application": application,
        "title": application.form_version.spec.text("/title", language()),
        "link": request.build_absolute_uri(reverse("resident:resume", args=[application.pk, application.access_code])),
        "case": Case.objects.of(application).first(),
    }
    return render(request, "resident_desk/done.html", context)


def _check_page(request: HttpRequest, check: Check, refused: Sequence[Problem] = ()) -> HttpResponse:
    """``refused`` is what a submission has just failed on; otherwise the page looks for itself."""
    application = check.application
    context = {
        "application": application,
        "title": check.spec.text("/title", check.language),
        "sections": check.sections(),
        "obstacles": check.obstacles(refused or check.problems),
        "advice": check.advice,
        "correction": application.open_correction(),
        "page": check.first_page,
    }
    return render(request, "resident_desk/check.html", context, status=422 if refused else 200)
