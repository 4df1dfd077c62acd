"""Sessions (セッション): Django's own in the database, read and begun in one statement each.

Every page of a resident's journey reads one, so the statement is written out instead of being built anew each time.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError
from django.db import connection
from django.utils.crypto import get_random_string
from django.utils.timezone import now

from workflows.handwritten import first, insert_unless_there

LOAD = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
LENGTH = 32


class SessionStore(db.SessionStore):
    """Rows, signatures and expiry are Django's."""

    def load(self) -> dict[str, Any]:
        row = first(LOAD, [self.session_key, connection.ops.adapt_datetimefield_value(now())])
        if row is None:
            self._session_key = None
            return {}
        data: dict[str, Any] = self.decode(row[0])
        return data

    def save(self, must_create: bool = False) -> None:
        """A new session is one statement.  Raises CreateError if there is one of its key, as Django's does."""
        if not must_create:
            super().save()
        elif not insert_unless_there(self.create_model_instance(self._get_session(no_load=True))):  # type: ignore[attr-defined]
            raise CreateError

    def _get_new_session_key(self) -> str:
        """165 random bits are not looked up first: create() inserts, and takes others should they be there already."""
        return get_random_string(LENGTH)
