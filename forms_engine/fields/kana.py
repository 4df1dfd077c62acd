"""フリガナ: any kana in, full-width katakana stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text


class Kana(Text):
    """Half-width kana and hiragana are forgiven; the writing is normalised on the server."""

    kind = "kana"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "kana"

    def context(self) -> dict[str, Any]:
        return super().context() | {"lang": "ja"}
