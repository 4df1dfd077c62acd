"""Rows that are written once: what was published and what was submitted stays as it was."""

from typing import Any, NoReturn

from django.db import models

from workflows.handwritten import Handwritten


class Frozen(Exception):
    """A row that is written once was to be changed or deleted."""


class FrozenQuerySet(models.QuerySet):
    """Refuses every statement that would change or delete rows past their model."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Frozen(self.model._meta.label)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(self.model._meta.label)

    def delete(self) -> NoReturn:
        raise Frozen(self.model._meta.label)


class FrozenModel(Handwritten):
    """Can be inserted, and nothing else; its manager is to be made of a FrozenQuerySet."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen(self._meta.label)
        super().save(*args, **{**kwargs, "force_insert": True})

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(self._meta.label)
