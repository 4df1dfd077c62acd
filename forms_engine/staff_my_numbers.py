"""A My Number for staff: hidden until somebody who is designated asks for it, and never without a record of it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from forms_engine import my_numbers
from forms_engine.my_numbers import MyNumber, NotDesignated
from schemas.my_numbers import basis_in_words
from workflows.cases import Case
from workflows.staff import StaffMember


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: StaffMember


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def my_number(request: StaffRequest, row_id: UUID) -> HttpResponse:
    """What looking at it means; the number itself only in answer to a POST, and no cache keeps it."""
    found = get_object_or_404(MyNumber.objects.select_related("application__form_version"), pk=row_id)
    if not Case.objects.visible_to(request.user).of(found.application).exists():
        raise Http404
    context = {**_context(found, request.user), "number": _shown(found, request)}
    response = render(request, "staff_my_numbers/my_number.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _context(row: MyNumber, member: StaffMember) -> dict[str, object]:
    application = row.application
    return {
        "row": row,
        "application": application,
        "case": Case.objects.of(application).get(),
        "basis": basis_in_words(str(application.form_version.spec.procedure.get("my_number_basis", ""))),
        "may_show": my_numbers.may_show(application, member),
    }


def _shown(row: MyNumber, request: StaffRequest) -> str:
    """The number in groups of four, as the card prints it; empty where it is not asked for or may not be shown."""
    if request.method != "POST":
        return ""
    try:
        number = my_numbers.show(row, request.user)
    except (NotDesignated, MyNumber.DoesNotExist):
        return ""
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))
