"""Rows (行): one application, read as every page of the resident desk reads it: in one statement written out once.

Its form version is not joined but taken from memory, for a version never changes.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from forms_engine import definitions
from forms_engine.applications import Application
from workflows import handwritten

ROW = """
    SELECT application.*, version.number AS version_number, version.digest AS version_digest,
      EXISTS (SELECT 1 FROM forms_engine_attachment WHERE application_id = application.id) AS has_attachments,
      EXISTS (SELECT 1 FROM forms_engine_provenance WHERE application_id = application.id) AS has_provenance
    FROM forms_engine_application application
    JOIN forms_engine_formversion version ON version.id = application.form_version_id
    WHERE application.id = %s
"""
LOCKED = f"{ROW} FOR UPDATE OF application"


def application(pk: UUID, locked: bool = False) -> Application:
    """The application; ``locked`` until the transaction ends.  Raises Application.DoesNotExist.

    SQLite locks no rows: there, a transaction that writes is alone from its beginning (IMMEDIATE).
    """
    text = LOCKED if locked and connection.features.has_select_for_update_of else ROW
    found = handwritten.one(Application, text, [Application._meta.pk.get_db_prep_value(pk, connection)])
    row = vars(found)
    found.form_version = definitions.version(row["form_version_id"], row["version_number"], row["version_digest"])
    return found


def put(application: Application, read_at: datetime) -> bool:
    """Save its answers and when they were written.  False, and nothing saved, if somebody wrote after ``read_at``.

    So whoever takes in a page need not hold a lock while doing it.
    """
    try:
        handwritten.update(application, ("answers", "updated_at"), only_if={"updated_at": read_at, "closed_at": None})
    except handwritten.Overtaken:
        return False
    return True
