"""Limits (入力の決まり) of a field in words: how long, how large, how many."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.settings import CHOICE, NUMBER, Setting

#: Limits that can be set, by the type of the field.
LIMITS: Mapping[str, Sequence[str]] = {
    "string": ("format", "minLength", "maxLength"),
    "integer": ("minimum", "maximum", "multipleOf"),
    "number": ("minimum", "maximum"),
    "array": ("minItems", "maxItems"),
}
#: Formats that are only ways of typing a line, so that a builder may change between them.
LINES = (None, "line", "kana", "kana-half", "hiragana")


def limits(schema: Mapping[str, Any], address: str, at: str) -> Iterator[Setting]:
    """The limits of a field with its type; none where choices, a calculation or the format itself set them."""
    kind = schema.get("type")
    if not isinstance(kind, str) or schema.get("readOnly") or "oneOf" in schema or "enum" in schema:
        return
    if kind == "string" and schema.get("format") not in LINES:
        return
    for word in LIMITS.get(kind, ()):
        if word != "format":
            extra = {"field": address, "word": word, "value_type": "integer"}
            yield Setting("limit_field", "value", _label(word), schema.get(word), NUMBER, "", f"{at}/{word}", extra)
        elif kind == "string":
            extra, choices = {"field": address, "word": word, "value_type": "text"}, _formats(schema)
            value = schema.get(word, "")
            yield Setting("limit_field", "value", _label(word), value, CHOICE, "", f"{at}/{word}", extra, choices)


def _formats(schema: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    own = schema.get("format", "")
    offered = [("", _("どの文字でも（改行もできる）")), ("line", _("どの文字でも（1行）")), ("kana", _("カタカナだけ"))]
    return offered if own in dict(offered) else [*offered, (own, own)]


def _label(word: str) -> str:
    labels = {
        "format": _("使える文字"),
        "minLength": _("最少の文字数"),
        "maxLength": _("最大の文字数"),
        "minimum": _("いちばん小さい数"),
        "maximum": _("いちばん大きい数"),
        "multipleOf": _("いくつずつか（例：100 なら 100、200 …）"),
        "minItems": _("最少の件数"),
        "maxItems": _("最大の件数"),
    }
    return labels[word]
