"""What lies deeper than a form unfolds (a schema that contains itself): kept as it is, shown, never asked for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from forms_engine.fields.anything import parsed
from forms_engine.fields.choice import plain
from forms_engine.fields.control import NONE, Control, Posted, Rows, Sheet, placed
from schemas.pointers import MISSING
from schemas.references import CUT


class Deeper(Control):
    """Without an answer it is not there at all."""

    kind = "deeper"
    template = "fields/deeper.html"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get(CUT) is True and not schema.get("properties")

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        return {} if answer is MISSING else {placed(self.name, rows): [json.dumps(answer, ensure_ascii=False)]}

    def read(self, posted: Posted, rows: Rows = ()) -> Any:
        """What the page carried along; the schema judges it like any other answer."""
        text = posted.first(placed(self.name, rows))
        try:
            return parsed(text) if text else MISSING
        except (ValueError, RecursionError):
            return text

    def text(self, answer: Any) -> str:
        return plain(answer)

    def html(self, sheet: Sheet, rows: Rows = ()) -> SafeString:
        return super().html(sheet, rows) if sheet.posted.first(placed(self.name, rows)) else NONE

    def slots(self, sheet: Sheet, rows: Rows) -> dict[str, Any]:
        answer = self.read(sheet.posted, rows)
        return super().slots(sheet, rows) | {"text": self.text(answer)}
