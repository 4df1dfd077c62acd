"""References (参照): how rows name the compiled workflow that they run on; none is ever silently lost."""

from contextlib import suppress
from typing import Any

from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from viewflow.workflow.fields import FlowReferenceField, TaskReferenceField
from viewflow.workflow.token import Token

from workflows.handwritten import Handwritten, of_key

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


class SubjectReference(GenericForeignKey):
    """What a case is about, whatever its model is; a handwritten row is read by one statement that is kept."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is not None and not self.is_cached(instance):
            self._read(instance)
        return super().__get__(instance, cls)

    def _read(self, instance: Any) -> None:
        key, kind = getattr(instance, self.fk_field), getattr(instance, f"{self.ct_field}_id")
        model = self.get_content_type(id=kind).model_class() if kind is not None and key is not None else None
        if model is None or not issubclass(model, Handwritten):
            return
        with suppress(model.DoesNotExist):
            self.set_cached_value(instance, of_key(model, key))


class FlowReference(Strict, FlowReferenceField):
    """The compiled class that a case runs on."""


class TaskReference(Strict, TaskReferenceField):
    """The node that a task stands at."""
