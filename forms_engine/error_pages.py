"""The pages for when something went wrong: plain words, what to do now, and a number to mention when asking for help.

They are rendered without request, session, database or context processors, because any of these may be what broke.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from forms_engine.logs import request_id


def page(template: str, status: int) -> HttpResponse:
    """One of the error pages."""
    context = {"static_url": settings.STATIC_URL, "number": request_id.get(), "office": settings.MUNICIPALITY["office"]}
    return HttpResponse(render_to_string(template, context), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 if what was sent is too big."""
    too_big = isinstance(exception, RequestDataTooBig | TooManyFilesSent)
    return page("413.html", 413) if too_big else page("400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return page("403.html", 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also for what exists but is not for this person."""
    return page("404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return page("500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 when a form comes back without its token: mostly cookies switched off, or a page left open over night."""
    return page("403_csrf.html", 403)
