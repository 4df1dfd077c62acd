"""Filling a database fast: no index is kept while rows arrive, none is written twice, and nothing waits for the disk.

What stands afterwards is what a database in service has: its indexes, its statistics, and its own settings again.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

#: For SQLite no journal, no waiting, a gigabyte of pages; for PostgreSQL no waiting and no look at foreign keys.
HASTE = {
    "sqlite": [
        "journal_mode = OFF",
        "synchronous = OFF",
        "cache_size = -1000000",
        "temp_store = MEMORY",
        "foreign_keys = OFF",
    ],
    "postgresql": ["synchronous_commit = off", "session_replication_role = replica", "maintenance_work_mem = '1GB'"],
}
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s AND NOT EXISTS"
    " (SELECT 1 FROM pg_constraint WHERE conname = indexname)",
}


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def in_haste() -> Iterator[None]:
    """Inside, this connection does not wait; afterwards it is a new one, and the tables are as in service."""
    verb = "SET" if is_postgres() else "PRAGMA"
    for setting in HASTE[connection.vendor]:
        run(f"{verb} {setting}")
    yield
    with step("statistics"):
        settle()
    if not is_postgres():
        run("PRAGMA journal_mode = WAL")
    connection.close()


def settle() -> None:
    """Know of every table how much is in it, as a database does after a while in service."""
    run("VACUUM ANALYZE" if is_postgres() else "ANALYZE")


@contextmanager
def unindexed(model: type[models.Model]) -> Iterator[None]:
    """The table has no indexes inside but those of its constraints; afterwards each is made at once."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES[connection.vendor], [model._meta.db_table])
        indexes = cursor.fetchall()
    for name, _made in indexes:
        run(f'DROP INDEX "{name}"')
    yield
    for _name, made in indexes:
        run(made)


@contextmanager
def step(title: str) -> Iterator[None]:
    """Say on standard error how long this took."""
    begin = time.perf_counter()
    yield
    print(f"    {title}: {time.perf_counter() - begin:.1f} s", file=sys.stderr, flush=True)
