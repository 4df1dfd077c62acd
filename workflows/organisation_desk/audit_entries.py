"""The audit entries (操作記録), for the auditor alone: looked through, and their chain verified."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.views.decorators.http import require_POST, require_safe

from workflows.audit import verify
from workflows.audit_search import Wanted, search
from workflows.organisation_desk.forms import SearchForm
from workflows.organisation_desk.gate import StaffRequest, for_auditors
from workflows.organisation_desk.views import page


@require_safe
@for_auditors
def entries(request: StaffRequest) -> HttpResponse:
    """Those that are wanted, newest first."""
    return _entries(request)


@require_POST
@for_auditors
def verification(request: StaffRequest) -> HttpResponse:
    """Walk the chain from its first entry and say whether it holds."""
    return _entries(request, report=verify())


def _entries(request: StaffRequest, **shown: object) -> HttpResponse:
    form = SearchForm(request.GET)
    wanted = Wanted(**form.cleaned_data) if form.is_valid() else Wanted()
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdecimal() and len(before) < 18 else None
    found = search(wanted, number)
    kept = urlencode({name: value for name, value in request.GET.items() if name in form.fields and value})
    return page(request, "audit", {"form": form, "found": found, "kept": kept, **shown}, bool(form.errors))
