"""A time of day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text


class Time(Text):
    """Typed as 9:00, 0900, 9時 or 午後1時30分; stored as HH:MM."""

    kind = "time"
    input_mode = "numeric"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "time"

    def width(self) -> int:
        return 7
