"""The limit of one upload request: refused by its declared length, before a byte of it is stored."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class UploadLimit(FileUploadHandler):
    """Stands first among the upload handlers and stores nothing itself."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None
    ) -> None:
        """Raises RequestDataTooBig above ``settings.UPLOAD_LIMIT`` bytes (all files of a request together)."""
        if content_length > settings.UPLOAD_LIMIT:
            raise RequestDataTooBig(f"more than {settings.UPLOAD_LIMIT} bytes")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
