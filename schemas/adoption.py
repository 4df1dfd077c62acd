"""Adoption: any JSON Schema document on its own becomes a form, with a procedure that an office can complete.

What the document asks stays asked: the adopted schema gives the same verdict as the document does by its own draft.
Only its spelling changes: words that are no words of JSON Schema become annotations ("x-…"), and what people must read
gets a title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from schemas.drafts import DIALECT, DraftUnknown, modern
from schemas.ecma import in_ascii
from schemas.effective import plan_of
from schemas.formats import FORMAT_CHECKER
from schemas.problems import Problem
from schemas.references import Circular, TooDeep, rebuilt, references
from schemas.schema_checks import KEYWORDS
from schemas.vocabulary import REGISTRY

#: The one field of a form whose document does not describe an object with fields of its own.
WRAPPER = "answer"
WRAPPED = "x-wrapped"
NAME = re.compile("[A-Za-z_][A-Za-z0-9_]{0,62}")
UNTITLED = "名称のない様式"
PROCEDURE: Mapping[str, Any] = {
    "kind": "application",
    "mode": "online_complete",
    "identity": "L0",
    "workflow": "section_chief",
    "department": "general_affairs",
    "period": {"working_days": 10},
    "retention_years": 5,
}


class AdoptionRefused(ValueError):
    """The document cannot be shown as a form; `problem` says why in words."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message("ja"))
        self.problem = problem


def adopted(document: Any) -> dict[str, Any]:
    """The form definition of a JSON Schema document of draft 4 to 2020-12, the argument unchanged.

    A document that does not describe an object with named fields is asked for in one field, "answer" (see `unwrapped`);
    the definition then says "x-wrapped". Raises AdoptionRefused for what nobody could fill in.
    """
    schema = _readable(document)
    title = str(schema.get("title") or "") or UNTITLED
    definition: dict[str, Any] = {"form": _key(schema, document), "title": title}
    if schema.get("description"):
        definition["description"] = str(schema["description"])
    if _is_plain(schema):
        given = _given(schema)
        calculations = {"calculations": {name: one["default"] for name, one in given.items()}} if given else {}
        properties = {name: given.get(name, one) for name, one in schema.get("properties", {}).items()}
        plain = {**schema, "type": "object", "properties": properties}
        return definition | {"schema": plain, **calculations, "procedure": dict(PROCEDURE)}
    return definition | {"schema": _wrapped(schema, title), "procedure": dict(PROCEDURE), WRAPPED: WRAPPER}


def unwrapped(definition: Mapping[str, Any], answers: Mapping[str, Any]) -> Any:
    """The answers as the adopted document describes them."""
    return answers.get(WRAPPER) if WRAPPED in definition else answers


def wrapped(definition: Mapping[str, Any], answers: Any) -> dict[str, Any]:
    """Answers as the document describes them, as the form holds them."""
    return {WRAPPER: answers} if WRAPPED in definition else dict(answers)


def _readable(document: Any) -> dict[str, Any]:
    """The document in 2020-12 with words that we know; raises AdoptionRefused."""
    if not isinstance(document, Mapping | bool):
        raise AdoptionRefused(Problem("", "schema_shape", {"field": ""}))
    if document is False:
        raise AdoptionRefused(Problem("", "schema_nothing", {}))
    try:
        schema = modern({} if document is True else document)
        schema = rebuilt(schema, _spelled)
        schema = _titled(schema)
        plan_of(schema)
    except DraftUnknown as unknown:
        raise AdoptionRefused(Problem("/$schema", "schema_draft", {"draft": str(unknown)})) from unknown
    except (TooDeep, RecursionError) as deep:
        raise AdoptionRefused(Problem("", "schema_too_deep", {})) from deep
    except Circular as circle:
        raise AdoptionRefused(Problem("", "schema_circular", {})) from circle
    except Unresolvable as lost:
        raise AdoptionRefused(Problem("", "schema_reference", {"reference": lost.ref})) from lost
    except (TypeError, AttributeError, KeyError, ValueError) as wrong:
        raise AdoptionRefused(Problem("", "schema_shape", {"field": ""})) from wrong
    return dict(schema)


def _key(schema: Mapping[str, Any], document: Any) -> str:
    """A name for the form: from its address or title where they are written in Latin letters, else from its digest."""
    last = str(schema.get("$id") or "").rstrip("/").rpartition("/")[2].partition(".")[0]
    for text in (last, str(schema.get("title") or "")):
        words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:63]
        if text.isascii() and re.match("[a-z]", words):
            return words
    return f"form_{sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:12]}"


# Spelling


def _spelled(schema: dict[str, Any]) -> dict[str, Any]:
    """One schema with unknown words as annotations, patterns in plain characters and labels beside their values."""
    names = schema.get("enumNames")
    result = {key if _is_known(key) else f"x-{key}": value for key, value in schema.items() if key != "enumNames"}
    reference = result.get("$ref")
    if isinstance(reference, str) and reference.startswith("#/"):
        first, _, rest = reference[2:].partition("/")
        result["$ref"] = reference if _is_known(first) else f"#/x-{first}/{rest}"
    if result.pop("readOnly", None) is True:
        result["x-readOnly"] = True
    if isinstance(names, list) and isinstance(schema.get("enum"), list) and len(names) == len(schema["enum"]):
        pairs = zip(schema["enum"], names, strict=True)
        result.setdefault("oneOf", [{"const": value, "title": str(name)} for value, name in pairs])
    if "format" in result and (result["format"] not in FORMAT_CHECKER.checkers or result["format"] in FOREIGN):
        result["x-format"] = result.pop("format")
    if isinstance(result.get("pattern"), str):
        result["pattern"] = in_ascii(result["pattern"])
    if isinstance(result.get("patternProperties"), dict):
        result["patternProperties"] = {in_ascii(text): one for text, one in result["patternProperties"].items()}
    return result


# Formats whose name means something else to the standard than to us (its "time" has seconds and a zone).
FOREIGN = {"time"}


def _is_known(key: str) -> bool:
    return key in KEYWORDS or key.startswith("x-")


# Titles


def _titled(schema: Any) -> Any:
    """Each property with the title that people read: its own, that of what it refers to, or its name in words."""
    if not isinstance(schema, dict):
        return schema
    resolver = REGISTRY.resolver_with_root(DRAFT202012.create_resource(schema))

    def change(part: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(part.get("properties"), dict):
            return part
        named = {name: _with_title(name, one, resolver) for name, one in part["properties"].items()}
        return {**part, "properties": named}

    return rebuilt(schema, change)


def _with_title(name: str, schema: Any, resolver: Any) -> Any:
    if schema is True:
        return {"title": humanised(name)}
    if not isinstance(schema, dict) or schema.get("title") or any(map(_has_title, schema.get("allOf", ()))):
        return schema
    return schema if "$ref" in schema and _target_has_title(schema, resolver) else {**schema, "title": humanised(name)}


def _has_title(schema: Any) -> bool:
    return isinstance(schema, dict) and bool(schema.get("title"))


def _target_has_title(schema: dict[str, Any], resolver: Any) -> bool:
    try:
        return _has_title(resolver.lookup(schema["$ref"]).contents)
    except (Unresolvable, ValueError):
        return False


def humanised(name: str) -> str:
    """A key as words: firstName → First name, date_of_birth → Date of birth."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name.replace("_", " ").replace("-", " ")).strip() or name
    return spaced[:1].upper() + (spaced[1:].lower() if spaced[1:] != spaced[1:].upper() else spaced[1:])


# The shape


def _is_plain(schema: dict[str, Any]) -> bool:
    """Whether the document describes an object by its fields, and by nothing that a single field cannot ask."""
    whole = plan_of(schema).layout({})
    keywords = whole.keywords
    is_object = keywords.get("type", "object") == "object" and not {"const", "enum"} & keywords.keys()
    is_chosen = "x-offers" in keywords
    return is_object and not is_chosen and not whole.is_open and bool(whole.properties)


def _given(schema: dict[str, Any]) -> dict[str, Any]:
    """The fields that the office fills in: read-only ones of a fixed value, which the server then gives. All other
    read-only fields are asked for, because nobody else would answer them.
    """
    return {
        name: {**one, "readOnly": True}
        for name, one in schema.get("properties", {}).items()
        if isinstance(one, dict)
        and one.get("x-readOnly") is True
        and isinstance(one.get("default"), str | int | float)
        and NAME.fullmatch(name)
    }


def _wrapped(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """The document as the one field of an object; its references still mean its own parts."""
    inner = {key: value for key, value in schema.items() if key != "$schema"}
    if any(references(inner)):
        inner = {"$id": "urn:kakanai:adopted", **inner}
    field = {**inner, "title": title}
    return {"$schema": DIALECT, "type": "object", "properties": {WRAPPER: field}, "required": [WRAPPER]}
