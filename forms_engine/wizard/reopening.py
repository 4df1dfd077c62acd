"""Reopening (照会番号で開く): a page whose session is over, or that was ended, asks for the access code and goes on.

What was typed travels through the question as hidden inputs, so that nothing is lost and nothing is stored meanwhile.
"""

from collections.abc import Iterator
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from forms_engine import applications
from forms_engine.held import hold, is_held
from forms_engine.residents import TooManyGuesses

CODE, LOOKING = "_code", "_looking"
#: What the question itself sends; everything else is the page's.
OWN = frozenset({CODE, LOOKING, "csrfmiddlewaretoken"})


def reopened(request: HttpRequest, application_id: UUID, page: str = "", unknown: int = 403) -> HttpResponse | None:
    """None once the browser holds the application, by its code if need be; until then the question for the code.

    It is asked alike whether there is such an application or not, at first with the status ``unknown``. Only a page of
    the form can begin a new application with what was typed.
    """
    if is_held(request, application_id):
        return None
    said = ""
    if CODE in request.POST:
        try:
            application = applications.resume(application_id, _code(request.POST[CODE]))
        except TooManyGuesses:
            said = _("照会番号が続けて違いました。15分ほど待ってから、もう一度入力してください。")
            return _question(request, application_id, page, said, 429)
        if application is not None:
            hold(request, application)
            return redirect(request.get_full_path()) if LOOKING in request.POST else None
        said = _("照会番号が違います。もう一度確かめてください。")
    return _question(request, application_id, page, said, 422 if said else unknown)


def _question(request: HttpRequest, application_id: UUID, page: str, said: str, status: int) -> HttpResponse:
    context = {
        "application_id": application_id,
        "page": page,
        "typed": list(_typed(request)),
        "is_looking": request.method != "POST" or LOOKING in request.POST,
        "has_files": bool(request.FILES),
        "error": said,
    }
    return render(request, "resident_desk/locked.html", context, status=status)


def _code(text: str) -> str:
    """The code, also out of the whole link that was saved."""
    return text.strip().rstrip("/").rpartition("/")[2]


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Name and text of everything that the page sent, in its order."""
    for name, texts in request.POST.lists():
        if name not in OWN:
            yield from ((name, str(text)) for text in texts)
