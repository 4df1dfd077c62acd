"""Ending (操作の終了): on a computer that others use too, nothing of this resident remains in the browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from forms_engine.held import held


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """Says what would be out of reach without its code, then forgets the session."""
    if request.method != "POST":
        return render(request, "resident_desk/end.html", {"held": held(request).order_by("-updated_at")})
    request.session.flush()
    return redirect("resident:ended")


@require_safe
def ended(request: HttpRequest) -> HttpResponse:
    """It is over; the browser is told to forget what it kept of the pages."""
    response = render(request, "resident_desk/ended.html")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
