"""郵便番号: seven digits, shown with a hyphen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text


class PostalCode(Text):
    """Stored without the hyphen (GIF), shown as 000-0000."""

    kind = "postal_code"
    input_mode = "numeric"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") == "postal-code"

    def written(self, answer: Any) -> str:
        text = str(answer)
        return f"{text[:3]}-{text[3:]}" if len(text) == 7 and text.isdigit() else text

    def width(self) -> int:
        return 9
