"""Roles (役職) as the office sets them up and ends them; none is deleted, for workflows and decisions name it."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from workflows import audit
from workflows.assignees import MANAGER
from workflows.cases import Task
from workflows.changes import Change, OrganisationRefused, clean_text, put, refuse_bad_key
from workflows.staff import PERMISSION, Post, Role, StaffMember

VERBS = {Change.NEW: "set_up_role", Change.CHANGED: "change_role", Change.ENDED: "end_role"}
HIGHEST_RANK = 999


@transaction.atomic
def put_role(key: str, title: str, rank: int, citywide: bool, ended_on: date | None, by: StaffMember | None) -> Change:
    """The role of this key is so from now on; ``ended_on`` is its last day.  Raises OrganisationRefused."""
    refuse_bad_key(key)
    if not 0 <= rank <= HIGHEST_RANK:
        raise OrganisationRefused(_("職位は0から999までの数にしてください。"), "rank")
    role = Role.objects.select_for_update().filter(key=key).first() or Role(key=key)
    _refuse_if_needed(role, citywide, ended_on)
    facts = {"title": clean_text(title, "title"), "rank": rank, "citywide": citywide, "ended_on": ended_on}
    change = put(role, facts)
    if change in VERBS:
        audit.record(VERBS[change], f"role:{key}", by, rank=rank, citywide=citywide, ended=str(ended_on or ""))
    return change


def _refuse_if_needed(role: Role, citywide: bool, ended_on: date | None) -> None:
    if role.key == MANAGER.removeprefix("*/") and (ended_on or not citywide):
        raise OrganisationRefused(
            _("案件管理者は、担当が見つからない処理を引き受けるため、全庁の役職のまま残してください。"),
            "ended_on" if ended_on else "citywide",
        )
    if role.pk is None:
        return
    if role.citywide and not citywide:
        _refuse_while_waited_for(role)
    if ended_on and Post.objects.filter(models.Q(until=None) | models.Q(until__gt=ended_on), role=role).exists():
        raise OrganisationRefused(_("この役職の人がその日より後もいます。先に解職してください。"), "ended_on")


def _refuse_while_waited_for(role: Role) -> None:
    count = Task.objects.filter(finished=None, owner_permission=f"{PERMISSION}*/{role.key}").count()
    if count:
        raise OrganisationRefused(
            _("%(count)d件の処理がこの全庁の役職を待っています。終わってから変えてください。") % {"count": count},
            "citywide",
        )
