"""The queue (処理待ち一覧): the open tasks that a member of staff may decide, oldest first, page by page.

Each of the member's assignee keys is read along its own index, a page at most, and the pages are merged: what a page
costs does not grow with the tasks that wait, nor with how far one has paged.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from workflows.cases import Task
from workflows.staff import StaffMember, permissions_of


@dataclass(frozen=True)
class Page:
    """Some tasks, and where the next page starts; None on the last."""

    tasks: list[Task]
    next_cursor: str | None


Place = tuple[datetime, int]


def waiting(member: StaffMember, after: str | None = None, limit: int = 25) -> Page:
    """The member's tasks after a cursor, with their cases and subjects; an unreadable cursor means the beginning."""
    places = _places(member, _read(after), limit + 1)
    shown = [pk for _created, pk in places[:limit]]
    tasks = Task.objects.filter(pk__in=shown).select_related("process").prefetch_related("process__subject")
    more = len(places) > limit
    ordered = sorted(tasks, key=lambda task: (task.created, task.pk)) if shown else []
    return Page(ordered, _cursor(ordered[-1]) if more else None)


def capped_count(member: StaffMember, cap: int = 1000) -> int:
    """How many tasks wait for the member; ``cap`` means that many or more."""
    sources = [source.values("pk")[:cap] for source in _sources(member, None)]
    if not sources:
        return 0
    union, params = _union(sources)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({union}) AS waiting", params)  # noqa: S608 – built by the ORM
        return min(cursor.fetchone()[0], cap)


def _sources(member: StaffMember, after: Place | None) -> list[QuerySet[Task]]:
    """One queryset for each index range: a key that the member answers to, or the member alone."""
    tasks = Task.objects.filter(finished=None, is_parked=False)
    if after is not None:
        tasks = tasks.filter(Q(created__gt=after[0]) | Q(created=after[0], pk__gt=after[1]))
    keyed = [tasks.filter(owner_permission=permission) for permission in permissions_of(member)]
    return [*keyed, tasks.filter(owner=member)]


def _places(member: StaffMember, after: Place | None, limit: int) -> list[tuple[Any, int]]:
    """Where the next tasks stand, oldest first."""
    sources = [source.order_by("created", "pk").values("created", "pk")[:limit] for source in _sources(member, after)]
    union, params = _union(sources)
    with connection.cursor() as cursor:
        cursor.execute(f"{union} ORDER BY 1, 2 LIMIT %s", [*params, limit])
        return list(cursor.fetchall())


def _union(sources: list[QuerySet[Task, Any]]) -> tuple[str, list[Any]]:
    """UNION ALL of limited queries.  SQLite allows a limit inside a compound only within a subquery."""
    compiled = [source.query.sql_with_params() for source in sources]
    parts = (f"SELECT * FROM ({sql}) AS part_{number}" for number, (sql, _params) in enumerate(compiled))  # noqa: S608
    return " UNION ALL ".join(parts), [param for _sql, params in compiled for param in params]


def _cursor(task: Task) -> str:
    return urlsafe_b64encode(f"{task.created.isoformat()} {task.pk}".encode()).decode("ascii")


def _read(cursor: str | None) -> Place | None:
    try:
        created, pk = urlsafe_b64decode(cursor or "").decode().split(" ")
        return datetime.fromisoformat(created), int(pk)
    except ValueError:
        return None
