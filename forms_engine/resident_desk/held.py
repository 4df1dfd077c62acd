"""The applications that this browser holds: those it began, and those opened with their access code.

Every view finds an application among these, so another person's is simply not there.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from forms_engine.applications import Application, ApplicationQuerySet

KEY = "applications"
#: A session that holds more belongs to a machine; the oldest are let go and can be opened again with their codes.
MOST = 50


def hold(request: HttpRequest, application: Application) -> None:
    """From now on this browser may open the application.  The session gets a new key: it can do more than before."""
    ids = [text for text in _ids(request) if text != str(application.pk)]
    request.session.cycle_key()
    request.session[KEY] = [*ids, str(application.pk)][-MOST:]


def held(request: HttpRequest) -> ApplicationQuerySet:
    """What this browser may open."""
    return Application.objects.held_by(_ids(request)).with_version()


def held_or_404(request: HttpRequest, application_id: UUID) -> Application:
    """The application, if this browser holds it; any other does not exist."""
    found: Application = get_object_or_404(held(request), pk=application_id)
    return found


def _ids(request: HttpRequest) -> list[str]:
    ids: Any = request.session.get(KEY, [])
    return ids if isinstance(ids, list) else []
