"""Setting a password by the link that the organiser handed over: once, and by nobody who is no longer here."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from workflows.accounts import choose_password
from workflows.staff import StaffMember


class Welcome(PasswordResetConfirmView):
    """Django's page for a link with a token, which it takes out of the address before it shows anything."""

    template_name = "organisation_desk/welcome.html"

    def get_user(self, uidb64: str) -> StaffMember | None:
        found = super().get_user(uidb64)
        return found if found is not None and found.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        choose_password(form.user, form.cleaned_data["new_password1"])
        self.request.session.pop("_password_reset_token", None)
        messages.success(self.request, _("パスワードを設定しました。ログインしてください。"))
        return redirect("login")
