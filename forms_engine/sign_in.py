"""Signing in (職員ログイン): a member of staff proves who they are; too many failures close the door for a while."""

import logging
from typing import Any

from django.conf import settings
from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forms_engine.sign_in_failures import forget, is_locked, note_failure
from workflows import audit
from workflows.staff import Post, StaffMember, holdings_of

log = logging.getLogger("kakanai.sign_in")
DEMO_PASSWORD = "demo"  # noqa: S105  (shown on the login page of the demo)


def address_of(request: HttpRequest | None) -> str:
    """Where a request came from: as many proxies as we run are believed, and none that the client invented."""
    if request is None:
        return ""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    trusted: int = settings.TRUSTED_PROXIES
    return hops[-trusted] if 0 < trusted <= len(hops) else request.META.get("REMOTE_ADDR", "")


class SignInForm(AuthenticationForm):
    """Login and password, with the counting around Django's own check."""

    error_messages = {
        "invalid_login": _("ログイン名またはパスワードが違います。もう一度入力してください。"),
        "inactive": _("この職員アカウントは使えません。管理者に連絡してください。"),
        "locked": _("続けて失敗したため、ログインを止めています。15分ほど待ってから、もう一度入力してください。"),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = _("ログイン名")
        self.fields["password"].label = _("パスワード")
        for field in self.fields.values():
            field.error_messages["required"] = _("入力してください。")

    def clean(self) -> dict[str, Any]:
        login = self.cleaned_data.get("username", "")
        if not (login and self.cleaned_data.get("password")):
            return self.cleaned_data
        address = address_of(self.request)
        if is_locked(login, address):
            log.warning("sign-in refused: too many failures")
            raise ValidationError(self.error_messages["locked"], code="locked")
        return self._checked(login, address)

    def _checked(self, login: str, address: str) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError:
            note_failure(login, address)
            raise
        forget(login, address)
        return cleaned


class SignIn(views.LoginView):
    """The login page.  Only the demo's also lists one login for each role."""

    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> Any:
        response = super().form_valid(form)
        audit.record("sign_in", "sign-in", actor=form.get_user())
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        logins = demo_logins() if settings.DEMO else []
        return super().get_context_data(demo_logins=logins, demo_password=DEMO_PASSWORD, **kwargs)


def demo_logins() -> list[dict[str, str]]:
    """Each login that can do something, with its holder's name, posts and capacities, for the page of the demo."""
    can = Q(posts__in=Post.objects.held()) | Q(capacities__isnull=False)
    members = StaffMember.objects.active().filter(can).distinct().prefetch_related("capacities").order_by("id")
    return [{"login": one.username, "name": str(one), "posts": "、".join(_callings(one))} for one in members]


def _callings(member: StaffMember) -> list[str]:
    """What somebody may do: the posts held, and the capacities beside them."""
    capacities = {str(one.get_kind_display()): None for one in member.capacities.all()}
    return [*(post.title for post in holdings_of(member)), *capacities]
