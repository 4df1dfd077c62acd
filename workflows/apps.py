"""The Django app of floor 2: who decides."""

from typing import Any

from django.apps import AppConfig
from django.db.backends.signals import connection_created

#: How long a person waits for somebody else's transaction before being told that the case is busy.
LOCK_TIMEOUT = "5s"


class WorkflowsConfig(AppConfig):
    name = "workflows"
    verbose_name = "決裁"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        connection_created.connect(limit_waiting, dispatch_uid="workflows.limit_waiting")


def limit_waiting(connection: Any, **kwargs: Any) -> None:
    """PostgreSQL would let one wait for ever; SQLite has its own ``timeout``."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LOCK_TIMEOUT])
