"""SQLite for several processes: one writes at a time, and the others look often whether it is their turn.

SQLite's own patience sleeps for 1, 2, 5, 10 … up to 100 ms. A submission holds the file for some 4 ms, so a page that
met one waited twice as long as it had to, and on a busy day somebody could sleep through every gap. Here a pause is
never longer than LONGEST; the whole patience is that of the setting ``timeout``.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from time import monotonic, sleep
from typing import Any

from django.db.backends.sqlite3 import base

#: Seconds: the first pause, the longest, and how much longer each is than the one before.
FIRST, LONGEST, GROWTH = 0.0002, 0.005, 1.4
STATEMENTS = 1024


class Cursor(base.SQLiteCursorWrapper):
    """Waits where a transaction begins and where a statement is one by itself; inside of one nobody is in the way."""

    patience = 0.0

    def execute(self, query: str, params: Any = None) -> Any:
        if self.connection.in_transaction:
            return super().execute(query, params)
        return _patiently(lambda: base.SQLiteCursorWrapper.execute(self, query, params), self.patience)

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        """Django's; the statements of a page are the same ones each time."""
        return _positional(query) if param_names is None else super().convert_query(query, param_names=param_names)


class DatabaseWrapper(base.DatabaseWrapper):
    """Opened and closed as Django does it."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection that tells SQLite not to wait; until it is made, SQLite's own patience holds."""
        connection = super().get_new_connection(conn_params)
        self.patience = float(conn_params.get("timeout", 5))
        connection.execute("PRAGMA busy_timeout = 0")
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=Cursor)
        cursor.patience = self.patience
        return cursor


def _patiently(act: Callable[[], Any], patience: float) -> Any:
    """What it returns, once nobody is in the way.  Raises OperationalError when patience is at an end."""
    until, pause = 0.0, FIRST
    while True:
        try:
            return act()
        except sqlite3.OperationalError as error:
            until = until or monotonic() + patience
            if not _is_busy(error) or monotonic() > until:
                raise
        sleep(pause)
        pause = min(pause * GROWTH, LONGEST)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    """Whether somebody else has the file; the low byte of an extended code is the plain one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY


@lru_cache(maxsize=STATEMENTS)
def _positional(query: str) -> str:
    """The statement with ``?`` for ``%s``."""
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")
