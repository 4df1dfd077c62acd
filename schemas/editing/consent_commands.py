"""Commands on consents (同意・誓約): the text that people agree to at a field, its heading and its version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from schemas.consents import SHARED, TEXTS
from schemas.editing.draft import Draft
from schemas.editing.homes import Document, homes
from schemas.editing.members import free, put, words
from schemas.editing.refusal import CommandRefused
from schemas.pointers import pointer
from schemas.vocabulary import vocabulary

#: What is said of a text, and the longest that the form language takes of each.
PARTS = ("title", "text", "version")
LONGEST_VERSION = 40
FIRST_VERSION = "1"


def set_consent(draft: Draft, field: str, part: str, value: str = "") -> None:
    """Set the text, the heading or the version of what is agreed to at a field.

    A text of the vocabulary becomes the form's own. Without a text there is none to agree to: the shared one counts
    again where there is one, and a pledge is its own title only. The translations of what is changed go: nobody is to
    agree to words that are no longer the text.
    """
    if part not in PARTS:
        raise CommandRefused("edit_unknown_limit", {"field": part})
    _refuse_unfit(draft, field)
    if part == "text" and not value.strip():
        _drop(draft, field)
        return
    said = words(value)
    if part == "version" and len(said) > LONGEST_VERSION:
        raise CommandRefused("edit_version_long", {"limit": LONGEST_VERSION})
    key = _own(draft, field)
    if part in TEXTS and draft.document["consents"][key][part] != said:
        _untranslate(draft, key, part)
    draft.document["consents"][key][part] = said


def text_key(schema: Any) -> str:
    """The key of the text that a field asks to agree to; empty where it names none."""
    if not isinstance(schema, Mapping):
        return ""
    if isinstance(schema.get("x-consent"), Mapping):
        return str(schema["x-consent"].get("text", ""))
    is_shared = str(schema.get("$ref", "")).endswith("#/$defs/consent")
    return str(vocabulary()["$defs"]["consent"]["x-consent"]["text"]) if is_shared else ""


def is_consent(schema: Any) -> bool:
    """Whether a field asks to agree: to a text, or to its own title (誓約)."""
    if not isinstance(schema, Mapping):
        return False
    return bool(text_key(schema)) or (schema.get("type") == "boolean" and schema.get("const") is True)


def consent_of(document: Mapping[str, Any], schema: Any) -> Mapping[str, Any]:
    """The text that a field asks to agree to as it counts now: the form's own, else the vocabulary's; may be empty."""
    key = text_key(schema)
    own = document.get("consents", {}).get(key)
    found: Mapping[str, Any] = own if own is not None else vocabulary()[SHARED].get(key, {})
    return found


def fields_agreeing(document: Document, key: str) -> list[str]:
    """The fields that ask to agree to a text."""
    return [name for home in homes(document) for name, one in home.properties.items() if text_key(one) == key]


def drop_unread(draft: Draft, keys: set[str]) -> set[str]:
    """Take those texts out of the form that no field asks to agree to any more; gives which went."""
    consents = draft.document.get("consents", {})
    gone = {key for key in keys if key in consents and not fields_agreeing(draft.document, key)}
    for key in gone:
        del consents[key]
    put(draft.document, "consents", consents or None)
    return gone


def _refuse_unfit(draft: Draft, field: str) -> None:
    if not all(is_consent(home.properties[field]) for home in draft.homes_of(field)):
        raise CommandRefused("edit_no_consent")


def _own(draft: Draft, field: str) -> str:
    """The key of the field's text in the form, which is written there if it is not yet."""
    key = text_key(draft.homes_of(field)[0].properties[field]) or _named(draft, field)
    consents = draft.document.get("consents")
    if consents is None:
        put(draft.document, "consents", {}, before="procedure")
        consents = draft.document["consents"]
    if key not in consents:
        schema = draft.homes_of(field)[0].properties[field]
        title = str(schema.get("title", field))
        begun = {"version": FIRST_VERSION, "title": title, "text": title}
        consents[key] = {**begun, **vocabulary()[SHARED].get(key, {})}
        _translate(draft, key)
    return key


def _named(draft: Draft, field: str) -> str:
    """A new text for a pledge that had none: the field refers to it from now on."""
    key = free({*draft.document.get("consents", {}), *vocabulary()[SHARED]}, field)
    for home in draft.homes_of(field):
        home.properties[field]["x-consent"] = {"text": key}
    return key


def _translate(draft: Draft, key: str) -> None:
    """The vocabulary's translations of a text come along."""
    for language, texts in vocabulary()["translations"].items():
        for part in TEXTS:
            if text := texts.get(pointer([SHARED, key, part])):
                draft.translate(language, pointer(["consents", key, part]), text)


def _untranslate(draft: Draft, key: str, part: str) -> None:
    for language in draft.languages():
        draft.translate(language, pointer(["consents", key, part]), "")


def _drop(draft: Draft, field: str) -> None:
    """The form's own text goes; a reference to it too, where nothing else would be meant by it."""
    key = text_key(draft.homes_of(field)[0].properties[field])
    if not key:
        return
    if key not in vocabulary()[SHARED]:
        if len(set(fields_agreeing(draft.document, key))) > 1:
            raise CommandRefused("edit_consent_shared")
        for home in draft.homes_of(field):
            home.properties[field].pop("x-consent", None)
    draft.document.get("consents", {}).pop(key, None)
    put(draft.document, "consents", draft.document.get("consents") or None)
