"""References (参照): how rows name the compiled workflow that they run on; none is ever silently lost."""

from typing import Any

from django.db import models
from viewflow.workflow.fields import FlowReferenceField, TaskReferenceField
from viewflow.workflow.token import Token

#: The token of the route itself, and of what stands beside it and holds nobody up.
ROUTE, ASIDE = Token("start"), Token("aside")


class WorkflowAltered(Exception):
    """A stored reference to a workflow version no longer fits any: it was altered or removed behind our back."""


class Strict(models.Field):
    """Refuses to load what viewflow would silently load as None."""

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        loaded = super().from_db_value(value, expression, connection)  # type: ignore[misc]
        if value and loaded is None:
            raise WorkflowAltered(value)
        return loaded


class FlowReference(Strict, FlowReferenceField):
    """The compiled class that a case runs on."""


class TaskReference(Strict, TaskReferenceField):
    """The node that a task stands at."""
