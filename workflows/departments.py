"""Departments (課) as the office founds, renames, moves and ends them; none is deleted, for cases name it."""

from datetime import date

from django.db import models, transaction
from django.utils.translation import gettext as _

from workflows import audit
from workflows.cases import Case
from workflows.changes import Change, OrganisationRefused, clean_text, put, refuse_bad_key
from workflows.handwritten import first
from workflows.staff import Department, Post, StaffMember

VERBS = {Change.NEW: "found_department", Change.CHANGED: "change_department", Change.ENDED: "end_department"}
TITLE = "SELECT title FROM workflows_department WHERE key = %s"


def title_of(key: str) -> str:
    """What the department of this key is called; empty if there is none."""
    (title,) = first(TITLE, [key]) or ("",)
    return str(title)


@transaction.atomic
def put_department(
    key: str, title: str, parent: Department | None, ended_on: date | None, by: StaffMember | None
) -> Change:
    """The department of this key is so from now on; ``ended_on`` is its last day.  Raises OrganisationRefused."""
    refuse_bad_key(key)
    department = Department.objects.select_for_update().filter(key=key).first() or Department(key=key)
    _refuse_circle(department, parent)
    if ended_on:
        _refuse_if_in_use(department, ended_on)
    if parent and parent.ended_on and (not ended_on or ended_on > parent.ended_on):
        raise OrganisationRefused(_("上位の課は廃止されています。"), "parent")
    change = put(department, {"title": clean_text(title, "title"), "parent": parent, "ended_on": ended_on})
    if change in VERBS:
        audit.record(
            VERBS[change], f"department:{key}", by, parent=parent.key if parent else "", ended=str(ended_on or "")
        )
    return change


def waiting_in(department: Department) -> int:
    """How many open cases the department has."""
    return Case.objects.open().filter(department_key=department.key).count()


def _refuse_circle(department: Department, parent: Department | None) -> None:
    above: Department | None = parent
    while above is not None:
        if department.pk is not None and above.pk == department.pk:
            raise OrganisationRefused(_("課は、自分自身や自分の下にある課に属することができません。"), "parent")
        above = above.parent


def _refuse_if_in_use(department: Department, on: date) -> None:
    if department.pk is None:
        return
    going_on = models.Q(ended_on=None) | models.Q(ended_on__gt=on)
    below = department.sections.filter(going_on).first()
    if below:
        raise OrganisationRefused(
            _("下にある「%(title)s」が続いています。先に廃止するか、移してください。") % {"title": below.title},
            "ended_on",
        )
    count = Post.objects.filter(models.Q(until=None) | models.Q(until__gt=on), department=department).count()
    if count:
        raise OrganisationRefused(
            _("%(count)d人の職がその日より後も続いています。先に解職してください。") % {"count": count}, "ended_on"
        )
