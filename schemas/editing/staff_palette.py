"""The palette of staff fields (職員記入欄の種類): the kinds that a builder can choose, and what each begins as."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StaffPart:
    """One kind of field: what it is called, and the schema that it begins as."""

    key: str
    titles: Mapping[str, str]
    schema: Mapping[str, Any]

    def title(self, language: str = "ja") -> str:
        return self.titles.get(language, self.titles["ja"])

    def begun(self, title: str) -> dict[str, Any]:
        """The schema of a new field with this title."""
        return {**copy.deepcopy(dict(self.schema)), "title": title}

    def is_of(self, schema: Mapping[str, Any]) -> bool:
        """Whether a field is of this kind; the first of the palette that says so counts."""
        own = {name: value for name, value in self.schema.items() if name in ("type", "format", "x-kind")}
        if "oneOf" in self.schema or "oneOf" in schema:
            return "oneOf" in self.schema and "oneOf" in schema
        if self.key == "textarea":
            return schema.get("type") == "string" and schema.get("maxLength", 0) >= LONG and "format" not in schema
        return all(schema.get(name) == value for name, value in own.items())


#: From how many letters on a text is asked for on several lines.
LONG = 200
CHOICES = [{"const": "choice_1", "title": "選択肢1"}, {"const": "choice_2", "title": "選択肢2"}]
STAFF_PARTS = (
    StaffPart("choice", {"ja": "1つ選ぶ", "en": "Choose one"}, {"type": "string", "oneOf": CHOICES}),
    StaffPart("date", {"ja": "日付", "en": "Date"}, {"type": "string", "format": "date"}),
    StaffPart("time", {"ja": "時刻", "en": "Time"}, {"type": "string", "format": "time"}),
    StaffPart("money", {"ja": "金額", "en": "Amount of money"}, {"type": "integer", "x-kind": "money", "minimum": 0}),
    StaffPart("integer", {"ja": "数（整数）", "en": "Whole number"}, {"type": "integer"}),
    StaffPart("number", {"ja": "数（小数も）", "en": "Number with decimals"}, {"type": "number"}),
    StaffPart("boolean", {"ja": "はい・いいえ", "en": "Yes or no"}, {"type": "boolean"}),
    StaffPart("textarea", {"ja": "文字（複数行）", "en": "Text, several lines"}, {"type": "string", "maxLength": 1000}),
    StaffPart("text", {"ja": "文字（1行）", "en": "Text, one line"}, {"type": "string", "maxLength": 100}),
)
STAFF_PALETTE: Mapping[str, StaffPart] = {part.key: part for part in STAFF_PARTS}


def part_of(schema: Mapping[str, Any]) -> StaffPart:
    """The kind of a field; a text of one line where nothing else fits."""
    return next((part for part in STAFF_PARTS if part.is_of(schema)), STAFF_PALETTE["text"])
