"""A mail address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text


class Email(Text):
    """A text box to the browser: an email input would drop the blanks and full-width letters that we forgive."""

    kind = "email"
    input_mode = "email"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "email"
