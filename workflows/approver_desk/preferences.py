"""How often I am told by mail that something waits for me."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from workflows.notices import Rhythm, choose_rhythm, rhythm_of
from workflows.staff import StaffMember


class StaffRequest(HttpRequest):
    """A request of somebody who is logged in."""

    user: StaffMember


class RhythmForm(forms.Form):
    """One of the four rhythms."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("処理待ちができたときのメール"),
        choices=Rhythm.choices,
        error_messages={
            "required": gettext_lazy("1つ選んでください。"),
            "invalid_choice": gettext_lazy("1つ選んでください。"),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def notices(request: StaffRequest) -> HttpResponse:
    """The choice, and where the mail goes."""
    form = RhythmForm(request.POST or None, initial={"rhythm": rhythm_of(request.user)})
    if form.is_valid():
        choose_rhythm(request.user, form.cleaned_data["rhythm"])
        messages.success(request, _("通知の設定を保存しました。"))
        return redirect("approver:notices")
    context = {"form": form, "chosen": str(form["rhythm"].value()), "address": request.user.email}
    return render(request, "approver_desk/notices.html", context, status=422 if form.errors else 200)
