"""Branches: the alternatives of a schema among which a person chooses, and schemas without needless alternatives.

Nothing here judges answers: what is simplified or chosen only decides which control asks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from schemas.alternatives import choices
from schemas.conjunction import merged
from schemas.effective import Plan, plan_of
from schemas.fragments import OFFERS, fragment, offered
from schemas.predicates import Predicate, predicate

UNIONS = ("oneOf", "anyOf")
#: Types that one control asks for together.
TOGETHER = (frozenset({"integer", "number"}),)
#: What a schema without "type" is about, told by its first word that says so.
ABOUT = {
    "properties": "object", "patternProperties": "object", "additionalProperties": "object",
    "items": "array", "prefixItems": "array", "minItems": "array", "maxItems": "array",
    "pattern": "string", "format": "string", "minLength": "string", "maxLength": "string",
    "contentEncoding": "string", "contentMediaType": "string", "x-format": "string",
    "minimum": "number", "maximum": "number", "exclusiveMinimum": "number", "exclusiveMaximum": "number",
    "multipleOf": "number",
}  # fmt: skip


def types_of(schema: Mapping[str, Any]) -> frozenset[str]:
    """The JSON types that a schema names; none named means any."""
    named = schema.get("type", ())
    return frozenset([named] if isinstance(named, str) else named)


def plain(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema as a control needs it: "or null" as a type among others, one alternative as none, its type named."""
    result: dict[str, Any] = dict(schema)
    for key in UNIONS:
        result = _folded(result, key)
    if "type" not in result and not choices(result) and not any(key in result for key in UNIONS):
        kind = next((ABOUT[key] for key in result if key in ABOUT), None)
        result |= {"type": kind} if kind else {}
    elif "type" not in result and not choices(result):
        result |= _shared_type(result)
    if types_of(result) == {"null"}:
        result["const"] = None
    return result if result != schema else schema


def _folded(schema: dict[str, Any], key: str) -> dict[str, Any]:
    """Without an alternative that says only null, or that stands alone."""
    members = schema.get(key)
    if not isinstance(members, list):
        return schema
    rest = [one for one in members if not _is_null(one) and one is not False]
    if len(rest) != 1 or choices({key: members}) or not plan_of(rest[0]).is_static:
        return schema
    base = {name: value for name, value in schema.items() if name not in (key, OFFERS)}
    inner = dict(plain(_resolved(rest[0])))
    whole = merged(inner, base)
    return _or_null(whole) if len(rest) < len(members) else whole


def _shared_type(schema: dict[str, Any]) -> dict[str, Any]:
    """The simple type that all alternatives have: "at most five letters, or these letters" are both text."""
    members = [one for key in UNIONS for one in schema.get(key, ())]
    kinds = {types_of(plain(_resolved(one))) for one in members}
    simple = len(kinds) == 1 and kinds <= {frozenset([one]) for one in ("string", "number", "integer", "boolean")}
    return {"type": next(iter(*kinds))} if simple else {}


def _is_null(schema: Any) -> bool:
    return isinstance(schema, dict) and (
        schema.get("type") == "null" or schema.get("enum") == [None] or schema.get("const", "") is None
    )


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    named = types_of(schema)
    return {**schema, "type": [*sorted(named - {"null"}), "null"]} if named else {**schema, "x-nullable": True}


def is_nullable(schema: Mapping[str, Any]) -> bool:
    """Whether null is an answer that nobody has to choose: it means that nothing was given."""
    return "null" in types_of(schema) or schema.get("x-nullable") is True


@dataclass(frozen=True, eq=False)
class Branch:
    """One alternative: what it is called (or of which type it is), and the schema of answers that choose it."""

    title: str
    kind: str
    source: Any

    @cached_property
    def plan(self) -> Plan:
        return plan_of(self.source)

    @cached_property
    def holds(self) -> Predicate:
        return predicate(self.source)

    def schema(self, answer: Any) -> dict[str, Any]:
        """The effective schema for an answer of this branch."""
        return self.plan.resolved(answer)

    def distance(self, answer: Any) -> tuple[int, int, int]:
        """How far an answer is from this branch: its own before others, then those of its type with its fields."""
        schema = self.schema(answer)
        named = types_of(schema)
        strange = isinstance(answer, dict) and len(answer.keys() - schema.get("properties", {}).keys())
        is_other = bool(named) and not any(predicate({"type": one})(answer) for one in named)
        return int(not self.holds(answer)), int(is_other), int(strange)


def branches(schema: Mapping[str, Any]) -> list[Branch]:
    """The alternatives that differ in what they ask for, at least two; empty where there is nothing to choose.

    They are those of "oneOf" or "anyOf", else the types of a schema that allows several.
    """
    if choices(schema):
        return []
    for key in UNIONS:
        members = [one for one in schema.get(key, ()) if one is not False]
        if len(members) > 1 and _differ(members, schema):
            return [_branch(one, schema, key) for one in members]
    return list(_by_type(schema))


def _differ(members: list[Any], schema: Mapping[str, Any]) -> bool:
    """Whether alternatives ask for different things, and not only require other combinations of the same."""
    if OFFERS in schema:
        return True
    kinds = {(types_of(one), one.get("format", "")) for one in (plain(_resolved(one)) for one in members)}
    are_lists = all(named - {"null"} == {"array"} for named, _ in kinds) and "items" not in schema
    return are_lists or (len(kinds) > 1 and any(named for named, _ in kinds))


def _resolved(schema: Any) -> dict[str, Any]:
    return plan_of(schema).resolved(None) if isinstance(schema, dict) else {}


def _branch(member: Any, schema: Mapping[str, Any], key: str) -> Branch:
    """An alternative with what the schema says beside it."""
    own = {name for one in schema[key] for name in offered(fragment(one)) if name in schema.get(OFFERS, ())}
    base = {name: value for name, value in schema.items() if name not in (key, OFFERS, "title", "description")}
    if "properties" in base:
        base["properties"] = {name: one for name, one in base["properties"].items() if name not in own}
    alone = _resolved(member)
    kinds = types_of(plain(alone)) or types_of(schema)
    kind = next(iter(sorted(kinds)), "") if len(kinds) == 1 else ""
    return Branch(_title(alone), kind, {"allOf": [base, member]})


def _title(schema: Mapping[str, Any]) -> str:
    """What an alternative is called: by its author, by its one value, or by the fields it asks for."""
    if schema.get("title"):
        return str(schema["title"])
    listed = choices(schema)
    if listed and len(listed) == 1 and listed[0][0] is not None:
        return listed[0][1] or str(listed[0][0])
    named = schema.get("properties", {})
    first = [name for name in schema.get("required", ()) if name in named] or list(named)
    return "・".join(str(named[name].get("title") or name) for name in first[:3])


def _by_type(schema: Mapping[str, Any]) -> Iterator[Branch]:
    named = types_of(schema) - {"null"}
    if len(named) < 2 or named in TOGETHER:
        return
    numbers = frozenset({"integer", "number"})
    kinds = [one for one in schema["type"] if one != "null" and not (one == "integer" and numbers <= named)]
    yield from (Branch("", kind, {**_about(schema, kind), "type": kind}) for kind in kinds)


def _about(schema: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """What a schema says of answers of one type."""
    said = {"number": ("number", "integer")}.get(kind, (kind, "number" if kind == "integer" else kind))
    return {
        key: value
        for key, value in schema.items()
        if key not in ("title", "description") and ABOUT.get(key, kind) in said
    }


def fitting(found: list[Branch], answer: Any) -> int:
    """The place of the branch that an answer chose: the first that it fits best."""
    return min(range(len(found)), key=lambda place: found[place].distance(answer))
