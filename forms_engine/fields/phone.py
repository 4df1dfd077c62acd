"""A telephone number of Japan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text


class Phone(Text):
    """Hyphens, brackets and full width are forgiven."""

    kind = "phone"
    input_type = "tel"
    input_mode = "tel"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "phone"

    def width(self) -> int:
        return 18
