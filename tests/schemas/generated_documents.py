"""Generated documents of foreign hands: every keyword that a form can show, nested, and answers that nearly fit."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

LEAVES: list[dict[str, Any]] = [
    {"type": "string"},
    {"type": "string", "minLength": 1, "maxLength": 3},
    {"type": "string", "format": "date"},
    {"type": "string", "pattern": "^[a-z]+$"},
    {"type": "integer", "minimum": 0},
    {"type": "number", "multipleOf": 0.5},
    {"type": "boolean"},
    {"const": "fixed"},
    {"enum": ["a", "b", 1, None]},
    {"oneOf": [{"const": "x", "title": "X"}, {"const": "y", "title": "Y"}]},
    {"type": ["string", "null"]},
    {"type": ["integer", "string"]},
    {"type": "null"},
    {"anyOf": [{"type": "string", "minLength": 2}, {"type": "null"}]},
    {"oneOf": [{"type": "integer"}, {"type": "string", "maxLength": 4}, {"type": "boolean"}]},
    {"type": "array", "items": {"enum": ["a", "b", "c"]}, "uniqueItems": True},
    {"minLength": 2},
    {},
]
NAMES = ["a", "b", "c", "d e", "項目"]
# A blank text is no answer: nobody can type one, so none is among them.
SCALARS = st.sampled_from(["a", "ab", "x", "fixed", "2026-04-01", "12", 0, 1, -1, 1.5, 2, True, False, None])


def documents() -> st.SearchStrategy[dict[str, Any]]:
    """The schema of an object, nested a few levels deep."""
    return objects(st.deferred(lambda: inner_schemas(2)))


def inner_schemas(depth: int) -> st.SearchStrategy[dict[str, Any]]:
    leaf = st.sampled_from(LEAVES)
    if not depth:
        return leaf
    inner = st.deferred(lambda: inner_schemas(depth - 1))
    return st.one_of(leaf, leaf, objects(inner), lists(inner), entries(inner), alternatives(inner))


@st.composite
def objects(draw: st.DrawFn, inner: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """Named fields, of which some depend on others."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True))
    schema: dict[str, Any] = {"type": "object", "properties": {name: draw(inner) for name in names}}
    schema["required"] = [name for name in names if draw(st.booleans())]
    extra = draw(st.sampled_from(["", "", "if", "dependent", "allOf", "closed"]))
    if extra == "if":
        schema["if"] = {"properties": {names[0]: draw(st.sampled_from(LEAVES))}, "required": [names[0]]}
        schema["then"] = {"properties": {"then": draw(inner)}, "required": ["then"]}
    elif extra == "dependent":
        schema["dependentRequired"] = {names[0]: names[1:2]}
        schema["dependentSchemas"] = {names[0]: {"properties": {"dependent": draw(inner)}}}
    elif extra == "allOf":
        schema["allOf"] = [{"properties": {"more": draw(inner)}, "required": ["more"]}]
    elif extra == "closed":
        schema["additionalProperties"] = False
    return schema


@st.composite
def lists(draw: st.DrawFn, inner: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """Rows, sometimes after items of fixed meaning."""
    schema: dict[str, Any] = {"type": "array", "items": draw(inner)}
    limits = draw(st.sampled_from([{}, {"minItems": 1}, {"maxItems": 2}, {"uniqueItems": True}]))
    if draw(st.booleans()):
        schema["prefixItems"] = [draw(inner)]
    return schema | limits


@st.composite
def entries(draw: st.DrawFn, inner: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """An object of names that people choose."""
    more: dict[str, Any] = {"type": "object", "additionalProperties": draw(inner)}
    return more | draw(st.sampled_from([{}, {"propertyNames": {"maxLength": 2}}, {"minProperties": 1}]))


@st.composite
def alternatives(draw: st.DrawFn, inner: st.SearchStrategy[dict[str, Any]]) -> dict[str, Any]:
    """Two kinds of object, told apart by nothing or by a constant."""
    one: dict[str, Any] = {"title": "One", "properties": {"shared": {"type": "string"}, "a": draw(inner)}}
    two: dict[str, Any] = {"title": "Two", "properties": {"shared": {"type": "string"}, "b": draw(inner)}}
    one["required"], two["required"] = ["a"], ["b"]
    if draw(st.booleans()):
        for branch, value in ((one, "1"), (two, "2")):
            branch["properties"]["kind"] = {"const": value}
            branch["required"].append("kind")
    return {"type": "object", draw(st.sampled_from(["oneOf", "anyOf"])): [one, two]}


def answer_to(draw: Any, schema: Any, depth: int = 0) -> Any:
    """An answer that fits a schema more or less."""
    if not isinstance(schema, dict) or depth > 6 or not draw(st.integers(0, 19)):
        return draw(SCALARS)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return draw(st.sampled_from(schema["enum"]))
    for key in ("oneOf", "anyOf"):
        if key in schema:
            rest = {name: value for name, value in schema.items() if name != key}
            branch = draw(st.sampled_from(schema[key]))
            return answer_to(draw, {**rest, **branch, "type": branch.get("type", rest.get("type", "object"))}, depth)
    kind = schema.get("type", "string")
    kind = draw(st.sampled_from(kind)) if isinstance(kind, list) else kind
    return ANSWERS.get(kind, _scalar)(draw, schema, depth)


def _object(draw: Any, schema: dict[str, Any], depth: int) -> dict[str, Any]:
    parts = [schema, *schema.get("allOf", []), schema.get("then", {}), *schema.get("dependentSchemas", {}).values()]
    required = {name for part in (parts[0], *schema.get("allOf", [])) for name in part.get("required", [])}
    found = {}
    for name, one in ((name, one) for part in parts for name, one in part.get("properties", {}).items()):
        if name in required or draw(st.booleans()):
            found[name] = answer_to(draw, one, depth + 1)
    more = schema.get("additionalProperties")
    if isinstance(more, dict):
        found |= {name: answer_to(draw, more, depth + 1) for name in draw(st.sampled_from([[], ["k"], ["k", "l"]]))}
    return found


def _list(draw: Any, schema: dict[str, Any], depth: int) -> list[Any]:
    first = schema.get("prefixItems", [])
    count = len(first) + draw(st.integers(0, 2))
    schemas = [*first, *[schema.get("items", {})] * count][:count]
    found = [answer_to(draw, one, depth + 1) for one in schemas]
    return [one for one in found if not _is_blank(one)]


def _is_blank(answer: Any) -> bool:
    """Whether a row would look like one that was left blank, which is no answer."""
    inner = answer.values() if isinstance(answer, dict) else answer if isinstance(answer, list) else ()
    return answer is None or (isinstance(answer, dict | list) and all(map(_is_blank, inner)))


def _scalar(draw: Any, schema: dict[str, Any], depth: int) -> Any:
    texts = {"date": ["2026-04-01", "2000-02-29"]}.get(schema.get("format", ""), ["ab", "a", "xyz"])
    by_kind = {"integer": [0, 1, 7], "number": [0.5, 2, 1.5], "boolean": [True, False], "null": [None]}
    return draw(st.sampled_from(by_kind.get(schema.get("type", "string"), texts) if "type" in schema else texts))


def _of(kind: str) -> Any:
    return lambda draw, schema, depth: _scalar(draw, {**schema, "type": kind}, depth)


ANSWERS: dict[str, Any] = {"object": _object, "array": _list}
ANSWERS |= {kind: _of(kind) for kind in ("string", "integer", "number", "boolean", "null")}
