"""Older drafts of JSON Schema (4, 6, 7, 2019-09), written as 2020-12 with the same verdict.

The idioms that all drafts understand differently are decided by "$schema"; without it, an old word is read as it was
meant when it was written.
"""

from __future__ import annotations

import re
from typing import Any

from schemas.dialects.places import Schema, is_annotation

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
OLD = re.compile(r"draft-0?([3467])\b")
FLAGS = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))


def draft_of(schema: Schema) -> int:
    """The draft that "$schema" names: 3, 4, 6, 7, 2019 or 2020; 0 where it names none."""
    named = str(schema.get("$schema", ""))
    if found := OLD.search(named):
        return int(found[1])
    return 2019 if "2019-09" in named else 2020 if "2020-12" in named else 0


def modern(schema: Any, draft: int) -> Any:
    """The schema in the words of 2020-12, a new copy. Words that its draft does not know are left alone."""
    if not isinstance(schema, dict):
        return schema
    found = {key: _inner(key, value, draft) for key, value in schema.items()}
    if "$ref" in found and 0 < draft <= 7:
        found = {key: value for key, value in found.items() if key in ("$ref", "definitions") or is_annotation(key)}
    for rewrite in (_flags, _required, _types, _rows, _dependencies, _definitions, _names):
        rewrite(found)
    return found


def _inner(key: str, value: Any, draft: int) -> Any:
    if key in ("enum", "const", "default", "examples", "example", "required", "type"):
        return value
    if key in ("properties", "patternProperties", "definitions", "$defs", "dependentSchemas", "dependencies"):
        return {name: modern(one, draft) for name, one in value.items()} if isinstance(value, dict) else value
    if isinstance(value, list):
        return [modern(one, draft) for one in value]
    return modern(value, draft)


def _flags(schema: Schema) -> None:
    """Draft 4: "exclusiveMinimum" is true or false and speaks of "minimum"."""
    for flag, limit in FLAGS:
        if isinstance(schema.get(flag), bool):
            is_exclusive = schema.pop(flag)
            if is_exclusive and limit in schema:
                schema[flag] = schema.pop(limit)


def _required(schema: Schema) -> None:
    """Draft 3: a property says of itself that it is required."""
    properties = schema.get("properties")
    if isinstance(properties, dict):
        own = [name for name, one in properties.items() if isinstance(one, dict) and one.get("required") is True]
        if own:
            listed = schema.get("required")
            schema["required"] = [*dict.fromkeys([*(listed if isinstance(listed, list) else ()), *own])]
        for one in properties.values():
            if isinstance(one, dict) and isinstance(one.get("required"), bool):
                del one["required"]


def _types(schema: Schema) -> None:
    if schema.get("type") == "any":
        del schema["type"]
    if "divisibleBy" in schema:
        schema.setdefault("multipleOf", schema.pop("divisibleBy"))


def _rows(schema: Schema) -> None:
    """Until 2019-09: "items" may be a list, and "additionalItems" speaks of what follows it."""
    rest = schema.pop("additionalItems", None)
    if isinstance(schema.get("items"), list):
        first = schema.pop("items")
        if first:
            schema["prefixItems"] = first
        if rest is not None:
            schema["items"] = rest


def _dependencies(schema: Schema) -> None:
    """Until draft 7: one word for "when this is answered, that is asked" and "… then this schema holds"."""
    dependencies = schema.pop("dependencies", None)
    if not isinstance(dependencies, dict):
        return
    for name, one in dependencies.items():
        names = [one] if isinstance(one, str) else one
        key = "dependentRequired" if isinstance(names, list) else "dependentSchemas"
        schema[key] = {**schema.get(key, {}), name: names}


def _definitions(schema: Schema) -> None:
    if isinstance(schema.get("definitions"), dict):
        schema["$defs"] = {**schema.pop("definitions"), **schema.get("$defs", {})}
    elsewhere = schema.pop("$recursiveRef", schema.pop("$dynamicRef", None))
    reference = schema.pop("$ref", elsewhere)
    if isinstance(reference, str):
        schema["$ref"] = reference.replace("/definitions/", "/$defs/")


def _names(schema: Schema) -> None:
    """A fragment as "$id" was an anchor; whole names of parts are of no use in one document (see references)."""
    name = schema.pop("$id", schema.pop("id", None) if _is_name(schema.get("id")) else None)
    if isinstance(name, str) and name.startswith("#") and len(name) > 1:
        schema["$anchor"] = name[1:]
    elif name is not None:
        schema["x-id"] = name


def _is_name(value: Any) -> bool:
    return isinstance(value, str)
