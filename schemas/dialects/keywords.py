"""Keywords: a foreign schema brought to exactly those that this house publishes, with what was set aside in words."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from jsonschema import Draft202012Validator

from schemas.adoption import WRAPPER
from schemas.conjunction import is_among
from schemas.dialects.drafts import SCHEMA, draft_of, modern
from schemas.dialects.patterns import portable
from schemas.dialects.places import MAPS, Schema, opened, walked
from schemas.formats import FORMAT_CHECKER
from schemas.pointers import escaped, leaves, lookup
from schemas.problems import Problem
from schemas.references import SCHEMA_LISTS
from schemas.schema_checks import KEYWORDS
from schemas.vocabulary import is_vocabulary

META = Draft202012Validator(Draft202012Validator.META_SCHEMA)
TYPES = {
    "text": "string", "str": "string", "int": "integer", "float": "number", "decimal": "number", "bool": "boolean",
    "list": "array", "map": "object", "dict": "object",
}  # fmt: skip
DATA_URLS = ("data-url", "data-uri", "dataurl", "binary", "file")
FILE = "vocabulary.schema.json#/$defs/file"


@dataclass
class Keywords:
    """One document on its way: the schema, the remarks about it, and how often each unknown word was met."""

    root: Schema
    remarks: list[Problem] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)

    def say(self, code: str, at: str = "", **params: Any) -> None:
        """Remember what was changed; the same thing is said once."""
        if Problem(at, code, params) not in self.remarks:
            self.remarks.append(Problem(at, code, params))


def published(schema: Schema) -> tuple[Schema, list[Problem]]:
    """The schema of an object in 2020-12 that `schemas.check` accepts, with remarks on what could not stay."""
    root = modern(copy.deepcopy(schema), draft_of(schema))
    state = Keywords(root)
    root.pop("$schema", None)
    for step in (_limits, _only_schemas, _shape):
        walked(state.root, _step(step, state))
    _references(state)
    _is_object(state)
    for step in (_labels, _formats, _patterns, _unknown, _shape):
        walked(state.root, _step(step, state))
    if state.unknown:
        state.say("import_unknown_words", "", names=[name for name, _ in state.unknown.most_common(12)])
    return {"$schema": SCHEMA, **state.root}, state.remarks


def condition(schema: Any) -> Any:
    """The schema of a condition, to be used without the rest of its document; None where it cannot be."""
    if not isinstance(schema, dict):
        return schema if isinstance(schema, bool) else None
    state = Keywords(modern(copy.deepcopy(schema), draft_of(schema)))
    state.root.pop("$schema", None)
    for step in (_limits, _only_schemas, _shape, _patterns, _formats, _unknown):
        walked(state.root, _step(step, state))
    is_whole = not any(remark.code in ("import_faulty", "import_pattern") for remark in state.remarks)
    return state.root if is_whole and '"$ref"' not in json.dumps(state.root) else None


def _step(step: Callable[[Schema, Keywords], None], state: Keywords) -> Callable[[Schema], None]:
    return lambda schema: step(schema, state)


# References


def _references(state: Keywords) -> None:
    """Every reference becomes a pointer into this document; what stands outside the known places moves to $defs."""
    anchors = {f"#{value}": at[: -len("/$anchor")] for at, value in leaves(state.root) if at.endswith("/$anchor")}
    base = str(state.root.get("x-id", ""))
    queue: list[Any] = [state.root]
    while queue:
        walked(queue.pop(), lambda schema: queue.extend(_reference(schema, state, anchors, base)))


def _reference(schema: Schema, state: Keywords, anchors: dict[str, str], base: str) -> list[Any]:
    reference = schema.get("$ref")
    schema.pop("$anchor", None)
    if not isinstance(reference, str) or is_vocabulary(reference.partition("#")[0]):
        return []
    uri, _, fragment = reference.partition("#")
    place = anchors.get(f"#{fragment}", fragment)
    is_own = not uri or uri == base or (base and base.endswith(uri))
    target = lookup(state.root, place, None) if is_own and place[:1] in ("", "/") else None
    if not isinstance(target, dict | bool):
        del schema["$ref"]
        state.say("import_reference", "", reference=reference)
        return []
    schema["$ref"] = f"#{place}"
    if _is_known_place(place):
        return []
    name = place.strip("/").replace("/", ".") or "root"
    moved = modern(copy.deepcopy(target), draft_of(state.root))
    is_new = name not in state.root.setdefault("$defs", {})
    state.root["$defs"].setdefault(name, moved)
    schema["$ref"] = f"#/$defs/{escaped(name)}"
    return [moved] if is_new else []


def _is_known_place(place: str) -> bool:
    """Whether every step to the place leads through keywords that hold schemas."""
    tokens = place.split("/")[1:]
    while tokens:
        step = 2 if tokens[0] in (*MAPS, "allOf", "anyOf", "oneOf", "prefixItems") else 1
        if tokens[0] not in KEYWORDS or len(tokens) < step:
            return False
        tokens = tokens[step:]
    return True


def _is_object(state: Keywords) -> None:
    """A form asks for an object: another schema becomes the one field of such an object."""
    opened(state.root, state.root)
    named = state.root.get("type")
    if named == "object" or (isinstance(named, list) and "object" in named) or (named is None and _has_parts(state)):
        state.root["type"] = "object"
        state.root.setdefault("properties", {})
        return
    inner = {key: value for key, value in state.root.items() if key not in ("$defs", "x-id")}
    inner.setdefault("title", "回答")
    state.root = {"type": "object", "properties": {WRAPPER: inner}, "$defs": state.root.get("$defs", {})}
    walked(state.root, _moved)
    state.say("import_wrapped", "", field=WRAPPER)


def _moved(schema: Schema) -> None:
    """References into the wrapped schema, which now stands one level deeper."""
    reference = schema.get("$ref", "")
    if reference.startswith("#") and not reference.startswith("#/$defs/"):
        schema["$ref"] = f"#/properties/{WRAPPER}{reference[1:]}"


def _has_parts(state: Keywords) -> bool:
    parts = ("properties", "allOf", "anyOf", "oneOf", "if", "required", "patternProperties", "additionalProperties")
    return any(key in state.root for key in parts) or not any(key in state.root for key in ("enum", "const", "items"))


# Words


def _labels(schema: Schema, state: Keywords) -> None:
    """enum with enumNames becomes titled alternatives, which every validator reads alike."""
    names = schema.pop("enumNames", schema.pop("x-enumNames", None))
    values = schema.get("enum")
    if not isinstance(values, list) or not isinstance(names, list | dict) or "oneOf" in schema:
        return
    schema["oneOf"] = labelled(values, names)
    del schema["enum"]


def labelled(values: list[Any], names: Any) -> list[Schema]:
    """Values with their names (a list beside them, or by value) as alternatives of const and title."""
    found: list[Schema] = []
    for place, value in enumerate(values):
        named = names.get(str(value)) if isinstance(names, dict) else names[place] if place < len(names) else None
        if not is_among(value, [one["const"] for one in found]):
            found.append({"const": value, "title": text_of(named) or str(value)})
    return found


def text_of(value: Any) -> str:
    """A text that a person may read; empty for what is none."""
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _only_schemas(schema: Schema, state: Keywords) -> None:
    """Where a schema is expected and something else stands, anything may be answered."""
    for key in MAPS:
        if isinstance(schema.get(key), dict):
            schema[key] = {name: one if isinstance(one, dict | bool) else {} for name, one in schema[key].items()}
    for key in SCHEMA_LISTS:
        if isinstance(schema.get(key), list):
            schema[key] = [one for one in schema[key] if isinstance(one, dict | bool)]


def _limits(schema: Schema, state: Keywords) -> None:
    """Values that other libraries forgive: type names of their own, numbers written as text."""
    named = schema.get("type")
    named = named if isinstance(named, str) else ""
    if named.lower() in (*TYPES, "string", "number", "integer", "boolean", "array"):
        schema["type"] = TYPES.get(named.lower(), named.lower())
    if named in ("file", "files"):
        schema.update(type="string", format="data-url")
    for key in ("minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "minProperties"):
        if isinstance(schema.get(key), str) and schema[key].strip().lstrip("-").isdigit():
            schema[key] = int(schema[key])


def _formats(schema: Schema, state: Keywords) -> None:
    """A format that nobody can check is kept as a note; a file that was typed as text becomes a file."""
    named = schema.get("format")
    if schema.get("type") == "string" and isinstance(named, str) and named.lower() in DATA_URLS:
        _as_file(schema, state)
    elif named is not None and named not in FORMAT_CHECKER.checkers:
        schema["x-format"] = schema.pop("format")
        state.say("import_format", "", format=str(named))


def _as_file(schema: Schema, state: Keywords) -> None:
    kept = {key: value for key, value in schema.items() if key in ("title", "description") or key.startswith("x-")}
    schema.clear()
    schema.update({"$ref": FILE, **kept})
    state.say("import_file", "")


def _patterns(schema: Schema, state: Keywords) -> None:
    pattern = schema.get("pattern")
    if isinstance(pattern, str):
        keywords, trouble = portable(pattern)
        del schema["pattern"]
        schema.update({**keywords, "allOf": [*schema.get("allOf", []), *keywords.get("allOf", [])]})
        if not schema["allOf"]:
            del schema["allOf"]
        if trouble:
            schema["x-pattern"] = pattern
            state.say("import_pattern", "", pattern=pattern)
    if isinstance(schema.get("patternProperties"), dict):
        schema["patternProperties"] = dict(_property_patterns(schema["patternProperties"], state))


def _property_patterns(patterns: Schema, state: Keywords) -> list[tuple[str, Any]]:
    found = []
    for pattern, inner in patterns.items():
        keywords, trouble = portable(pattern)
        if trouble or set(keywords) != {"pattern"}:
            state.say("import_pattern", "", pattern=pattern)
        else:
            found.append((keywords["pattern"], inner))
    return found


def _unknown(schema: Schema, state: Keywords) -> None:
    """Words of other tools stay as notes of their own."""
    for key in [key for key in schema if key not in KEYWORDS and not key.startswith("x-")]:
        state.unknown[key] += 1
        schema[f"x-{key.lstrip('$')}"] = schema.pop(key)
    if schema.pop("readOnly", None) is True:  # an answer that people give all the same, see Sketch.lock
        schema["x-readOnly"] = True
    messages = schema.get("x-errorMessage", schema.get("x-errorMessages"))
    if text_of(messages):
        schema.setdefault("x-message", text_of(messages))


def _shape(schema: Schema, state: Keywords) -> None:
    """What JSON Schema itself refuses is set aside, keyword by keyword."""
    for key in _faulty(schema):
        state.say("import_faulty", "", field=key)
        schema[f"x-{key.lstrip('$')}"] = schema.pop(key)


def _faulty(schema: Schema) -> list[str]:
    if META.is_valid(schema):
        return []
    return list(dict.fromkeys(str(error.absolute_path[0]) for error in META.iter_errors(schema) if error.absolute_path))
