"""Comparisons (比べ方): a condition on one answer, chosen and typed in words: 「年齢」が 18 以上."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from schemas.alternatives import choices
from schemas.editing import CommandRefused
from schemas.editing.homes import homes_of

LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def offered() -> Sequence[tuple[str, str]]:
    """Every comparison with its words, as they follow the value."""
    return (
        ("is", _("と同じ")),
        ("is_not", _("と違う")),
        ("minimum", _("以上")),
        ("maximum", _("以下")),
        ("exclusiveMinimum", _("より大きい")),
        ("exclusiveMaximum", _("未満")),
        ("given", _("（答えがある）")),
    )


def compared(document: Mapping[str, Any], fact: str, comparison: str, text: str) -> Any:
    """The schema that the answer must fit. Raises CommandRefused where the value is none that it could have."""
    schema = schema_of(document, fact)
    if comparison == "given":
        return True
    if comparison in LIMITS:
        return {comparison: number(text)}
    inner = {"const": _value(schema, text)}
    wanted = {"contains": inner} if schema.get("type") == "array" else inner
    return {"not": wanted} if comparison == "is_not" else wanted


def schema_of(document: Mapping[str, Any], fact: str) -> Mapping[str, Any]:
    """What the form says of a fact; nothing of one that is only calculated."""
    found = homes_of(dict(document), fact)
    schema = found[0].properties[fact] if found else {}
    return schema if isinstance(schema, Mapping) else {}


def answers_of(schema: Mapping[str, Any]) -> list[tuple[Any, str]]:
    """The answers that can be chosen, with their titles; empty where the answer is typed."""
    if schema.get("type") == "boolean" and "const" not in schema:
        return [(True, _("はい")), (False, _("いいえ"))]
    holder = schema.get("items", {}) if schema.get("type") == "array" else schema
    return (
        [(value, label or str(value)) for value, label in choices(dict(holder))] if isinstance(holder, Mapping) else []
    )


def number(text: str) -> int | float:
    """A number as it was typed, full-width digits and separators included."""
    try:
        plain = text.strip().replace(",", "").replace("，", "").replace("．", ".")
        return float(plain) if "." in plain else int(plain)
    except ValueError as wrong:
        raise CommandRefused("edit_number", {"text": text}) from wrong


def _value(schema: Mapping[str, Any], text: str) -> Any:
    named = {label: value for value, label in answers_of(schema)}
    named |= {str(value): value for value in named.values()}
    if named:
        if text.strip() not in named:
            raise CommandRefused("edit_no_such_answer", {"text": text, "choices": [*map(str, named)]})
        return named[text.strip()]
    if schema.get("type") in ("integer", "number") or not schema:
        return number(text)
    return text.strip()
