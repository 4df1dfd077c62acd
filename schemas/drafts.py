"""Older drafts of JSON Schema (4, 6, 7, 2019-09), said in 2020-12 so that everything else knows one language.

The translation keeps each draft's verdict: what a draft did not know (a "const" in draft 4, an "if" in draft 6, what
stands beside a "$ref" up to draft 7) is left out, for its validators pass over it. One thing cannot be said: draft 4
takes 1.0 for no integer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.pointers import escaped, parts
from schemas.references import SCHEMA_LISTS, SCHEMA_MAPS, SCHEMA_VALUES

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAMES = {
    "http://json-schema.org/draft-04/schema": 4,
    "http://json-schema.org/draft-06/schema": 6,
    "http://json-schema.org/draft-07/schema": 7,
    "http://json-schema.org/schema": 7,
    "https://json-schema.org/draft/2019-09/schema": 2019,
    DIALECT: 2020,
}
# What a draft does not know and its validators therefore pass over, by the draft that brought it.
BROUGHT = {
    6: {"const", "contains", "propertyNames", "examples"},
    7: {"if", "then", "else", "contentEncoding", "contentMediaType", "readOnly", "writeOnly"},
    2019: {
        "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems", "minContains",
        "maxContains", "$anchor", "$recursiveRef", "$recursiveAnchor", "contentSchema",
    },
    2020: {"prefixItems", "$dynamicRef", "$dynamicAnchor"},
}  # fmt: skip
# Annotations say nothing about validity; they are kept whatever the draft.
KEPT = {"examples", "readOnly", "writeOnly", "contentEncoding", "contentMediaType"}
BESIDE_REFERENCE = {"title", "description", "default", "$comment", "examples", "readOnly", "writeOnly"}
MAPS = {*SCHEMA_MAPS, "$defs", "definitions", "dependencies"}
LISTS = {*SCHEMA_LISTS}
VALUES = {*SCHEMA_VALUES, "additionalItems"}


class DraftUnknown(ValueError):
    """The document names a draft that nobody here reads; the message is its `$schema`."""


def draft_of(document: Mapping[str, Any]) -> int:
    """4, 6, 7, 2019 or 2020: the draft that a document names, or else the one whose words it uses.

    Raises DraftUnknown for drafts before 4 and for dialects of others.
    """
    named = document.get("$schema")
    if named is None:
        return _guessed(document)
    draft = NAMES.get(str(named).rstrip("#").replace("https://json-schema.org/draft-", "http://json-schema.org/draft-"))
    if draft is None:
        raise DraftUnknown(str(named))
    return draft


def _guessed(document: Any) -> int:
    words = set(_words(document))
    if {"exclusiveMinimum=", "exclusiveMaximum="} & words:
        return 4
    return 7 if {"dependencies", "additionalItems", "items[]"} & words else 2020


def _words(schema: Any) -> Any:
    """The telling words of a schema and of those in it."""
    if not isinstance(schema, Mapping):
        return
    for key, value in schema.items():
        is_flag = key.startswith("exclusive") and isinstance(value, bool)
        yield f"{key}=" if is_flag else f"{key}[]" if key == "items" and isinstance(value, list) else key
        for inner in _inner(key, value):
            yield from _words(inner)


def _inner(key: str, value: Any) -> list[Any]:
    if key in MAPS and isinstance(value, Mapping):
        return list(value.values())
    if key in LISTS | {"items"} and isinstance(value, list):
        return value
    return [value] if key in VALUES else []


def modern(document: Any) -> Any:
    """The document in JSON Schema 2020-12, a new one; it is returned as it is where nothing need be changed."""
    if not isinstance(document, Mapping):
        return document
    draft = draft_of(document)
    if draft == 2020 and "definitions" not in set(_words(document)):
        return document
    result = _Reader(draft, document).schema(document)
    return {"$schema": DIALECT, **result} if "$schema" in document else result


@dataclass(frozen=True)
class _Reader:
    """Reads one document of an older draft."""

    draft: int
    document: Mapping[str, Any]

    def schema(self, schema: Any) -> Any:
        if not isinstance(schema, Mapping):
            return schema
        known = {key: value for key, value in schema.items() if self._is_known(key)}
        if self.draft <= 7 and isinstance(known.get("$ref"), str):
            known = {key: known[key] for key in known if key in BESIDE_REFERENCE | {"$ref", "definitions", "$defs"}}
        result: dict[str, Any] = {}
        for key, value in known.items():
            for name, one in self._keyword(key, value, known).items():
                result[name] = {**result[name], **one} if name == "$defs" and name in result else one
        return result

    def _is_known(self, key: str) -> bool:
        later = (words for draft, words in BROUGHT.items() if draft > self.draft)
        return key != "$schema" and (key in KEPT or not any(key in words for words in later))

    def _keyword(self, key: str, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        """What a keyword becomes; "definitions" and "dependencies" are words of the past."""
        if key in READINGS:
            return READINGS[key](self, value, schema)
        if key in MAPS and isinstance(value, Mapping):
            return {key: {name: self.schema(one) for name, one in value.items()}}
        if key in LISTS and isinstance(value, list):
            return {key: [self.schema(one) for one in value]}
        return {key: self.schema(value) if key in VALUES else value}

    def definitions(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        return {"$defs": {name: self.schema(one) for name, one in value.items()}}

    def items(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        if not isinstance(value, list):
            return {"items": self.schema(value)}
        rest = {"items": self.schema(schema["additionalItems"])} if "additionalItems" in schema else {}
        # 2020-12 allows no empty list of first items: they say nothing.
        return ({"prefixItems": [self.schema(one) for one in value]} if value else {}) | rest

    def nothing(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        return {}

    def dependencies(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        """What followed from an answer up to draft 7: names of others (once also a single one), or a schema."""
        if self.draft > 7:
            return {}
        names = {name: [one] if isinstance(one, str) else one for name, one in value.items()}
        required = {name: one for name, one in names.items() if isinstance(one, list)}
        schemas = {name: self.schema(one) for name, one in names.items() if not isinstance(one, list)}
        found = {"dependentRequired": required, "dependentSchemas": schemas}
        return {key: one for key, one in found.items() if one}

    def identifier(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        """Up to draft 7 an identifier may be a bare fragment, which is an anchor now."""
        base, _, fragment = str(value).partition("#")
        if not base and fragment:
            return {"$anchor": fragment}
        return {"$id": base} if base else {}

    def old_identifier(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        return self.identifier(value, schema) if self.draft == 4 and isinstance(value, str) else {"id": value}

    def minimum(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        is_exclusive = self.draft == 4 and schema.get("exclusiveMinimum") is True
        return {"exclusiveMinimum" if is_exclusive else "minimum": value}

    def maximum(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        is_exclusive = self.draft == 4 and schema.get("exclusiveMaximum") is True
        return {"exclusiveMaximum" if is_exclusive else "maximum": value}

    def exclusive_minimum(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        return {} if self.draft == 4 else {"exclusiveMinimum": value}

    def exclusive_maximum(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        return {} if self.draft == 4 else {"exclusiveMaximum": value}

    def reference(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        """A pointer into the old document, as a pointer into the new one."""
        base, _, fragment = str(value).partition("#")
        if not fragment.startswith("/"):
            return {"$ref": value if fragment else base or "#"}
        return {"$ref": f"{base}#{self._moved(fragment)}"}

    def _moved(self, address: str) -> str:
        found, here, is_name = [], self.document, False
        for part in parts(address):
            word = part if is_name else self._word(part, here)
            is_name = not is_name and part in MAPS
            found.append(word)
            here = here.get(part, {}) if isinstance(here, Mapping) else _row(here, part)
        return "".join(f"/{escaped(one)}" for one in found)

    def _word(self, part: str, here: Any) -> str:
        if not isinstance(here, Mapping):
            return part
        has_places = isinstance(here.get("items"), list)
        if part == "items" and has_places:
            return "prefixItems"
        if part == "additionalItems" and has_places:
            return "items"
        return {"definitions": "$defs", "dependencies": "dependentSchemas"}.get(part, part)

    def recursive_reference(self, value: Any, schema: Mapping[str, Any]) -> dict[str, Any]:
        return self.reference(value, schema)


def _row(here: Any, part: str) -> Any:
    is_there = isinstance(here, list) and part.isdigit() and int(part) < len(here)
    return here[int(part)] if is_there else {}


READINGS: dict[str, Callable[[_Reader, Any, Mapping[str, Any]], dict[str, Any]]] = {
    "definitions": _Reader.definitions,
    "items": _Reader.items,
    "additionalItems": _Reader.nothing,
    "dependencies": _Reader.dependencies,
    "$id": _Reader.identifier,
    "id": _Reader.old_identifier,
    "minimum": _Reader.minimum,
    "maximum": _Reader.maximum,
    "exclusiveMinimum": _Reader.exclusive_minimum,
    "exclusiveMaximum": _Reader.exclusive_maximum,
    "$ref": _Reader.reference,
    "$recursiveRef": _Reader.recursive_reference,
    "$recursiveAnchor": _Reader.nothing,
}
