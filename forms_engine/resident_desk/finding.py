"""Finding a procedure and beginning it, and finding one's application again."""

from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from forms_engine import applications, definitions
from forms_engine.applications import Application
from forms_engine.definitions import FormVersion
from forms_engine.held import held, hold
from forms_engine.languages import LANGUAGES_COOKIE, current, interface, is_language
from forms_engine.resident_desk import catalogue, life_events
from forms_engine.resident_desk.checking import Check
from forms_engine.residents import TooManyGuesses
from forms_engine.ruby import RUBY_COOKIE
from forms_engine.shell import answer
from schemas.translations import languages_of
from workflows import departments

SHOWN_HELD = 5


class ReceiptForm(forms.Form):
    """Receipt number and access code, as they stand on the receipt."""

    receipt_number = forms.CharField(
        label=_("受付番号"), max_length=40, error_messages={"required": _("受付番号を入力してください。")}
    )
    code = forms.CharField(
        label=_("照会番号"), max_length=40, error_messages={"required": _("照会番号を入力してください。")}
    )


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """All procedures, those that a search finds, or those of one category; and what this browser has begun."""
    procedures = catalogue.offered(language())
    search, category = request.GET.get("q", "").strip(), request.GET.get("topic", "")
    found, is_near = catalogue.found(procedures, search, category)
    context = {
        "procedures": found,
        "is_near": is_near,
        "categories": catalogue.categories(procedures),
        "life_events": life_events.events_of(procedures),
        "search": search,
        "category": category,
        "languages": dict.fromkeys(code for each in procedures for code in languages_of(each.version.document)),
        "held": held(request).order_by("-updated_at")[:SHOWN_HELD],
    }
    return render(request, "resident_desk/find.html", context)


@require_safe
def life_event(request: HttpRequest, key: str) -> HttpResponse:
    """What is needed when something happens in one's life, and why."""
    procedures = catalogue.offered(language())
    events = life_events.events_of(procedures)
    event = next((one for one in events if one.key == key), None)
    if event is None:
        raise Http404
    context = {"event": event, "life_events": events, "needed": life_events.needed(procedures, key)}
    return render(request, "resident_desk/life_event.html", context)


@require_safe
def procedure(request: HttpRequest, key: str) -> HttpResponse:
    """Who, what is needed, fee, how long, whether a visit: before anything is asked."""
    shown = procedure_or_404(key)
    leaflet = Leaflet(shown, shown.version.digest, departments.title_of(shown.facts.get("department", "")))
    return answer(request, "resident_desk/procedure.html", leaflet)


@dataclass(frozen=True)
class Leaflet:
    """What the page of a procedure says: two versions never have the same digest, as rows may have the same key."""

    procedure: catalogue.Procedure
    digest: str
    department: str

    @property
    def languages(self) -> list[str]:
        return languages_of(self.procedure.version.document)


@require_safe
def resume(request: HttpRequest, application_id: UUID, code: str) -> HttpResponse:
    """Back from the saved link or QR code: a draft goes on where something is missing, anything else is followed."""
    try:
        application = applications.resume(application_id, code)
    except TooManyGuesses:
        return render(request, "resident_desk/too_many_guesses.html", status=429)
    if application is None:
        raise Http404
    hold(request, application)
    return _onward(application)


@require_http_methods(["GET", "HEAD", "POST"])
def find_application(request: HttpRequest) -> HttpResponse:
    """Receipt number and access code open an application from any device."""
    form = ReceiptForm(request.POST or None)
    if not form.is_valid():
        return receipt_page(request, form)
    try:
        application = opened(request, form)
    except TooManyGuesses:
        return render(request, "resident_desk/too_many_guesses.html", status=429)
    return redirect("resident:follow", application.pk) if application else receipt_page(request, form)


def opened(request: HttpRequest, form: ReceiptForm) -> Application | None:
    """The application that number and code belong to, which this browser now holds; else the form says what is wrong.

    Raises TooManyGuesses.
    """
    application = applications.find(form.cleaned_data["receipt_number"], form.cleaned_data["code"])
    if application is None:
        form.add_error(None, _("受付番号か照会番号が違います。受付のときの画面や控えをもう一度確かめてください。"))
        return None
    hold(request, application)
    return application


def receipt_page(request: HttpRequest, form: ReceiptForm) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, "resident_desk/find_application.html", {"form": form}, status=status)


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Django's own view, which knows the interface's languages; a further one of a form is kept beside."""
    code = request.POST.get("language", "")
    known = code if is_language(code) else ""
    posted = request.POST.copy()
    posted["language"] = interface(known) if known else ""
    request.POST = posted  # type: ignore[assignment]
    response = set_language(request)
    if known and known != interface(known):
        response.set_cookie(
            LANGUAGES_COOKIE, known, httponly=True, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax"
        )
    elif known:
        response.delete_cookie(LANGUAGES_COOKIE)
    return response


@require_POST
def choose_readings(request: HttpRequest) -> HttpResponse:
    """Readings above kanji on or off, for this browser."""
    target = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(target if is_ours else reverse("resident:find"))
    if request.POST.get("ruby"):
        response.set_cookie(RUBY_COOKIE, "1", httponly=True, secure=settings.LANGUAGE_COOKIE_SECURE, samesite="Lax")
    else:
        response.delete_cookie(RUBY_COOKIE)
    return response


def language() -> str:
    """The language in which this request's forms are shown."""
    return current()


def procedure_or_404(key: str) -> catalogue.Procedure:
    """What can be begun under this key today.  Raises Http404."""
    try:
        shown = catalogue.Procedure(definitions.current(key), language())
    except FormVersion.DoesNotExist as unpublished:
        raise Http404 from unpublished
    if not shown.is_for_residents:
        raise Http404
    return shown


def _onward(application: Application) -> HttpResponse:
    if application.is_draft:
        return redirect("resident:fill", application.pk, Check(application, language()).first_page)
    return redirect("resident:follow", application.pk)
