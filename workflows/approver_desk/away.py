"""Being away (不在): announce when and why, see who can stand in, take it back; and what was decided in my place."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from workflows.approver_desk.case_page import StaffRequest
from workflows.cases import LATER_READING
from workflows.delegations import AbsenceRefused, announce_absence, cancel_absence, substitutes_for
from workflows.progress import in_words, titles_of_posts
from workflows.trays import tray

WRITTEN = gettext_lazy("日付は「2026-12-01」のように書いてください。")


class AwayForm(forms.Form):
    """From when until when, both days included, and why."""

    since = forms.DateField(
        label=gettext_lazy("不在の初日"),
        error_messages={"required": gettext_lazy("不在の初日を書いてください。"), "invalid": WRITTEN},
    )
    until = forms.DateField(
        label=gettext_lazy("不在の末日"),
        error_messages={"required": gettext_lazy("不在の末日を書いてください。"), "invalid": WRITTEN},
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=200,
        error_messages={"required": gettext_lazy("不在の理由を書いてください。")},
    )

    def clean_until(self) -> date:
        """An absence that is over already would let nobody stand in."""
        until: date = self.cleaned_data["until"]
        if until < localdate():
            raise forms.ValidationError(_("不在の末日は今日より前にはできません。"))
        return until


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def away(request: StaffRequest) -> HttpResponse:
    """My absences, and a form for one more."""
    form = AwayForm(request.POST or None, auto_id="away-%s")
    if form.is_valid():
        try:
            announce_absence(request.user, **form.cleaned_data, by=request.user)
        except AbsenceRefused as refused:
            form.add_error("until", str(refused))
        else:
            messages.success(request, _("不在を届け出ました。その間、代決できる人が決裁できます。"))
            return redirect("approver:away")
    return render(request, "approver_desk/away.html", _context(request, form), status=422 if form.errors else 200)


def _context(request: StaffRequest, form: AwayForm) -> dict[str, Any]:
    member = request.user
    titles = titles_of_posts()
    readings = [task for task in tray(member, "readings").tasks if task.kind == LATER_READING]
    return {
        "form": form,
        "absences": member.absences.filter(cancelled_at=None, until__gte=localdate()),
        "past": member.absences.filter(cancelled_at=None, until__lt=localdate()).order_by("-until")[:10],
        "substitutes": [in_words(key, titles) for key in substitutes_for(member)],
        "readings": readings,
        "today": localdate(),
    }


@require_POST
@login_required
def cancel(request: StaffRequest, pk: int) -> HttpResponse:
    """I am back, or never went."""
    absence = get_object_or_404(request.user.absences, pk=pk)
    try:
        cancel_absence(absence, request.user)
    except AbsenceRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("不在の届出を取り消しました。"))
    return redirect("approver:away")
