"""Defaults: the answers that a schema proposes to somebody who has not answered yet. They are shown, never assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.pointers import MISSING


def suggested(schema: Any) -> Any:
    """The answer that an effective schema proposes: its own "default", else those of its properties; else MISSING."""
    if not isinstance(schema, Mapping):
        return MISSING
    if "default" in schema:
        return schema["default"]
    found = {name: suggested(one) for name, one in schema.get("properties", {}).items()}
    given = {name: one for name, one in found.items() if one is not MISSING}
    return given or MISSING
