"""The possible schema: every field that any answers can bring into existence, for checking pages, facts and types."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemas.conjunction import is_among, same
from schemas.effective import plan_of
from schemas.fragments import Fragment, fragment


def possible(schema: dict[str, Any]) -> dict[str, Any]:
    """An object schema with the fields of all branches together, references resolved, without any condition.

    Where branches disagree about a field the keyword is left out, so that what remains is true whatever the answers.
    """
    return _possible(plan_of(schema).fragment)


def _possible(whole: Fragment) -> dict[str, Any]:
    parts = list(branches_of(whole))
    keywords = dict(whole.keywords)
    for part in parts[1:]:
        keywords = _either(keywords, {key: value for key, value in part.keywords.items() if key != "title"})
    if isinstance(keywords.get("items"), dict):
        keywords["items"] = _possible(fragment(keywords["items"]))
    properties = _properties(parts)
    if not properties and keywords.get("type") != "object":
        return keywords
    keywords.pop("unevaluatedProperties", None)
    return {**keywords, "type": "object", "properties": properties, "required": list(whole.required)}


def branches_of(whole: Fragment) -> Iterator[Fragment]:
    """A fragment and, after it, every branch that any answers can add to it."""
    yield whole
    for switch in whole.switches:
        for branch in switch.branches:
            yield from branches_of(branch)


def _properties(parts: list[Fragment]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for part in parts:
        for name, schemas in [*part.properties.items(), *part.offered.items()]:
            for schema in (one for one in schemas if one is not False):
                this = _possible(fragment(schema))
                found[name] = _either(found[name], this) if name in found else this
    return found


def _either(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """What can be said of a value that is one or the other; the first title is kept."""
    result = {**other, **one}
    for key in one.keys() & other.keys():
        if same(one[key], other[key]) or key in ("title", "description", "x-vocabulary"):
            continue
        if key == "properties":
            result[key] = _either_properties(one[key], other[key])
        elif key == "enum":
            result[key] = [*one[key], *(value for value in other[key] if not is_among(value, one[key]))]
        elif key == "readOnly":
            result[key] = True
        else:
            del result[key]
    return result


def _either_properties(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    joint = {name: _either(schema, other[name]) if name in other else schema for name, schema in one.items()}
    return {**joint, **{name: schema for name, schema in other.items() if name not in one}}
