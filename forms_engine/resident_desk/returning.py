"""Coming back (照会番号で戻る): an address of an application that this browser does not hold asks for the access code.

A session ends after hours, or because somebody ended it; the resident then stands before an address that is theirs. To
everybody else the answer is the same as for an application that does not exist: 404, with the same question.
"""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from forms_engine.wizard.reopening import reopened

View = Callable[[HttpRequest, UUID], HttpResponse]


def opened_by_code(view: View) -> View:
    """The view, for who holds the application; anybody else is asked for its code, and comes back to it."""

    @wraps(view)
    def asking(request: HttpRequest, application_id: UUID) -> HttpResponse:
        return reopened(request, application_id, unknown=404) or view(request, application_id)

    return asking
