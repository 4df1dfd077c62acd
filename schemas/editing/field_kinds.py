"""Kinds of fields (項目の種類) between which a builder may change: those whose answers have the same shape, or nearly.

A kind keeps what of a field still means something to it; `turned` gives the field's schema as another kind.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from schemas.editing.palette import CHOICES, PALETTE, WORD

Schema = Mapping[str, Any]
FILE = {"$ref": f"{WORD}file"}
#: Kinds that can become each other, each with what it is called.
FAMILIES: tuple[tuple[str, ...], ...] = (
    ("text", "textarea", "choice", "choices"),
    ("integer", "number", "money"),
    ("date", "partial_date"),
    ("file", "files"),
)
TITLES: Mapping[str, Mapping[str, str]] = {
    **{key: PALETTE[key].titles for family in FAMILIES for key in family if key in PALETTE},
    "integer": {"ja": "数（整数）", "en": "Whole number"},
    "number": {"ja": "数（小数も）", "en": "Number with decimals"},
    "partial_date": {"ja": "日付（わかるところまで）", "en": "Date, as far as it is known"},
}
#: What every kind begins with.
BEGUN: Mapping[str, Schema] = {
    "text": {"type": "string", "format": "line"},
    "textarea": {"type": "string"},
    "choice": {"type": "string", "oneOf": CHOICES},
    "choices": PALETTE["choices"].schema,
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "money": {"type": "integer"},
    "date": {"type": "string", "format": "date", "maxLength": 40},
    "partial_date": {"$ref": f"{WORD}partial_date"},
    "file": FILE,
    "files": {"type": "array", "items": FILE, "maxItems": 5},
}
#: What says of which kind a field is; it does not outlive the kind.
OWN = {"type", "format", "oneOf", "enum", "$ref", "items", "uniqueItems"}
LENGTHS, NUMBERS = {"minLength", "maxLength", "pattern"}, {"minimum", "maximum", "multipleOf"}
NUMBERS |= {"exclusiveMinimum", "exclusiveMaximum"}
#: Limits that mean something to a kind; titles, descriptions and words of one's own (x-…) mean something to all.
LIMITS: Mapping[str, set[str]] = {
    **dict.fromkeys(("text", "textarea"), LENGTHS),
    **dict.fromkeys(("integer", "number", "money"), NUMBERS),
    "choice": set(),
    "choices": {"minItems", "maxItems"},
    "date": {"maxLength"},
    "partial_date": set(),
    "file": set(),
    "files": {"minItems", "maxItems"},
}
#: Kinds whose answer is a list.
LISTS = {"choices", "files"}
LIMITED = LENGTHS | NUMBERS | {"minItems", "maxItems"}
LINES = ("line", "kana", "kana-half", "hiragana")
YEN = "円"


def kind_of(schema: Schema, presented: Schema) -> str:
    """The kind of a field with this schema and presentation; empty for one that stays what it is."""
    kind = schema.get("type")
    if kind == "string":
        return "choice" if "oneOf" in schema or "enum" in schema else _kind_of_text(schema.get("format"))
    if kind in ("integer", "number"):
        is_money = "money" in (presented.get("widget"), schema.get("x-kind"), schema.get("format"))
        return "money" if is_money or (kind == "integer" and presented.get("unit") == YEN) else str(kind)
    named = {f"{WORD}file": "file", f"{WORD}partial_date": "partial_date"}
    if kind == "array" and isinstance(schema.get("items"), Mapping):
        return _kind_of_list(schema["items"])
    return named.get(str(schema.get("$ref", "")), "")


def _kind_of_list(items: Schema) -> str:
    if items.get("type") == "string" and offered(items):
        return "choices"
    return "files" if items.get("$ref") == f"{WORD}file" else ""


def _kind_of_text(format: Any) -> str:
    formats = {None: "textarea", "date": "date", "partial-date": "partial_date"}
    return "text" if format in LINES else formats.get(format, "")


def kinds_for(kind: str, is_column: bool = False) -> tuple[str, ...]:
    """The kinds that a field of this kind may be, itself among them; a row of a table holds no list."""
    found = next((family for family in FAMILIES if kind in family), ())
    if not is_column:
        return found
    return () if "file" in found or kind in LISTS else tuple(one for one in found if one not in LISTS)


def offered(schema: Schema) -> dict[str, Any]:
    """The choices of a field that asks for one or for several of them, as its schema holds them; nothing of others."""
    holder = schema.get("items", schema)
    return {word: holder[word] for word in ("oneOf", "enum") if word in holder}


def turned(schema: Schema, before: str, after: str) -> dict[str, Any]:
    """The schema of a field of one kind as that of another; what means nothing to it is left out."""
    whole = _lifted(schema) if before == "files" else schema
    kept = {name: value for name, value in whole.items() if _stays(name, value, after)}
    made = {**copy.deepcopy(dict(BEGUN[after])), **kept}
    if after == "files":
        inner = {name: kept[name] for name in kept if name not in ("title", "description")}
        made = {**copy.deepcopy(dict(BEGUN[after])), "items": {**FILE, **inner}}
        made |= {name: kept[name] for name in ("title", "description") if name in kept}
    if {before, after} == {"choice", "choices"}:
        holder = made["items"] if after == "choices" else made
        del holder["oneOf"]
        holder |= offered(schema)
    return made


def _lifted(schema: Schema) -> dict[str, Any]:
    """One file as several of them are asked for."""
    outer = {name: value for name, value in schema.items() if name != "items"}
    return {**schema["items"], **outer}


def _stays(name: str, value: Any, after: str) -> bool:
    if name in OWN or name in ("default", "examples", "const"):
        return False
    if name == "x-kind":
        return after in ("integer", "number") and value != "money"
    if name not in LIMITED:
        return True
    is_whole = not isinstance(value, float) or value.is_integer() or after == "number"
    return name in LIMITS[after] and is_whole
