"""Alternatives ("oneOf", "anyOf"): a choice between kinds of object, or a plain list of labelled values."""

from __future__ import annotations

from typing import Any

from schemas.conjunction import is_among, same

OBJECT_KEYWORDS = ("properties", "required", "dependentRequired", "dependentSchemas", "unevaluatedProperties")


def is_about_objects(schemas: Any) -> bool:
    """Whether alternatives add or require properties; labelled choices ({"const", "title"}) do not."""
    return isinstance(schemas, list) and bool(schemas) and any(map(_is_about_object, schemas))


def _is_about_object(schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    if schema.get("type") == "object" or any(key in schema for key in OBJECT_KEYWORDS):
        return True
    members = [*schema.get("allOf", []), *schema.get("oneOf", []), *schema.get("anyOf", [])]
    return any(map(_is_about_object, [*members, schema.get("then"), schema.get("else")]))


def choices(schema: Any) -> list[tuple[Any, str]]:
    """The values a person may choose between, each with its title (empty when it has none).

    Reads "enum", "const" and labelled alternatives ("oneOf"/"anyOf" of {"const", "title"}).
    """
    if not isinstance(schema, dict):
        return []
    for key in ("oneOf", "anyOf"):
        members = schema.get(key, [])
        if members and all(isinstance(one, dict) and "const" in one for one in members):
            allowed = schema.get("enum")
            found = [(one["const"], str(one.get("title", ""))) for one in members]
            return [pair for pair in found if allowed is None or is_among(pair[0], allowed)]
    if "enum" in schema:
        return [(value, "") for value in schema["enum"]]
    return [(schema["const"], "")] if "const" in schema else []


def discriminator(branches: list[dict[str, tuple[Any, ...]]]) -> tuple[str, list[list[Any]]] | None:
    """The first property that has other constant values in every branch, with those values by branch."""
    if len(branches) < 2:
        return None
    for name in branches[0]:
        values = [_constants(branch.get(name, ())) for branch in branches]
        if all(values) and _are_disjoint(values):
            return name, values
    return None


def _constants(schemas: tuple[Any, ...]) -> list[Any]:
    found = [value for schema in schemas for value, _ in choices(schema)]
    return [value for value in found if not isinstance(value, dict | list)]


def _are_disjoint(values: list[list[Any]]) -> bool:
    seen: list[Any] = []
    for group in values:
        if any(is_among(value, seen) for value in group):
            return False
        seen.extend(group)
    return True


def union(schemas: list[dict[str, Any]]) -> dict[str, Any]:
    """The property that tells the branches apart, as one choice between all their values.

    Titles that differ between the branches name the values; a title that all share names the property.
    """
    pairs = [pair for schema in schemas for pair in _titled(schema)]
    rest = {key: value for key, value in schemas[0].items() if key not in ("const", "enum", "oneOf", "title")}
    titles = [schema.get("title") for schema in schemas]
    if titles[0] is not None and all(same(title, titles[0]) for title in titles):
        rest["title"] = titles[0]
        pairs = [(value, label) for schema in schemas for value, label in choices(schema)]
    if all(label for _, label in pairs):
        return {**rest, "oneOf": [{"const": value, "title": label} for value, label in pairs]}
    return {**rest, "enum": [value for value, _ in pairs]}


def _titled(schema: dict[str, Any]) -> list[tuple[Any, str]]:
    return [(value, label or str(schema.get("title", ""))) for value, label in choices(schema)]
