"""Generated forms and answers: schemas of the shapes that builders make, for what must hold for all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

LEAVES: list[dict[str, Any]] = [
    {"type": "string", "minLength": 1, "maxLength": 4},
    {"type": "string", "format": "date"},
    {"type": "string", "format": "postal-code"},
    {"type": "integer", "minimum": 0, "maximum": 9},
    {"type": "boolean"},
    {"const": True, "type": "boolean"},
    {"enum": ["a", "b", "c"]},
    {"oneOf": [{"const": "x", "title": "エックス"}, {"const": "y", "title": "ワイ"}]},
    {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True, "minItems": 1},
    {"$ref": "#/$defs/name", "title": "氏名"},
]
DEFS = {
    "name": {
        "type": "object",
        "title": "名前",
        "properties": {"family": {"type": "string", "minLength": 1}, "given": {"type": "string"}},
        "required": ["family"],
        "additionalProperties": False,
    }
}
VALUES = st.sampled_from(
    [
        "",
        "a",
        "b",
        "x",
        "abcde",
        "2026-04-01",
        "2026-02-30",
        "1000001",
        "1000001\n",
        0,
        3,
        99,
        1.0,
        2.5,
        True,
        False,
        None,
        [],
        ["a"],
        ["a", "a"],
        ["z"],
        {},
        {"family": "山"},
        {"family": "山", "given": "花", "x": 1},
    ]
)
TRIGGERS = ("t0", "t1", "t2")


def leaves() -> st.SearchStrategy[dict[str, Any]]:
    """The schema of one field."""
    return st.sampled_from(LEAVES)


@st.composite
def conditions(draw: st.DrawFn) -> dict[str, Any]:
    """The "if" of a rule over the base fields, as builders' screens write it, or wilder."""
    name = draw(st.sampled_from(TRIGGERS))
    test = draw(
        st.sampled_from(
            [
                {"const": True},
                {"const": "a"},
                {"enum": ["a", 1]},
                {"minimum": 3},
                {"not": {"const": "b"}},
                {"type": "string"},
                {"anyOf": [{"const": 1}, {"type": "boolean"}]},
                {"minLength": 2},
                {"pattern": "^a"},
                True,
                False,
            ]
        )
    )
    required = draw(st.booleans())
    return {"properties": {name: test}, **({"required": [name]} if required else {})}


@st.composite
def branches(draw: st.DrawFn, prefix: str) -> dict[str, Any]:
    """Fields that appear together, some of them required."""
    names = [f"{prefix}{place}" for place in range(draw(st.integers(1, 2)))]
    properties = {name: draw(leaves()) for name in names}
    return {"properties": properties, "required": [name for name in names if draw(st.booleans())]}


@st.composite
def _conditional(draw: st.DrawFn, place: int) -> dict[str, Any]:
    rule = {"if": draw(conditions()), "then": draw(branches(f"then{place}_"))}
    if draw(st.booleans()):
        rule["else"] = draw(branches(f"else{place}_"))
    return rule


@st.composite
def _alternatives(draw: st.DrawFn) -> dict[str, Any]:
    members = []
    for value in ("dog", "cat"):
        branch = draw(branches(f"{value}_"))
        branch["properties"]["kind"] = {"const": value}
        branch["required"].append("kind")
        members.append(branch)
    return {draw(st.sampled_from(["oneOf", "anyOf"])): members}


@st.composite
def forms(draw: st.DrawFn) -> dict[str, Any]:
    """A form with conditions, dependencies, alternatives, references and rows; triggers are never consequents."""
    base = {name: draw(leaves()) for name in TRIGGERS}
    schema: dict[str, Any] = {"type": "object", "properties": base, "$defs": DEFS, "unevaluatedProperties": False}
    schema["required"] = [name for name in TRIGGERS if draw(st.booleans())]
    schema["allOf"] = [draw(_conditional(place)) for place in range(draw(st.integers(0, 3)))]
    if draw(st.booleans()):
        schema["dependentSchemas"] = {"t0": draw(branches("dependent_"))}
    if draw(st.booleans()):
        schema["properties"]["later"] = draw(leaves())
        schema["dependentRequired"] = {"t1": ["later"]}
    if draw(st.booleans()):
        schema["properties"]["rows"] = {"type": "array", "items": draw(_rows()), "minItems": 1}
    if draw(st.booleans()):
        schema |= draw(_alternatives())
    return schema


@st.composite
def _rows(draw: st.DrawFn) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"t0": draw(leaves())},
        "required": ["t0"],
        "allOf": [{"if": {"properties": {"t0": {"const": "a"}}}, "then": draw(branches("row_"))}],
        "unevaluatedProperties": False,
    }


NAMES = [
    *TRIGGERS,
    "then0_0",
    "then1_0",
    "else0_0",
    "dependent_0",
    "later",
    "kind",
    "dog_0",
    "cat_0",
    "rows",
    "unheard_of",
]


def answers() -> st.SearchStrategy[dict[str, Any]]:
    """Answers of all kinds, most of them wrong."""
    rows = st.lists(st.dictionaries(st.sampled_from(["t0", "row_0", "row_1"]), VALUES, max_size=3), max_size=2)
    kinds = st.sampled_from(["dog", "cat", "cow"])
    return st.dictionaries(st.sampled_from(NAMES), VALUES | rows | kinds, max_size=8)


def filled(draw: Any, schema: dict[str, Any], effective: Any) -> dict[str, Any]:
    """Answers as a person gives them: field by field, each asked for by the form as it stands then."""
    found: dict[str, Any] = {}
    declined: set[str] = set()
    while True:
        form = effective(schema, found)
        open_ones = [name for name in form["properties"] if name not in found and name not in declined]
        if not open_ones:
            return found
        name = open_ones[0]
        if name in form["required"] or draw(st.booleans()):
            found[name] = _answer(draw, form["properties"][name], effective)
        else:
            declined.add(name)


def _answer(draw: Any, schema: dict[str, Any], effective: Any) -> Any:
    if "const" in schema:
        return schema["const"]
    if "enum" in schema or "oneOf" in schema:
        return draw(st.sampled_from(schema.get("enum") or [one["const"] for one in schema["oneOf"]]))
    if schema.get("type") == "object":
        return filled(draw, schema, effective)
    if schema.get("type") == "array":
        return (
            [_answer(draw, effective(schema["items"], {}), effective)]
            if "enum" in schema["items"]
            else [filled(draw, schema["items"], effective)]
        )
    return draw(_values_of(schema))


def _values_of(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    by_format = {"date": "2026-04-01", "postal-code": "1000001"}
    if schema.get("format") in by_format:
        return st.just(by_format[schema["format"]])
    simple = {"integer": st.integers(0, 9), "boolean": st.booleans(), "string": st.sampled_from(["a", "b", "x"])}
    return simple[schema["type"]]
