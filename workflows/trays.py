"""Trays (一覧): what a member of staff has before him, sorted by why: his to do, to be consulted on, to be read, …

Each tray is a few sources, index ranges over open tasks (see queue).  Counts are bounded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from workflows import queue
from workflows.cases import CONSULTED, READ, WORK, Case, Task
from workflows.deadlines import NEVER
from workflows.delegations import Substitute
from workflows.queue import Page, Source
from workflows.staff import PERMISSION, Post, StaffMember, departments_of, keys_of, permissions_of

#: A number beside a tray never says more than this.
CAP = 100
SHOWN_FOUND = 50


@dataclass(frozen=True)
class Filters:
    """What of a tray is wanted; empty means everything."""

    title: str = ""
    procedure: str = ""
    due: str = ""
    department: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return any((self.title, self.procedure, self.due, self.department, self.state))

    def of(self, source: Source) -> Source:
        """The part of a source that is wanted."""
        case = {"procedure": self.procedure, "department_key": self.department, "procedure__icontains": self.title}
        wanted: dict[str, Any] = {name: value for name, value in case.items() if value}
        if self.state in STATES:
            wanted["opened_at__isnull"] = self.state == "unopened"
        on_task = "task__" if source.model is Substitute else ""
        narrowed = source.filter(**{on_task + name: value for name, value in wanted.items()})
        return narrowed.filter(_due(self.due, localdate()))


STATES = ("unopened", "opened")
DUES = ("overdue", "today", "week", "none")


def _due(wanted: str, today: date) -> Q:
    ranges = {
        "overdue": Q(sort_on__lt=today),
        "today": Q(sort_on=today),
        "week": Q(sort_on__range=(today, today + timedelta(days=7))),
        "none": Q(sort_on=NEVER),
    }
    return ranges.get(wanted, Q())


def _waiting() -> Source:
    tasks: Source = Task.objects.filter(finished=None, is_parked=False)
    return tasks


def _for(member: StaffMember, lane: str) -> list[Source]:
    """One source for each key that the member answers to, and one for what waits for him by name."""
    tasks = _waiting().filter(lane=lane, held_at=None)
    keyed = [tasks.filter(owner_permission=permission) for permission in permissions_of(member)]
    return [*keyed, tasks.filter(owner=member)]


def _mine(member: StaffMember) -> list[Source]:
    return _for(member, WORK)


def _consultations(member: StaffMember) -> list[Source]:
    return _for(member, CONSULTED)


def _readings(member: StaffMember) -> list[Source]:
    return _for(member, READ)


def _held(member: StaffMember) -> list[Source]:
    tasks = _waiting().filter(held_at__isnull=False)
    keyed = [tasks.filter(owner_permission=permission) for permission in permissions_of(member)]
    return [*keyed, tasks.filter(owner=member)]


def _department(member: StaffMember) -> list[Source]:
    """What waits for others of the member's departments."""
    own, lanes = departments_of(member), (WORK, CONSULTED)
    posts = Post.objects.filter(department__key__in=own).order_by().values_list("department__key", "role__key")
    keys = {"/".join(post) for post in posts.distinct()} | {f"{department}/*" for department in own}
    keys -= keys_of(member)
    return [_waiting().filter(owner_permission=PERMISSION + key, lane=lane) for key in sorted(keys) for lane in lanes]


def _substitutable(member: StaffMember) -> list[Source]:
    """What the member's posts are named for as substitutes (代決)."""
    named = Substitute.objects.filter(task__finished=None, task__is_parked=False)
    return [named.filter(permission=permission) for permission in permissions_of(member)]


TRAYS: Mapping[str, Callable[[StaffMember], list[Source]]] = {
    "mine": _mine,
    "consultations": _consultations,
    "readings": _readings,
    "substitutable": _substitutable,
    "held": _held,
    "department": _department,
}
#: Trays in which several can be decided together.
TOGETHER = ("mine", "consultations", "readings", "substitutable")


def tray(
    member: StaffMember, name: str, after: str | None = None, order: str = "due", by: Filters | None = None
) -> Page:
    """A page of a tray; the first that there is for a name that is none."""
    sources = TRAYS.get(name, _mine)(member)
    return queue.page_of([by.of(each) for each in sources] if by else sources, after, order=order)


def procedures_in(member: StaffMember, name: str) -> list[str]:
    """What the next tasks of a tray are about, each once."""
    return titles(queue.page_of(TRAYS.get(name, _mine)(member), limit=CAP).tasks)


def titles(tasks: Iterable[Task]) -> list[str]:
    """What tasks are about, each once."""
    return sorted({task.process.title for task in tasks})


def sizes(member: StaffMember) -> dict[str, int]:
    """How many there are in each tray, ``CAP`` for that many or more; one statement, and never a scan."""
    sources: dict[str, Sequence[QuerySet[Any]]] = {name: find(member) for name, find in TRAYS.items()}
    return queue.counts({**sources, "drafted": [drafted(member).filter(finished=None)]}, CAP)


def drafted(member: StaffMember) -> QuerySet[Case]:
    """What the member drafted (起案)."""
    return Case.objects.filter(drafted_by=member)


def drafted_page(member: StaffMember, title: str = "", after: str = "", limit: int = 25) -> dict[str, Any]:
    """``cases`` that the member drafted, the newest first, and ``next_cursor``; an unreadable one is the beginning."""
    cases = drafted(member).filter(title__icontains=title) if title else drafted(member)
    place = _place(after)
    if place is not None:
        cases = cases.filter(Q(created__lt=place[0]) | Q(created=place[0], pk__lt=place[1]))
    found = list(cases.order_by("-created", "-pk")[: limit + 1])
    shown = found[:limit]
    cursor = f"{shown[-1].created.isoformat()}_{shown[-1].pk}" if len(found) > limit else None
    return {"cases": shown, "next_cursor": cursor}


def _place(cursor: str) -> tuple[datetime, int] | None:
    try:
        created, pk = cursor.split("_")
        return datetime.fromisoformat(created), int(pk)
    except ValueError:
        return None


def numbered(member: StaffMember, numbers: Iterable[str]) -> list[Case]:
    """The cases with one of these receipt numbers that the member may see."""
    return list(Case.objects.visible_to(member).filter(reference__in=list(numbers)).order_by("-pk")[:SHOWN_FOUND])
