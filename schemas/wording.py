"""Wording: a piece of JSON Schema said in words, for people who ask why a condition held or did not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.alternatives import choices
from schemas.validation import problems

Titles = Mapping[str, str]

PHRASES: dict[str, dict[str, str]] = {
    "minimum": {"ja": "{v}以上", "ja-easy": "{v}か、もっと 大きい", "en": "{v} or more"},
    "maximum": {"ja": "{v}以下", "ja-easy": "{v}か、もっと 小さい", "en": "{v} or less"},
    "exclusiveMinimum": {"ja": "{v}より大きい", "ja-easy": "{v}より 大きい", "en": "more than {v}"},
    "exclusiveMaximum": {"ja": "{v}未満", "ja-easy": "{v}より 小さい", "en": "less than {v}"},
    "multipleOf": {"ja": "{v}の倍数", "ja-easy": "{v}ずつの 数", "en": "a multiple of {v}"},
    "minLength": {"ja": "{v}文字以上", "ja-easy": "{v}文字か、もっと 長い", "en": "{v} characters or more"},
    "maxLength": {"ja": "{v}文字以内", "ja-easy": "{v}文字まで", "en": "{v} characters or less"},
    "minItems": {"ja": "{v}件以上", "ja-easy": "{v}つか、もっと 多い", "en": "{v} or more entries"},
    "maxItems": {"ja": "{v}件以内", "ja-easy": "{v}つまで", "en": "{v} entries or less"},
    "uniqueItems": {"ja": "重複なし", "ja-easy": "おなじものが ない", "en": "no repetition"},
    "format": {"ja": "正しい書き方", "ja-easy": "正しい 書きかた", "en": "written correctly"},
    "pattern": {"ja": "決められた書き方", "ja-easy": "きめられた 書きかた", "en": "written in the set form"},
    "required": {"ja": "必要な項目がそろっている", "ja-easy": "ぜんぶ ある", "en": "complete"},
    "properties": {"ja": "決められた内容", "ja-easy": "きめられた 内容", "en": "as set down"},
    "items": {"ja": "どの行も決められた内容", "ja-easy": "ぜんぶ きめられた 内容", "en": "every entry as set down"},
    "contains": {"ja": "決められたものを含む", "ja-easy": "きめられたものが ある", "en": "containing what is set down"},
    "is": {"ja": "「{v}」", "ja-easy": "「{v}」", "en": "“{v}”"},
    "among": {"ja": "{v}のいずれか", "ja-easy": "{v}の どれか", "en": "one of {v}"},
    "not": {"ja": "{v}でない", "ja-easy": "{v}では ない", "en": "not {v}"},
    "present": {"ja": "回答がある", "ja-easy": "答えが ある", "en": "given"},
    "never": {"ja": "回答がない", "ja-easy": "答えが ない", "en": "not given"},
    "true": {"ja": "はい", "ja-easy": "はい", "en": "yes"},
    "false": {"ja": "いいえ", "ja-easy": "いいえ", "en": "no"},
}
AND = {"ja": "、かつ", "ja-easy": "、そして ", "en": " and "}
OR = {"ja": "、または", "ja-easy": "、それか ", "en": " or "}
LIST = {"ja": "・", "ja-easy": "・", "en": ", "}


def phrase(key: str, language: str, value: str = "") -> str:
    """One phrase of the table; an unknown language falls back to Japanese."""
    texts = PHRASES[key]
    return texts.get(language, texts["ja"]).format(v=value)


def in_words(schema: Any, language: str, fact: str = "", titles: Titles | None = None) -> str:
    """What a schema asks of a value: 「3以下」, 「ローン・学校のいずれか」; `titles` names choices by "fact=value"."""
    if isinstance(schema, bool):
        return phrase("present" if schema else "never", language)
    said = [*_chosen(schema, language, fact, titles or {}), *_limits(schema, language)]
    said += [text for one in schema.get("allOf", []) if (text := in_words(one, language, fact, titles))]
    said += _combined(schema, language, fact, titles)
    return _joined(AND, language, said) if said else phrase("present", language)


def _chosen(schema: dict[str, Any], language: str, fact: str, titles: Titles) -> list[str]:
    names = [
        titles.get(f"{fact}={_plain(value)}") or label or value_in_words(value, language)
        for value, label in choices(schema)
    ]
    if "const" in schema:
        return [phrase("is", language, names[0])]
    return [phrase("among", language, _joined(LIST, language, names))] if names else []


def _limits(schema: dict[str, Any], language: str) -> list[str]:
    keys = [key for key in schema if key in PHRASES and key != "not" and schema[key] is not False]
    return [phrase(key, language, value_in_words(schema[key], language)) for key in keys]


def _combined(schema: dict[str, Any], language: str, fact: str, titles: Titles | None) -> list[str]:
    said = []
    if "not" in schema:
        said.append(phrase("not", language, in_words(schema["not"], language, fact, titles)))
    for key in ("anyOf", "oneOf"):
        if key in schema and not choices(schema):
            said.append(_joined(OR, language, [in_words(one, language, fact, titles) for one in schema[key]]))
    return said


def _joined(words: dict[str, str], language: str, texts: list[str]) -> str:
    return words.get(language, words["ja"]).join(dict.fromkeys(texts))


def value_in_words(value: Any, language: str) -> str:
    """A JSON value as people write it: はい, 5,000, the text itself."""
    if isinstance(value, bool):
        return phrase(_plain(value), language)
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def reason(schema: Any, value: Any) -> str:
    """The code of the first thing wrong with a value, "failed" when nothing more is known."""
    found = problems(schema, value)
    return found[0].code if found else "failed"
