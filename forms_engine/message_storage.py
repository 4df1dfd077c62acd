"""Messages (お知らせ) between two pages: Django's own, in a cookie or else the session, looked at when somebody asks.

Most pages of a resident's journey show none; so what reads the cookie is made only where messages are.
"""

from functools import cached_property
from typing import Any

from django.contrib.messages.storage.base import BaseStorage
from django.contrib.messages.storage.fallback import FallbackStorage


class MessageStorage(FallbackStorage):
    """Keeps and finds what Django's does."""

    def __init__(self, request: Any, *args: Any, **kwargs: Any) -> None:
        BaseStorage.__init__(self, request, *args, **kwargs)
        self._used_storages: set[Any] = set()

    @cached_property
    def storages(self) -> list[BaseStorage]:
        return [kind(self.request) for kind in self.storage_classes]
