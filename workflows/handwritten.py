"""Handwritten rows (手書き): read, inserted and updated by statements that are made once for a model and kept.

Django builds each statement anew, which takes several times as long as the database takes to do it.  A journey took 7 %
less processor time on SQLite, 20 % less on PostgreSQL (measured once, on a loaded machine).
Fields, converters and encryption are Django's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, models
from django.db.models.signals import post_save, pre_save

#: Statements and column orders that are kept; models times the sets of fields that they are saved with.
KEPT = 256
PLAIN = {"force_insert", "update_fields", "using"}
ANYWAY: Mapping[str, Any] = {}
#: Fields whose texts are written as they stand.
TEXTS = {models.CharField, models.TextField, models.SlugField}

Row = TypeVar("Row", bound=models.Model)
Converters = list[tuple[int, Callable[[Any, Any, Any], Any], Any]]


class Handwritten(models.Model):
    """Saved by a handwritten statement where it is a new row, or where it is said which fields: ``update_fields``.

    It stands to the right of other bases, whose ``save`` comes first.  Whose saving somebody listens to, Django saves.
    """

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        names = kwargs.get("update_fields")
        if args or not self._is_plain(kwargs):
            super().save(*args, **kwargs)
        elif names and not self._state.adding:
            update(self, tuple(names))
        elif names is None and self._is_new(bool(kwargs.get("force_insert"))):
            insert(self)
        else:
            super().save(*args, **kwargs)

    def _is_plain(self, kwargs: Mapping[str, Any]) -> bool:
        """Whether nothing is asked for, and nobody listens, but the row itself."""
        is_known = kwargs.keys() <= PLAIN and kwargs.get("using", DEFAULT_DB_ALIAS) == DEFAULT_DB_ALIAS
        return is_known and not (pre_save.has_listeners(type(self)) or post_save.has_listeners(type(self)))

    def _is_new(self, is_said: bool) -> bool:
        """Whether Django, too, would insert without looking for a row first."""
        return is_said or (self._state.adding and (self.pk is None or self._meta.pk.has_default()))


def insert(row: models.Model, question: str = "", params: Sequence[Any] = ()) -> Any:
    """Insert the row; it then has the key that the database gave it.

    ``question`` is a SELECT of one value that the same statement answers, of a row whose key the database gives: what
    is to be known as soon as the row is there costs no second way to the database.
    """
    text, fields, is_numbered = _insertion(type(row), question)
    answer = None
    with connection.cursor() as cursor:
        cursor.execute(text, [*_written(row, fields), *params])
        if is_numbered:
            row.pk, answer = cursor.fetchone()
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return answer


def insert_unless_there(row: models.Model) -> bool:
    """Insert a row whose key is not the database's to give; False, and nothing inserted, if a constraint forbids it."""
    text, fields, _is_numbered = _insertion(type(row), "")
    with connection.cursor() as cursor:
        cursor.execute(f"{text} ON CONFLICT DO NOTHING", _written(row, fields))
        return bool(cursor.rowcount)


def _written(row: models.Model, fields: Sequence[Any]) -> list[Any]:
    """What a new row writes into these columns."""
    row._prepare_related_fields_for_save(operation_name="save")  # type: ignore[attr-defined]
    return _prepared((field, field.pre_save(row, True)) for field in fields)


def _prepared(values: Iterable[tuple[Any, Any]]) -> list[Any]:
    """The values of fields as the database takes them; most are texts, or nothing, and are what they are."""
    database = connections[DEFAULT_DB_ALIAS]  # for each field once more, it would be looked up each time
    return [
        value
        if value is None or (value.__class__ is str and field.__class__ in TEXTS)
        else field.get_db_prep_save(value, database)
        for field, value in values
    ]


class Overtaken(DatabaseError):
    """The row is not there any more, or no longer as it was when it was read: nothing was updated."""


def update(
    row: models.Model,
    names: tuple[str, ...],
    question: str = "",
    params: Sequence[Any] = (),
    only_if: Mapping[str, Any] = ANYWAY,
) -> Any:
    """Update these fields of the row, and ask as ``insert`` does.

    ``only_if`` are fields with the values that they must still have.  Raises Overtaken.
    """
    read = {name: value for name, value in only_if.items() if value is not None}
    text, fields, guards = _update(type(row), names, question, tuple(read), tuple(only_if.keys() - read))
    row._prepare_related_fields_for_save(operation_name="save", fields=fields[:-1])  # type: ignore[attr-defined]
    written = [(field, field.pre_save(row, False)) for field in fields]
    values = _prepared(written + [(field, read[field.name]) for field in guards])
    with connection.cursor() as cursor:
        cursor.execute(text, [*values, *params])
        answer = cursor.fetchone() if question else None
        if cursor.rowcount != 1:
            raise Overtaken(f"{row._meta.label} is not there any more, or has changed")
    return answer[0] if answer else None


def one(model: type[Row], text: str, params: Sequence[Any]) -> Row:
    """The row that a statement finds.  Raises the model's DoesNotExist.

    It selects all columns of the model's table; what it selects besides stands at the row under its own name.
    """
    statement, columns = _spelled_out(model, text)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        found = cursor.fetchone()
        columns = columns or _described(cursor)
    if found is None:
        raise model.DoesNotExist  # type: ignore[attr-defined]
    return _read(model, columns, found)


def first(text: str, params: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row that a statement finds, as the database gives it; None where it finds none."""
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def many(model: type[Row], text: str, params: Sequence[Any]) -> list[Row]:
    """All rows that a statement finds; it selects as that of ``one`` does."""
    statement, columns = _spelled_out(model, text)
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        columns = columns or _described(cursor)
        return [_read(model, columns, found) for found in cursor.fetchall()]


def of_key(model: type[Row], key: Any) -> Row:
    """The row of this key.  Raises the model's DoesNotExist."""
    return one(model, _selection(model), [model._meta.pk.get_db_prep_value(key, connection)])


def delete_all(model: type[models.Model], column: str, value: Any) -> None:
    """Delete the rows in which this column has this value; nothing may refer to them."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_quoted(model._meta.db_table)} WHERE {_quoted(column)} = %s", [value])  # noqa: S608


@contextmanager
def planned_each_time() -> Iterator[None]:
    """PostgreSQL plans what is asked inside for its own values each time.

    Elsewhere it may plan once for whatever values come (see environment.POSTGRESQL).  Where a post with two tasks and
    one with twenty thousand are asked for by the same words, such a plan was seen to take thirty times as long.
    """
    connection.ensure_connection()
    session: Any = connection.connection
    before = getattr(session, "prepare_threshold", None)
    if before is None:  # SQLite; or nothing is prepared anyway
        yield
        return
    session.prepare_threshold = None
    try:
        yield
    finally:
        session.prepare_threshold = before


def _read(model: type[Row], columns: tuple[str, ...], found: Sequence[Any]) -> Row:
    database = connections[DEFAULT_DB_ALIAS]
    names, order, others, converters = _reading(model, columns, database.vendor)
    values = list(found)
    for place, convert, expression in converters:
        values[place] = convert(values[place], expression, database)
    row = model.from_db(DEFAULT_DB_ALIAS, names, [values[place] for place in order])
    for name, place in others:
        setattr(row, name, values[place])
    return row


def _described(cursor: Any) -> tuple[str, ...]:
    return tuple(column[0] for column in cursor.description)


@lru_cache(maxsize=KEPT)
def _spelled_out(model: type[models.Model], text: str) -> tuple[str, tuple[str, ...]]:
    """The statement with the model's columns in place of ``*``, and these; none where it names its own.

    Asking a cursor what it has found costs a third of asking the database.
    """
    before, star, after = text.partition("SELECT * FROM")
    if before.strip() or not star:
        return text, ()
    fields = model._meta.concrete_fields
    return f"SELECT {', '.join(map(_column, fields))} FROM{after}", tuple(str(field.column) for field in fields)


@lru_cache(maxsize=KEPT)
def _selection(model: type[models.Model]) -> str:
    return f"SELECT * FROM {_quoted(model._meta.db_table)} WHERE {_column(model._meta.pk)} = %s"  # noqa: S608


@lru_cache(maxsize=KEPT)
def _insertion(model: type[models.Model], question: str) -> tuple[str, list[Any], bool]:
    is_numbered = isinstance(model._meta.pk, models.AutoField)
    own = [field for field in model._meta.local_concrete_fields if not field.generated]
    fields = [field for field in own if not (is_numbered and field.primary_key)]
    names, places = ", ".join(map(_column, fields)), ", ".join(["%s"] * len(fields))
    key = f" RETURNING {_column(model._meta.pk)}, ({question or 'NULL'})" if is_numbered else ""
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({names}) VALUES ({places}){key}", fields, is_numbered  # noqa: S608


@lru_cache(maxsize=KEPT)
def _update(
    model: type[models.Model], names: tuple[str, ...], question: str, same: tuple[str, ...], empty: tuple[str, ...]
) -> tuple[str, list[Any], list[Any]]:
    """The statement, the fields that it writes with the key, and those that must have a value still."""
    written, guards, blanks = ([model._meta.get_field(name) for name in each] for each in (names, same, empty))
    places = ", ".join(f"{_column(field)} = %s" for field in written)
    where = [f"{_column(field)} = %s" for field in (model._meta.pk, *guards)]
    where += [f"{_column(field)} IS NULL" for field in blanks]
    text = f"UPDATE {_quoted(model._meta.db_table)} SET {places} WHERE {' AND '.join(where)}"  # noqa: S608
    return f"{text} RETURNING ({question})" if question else text, [*written, model._meta.pk], guards


@lru_cache(maxsize=KEPT)
def _reading(
    model: type[models.Model], columns: tuple[str, ...], vendor: str
) -> tuple[list[str], list[int], list[tuple[str, int]], Converters]:
    """The fields, where each stands among the columns, what else stands there, and what values go through."""
    fields = model._meta.concrete_fields
    known = {field.column for field in fields}
    others = [(name, place) for place, name in enumerate(columns) if name not in known]
    order = [columns.index(field.column) for field in fields]
    steps = [step for place, field in zip(order, fields, strict=True) for step in _steps(place, field)]
    return [field.attname for field in fields], order, others, steps


def _steps(place: int, field: Any) -> Converters:
    expression = field.get_col(field.model._meta.db_table)
    converters = [*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection)]
    return [(place, convert, expression) for convert in converters]


def _column(field: Any) -> str:
    return _quoted(field.column)


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
