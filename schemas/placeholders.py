"""Placeholders (差し込み) in the texts of notices: ``{受付番号}``, ``{receipt_number}``, or a field, ``{/fee}``.

A mail is read by whoever reads the mailbox, so of the answers only those may stand in it that say nothing about a
person: choices, numbers, dates and times, outside the words of the vocabulary that describe people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from schemas.pointers import parts, pointer
from schemas.problems import Problem

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")

#: Every name that can be written, and the value that it stands for.
NAMES: Mapping[str, str] = {
    "受付番号": "receipt_number",
    "手続名": "title",
    "期限": "due",
    "リンク": "link",
    "市": "municipality",
    **{name: name for name in ("receipt_number", "title", "due", "link", "municipality")},
}
#: Notices without which nobody could go on if they named no link.
LINK_NEEDED = frozenset({"draft_link", "draft_expiry"})
TELLING_FORMATS = frozenset({"date", "time", "date-time", "year-month"})


def names_in(text: str) -> list[str]:
    """What stands between braces in a text, in order."""
    return [name.strip() for name in PLACEHOLDER.findall(text)]


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with values in the place of placeholders; a line that names a value we do not have is left out."""
    return "\n".join(_line(line, values) for line in text.split("\n") if _is_sayable(line, values))


def _is_sayable(line: str, values: Mapping[str, str]) -> bool:
    return all(_value(name, values) for name in names_in(line))


def _line(line: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: _value(found[1].strip(), values), line)


def _value(name: str, values: Mapping[str, str]) -> str:
    return values.get(NAMES.get(name, name), "")


def notice_problems(document: Mapping[str, Any], form: Mapping[str, Any]) -> Iterator[Problem]:
    """What is wrong with the texts of a form's notices, translations included; ``form`` is its possible schema."""
    for kind, texts in document.get("notices", {}).items():
        for part, text in texts.items():
            at = pointer(["notices", kind, part])
            yield from text_problems(text, at, form)
            yield from _part_problems(kind, part, text, at)
    for language, translated in document.get("translations", {}).items():
        for address, text in translated.items():
            if address.startswith("/notices/"):
                at, (_notices, kind, part) = pointer(["translations", language, address]), parts(address)
                yield from text_problems(text, at, form)
                yield from _part_problems(kind, part, text, at)


def text_problems(text: str, at: str, form: Mapping[str, Any]) -> Iterator[Problem]:
    """Placeholders of a text that nothing can be put in the place of, or nothing may."""
    if re.search(r"[{}]", PLACEHOLDER.sub("", text)):
        yield Problem(at, "notice_brace")
    for name in names_in(text):
        if name in NAMES:
            continue
        if not name.startswith("/"):
            yield Problem(at, "notice_unknown_placeholder", {"placeholder": name, "known": "・".join(_offered())})
        else:
            yield from _field_problems(name, at, form)


def _offered() -> list[str]:
    return [f"{{{name}}}" for name in NAMES if not name.isascii()]


def _part_problems(kind: str, part: str, text: str, at: str) -> Iterator[Problem]:
    if part == "subject" and len(text.splitlines()) > 1:
        yield Problem(at, "notice_subject")
    named = [NAMES.get(name) for name in names_in(text)]
    if part == "body" and kind in LINK_NEEDED and "link" not in named:
        yield Problem(at, "notice_without_link")


def _field_problems(address: str, at: str, form: Mapping[str, Any]) -> Iterator[Problem]:
    schemas = list(_way(address, form))
    if not schemas or len(schemas) != len(parts(address)):
        yield Problem(at, "notice_unknown_field", {"placeholder": address})
    elif any(is_personal(schema) for schema in schemas) or not is_telling(schemas[-1]):
        title = schemas[-1].get("title", address)
        yield Problem(at, "notice_personal_field", {"placeholder": address, "title": title})


def _way(address: str, form: Any) -> Iterator[dict[str, Any]]:
    """The schemas of the fields on the way to a pointer, itself last, as far as there are any."""
    for part in parts(address):
        form = form.get("properties", {}).get(part)
        if not isinstance(form, dict):
            return
        yield form


def is_personal(schema: Mapping[str, Any]) -> bool:
    """Whether a field is of the shared vocabulary, which describes people, or marked as sensitive by its author."""
    return "x-vocabulary" in schema or bool(schema.get("x-sensitive"))


def is_telling(schema: Mapping[str, Any]) -> bool:
    """Whether answers of a field are choices, numbers, days or times, and never words that somebody typed."""
    named = schema.get("type")
    if named in ("boolean", "integer", "number") or not {"enum", "const"}.isdisjoint(schema):
        return True
    if "oneOf" in schema:
        return all(isinstance(one, dict) and "const" in one for one in schema["oneOf"])
    return schema.get("format") in TELLING_FORMATS
