"""From the pages to the office: save for later, check everything, submit, and what happens next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import segno
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST, require_safe

from forms_engine import charges, drafts, notices, progress, submission, visits
from forms_engine.applications import Application
from forms_engine.held import held_or_404, is_held, keep
from forms_engine.notices import TooManyLinks, address_of
from forms_engine.resident_desk.checking import Check
from forms_engine.resident_desk.finding import language
from forms_engine.resident_desk.returning import opened_by_code
from forms_engine.ruby import read_aloud
from forms_engine.shell import answer, page_link, path
from forms_engine.submission import Incomplete
from schemas import Problem
from workflows import dispatch
from workflows.cases import Case
from workflows.handwritten import Overtaken
from workflows.templatetags.calendar import day, moment

#: What is said on the check page only where there is something to say.
SAID = ("obstacles", "advice")


class MailForm(forms.Form):
    """Where the link of a draft is mailed to."""

    email = forms.EmailField(
        label=_lazy("メールアドレス"),
        max_length=254,
        error_messages={
            "required": _lazy("メールアドレスを入力してください。"),
            "invalid": _lazy("メールアドレスは「name@example.jp」のように入力してください。"),
        },
    )


@opened_by_code
@require_safe
def saved(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The link, its QR code and the access code with which the draft is continued anywhere."""
    application = held_or_404(request, application_id)
    if application.is_internal:
        messages.success(request, _("途中まで保存しました。"))
        return redirect("drafting:overview")
    return _saved_page(request, application, MailForm())


def _saved_page(request: HttpRequest, application: Application, form: MailForm) -> HttpResponse:
    link = request.build_absolute_uri(reverse("resident:resume", args=[application.pk, application.access_code]))
    context = {
        "application": application,
        "title": application.form_version.spec.text("/title", language()),
        "link": link,
        "qr": segno.make(link, error="m").png_data_uri(scale=8),
        "page": Check(application, language()).first_page,
        "kept_until": drafts.kept_until(application),
        "mail": form if dispatch.is_on() and application.is_draft else None,
    }
    return render(request, "resident_desk/saved.html", context, status=422 if form.errors else 200)


@opened_by_code
@require_POST
def mail_link(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Mail the link to the address that was typed; it is used for that and for a reminder, and for nothing else."""
    application, form = held_or_404(request, application_id), MailForm(request.POST)
    if form.is_valid():
        try:
            if notices.send_draft_link(application, form.cleaned_data["email"]):
                messages.success(
                    request, _("リンクをメールで送ります。数分たっても届かないときは、アドレスを確かめてください。")
                )
            return redirect("resident:saved", application.pk)
        except TooManyLinks:
            form.add_error("email", _("これ以上は送れません。画面のリンクを写すか、QRコードを読み取ってください。"))
    return _saved_page(request, application, form)


@opened_by_code
@require_safe
def check(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Every answer on one page; nothing is submitted by looking at it."""
    application = held_or_404(request, application_id)
    if not application.open_pointers():
        return redirect("resident:follow", application.pk)
    return _check_page(request, Check(application, language()))


@opened_by_code
@require_POST
def submit(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """Submit; doing it twice does it once.  What stands against it is shown on the check page."""
    if not is_held(request, application_id):
        raise Http404
    try:
        by = request.user if request.user.is_authenticated else submission.RESIDENT
        keep(request, submission.submit(application_id, by))
    except Incomplete as incomplete:
        application = held_or_404(request, application_id)
        return _check_page(request, Check(application, language()), incomplete.problems)
    except Overtaken:  # it is still being written elsewhere: look at it again
        return HttpResponseRedirect(page_link("resident:check", application_id))
    except Application.DoesNotExist as swept:
        raise Http404 from swept
    return HttpResponseRedirect(page_link("resident:done", application_id))


@opened_by_code
@require_safe
def done(request: HttpRequest, application_id: UUID) -> HttpResponse:
    """The receipt: number, access code, what happens next and by when."""
    application = held_or_404(request, application_id)
    if application.is_draft:
        return redirect("resident:check", application.pk)
    if application.is_internal:
        messages.success(request, _("%(number)s として起案しました。") % {"number": application.receipt_number})
        return redirect("drafting:go_on", application.pk)
    code, due = application.access_code, _due_on(application)
    title = application.form_version.spec.text("/title", language())
    outcome = progress.outcome_title(application, language())
    told = "mailed" if address_of(application) else "no_address" if dispatch.is_on() else ""
    things = visits.things_to_bring(application.form_version.spec, language())
    about = Receipt(title, application.outcome, outcome, application.is_closed, due is not None, told, things)
    charge = charges.charge_of(application, language())
    slots = {
        "charge": render_to_string("resident_desk/_charge.html", {"charge": charge}),
        "application": str(application.pk),
        "receipt_number": application.receipt_number,
        "access_code": code,
        "submitted_at": moment(application.submitted_at),
        "due": day(due),
        "link": request.build_absolute_uri(reverse("resident:resume", args=[application.pk, code])),
    }
    return answer(request, "resident_desk/done.html", about, slots)


@dataclass(frozen=True)
class Receipt:
    """What the receipt says beside numbers and times (see shell.answer); ``told`` says whether mail is sent, ``needed``
    what to bring to the counter, where a visit is to follow."""

    title: str
    outcome: str
    outcome_title: str
    is_closed: bool
    has_due: bool
    told: str
    needed: tuple[str, ...] = ()

    @property
    def needs_visit(self) -> bool:
        return bool(self.needed)

    @property
    def is_approved(self) -> bool:
        return self.outcome == "approved"

    @property
    def follow_url(self) -> str:
        return path("resident:follow")

    @property
    def receipt_url(self) -> str:
        return path("resident:receipt")


def _due_on(application: Application) -> date | None:
    """The day by which it is to be decided."""
    if application.is_closed:
        return None
    if application.opened:
        return application.opened.due_on
    due: date | None = Case.objects.of(application).values_list("due_on", flat=True).first()
    return due


def _check_page(request: HttpRequest, check: Check, refused: Sequence[Problem] = ()) -> HttpResponse:
    """``refused`` is what a submission has just failed on; otherwise the page looks for itself."""
    obstacles, application = check.obstacles(refused or check.problems), str(check.application.pk)
    said = {"obstacles": obstacles, "advice": check.advice, "application": check.application}
    texts = {name: read_aloud(render_to_string(f"resident_desk/_{name}.html", said)) for name in SAID if said[name]}
    address = page_link("resident:check", application)  # also where a submission is refused
    slots = {"application": application, "address": address, **check.readings(), **texts}
    return answer(request, "resident_desk/check.html", check.outline(obstacles), slots, 422 if refused else 200)
