"""The applications that this browser holds: those it began, and those opened with their access code.

Every view finds an application among these, so another person's is simply not there.
"""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpRequest

from forms_engine import rows
from forms_engine.applications import Application, ApplicationQuerySet

KEY = "applications"
KEPT = "kept_application"
#: A session that holds more belongs to a machine; the oldest are let go and can be opened again with their codes.
MOST = 50


def hold(request: HttpRequest, application: Application) -> None:
    """From now on this browser may open the application.  The session gets a new key: it can do more than before."""
    ids = [text for text in _ids(request) if text != str(application.pk)]
    if request.session.session_key:
        request.session.cycle_key()
    request.session[KEY] = [*ids, str(application.pk)][-MOST:]
    keep(request, application)


def held(request: HttpRequest) -> ApplicationQuerySet:
    """What this browser may open."""
    return Application.objects.held_by(_ids(request)).with_version()


def drafts_held(request: HttpRequest, most: int) -> int:
    """How many drafts this browser holds; looked up only if it holds so many applications at all."""
    ids = _ids(request)
    return Application.objects.held_by(ids).drafts().count() if len(ids) >= most else 0


def is_held(request: HttpRequest, application_id: UUID) -> bool:
    """Whether this browser may open it."""
    return str(application_id) in _ids(request)


def held_or_404(request: HttpRequest, application_id: UUID, locked: bool = False) -> Application:
    """The application, if this browser holds it; any other does not exist.  ``locked``: see rows.application."""
    if not is_held(request, application_id):
        raise Http404
    kept = getattr(request, KEPT, None)
    if kept is not None and kept.pk == application_id and not locked:
        return cast(Application, kept)
    try:
        return rows.application(application_id, locked)
    except Application.DoesNotExist as swept:
        raise Http404 from swept


def keep(request: HttpRequest, application: Application) -> None:
    """What this request has just written as it stands: the page that answers a post (see onward) reads it from here."""
    setattr(request, KEPT, application)


def _ids(request: HttpRequest) -> list[str]:
    ids: Any = request.session.get(KEY, [])
    return ids if isinstance(ids, list) else []
