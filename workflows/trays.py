"""Trays (一覧): what a member of staff has before him, sorted by why: his to do, to be consulted on, to be read, …

Each tray is a few sources, index ranges over open tasks (see queue).  Counts are bounded.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.timezone import localdate

from workflows import queue
from workflows.cases import CONSULTED, READ, WORK, Case, Task
from workflows.deadlines import NEVER
from workflows.decisions import Decision
from workflows.delegations import Substitute
from workflows.queue import Page, Source
from workflows.staff import PERMISSION, Post, StaffMember, departments_of, keys_of, permissions_of

#: A number beside a tray never says more than this.
CAP = 100
SHOWN = 25

T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class Filters:
    """What of a tray is wanted; empty means everything.  ``among``: one of these, where ``procedure`` is not said."""

    procedure: str = ""
    among: tuple[str, ...] = ()
    due: str = ""
    department: str = ""
    state: str = ""

    def __bool__(self) -> bool:
        return any((self.procedure, self.among, self.due, self.department, self.state))

    def of(self, sources: Sequence[Source]) -> list[Source]:
        """The parts of sources that are wanted: of each one for every title, for an index holds one in its order."""
        titles = (self.procedure,) if self.procedure else self.among or ("",)
        return [self._narrowed(source, title) for source in sources for title in titles]

    def _narrowed(self, source: Source, title: str) -> Source:
        wanted: dict[str, Any] = {"procedure": title, "department_key": self.department}
        narrowed = source.filter(**{name: value for name, value in wanted.items() if value})
        if self.state in STATES:
            opened = "task__opened_at" if source.model is Substitute else "opened_at"
            narrowed = narrowed.filter(**{f"{opened}__isnull": self.state == "unopened"})
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
    return queue.page_of(by.of(sources) if by else sources, after, order=order)


def procedures_in(member: StaffMember, name: str) -> list[str]:
    """What the next tasks of a tray are about, each once."""
    return titles(queue.page_of(TRAYS.get(name, _mine)(member), limit=CAP).tasks)


def titles(tasks: Iterable[Task]) -> list[str]:
    """What tasks are about, each once."""
    return sorted({task.process.title for task in tasks})


def sizes(member: StaffMember) -> dict[str, int]:
    """How many there are in each tray, ``CAP`` for that many or more; one statement, and never a scan."""
    sources: dict[str, Sequence[QuerySet[Any]]] = {name: find(member) for name, find in TRAYS.items()}
    sources["drafted"], sources["decided"] = [drafted(member).filter(finished=None)], [decided(member)]
    return queue.counts(sources, CAP)


def drafted(member: StaffMember) -> QuerySet[Case]:
    """What the member drafted (起案), the newest first."""
    return Case.objects.filter(drafted_by=member).order_by("-created", "-pk")


def drafted_page(member: StaffMember, after: str = "", limit: int = SHOWN) -> dict[str, Any]:
    """``cases`` that the member drafted, and ``next_cursor``; an unreadable one is the beginning."""
    cases, cursor = _older(drafted(member), "created", after, queue.key_in, limit)
    return {"cases": cases, "next_cursor": cursor}


def decided(member: StaffMember) -> QuerySet[Decision]:
    """The member's decisions (自分が決裁した案件), of each case his last, the newest first."""
    return Decision.objects.last_of(member).order_by("-at", "-pk")


def decided_page(member: StaffMember, after: str = "", limit: int = SHOWN) -> dict[str, Any]:
    """``decided``: his last decision on each case that the member decided on, and ``next_cursor``, as above."""
    made, cursor = _older(decided(member).select_related("case"), "at", after, UUID, limit)
    return {"decided": made, "next_cursor": cursor}


def _older(
    rows: QuerySet[T], moment: str, after: str, key: Callable[[str], Any], limit: int
) -> tuple[list[T], str | None]:
    """The rows after a cursor, and the cursor of those that follow; rows are compared whole, which enters an index."""
    place = _place(after, key)
    if place is not None:
        rows = rows.filter(queue.beyond(rows, moment, "id", place, is_backwards=True))
    found = list(rows[: limit + 1])
    shown = found[:limit]
    cursor = f"{getattr(shown[-1], moment).isoformat()}_{shown[-1].pk}" if len(found) > limit else None
    return shown, cursor


def _place(cursor: str, key: Callable[[str], Any]) -> tuple[datetime, Any] | None:
    try:
        moment, pk = cursor.split("_")
        return queue.moment_of(moment), key(pk)
    except ValueError:
        return None
