"""Tables in and out: a file is shown with what it would change, and carried out on a second word."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from workflows.changes import OrganisationRefused
from workflows.organisation_desk.forms import RosterForm
from workflows.organisation_desk.gate import StaffRequest, for_office_organisers
from workflows.organisation_desk.views import both, page
from workflows.rosters.cells import MOST_BYTES
from workflows.rosters.imports import carry_out, export, preview
from workflows.rosters.kinds import KINDS


@both
@for_office_organisers
def rosters(request: StaffRequest) -> HttpResponse:
    """Choose a file; then see what it would change."""
    form = RosterForm(request.POST, request.FILES) if request.method == "POST" else RosterForm()
    if form.is_valid():
        return _preview(request, form, form.cleaned_data["file"].read(MOST_BYTES + 1))
    return page(request, "rosters", {"form": form, "kinds": KINDS.values()}, bool(form.errors))


def _preview(request: StaffRequest, form: RosterForm, content: bytes) -> HttpResponse:
    is_complete = form.cleaned_data["is_complete"]
    try:
        found = preview(content, is_complete, request.user)
    except OrganisationRefused as refused:
        form.add_error("file", str(refused))
        return page(request, "rosters", {"form": form, "kinds": KINDS.values()}, is_refused=True)
    return page(
        request, "preview", {"found": found, "content": urlsafe_b64encode(content).decode(), "is_complete": is_complete}
    )


@require_POST
@for_office_organisers
def carrying_out(request: StaffRequest) -> HttpResponse:
    """Do what was shown."""
    try:
        content = urlsafe_b64decode(request.POST.get("content", ""))
        is_complete = request.POST.get("is_complete") == "on"
        found = carry_out(content, is_complete, request.POST.get("expected", ""), request.user)
    except (OrganisationRefused, ValueError) as refused:
        said = str(refused) if isinstance(refused, OrganisationRefused) else _("ファイルをもう一度選んでください。")
        messages.error(request, said)
    else:
        messages.success(request, _("名簿を取り込みました（%(count)d件を変更）。") % {"count": len(found.changing)})
    return redirect("organisation:rosters")


@require_safe
@for_office_organisers
def exported(request: StaffRequest, key: str) -> HttpResponse:
    """The roster as a CSV file."""
    if key not in KINDS:
        raise Http404
    name = f"{key}-{localdate().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(export(key), content_type="text/csv; charset=utf-8", headers=headers)
