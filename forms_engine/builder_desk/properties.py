"""What can be set of the thing that is selected in the editor, each with what stands there now."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.structure import Structure
from schemas.alternatives import choices
from schemas.editing import Use, uses
from schemas.formulas import Names, write_formula
from schemas.pointers import escaped

Document = dict[str, Any]
#: Limits that can be set, by the type of the field.
LIMITS: Mapping[str, Sequence[tuple[str, str]]] = {
    "string": (("minLength", "integer"), ("maxLength", "integer")),
    "integer": (("minimum", "integer"), ("maximum", "integer"), ("multipleOf", "integer")),
    "number": (("minimum", "integer"), ("maximum", "integer")),
    "array": (("minItems", "integer"), ("maxItems", "integer")),
}


@dataclass(frozen=True)
class Setting:
    """One small form: the command that it gives, its argument's name and type, and what stands there now.

    ``seen`` is the pointer of the value, and ``was`` its JSON, so that nobody overwrites what they have not seen.
    """

    do: str
    name: str
    label: str
    value: Any
    kind: str = "line"
    help: str = ""
    seen: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def was(self) -> str:
        return json.dumps(self.value, ensure_ascii=False)

    @property
    def id(self) -> str:
        """An id of its own on the page."""
        return "-".join(["set", self.do, self.name, *self.extra.values()]).replace("/", "-")


@dataclass(frozen=True)
class ChoiceEntry:
    """One answer of a field with choices, and which fields are asked only with it."""

    value: str
    title: str
    when: str
    shows: Sequence[str] = ()


@dataclass(frozen=True)
class FieldProperties:
    """Everything about the selected field."""

    key: str
    title: str
    word: str
    is_calculated: bool
    is_required: bool
    when: str
    settings: Sequence[Setting]
    limits: Sequence[Setting]
    texts: Sequence[Setting]
    answers: Sequence[ChoiceEntry]
    has_choices: bool
    formula: str | None
    has_calculation: bool
    uses: Sequence[Use]


def field_properties(document: Document, shown: Structure, key: str, language: str = "ja") -> FieldProperties | None:
    """The properties of a field; None where there is none of this key (any more)."""
    home = shown.homes.get(key)
    entry = next((one for one in shown.entries() if one.key == key), None)
    if home is None or entry is None:
        return None
    schema, at = home.properties[key], f"{home.at}/properties/{escaped(key)}"
    logic = document.get("calculations", {}).get(key)
    return FieldProperties(
        key=key,
        title=entry.title,
        word=str(schema.get("$ref", "")).rpartition("/")[2],
        is_calculated=entry.is_calculated,
        is_required=entry.is_required,
        when=entry.when,
        settings=list(_settings(document, schema, key, at)),
        limits=list(_limits(schema, key, at)),
        texts=list(_texts(document, schema, at)),
        answers=list(_answers(schema, key, shown, language)),
        has_choices=bool(_holder(schema).get("oneOf") or _holder(schema).get("enum")),
        formula=None if logic is None else write_formula(logic, Names(document)),
        has_calculation=logic is not None,
        uses=uses(document, key),
    )


def _settings(document: Document, schema: Mapping[str, Any], key: str, at: str) -> Iterator[Setting]:
    extra = {"field": key}
    yield Setting("retitle_field", "title", _("項目の名前"), schema.get("title", ""), seen=f"{at}/title", extra=extra)
    presented = document.get("presentation", {}).get(key, {})
    where = f"/presentation/{escaped(key)}"
    for aspect, label, kind in (
        ("help", _("説明（項目の下に出ます）"), "lines"),
        ("easy", _("説明（やさしい日本語）"), "lines"),
        ("unit", _("単位"), "line"),
    ):
        if aspect != "unit" or schema.get("type") in ("integer", "number"):
            more = {**extra, "aspect": aspect}
            value = presented.get(aspect, "")
            yield Setting("present_field", "value", label, value, kind, seen=f"{where}/{aspect}", extra=more)


def _limits(schema: Mapping[str, Any], key: str, at: str) -> Iterator[Setting]:
    labels = {
        "minLength": _("最少の文字数"),
        "maxLength": _("最大の文字数"),
        "minimum": _("いちばん小さい数"),
        "maximum": _("いちばん大きい数"),
        "multipleOf": _("いくつずつか"),
        "minItems": _("最少の件数"),
        "maxItems": _("最大の件数"),
    }
    kind = schema.get("type")
    is_plain = "format" not in schema or schema["format"] in ("line", "kana")
    if not isinstance(kind, str) or schema.get("readOnly") or _holder(schema).get("oneOf") or not is_plain:
        return
    for word, type_ in LIMITS.get(kind, ()):
        extra = {"field": key, "word": word, "value_type": type_}
        yield Setting(
            "limit_field", "value", labels[word], schema.get(word), "number", seen=f"{at}/{word}", extra=extra
        )


def _texts(document: Document, schema: Mapping[str, Any], at: str) -> Iterator[Setting]:
    """Translations of the title."""
    for language, label in (("ja-easy", _("やさしい日本語")), ("en", "English")):
        address = f"{at}/title"
        value = document.get("translations", {}).get(language, {}).get(address, "")
        seen = f"/translations/{language}/{escaped(address)}"
        extra = {"language": language, "address": address}
        if schema.get("title"):
            yield Setting("translate", "text", label, value, seen=seen, extra=extra)


def _holder(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    inner = schema.get("items", {}) if schema.get("type") == "array" else schema
    return inner if isinstance(inner, Mapping) else {}


def _answers(schema: Mapping[str, Any], key: str, shown: Structure, language: str) -> Iterator[ChoiceEntry]:
    """The answers that a condition can look at, in words, with the fields that are asked with each."""
    if schema.get("type") == "boolean" and "const" not in schema:
        offered: list[tuple[Any, str]] = [(True, _("はい")), (False, _("いいえ"))]
    else:
        offered = [(value, label or str(value)) for value, label in choices(dict(_holder(schema)))]
    for value, label in offered:
        when = {"contains": {"const": value}} if schema.get("type") == "array" else {"const": value}
        showing = [one.title for one in shown.entries() if _shows(shown, one.key, key, when)]
        yield ChoiceEntry(str(value), label, json.dumps(when, ensure_ascii=False), showing)


def _shows(shown: Structure, field_key: str, by: str, when: Mapping[str, Any]) -> bool:
    return any(
        isinstance(one, dict) and one.get("properties", {}).get(by) == when for one in shown.homes[field_key].conditions
    )
