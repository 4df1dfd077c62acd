"""Beginning an application: an empty one, or one that takes over answers of an earlier one."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from forms_engine import applications, carryover, drafts
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from forms_engine.drafts import TooManyDrafts
from forms_engine.held import drafts_held, held, held_or_404, hold
from forms_engine.resident_desk.finding import ReceiptForm, language, opened, procedure_or_404
from forms_engine.residents import TooManyGuesses
from forms_engine.shell import page_link
from forms_engine.sign_in import address_of


@require_POST
def start(request: HttpRequest, key: str) -> HttpResponse:
    """A new draft that this browser holds; staff who apply for themselves are noted, for they may not decide on it."""
    try:
        application = _begun(request, procedure_or_404(key).version)
    except TooManyDrafts:
        return _too_many(request)
    return HttpResponseRedirect(page_link("resident:fill", application.pk, first_page(application)))


@require_http_methods(["GET", "HEAD", "POST"])
def earlier(request: HttpRequest, key: str) -> HttpResponse:
    """Which earlier application is to help: one that this browser holds, or one opened with number and code."""
    procedure = procedure_or_404(key)
    form = ReceiptForm(request.POST or None)
    try:
        found = opened(request, form) if form.is_valid() else None
    except TooManyGuesses:
        return render(request, "resident_desk/too_many_guesses.html", status=429)
    if found:
        return redirect("resident:carry_over", key, found.pk)
    context = {"procedure": procedure, "form": form, "held": held(request).submitted().order_by("-submitted_at")}
    return render(request, "resident_desk/earlier.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def carry_over(request: HttpRequest, key: str, application_id: UUID) -> HttpResponse:
    """What would be taken over, to be chosen; then a draft that begins with it."""
    procedure, source = procedure_or_404(key), held_or_404(request, application_id)
    if source.is_draft:
        return redirect("resident:earlier", key)
    if request.method != "POST":
        offers = carryover.offers(source, procedure.version, language())
        context = {"procedure": procedure, "source": source, "offers": offers}
        return render(request, "resident_desk/carry_over.html", context)
    try:
        draft = _begun(request, procedure.version)
    except TooManyDrafts:
        return _too_many(request)
    carryover.begin(draft, source, request.POST.getlist("take"))
    return redirect("resident:fill", draft.pk, first_page(draft))


@require_POST
def anew(request: HttpRequest, application_id: UUID, page: str) -> HttpResponse:
    """A draft of the same procedure for somebody who has a page but no code; the browser sends the page there again."""
    lost = get_object_or_404(Application.objects.with_version(), pk=application_id)
    try:
        draft = _begun(request, procedure_or_404(lost.form_version.definition.key).version)
    except TooManyDrafts:
        return _too_many(request)
    return HttpResponse(status=307, headers={"Location": reverse("resident:fill", args=[draft.pk, page])})


def first_page(application: Application) -> str:
    """The key of the page that filling begins with."""
    settlement = application.settlement
    return settlement.standing(settlement.settle(application.answers), language()).pages()[0].key


def _begun(request: HttpRequest, version: FormVersion) -> Application:
    """Raises TooManyDrafts."""
    member = request.user if request.user.is_authenticated else None
    drafts.admit(address_of(request), drafts_held(request, settings.DRAFTS_PER_SESSION))
    application = applications.start(version, language(), member)
    hold(request, application)
    return application


def _too_many(request: HttpRequest) -> HttpResponse:
    context = {"held": held(request).drafts().order_by("-updated_at")}
    return render(request, "resident_desk/too_many_drafts.html", context, status=429)
