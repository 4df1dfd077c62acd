"""The command that makes another kind of a field (種類を変える), and what of the field no longer fits then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.calculation_words import with_names
from schemas.calculations import check
from schemas.editing.draft import Draft
from schemas.editing.field_kinds import LIMITED, YEN, kind_of, kinds_for, offered, turned
from schemas.editing.homes import Document, declared, homes
from schemas.editing.members import put
from schemas.editing.refusal import CommandRefused
from schemas.editing.usage import title_of
from schemas.problems import Problem
from schemas.validation import problems

NUMERIC = {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"}
#: What only a list can be asked.
OF_LISTS = {"contains", "minContains", "maxContains", "minItems", "maxItems"}
COMBINED = ("allOf", "anyOf", "oneOf")
RANGE = {"ja": "数の範囲", "en": "the range of numbers"}
#: What a field loses with its kind, by the word that held it.
LOST: Mapping[str, Mapping[str, str]] = {
    "oneOf": {"ja": "選択肢", "en": "the choices"},
    "minLength": {"ja": "最少の文字数", "en": "the least length"},
    "maxLength": {"ja": "最大の文字数", "en": "the greatest length"},
    "pattern": {"ja": "書き方の決まり", "en": "the pattern"},
    "format": {"ja": "使える文字", "en": "the characters allowed"},
    "minItems": {"ja": "最少の件数", "en": "the least number"},
    "maxItems": {"ja": "最大の件数", "en": "the greatest number"},
    "default": {"ja": "はじめの値", "en": "the first value"},
    "examples": {"ja": "例", "en": "the examples"},
    "widget": {"ja": "見せ方", "en": "the way of showing"},
    "unit": {"ja": "単位", "en": "the unit"},
    **{word: RANGE for word in NUMERIC},
}


def change_field(draft: Draft, field: str, part: str) -> None:
    """Ask for another kind of answer under the same key, title, help, translations and conditions.

    Where one choice becomes several or several become one, conditions ask whether the answer is among them, or is it.
    Refused where a condition, a check or a calculation would no longer fit: each is named, to be changed first.
    """
    found, presented = draft.declared(field), _presented(draft.document, field)
    before = {kind_of(home.properties[name], presented) for home, name in found}
    kind = before.pop() if len(before) == 1 else ""
    if part not in kinds_for(kind, field.startswith("/")):
        raise CommandRefused("edit_no_such_kind")
    if part == kind:
        return
    known = {(one.pointer, one.code) for one in _calculation_problems(draft.document)}
    for home, name in found:
        schema = home.properties[name]
        made = turned(schema, kind, part)
        schema.clear()
        schema.update(made)
    if {kind, part} == {"choice", "choices"}:
        for wanted in _wanted_of(draft.document, field):
            _recast(wanted, part)
    _refuse_unfit(draft, field, known)
    _present_anew(draft, field, part)


def fits(wanted: Any, schema: Mapping[str, Any]) -> bool:
    """Whether an answer to a field with this schema can be as a condition wants it."""
    if not isinstance(wanted, Mapping):
        return True
    values = [*([wanted["const"]] if "const" in wanted else []), *wanted.get("enum", ())]
    if any(problems(schema, value) for value in values):
        return False
    if not wanted.keys().isdisjoint(OF_LISTS) and schema.get("type") != "array":
        return False
    inner = [one for word in COMBINED for one in wanted.get(word, ())]
    return all(fits(one, schema) for one in (*inner, wanted.get("not")))


def lost(before: Document, after: Document, field: str, language: str = "ja") -> list[str]:
    """What a field no longer has, in words, after its kind was changed."""
    pairs = zip(declared(before, field), declared(after, field), strict=False)
    gone = [word for (one, name), (other, _) in pairs for word in _gone(one.properties[name], other.properties[name])]
    shown, now = _presented(before, field), _presented(after, field)
    gone += [word for word in ("widget", "unit") if word in shown and word not in now and shown[word] != YEN]
    return list(dict.fromkeys(LOST[word].get(language, LOST[word]["ja"]) for word in gone))


def _gone(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    own = {"default", "examples", *LIMITED}
    if offered(before) and not offered(after):
        yield "oneOf"
    if before.get("format", "line") not in ("line", "date", "partial-date") and "format" not in after:
        yield "format"
    yield from (word for word in before if word in own and word not in after and before.get("format") != "date")


def _presented(document: Document, field: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = document.get("presentation", {}).get(field, {})
    return found


def _present_anew(draft: Draft, field: str, part: str) -> None:
    """The help stays; the way of showing goes, and the unit is that of the kind."""
    presentation = draft.document.setdefault("presentation", {})
    shown = presentation.setdefault(field, {})
    put(shown, "widget", None)
    if part == "money":
        shown["unit"] = YEN
    elif shown.get("unit") == YEN:
        del shown["unit"]
    put(presentation, field, shown or None)
    put(draft.document, "presentation", presentation or None)


def _refuse_unfit(draft: Draft, field: str, known: set[tuple[str, str]]) -> None:
    document = draft.document
    where = [] if field.startswith("/") else list(_unfit_conditions(draft, field))
    new = [one for one in _calculation_problems(document) if (one.pointer, one.code) not in known]
    if where:
        raise CommandRefused("edit_kind_unfit", {"where": where})
    if new:
        raise CommandRefused("edit_kind_uncalculated", {"why": with_names(new[0], document).message("ja")})


def _calculation_problems(document: Document) -> list[Problem]:
    verified = {name: {"type": "boolean"} for name in document.get("facts", {})}
    return check(document.get("calculations", {}), document["schema"], verified)


def _unfit_conditions(draft: Draft, field: str) -> Iterator[str]:
    """The conditions that ask for an answer which cannot be given any more."""
    document, schema = draft.document, draft.homes_of(field)[0].properties[field]
    for home in homes(document):
        if not all(fits(one, schema) for one in _asked(home.schema.get("if"), field)):
            shown = [title_of(document, name) for name in (home.schema.get("then") or {}).get("properties", {})]
            yield f"「{'・'.join(shown)}」を出す条件"
    for content in document.get("content", {}).values():
        if not fits(content.get("when", {}).get(field, True), schema):
            yield "説明文を出す条件"
    for one in document.get("checks", ()):
        if not fits(one["when"].get(field, True), schema):
            yield f"確認「{one['message']}」"


def _wanted_of(document: Document, field: str) -> Iterator[Any]:
    """All that conditions of any kind ask of the field."""
    for home in homes(document):
        yield from _asked(home.schema.get("if"), field)
    for one in (*document.get("content", {}).values(), *document.get("checks", ())):
        if field in one.get("when", {}):
            yield one["when"][field]


def _recast(wanted: Any, part: str) -> None:
    """Ask the same of several choices as was asked of one, or the other way round."""
    if not isinstance(wanted, dict):
        return
    if part == "choices" and ("const" in wanted or "enum" in wanted):
        inner = dict(wanted)
        wanted.clear()
        wanted["contains"] = inner
    elif part == "choice" and isinstance(wanted.get("contains"), dict):
        wanted |= wanted.pop("contains")
    else:
        for one in (*(one for word in COMBINED for one in wanted.get(word, ())), wanted.get("not")):
            _recast(one, part)


def _asked(condition: Any, field: str) -> Iterator[Any]:
    """What a condition of the schema asks of the field."""
    if not isinstance(condition, Mapping):
        return
    if field in (condition.get("properties") or {}):
        yield condition["properties"][field]
    for one in (*(one for word in COMBINED for one in condition.get(word) or ()), condition.get("not")):
        yield from _asked(one, field)
