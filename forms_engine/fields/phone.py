"""A telephone number, of Japan or of elsewhere, with its extension."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text


class Phone(Text):
    """Hyphens, brackets, full width, 内線 and ext. are forgiven."""

    kind = "phone"
    input_type = "tel"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "phone"

    def width(self) -> int:
        return 24
