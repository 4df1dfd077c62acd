"""The effective schema: a form's schema as it stands for the answers given so far.

A field is shown exactly when it exists here, and asked for exactly when it is required here; the validator reads the
same schema, so visibility, requiredness and validation cannot disagree.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, repeat
from typing import Any

from schemas.conjunction import is_among, same
from schemas.fragments import OFFERS, Fragment, fragment
from schemas.references import closed

# Different outcomes of all conditions of one object that are kept ready; a form has few, an attacker's may have many.
LAYOUTS = 512
# Rounds in which hidden answers may bring others back before pruning only takes away.
ROUNDS = 8


def effective(schema: dict[str, Any], answers: Any) -> dict[str, Any]:
    """A plain object schema of exactly the fields that exist for `answers`, with "required" complete.

    "$ref", "allOf", "if"/"then"/"else", "dependentRequired", "dependentSchemas" and discriminated "oneOf"/"anyOf" are
    resolved, at every depth; an undecided alternative shows its discriminator and what all its branches share. Rows
    are resolved one by one: effective(items, row). Neither argument is changed. Parts of the result are shared with
    later results: read it, do not write to it.
    """
    return plan_of(schema).resolved(answers)


def prune(schema: dict[str, Any], answers: dict[str, Any]) -> dict[str, Any]:
    """The answers without those of fields that do not exist, at every depth.

    Dropping an answer may hide or show other fields, so it is repeated until nothing changes; should the conditions
    contradict each other for ever, answers are then only taken away, which always ends. prune(prune(x)) == prune(x).
    """
    plan = plan_of(schema)
    kept = answers
    for _ in range(ROUNDS):
        again = plan.kept(answers, kept)
        if same(again, kept):
            return dict(again)
        kept = again
    while not same(again := plan.kept(kept, kept), kept):
        kept = again
    return dict(kept)


def plan_of(schema: Any) -> Plan:
    """The compiled schema, from a cache keyed by its JSON text: a changed schema is another schema."""
    return _compiled(json.dumps(schema, ensure_ascii=False, separators=(",", ":")))


@lru_cache(maxsize=512)
def _compiled(text: str) -> Plan:
    return Plan(fragment(closed(json.loads(text))))


@dataclass(frozen=True)
class Layout:
    """An object (or a single value) for one outcome of its conditions.

    `certain` are the schemas, as they were written, that its properties must satisfy whichever alternative is chosen.
    """

    keywords: dict[str, Any]
    properties: dict[str, Plan]
    required: list[str]
    certain: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    @cached_property
    def fixed(self) -> list[tuple[str, dict[str, Any]]]:
        """The properties that no answer changes, resolved."""
        return [(name, plan.resolved(None)) for name, plan in self.properties.items() if plan.is_static]

    @cached_property
    def is_open(self) -> bool:
        """Whether it describes properties without naming them."""
        return "patternProperties" in self.keywords or isinstance(self.keywords.get("additionalProperties"), dict)

    @cached_property
    def moving(self) -> list[tuple[str, Plan]]:
        return [(name, plan) for name, plan in self.properties.items() if not plan.is_static]


class Plan:
    """One schema, compiled: gives its effective form for any answers."""

    def __init__(self, whole: Fragment) -> None:
        self.fragment = whole
        self.layouts: dict[tuple[int, ...], Layout] = {}

    @cached_property
    def is_static(self) -> bool:
        """Whether no answer changes the schema."""
        return not self.fragment.switches and all(plan.is_static for plan in self.layout({}).properties.values())

    def layout(self, answers: Any) -> Layout:
        """The layout that the answers choose."""
        active: list[tuple[int, Fragment | None]] = []
        _activate(self.fragment, answers, active)
        path = tuple(index for index, _ in active)
        found = self.layouts.get(path)
        if found is None:
            if len(self.layouts) >= LAYOUTS:
                self.layouts.clear()
            found = self.layouts[path] = _layout(self.fragment, [branch for _, branch in active if branch])
        return found

    def resolved(self, answers: Any) -> dict[str, Any]:
        """The effective schema; an object that is not answered yet stands as an empty one."""
        layout = self.layout(answers if answers is not None or not self._is_object else {})
        if not layout.properties and layout.keywords.get("type") != "object":
            return dict(layout.keywords)
        given = answers if isinstance(answers, dict) else {}
        parts = {name: dict(part) for name, part in layout.fixed}
        parts.update((name, plan.resolved(given.get(name))) for name, plan in layout.moving)
        properties = {name: parts[name] for name in layout.properties} if layout.moving else parts
        kind = {} if OFFERS in layout.keywords else {"type": "object"}
        return {**kind, **layout.keywords, "properties": properties, "required": list(layout.required)}

    def kept(self, original: Any, current: Any) -> Any:
        """`original` without what does not exist for `current`."""
        if isinstance(original, list):
            return [row_plan.kept(one, row) for row_plan, one, row in self._rows(original, current)]
        if not isinstance(original, dict):
            return original
        layout = self.layout(current)
        if not layout.properties and not self.fragment.switches:
            return original
        now = current if isinstance(current, dict) else {}
        return {
            name: layout.properties.get(name, ANYTHING).kept(value, now.get(name, value))
            for name, value in original.items()
            if name in layout.properties or layout.is_open
        }

    def is_whole(self, answers: Any) -> bool:
        """Whether `kept` would take nothing away from the answers: kept(answers, answers) == answers."""
        if isinstance(answers, list):
            return all(row_plan.is_whole(row) for row_plan, row, _ in self._rows(answers, answers))
        if not isinstance(answers, dict):
            return True
        layout = self.layout(answers)
        if not layout.properties and not self.fragment.switches:
            return True
        for name, value in answers.items():
            plan = layout.properties.get(name)
            if plan is None and not layout.is_open:
                return False
            if plan is not None and isinstance(value, dict | list) and not plan.is_whole(value):
                return False
        return True

    def _rows(self, original: list[Any], current: Any) -> Iterator[tuple[Plan, Any, Any]]:
        keywords = self.layout(current).keywords
        rows = current if isinstance(current, list) and len(current) == len(original) else original
        first = [_row_plan(one) for one in keywords.get("prefixItems", ())]
        plans = chain(first, repeat(_row_plan(keywords.get("items"))))
        return ((row_plan, one, row) for row_plan, one, row in zip(plans, original, rows, strict=False))

    @cached_property
    def _is_object(self) -> bool:
        whole = self.fragment
        return (
            bool(whole.properties or whole.offered)
            or whole.keywords.get("type") == "object"
            or bool(whole.switches and not _is_value(whole))
        )


def _is_value(whole: Fragment) -> bool:
    return bool(whole.keywords.get("type", "object") != "object")


def _activate(whole: Fragment, answers: Any, active: list[tuple[int, Fragment | None]]) -> None:
    """Append the index that each reached switch selects with its branch, outer switches first."""
    for switch in whole.switches:
        index = switch.select(answers)
        branch = switch.branches[index] if index >= 0 else None
        active.append((index, branch))
        if branch is not None and branch.switches:
            _activate(branch, answers, active)


def _layout(whole: Fragment, branches: list[Fragment]) -> Layout:
    for branch in branches:
        whole = whole.plus(branch)
    certain = {name: schemas for name, schemas in whole.properties.items() if False not in schemas}
    offered = {name: schemas for name, schemas in whole.offered.items() if name not in whole.properties and schemas}
    properties = {name: _joint(schemas) for name, schemas in certain.items()}
    properties |= {name: _joint((_any_of(schemas),)) for name, schemas in offered.items()}
    keywords = dict(whole.keywords)
    keywords.pop(OFFERS, None)
    if offered:
        keywords[OFFERS] = list(offered)
    if keywords.pop("unevaluatedProperties", None) is False:
        keywords["additionalProperties"] = False
    if "items" in keywords:
        keywords["items"] = _items(keywords["items"])
    return Layout(keywords, properties, [name for name in whole.required if name in properties], certain)


def _any_of(schemas: tuple[Any, ...]) -> Any:
    """What alternatives say of one property, as one schema."""
    distinct = [one for place, one in enumerate(schemas) if not is_among(one, list(schemas[:place]))]
    titles = [one["title"] for one in distinct if isinstance(one, dict) and "title" in one]
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct} | ({"title": titles[0]} if titles else {})


def _joint(schemas: tuple[Any, ...]) -> Plan:
    """One plan for all that the active parts say of a property; the last title wins."""
    first, *others = (fragment(schema) for schema in schemas)
    for other in others:
        first = first.plus(other)
    return Plan(first)


def _items(items: Any) -> Any:
    """The rows' schema: resolved when every row has the same, else with its conditions for effective(items, row)."""
    if not isinstance(items, dict):
        return items
    plan = Plan(fragment(items))
    resolved = plan.resolved({} if plan._is_object else None)
    if plan.is_static and OFFERS not in resolved:
        return resolved
    outline = {
        key: value for key, value in resolved.items() if key not in ("properties", "required", "additionalProperties")
    }
    return {**outline, "allOf": [items]}


def _row_plan(schema: Any) -> Plan:
    return plan_of(schema) if isinstance(schema, dict) else ANYTHING


ANYTHING = Plan(Fragment())
