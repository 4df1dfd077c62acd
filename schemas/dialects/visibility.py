"""Visibility: "show this when …" of other languages, written as conditions of the schema itself.

A field is shown exactly when it exists in the effective schema. So a field with a condition is described in the "then"
of an "if", and required there if it was required at all. For answers without those of hidden fields the verdict is
that of the original schema with the hidden fields no longer required; every other answer is judged as before.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from schemas.conjunction import same
from schemas.dialects.places import BRANCHES, ROWS, Path, Schema, address, at, in_place, names_of, opened, walked
from schemas.dialects.sketch import Sketch

APPLICATORS = ("allOf", "anyOf", "oneOf", "if", "dependentSchemas", "patternProperties")


@dataclass
class Visibility:
    """What was said about when fields are shown, or may be changed; `apply` writes it into the sketch.

    Conditions are schemas of the object at `base` (the whole, or the rows of a list).
    """

    sketch: Sketch
    shown: dict[tuple[Path, Path], list[Any]] = field(default_factory=dict)
    locked: dict[tuple[Path, Path], list[Any]] = field(default_factory=dict)

    def show(self, base: Path, path: Path, condition: Any) -> None:
        """The field is shown here when the condition holds; shown in several places, when any of them holds."""
        self.shown.setdefault((base, path), []).append(condition)

    def lock(self, base: Path, path: Path, condition: Any) -> None:
        """The answer may not be changed while the condition holds."""
        self.locked.setdefault((base, path), []).append(condition)

    def apply(self) -> None:
        """Write all of it into the schema; fields with the same condition share one rule."""
        rules: dict[tuple[Path, str], list[Path]] = {}
        for (base, path), condition in self._conditions().items():
            if condition is True:
                continue
            if _is_about(condition, path):
                self.sketch.say("import_own_condition", "", field=self.sketch.label((*base, *path)))
                continue
            rules.setdefault((base, json.dumps(condition, ensure_ascii=False)), []).append(path)
        for (base, text), paths in rules.items():
            for holder in at(self.sketch.schema, base):
                _conditional(self.sketch.schema, opened(self.sketch.schema, holder), json.loads(text), paths)
        for (base, path), conditions in self.locked.items():
            self._lock(base, path, any_of(conditions))

    def _conditions(self) -> dict[tuple[Path, Path], Any]:
        """The condition of each field; a group whose fields all have the same one has it itself."""
        found = {key: any_of(conditions) for key, conditions in self.shown.items()}
        for base, path in sorted(found, key=lambda key: -len(key[1])):
            parent = path[:-1]
            if (base, path) not in found or not parent or parent[-1] == ROWS or (base, parent) in found:
                continue
            inner = [(base, (*parent, name)) for name in self._visible(base, parent)]
            conditions = [found.get(one, True) for one in inner]
            if all(one is not True and same(one, conditions[0]) for one in conditions):
                found[base, parent] = conditions[0]
                found = {key: one for key, one in found.items() if key not in inner}
        return found

    def _visible(self, base: Path, parent: Path) -> list[str]:
        """The fields of a group that are not hidden for good."""
        settings = self.sketch.presentation
        schemas = at(self.sketch.schema, (*base, *parent))
        names = dict.fromkeys(name for one in schemas for name in names_of(self.sketch.schema, one))
        return [name for name in names if settings.get(address((*base, *parent, name)), {}).get("widget") != "hidden"]

    def _lock(self, base: Path, path: Path, condition: Any) -> None:
        locked: Any = {"readOnly": True}
        for part in reversed(path):
            locked = {"properties": {part: locked}}
        self.sketch.name_in("import_disabled", self.sketch.label((*base, *path)))
        for holder in at(self.sketch.schema, base):
            _add(opened(self.sketch.schema, holder), {"if": condition, "then": locked})


def all_of(conditions: list[Any]) -> Any:
    """A condition that holds when all hold."""
    open_ones = [one for one in conditions if one is not True and one != {}]
    return True if not open_ones else open_ones[0] if len(open_ones) == 1 else {"allOf": open_ones}


def any_of(conditions: list[Any]) -> Any:
    """A condition that holds when any holds."""
    distinct: list[Any] = []
    for one in conditions:
        if not any(same(one, other) for other in distinct):
            distinct.append(one)
    if any(one is True or one == {} for one in distinct):
        return True
    return distinct[0] if len(distinct) == 1 else {"anyOf": distinct}


def negated(condition: Any) -> Any:
    """A condition that holds when it does not."""
    if isinstance(condition, bool):
        return not condition
    return condition["not"] if set(condition) == {"not"} else {"not": condition}


def answered(path: Path, schema: Any, is_needed: bool = True) -> Any:
    """The condition that the answer at a path is valid; without it, whether the condition holds is `not is_needed`."""
    for part in reversed(path):
        schema = {"properties": {part: schema}, **({"required": [part]} if is_needed else {})}
    return schema


def accepts_nothing(schema: Any) -> bool:
    """Whether a schema is content where there is no answer at all, as validators of JavaScript judge "undefined"."""
    if not isinstance(schema, dict):
        return schema is not False
    if not {"const", "enum", "type"}.isdisjoint(schema):
        return False
    if "not" in schema and accepts_nothing(schema["not"]):
        return False
    if "anyOf" in schema and not any(map(accepts_nothing, schema["anyOf"])):
        return False
    if "oneOf" in schema and sum(map(accepts_nothing, schema["oneOf"])) != 1:
        return False
    return all(map(accepts_nothing, schema.get("allOf", ())))


def _is_about(condition: Any, path: Path) -> bool:
    """Whether a condition looks at nothing but the field itself."""
    names = set(_names(condition))
    return names == {path[0]} and len(path) == 1


def _names(condition: Any) -> Iterator[str]:
    if isinstance(condition, dict):
        yield from condition.get("properties", {})
        yield from condition.get("required", ())
        for key in ("allOf", "anyOf", "oneOf"):
            for one in condition.get(key, ()):
                yield from _names(one)
        yield from _names(condition.get("not"))


def _conditional(root: Schema, holder: Schema, condition: Any, paths: list[Path]) -> None:
    """One rule for fields with the same condition: moved into "then" where that is safe, else forbidden in "else"."""
    movable = _is_movable(root, holder)
    then: Schema = {}
    other: Schema = {}
    for path in paths:
        name = path[0]
        if len(path) == 1 and movable and isinstance(holder.get("properties", {}).get(name), dict):
            then.setdefault("properties", {})[name] = holder["properties"].pop(name)
        else:
            _merge(other, _forbidden(path))
        if _release(root, holder, path):
            _merge(then, _required(path))
    if movable and holder.get("additionalProperties") is False and "properties" in then:
        holder["unevaluatedProperties"] = holder.pop("additionalProperties")
    rule = {"if": condition, **({"then": then} if then else {}), **({"else": other} if other else {})}
    if then or other:
        _add(holder, rule)


def _is_movable(root: Schema, holder: Schema) -> bool:
    """Whether moving a property leaves the verdict as it was: nothing points at it, no other keyword counts on it."""
    extra = holder.get("additionalProperties", True)
    if isinstance(extra, dict) or "patternProperties" in holder or _is_pointed_into(root):
        return False
    return extra is not False or not any(_has_properties(one) for one in _others(holder))


def _others(holder: Schema) -> list[Any]:
    """What stands beside the properties and may declare some, apart from rules that were written here before."""
    found = [holder.get(key) for key in BRANCHES]
    for key in APPLICATORS:
        value = holder.get(key, [])
        found.extend(value.values() if isinstance(value, dict) else value)
    return found


def _has_properties(schema: Any) -> bool:
    return isinstance(schema, dict) and any("properties" in part for part in in_place({}, schema))


def _is_pointed_into(root: Schema) -> bool:
    found: list[str] = []
    walked(root, lambda schema: found.append(str(schema.get("$ref", ""))))
    return any(reference.startswith("#/properties/") for reference in found)


def _forbidden(path: Path) -> Schema:
    schema: Any = False
    for part in reversed(path):
        schema = {"properties": {part: schema}}
    return dict(schema)


def _required(path: Path) -> Schema:
    schema: Schema = {"required": [path[-1]]}
    for part in reversed(path[:-1]):
        schema = {"properties": {part: schema}}
    return schema


def _release(root: Schema, holder: Schema, path: Path) -> bool:
    """Take the field off the requirements of its object; tells whether it was on any."""
    was = False
    for parent in at(root, path[:-1], holder):
        own = opened(root, parent)
        for part in (own, *(opened(root, one) for one in own.get("allOf", ()) if isinstance(one, dict))):
            if path[-1] in part.get("required", ()):
                rest = [name for name in part.pop("required") if name != path[-1]]
                part.update({"required": rest} if rest else {})
                was = True
    return was


def _merge(into: Schema, other: Schema) -> None:
    for key, value in other.items():
        if key == "required":
            into[key] = list(dict.fromkeys([*into.get(key, []), *value]))
        elif isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value)
        else:
            into[key] = copy.deepcopy(value)


def _add(holder: Schema, rule: Schema) -> None:
    holder["allOf"] = [*holder.get("allOf", []), rule]
