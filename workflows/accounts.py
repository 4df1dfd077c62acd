"""Accounts (職員の登録): who may sign in, and how somebody gets a first password.

An account is closed, never deleted: decisions and audit entries name it.
"""

import re

from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from workflows import audit
from workflows.capacities import is_last_organiser
from workflows.changes import Change, OrganisationRefused, clean_text, put
from workflows.postings import end_posts_of
from workflows.staff import StaffMember

LOGIN = re.compile(r"[A-Za-z0-9@.+_-]{1,100}")
VERBS = {Change.NEW: "open_account", Change.CHANGED: "change_account", Change.ENDED: "close_account"}


@transaction.atomic
def put_member(login: str, display_name: str, kana: str, email: str, is_active: bool, by: StaffMember | None) -> Change:
    """The account of this login is so from now on; a new one has no password yet.

    Closing one ends the member's posts today; opening it again gives none of them back.  Raises OrganisationRefused.
    """
    member = StaffMember.objects.select_for_update().filter(username=login).first() or StaffMember(username=login)
    closes = member.pk is not None and member.is_active and not is_active
    if member.pk is None:
        _refuse_bad_login(member)
    if closes:
        _refuse_closing(member, by)
    facts = {
        "display_name": clean_text(display_name, "display_name"),
        "kana": clean_text(kana, "kana", is_required=False),
        "email": _clean_email(email),
        "is_active": is_active,
    }
    change = put(member, facts)
    if closes:
        end_posts_of(member, by)
        change = Change.ENDED
    if change in VERBS:
        audit.record(VERBS[change], f"staff:{member.username}"[:150], by, active=is_active)
    return change


@transaction.atomic
def invite(member: StaffMember, by: StaffMember | None) -> str:
    """A token with which the member sets a password once, valid for PASSWORD_RESET_TIMEOUT seconds.

    Until it is used, an earlier password holds.  Raises OrganisationRefused for a closed account.
    """
    if not member.is_active:
        raise OrganisationRefused(_("在職していない人には、パスワードを設定する案内を作れません。"))
    audit.record("invite", f"staff:{member.username}"[:150], by)
    return default_token_generator.make_token(member)


@transaction.atomic
def choose_password(member: StaffMember, password: str) -> None:
    """The member has this password from now on; whoever was signed in with the earlier one no longer is."""
    member.set_password(password)
    member.save(update_fields=["password"])
    audit.record("choose_password", f"staff:{member.username}"[:150], member)


def _refuse_bad_login(member: StaffMember) -> None:
    if not LOGIN.fullmatch(member.username):
        raise OrganisationRefused(_("ログイン名は半角の英数字と @ . + - _ で、100文字までで書いてください。"), "login")
    if StaffMember.objects.filter(username__iexact=member.username).exists():
        raise OrganisationRefused(_("大文字と小文字だけが違うログイン名が、すでに使われています。"), "login")


def _refuse_closing(member: StaffMember, by: StaffMember | None) -> None:
    if by is not None and member.pk == by.pk:
        raise OrganisationRefused(_("自分の登録は閉じられません。ほかの人に頼んでください。"), "is_active")
    if is_last_organiser(member):
        raise OrganisationRefused(
            _("全庁の組織を変えられる人がいなくなります。先にほかの人にこの権限を付けてください。"), "is_active"
        )


def _clean_email(email: str) -> str:
    found = email.strip()
    try:
        if found:
            validate_email(found)
    except ValidationError as wrong:
        raise OrganisationRefused(_("メールアドレスは name@example.jp の形で書いてください。"), "email") from wrong
    return found
