"""Assignees (担当先): whom a step waits for in one case, by the posts that are held today.

Nothing is ever lost: what nobody can be found for waits for the process manager, who may forward it or hand it back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from schemas.conditions import holds
from schemas.pointers import MISSING, lookup
from workflows.spec import HumanStep
from workflows.staff import PERMISSION, Department, Post, StaffMember, assignee_key, citywide_roles, is_held

if TYPE_CHECKING:
    from workflows.cases import Case, Task

#: Who looks after what nobody can be found for (案件管理者): a role that exists once in the office.
MANAGER = "*/process_manager"
#: In place of an assignee key where a task waits for one person by name.
PERSON = "person"
#: Whom nobody was found for, where there is not even a post to name.
NOBODY = "-"


@dataclass(frozen=True)
class Assignment:
    """Whom a task waits for.  ``meant_for`` says whom it should have waited for, where nobody holds that post."""

    key: str
    member: StaffMember | None = None
    meant_for: str = ""

    def put_on(self, task: "Task") -> None:
        """The task, which is not saved by this, waits for it."""
        task.owner_permission = PERSON if self.member else PERMISSION + self.key
        task.owner, task.meant_for = self.member, self.meant_for


def assignment(by: Mapping[str, Any], case: "Case") -> Assignment:
    """Whom ``by`` means in this case today; the process manager if nobody can be had who did not draft it himself."""
    wanted, drafter = _wanted(by, case), case.subject.drafter
    if isinstance(wanted, StaffMember):
        is_there = wanted.is_active and not case.subject.is_applicant(wanted)
        return Assignment(PERSON, wanted) if is_there else Assignment(MANAGER, meant_for=NOBODY)
    if wanted and is_held(wanted, but_by=drafter):
        return Assignment(wanted)
    return Assignment(MANAGER, meant_for=wanted or NOBODY)


def original(task: "Task") -> Assignment:
    """For whom a task was there at first; the process manager where nobody holds that post."""
    if task.owner is not None:
        return Assignment(PERSON, task.owner)
    key = task.meant_for or task.key
    return Assignment(key) if is_held(key) else Assignment(MANAGER, meant_for=key)


def decider(step: HumanStep, case: "Case") -> Mapping[str, Any]:
    """Whom the step is for: where it has a table of authority (専決), by the first row whose condition holds."""
    for row in step.authority:
        if row.when is None or holds(row.when, case.facts):
            return row.by
    return step.by


def keys_for(by: Mapping[str, Any], case: "Case") -> str:
    """The assignee key that ``by`` means in this case; empty where it means a person or nobody."""
    wanted = _wanted(by, case)
    return wanted if isinstance(wanted, str) else ""


def _wanted(by: Mapping[str, Any], case: "Case") -> "str | StaffMember":
    if "superior_of" in by:
        return superior_key(case.subject.drafter)
    if "department_of" in by:
        return _in_department_of(case.subject.drafter, by["role"])
    if "fact" in by:
        return _from_fact(lookup(dict(case.facts), by["fact"]), by.get("role", ""))
    return assignee_key(by, case.department_key)


def _from_fact(named: Any, role: str) -> "str | StaffMember":
    """A department by its key, or a person by his login, as an answer names them."""
    if named is MISSING or not isinstance(named, str) or not named:
        return ""
    if role and role in citywide_roles():
        return f"*/{role}"
    if Department.objects.filter(key=named).exists():
        return f"{named}/{role or '*'}"
    member = None if role else StaffMember.objects.active().filter(username=named).first()
    return member or ""


def _in_department_of(member: StaffMember | None, role: str) -> str:
    post = _main_post(member)
    if post is None:
        return ""
    return f"*/{role}" if role in citywide_roles() else f"{post.department.key}/{role}"


def _main_post(member: StaffMember | None) -> Post | None:
    """The most senior post that a member holds today."""
    if member is None:
        return None
    held = Post.objects.held().filter(member=member).select_related("department", "role")
    return held.order_by("-role__rank", "since", "pk").first()


def superior_key(member: StaffMember | None) -> str:
    """Whom a member answers to (直属の上司): the next higher rank in the department, else in what it belongs to."""
    post = _main_post(member)
    if post is None:
        return ""
    department: Department | None = post.department
    seen: set[int] = set()
    while department is not None and department.pk not in seen:
        seen.add(department.pk)
        above = _next_above(department, post.role.rank, member)
        if above:
            return above
        department = department.parent
    return ""


def _next_above(department: Department, rank: int, member: StaffMember | None) -> str:
    held = Post.objects.held().filter(department=department, role__rank__gt=rank, member__is_active=True)
    post = held.exclude(member=member).select_related("role").order_by("role__rank", "pk").first()
    return f"{department.key}/{post.role.key}" if post else ""


def assignee_from(named: str) -> Assignment | None:
    """Whom somebody names: the holders of a post (``department/role``) or a member by login; None if nobody is."""
    if "/" in named:
        return Assignment(named) if is_held(named) else None
    member = StaffMember.objects.active().filter(username=named).first()
    return Assignment(PERSON, member) if member else None
