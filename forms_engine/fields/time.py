"""A time of day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text


class Time(Text):
    """Typed as 9:00, 0900, 9時半, 午後1時30分 or 1:30 PM; stored as HH:MM."""

    kind = "time"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "time"

    def width(self) -> int:
        return 14
