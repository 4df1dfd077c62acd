"""Pages over open tasks: those of many index ranges merged, so that a page costs the same however many tasks wait.

Each source (the tasks of one assignee key, say) is read along its own index, a page at most, and the pages are merged:
what a page costs does not grow with the tasks that wait, nor with how far one has paged.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value

from workflows.cases import Task
from workflows.delegations import Substitute
from workflows.handwritten import planned_each_time

#: Tasks, or the substitutes named on them, which are sorted as their tasks are.
Source = QuerySet[Any]
Place = tuple[Any, int]
#: Between these stands every moment that both databases can tell in every zone.
FIRST_YEAR, LAST_YEAR = 1, 9999
LARGEST_KEY = 2**63 - 1


@dataclass(frozen=True)
class Page:
    """Some tasks, and where the next page starts; None on the last."""

    tasks: list[Task]
    next_cursor: str | None


class Beyond(Func):
    """``(column, key) > (value, value)``, as both databases read it along an index.

    Django spells it out for SQLite with OR, each value twice; SQLite cannot know that both are the same, and reads all.
    """

    output_field = BooleanField()
    conditional = True
    operator = ">"

    def as_sql(self, compiler: Any, connection: Any, *args: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        parts = [compiler.compile(each) for each in self.get_source_expressions()]
        place, key, value, last = (sql for sql, _params in parts)
        params = tuple(param for _sql, each in parts for param in each)
        return f"({place}, {key}) {self.operator} ({value}, {last})", params


class Before(Beyond):
    """The same the other way round."""

    operator = "<"


def beyond(source: QuerySet[Any], column: str, key: str, place: tuple[Any, Any], is_backwards: bool) -> Beyond:
    """What of the source comes after that place."""
    fields = (source.model._meta.get_field(name) for name in (column, key))
    values = (Value(value, _plain(field)) for value, field in zip(place, fields, strict=True))
    return (Before if is_backwards else Beyond)(F(column), F(key), *values)


def _plain(field: Any) -> Any:
    """The field as its values are written: a generated one as what it is made of, a key as what it leads to."""
    return getattr(field, "target_field", None) or getattr(field, "output_field", None) or field


@dataclass(frozen=True)
class Order:
    """How a page is sorted: by which column (``place``), read from a cursor how, and from which end."""

    place: str
    read: Callable[[str], Any]
    is_backwards: bool = False

    def sorted(self, source: Source) -> Source:
        """In this order, with the place of each and the key of its task."""
        sign, key = "-" if self.is_backwards else "", key_of(source)
        return source.order_by(f"{sign}{self.place}", f"{sign}{key}").values(self.place, key)

    def after(self, source: Source, place: Place | None) -> Source:
        """What comes after that place, by comparing rows: only so is the index entered there and not at its start."""
        if place is None:
            return source
        return source.filter(beyond(source, self.place, key_of(source), place, self.is_backwards))


def key_of(source: Source) -> str:
    """Where in a source the key of its task stands."""
    return "task_id" if source.model is Substitute else "id"


def moment_of(text: str) -> datetime:
    """A moment in a cursor.  Raises ValueError for what no row can have."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None or not FIRST_YEAR < moment.year < LAST_YEAR:
        raise ValueError(text)
    return moment


def key_in(text: str) -> int:
    """The key of a row in a cursor.  Raises ValueError for what no row can have."""
    key = int(text)
    if not 0 <= key <= LARGEST_KEY:
        raise ValueError(text)
    return key


#: Overdue first; in the order of arrival; the newest first.
ORDERS: Mapping[str, Order] = {
    "due": Order("sort_on", date.fromisoformat),
    "arrived": Order("created", moment_of),
    "newest": Order("created", moment_of, is_backwards=True),
}


def page_of(sources: Sequence[Source], after: str | None = None, limit: int = 25, order: str = "due") -> Page:
    """The tasks after a cursor, with their cases; an unreadable cursor means the beginning."""
    sorting = ORDERS.get(order, ORDERS["due"])
    keys = _keys(sources, sorting, _read(after, sorting), limit + 1)
    found = Task.objects.select_related("process", "owner").in_bulk(keys[:limit]) if keys else {}
    tasks = [found[key] for key in keys[:limit] if key in found]
    return Page(tasks, _cursor(tasks[-1], sorting) if len(keys) > limit else None)


def counts(sources: Mapping[str, Sequence[QuerySet[Any]]], cap: int = 100) -> dict[str, int]:
    """How many rows there are under each name, in one statement; ``cap`` means that many or more.

    They are counted in an order in which an index stands: only so does PostgreSQL stop reading it at the cap.
    """
    named = {name: _union([_counted(source)[:cap] for source in each]) for name, each in sources.items()}
    parts = [f"(SELECT COUNT(*) FROM ({sql}) AS counted)" for sql, _params in named.values() if sql]  # noqa: S608
    params = [param for _sql, each in named.values() for param in each]
    with planned_each_time(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts) or '0'}", params)
        row = iter(cursor.fetchone())
    return {name: min(next(row), cap) if sql else 0 for name, (sql, _params) in named.items()}


def _counted(source: QuerySet[Any]) -> QuerySet[Any, Any]:
    return source.values("pk") if source.query.order_by else ORDERS["due"].sorted(source)


def _keys(sources: Sequence[Source], order: Order, after: Place | None, limit: int) -> list[int]:
    """The keys of the next tasks, in order and each once."""
    union, params = _union([order.sorted(order.after(source, after))[:limit] for source in sources])
    if not union:
        return []
    down = " DESC" if order.is_backwards else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{union} ORDER BY 1{down}, 2{down} LIMIT %s", [*params, limit])
        return list(dict.fromkeys(pk for _place, pk in cursor.fetchall()))


def _union(sources: Sequence[QuerySet[Any, Any]]) -> tuple[str, list[Any]]:
    """UNION ALL of limited queries, built by the ORM.  SQLite allows a limit in a compound only within a subquery."""
    compiled = [each for source in sources if (each := _compiled(source)) is not None]
    parts = (f"SELECT * FROM ({sql}) AS part_{number}" for number, (sql, _params) in enumerate(compiled))  # noqa: S608
    return " UNION ALL ".join(parts), [param for _sql, params in compiled for param in params]


def _compiled(source: QuerySet[Model, Any]) -> tuple[str, Sequence[Any]] | None:
    """None for a query that cannot find anything."""
    try:
        return source.query.sql_with_params()
    except EmptyResultSet:
        return None


def _cursor(task: Task, order: Order) -> str:
    return urlsafe_b64encode(f"{getattr(task, order.place).isoformat()} {task.pk}".encode()).decode("ascii")


def _read(cursor: str | None, order: Order) -> Place | None:
    try:
        place, pk = urlsafe_b64decode(cursor or "").decode().split(" ")
        return order.read(place), key_in(pk)
    except ValueError:
        return None
