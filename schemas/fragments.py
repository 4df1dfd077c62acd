"""A schema taken apart: what always holds (a fragment) and what depends on the answers (its switches)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from schemas.alternatives import discriminator, is_about_objects, union
from schemas.conjunction import merged
from schemas.predicates import predicate

APPLICATORS = {
    "properties", "required", "allOf", "if", "then", "else", "dependentRequired", "dependentSchemas",
}  # fmt: skip


#: Says of an object that one of its alternatives is to be chosen; in an effective schema it names what they offer.
OFFERS = "x-offers"


@dataclass(frozen=True)
class Switch:
    """Branches of which the answers choose at most one: `select` gives its index, or -1."""

    select: Callable[[Any], int]
    branches: tuple[Fragment, ...]


@dataclass(frozen=True)
class Fragment:
    """Keywords, and schemas by property name, that hold together; its switches add what the answers choose.

    `offered` are properties of alternatives that nothing tells apart but their validity: they may be answered, and what
    is said of them holds for those who choose that alternative.
    """

    keywords: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, tuple[Any, ...]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    switches: tuple[Switch, ...] = ()
    offered: dict[str, tuple[Any, ...]] = field(default_factory=dict)

    def plus(self, other: Fragment) -> Fragment:
        """Both together; titles and other annotations of `other` win."""
        return Fragment(
            merged(self.keywords, other.keywords),
            _both(self.properties, other.properties),
            unique((*self.required, *other.required)),
            (*self.switches, *other.switches),
            _both(self.offered, other.offered),
        )


def _both(one: dict[str, tuple[Any, ...]], other: dict[str, tuple[Any, ...]]) -> dict[str, tuple[Any, ...]]:
    if not other:
        return one
    return {name: (*one.get(name, ()), *other.get(name, ())) for name in (one | other)}


def unique(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names in order, each once."""
    return tuple(dict.fromkeys(names))


def fragment(schema: Any) -> Fragment:
    """The fragment of a schema without references."""
    if not isinstance(schema, dict):
        return Fragment({"not": {}} if schema is False else {})
    own = _own(schema)
    whole = own
    for member in schema.get("allOf", []):
        whole = whole.plus(fragment(member))
    for extra in (*_conditionals(schema), *_unions(schema)):
        whole = whole.plus(extra)
    # What stands beside an allOf (or $ref) says it more precisely than its members: the schema's own title wins.
    return replace(whole, keywords=merged(whole.keywords, own.keywords) if schema.get("allOf") else whole.keywords)


def _own(schema: dict[str, Any]) -> Fragment:
    keywords = {key: value for key, value in schema.items() if key not in APPLICATORS}
    for key in ("oneOf", "anyOf"):
        if is_about_objects(keywords.get(key)):
            del keywords[key]
    properties = {name: (value,) for name, value in schema.get("properties", {}).items()}
    return Fragment(keywords, properties, unique(tuple(schema.get("required", ()))))


def _conditionals(schema: dict[str, Any]) -> Iterator[Fragment]:
    """if/then/else and dependent*, each as a fragment with one switch."""
    if "if" in schema and ("then" in schema or "else" in schema):
        holds = predicate(schema["if"])
        branches = tuple(fragment(schema.get(key, {})) for key in ("then", "else"))
        yield Fragment(switches=(Switch(lambda answers: 0 if holds(answers) else 1, branches),))
    for name, names in schema.get("dependentRequired", {}).items():
        yield Fragment(switches=(_when_present(name, Fragment(required=tuple(names))),))
    for name, dependent in schema.get("dependentSchemas", {}).items():
        yield Fragment(switches=(_when_present(name, fragment(dependent)),))


def _when_present(name: str, branch: Fragment) -> Switch:
    return Switch(lambda answers: 0 if isinstance(answers, dict) and name in answers else -1, (branch,))


def _unions(schema: dict[str, Any]) -> Iterator[Fragment]:
    for key in ("oneOf", "anyOf"):
        if is_about_objects(schema.get(key)):
            yield _union(schema[key], key)


def _union(schemas: list[Any], key: str) -> Fragment:
    """One of several kinds of object: told apart by a property of constant values, else by what is valid."""
    branches = [fragment(schema) for schema in schemas]
    found = discriminator([branch.properties for branch in branches])
    if found is None:
        return _undiscriminated(schemas, branches, key)
    name, values = found
    always = name if all(name in branch.required for branch in branches) else None
    choice = union([branch.properties[name][-1] for branch in branches])
    rest = tuple(_without(branch, name) for branch in branches)
    return Fragment(
        properties={name: (choice,)},
        required=(always,) if always else (),
        switches=(Switch(_selector(name, values, len(rest)), (*rest, _shared(rest))),),
    )


def _selector(name: str, values: list[list[Any]], undecided: int) -> Callable[[Any], int]:
    """The branch whose constant is the answer; the last one (what all share) while there is none."""
    index = {_key(value): place for place, group in enumerate(values) for value in group}

    def select(answers: Any) -> int:
        value = answers.get(name) if isinstance(answers, dict) else None
        return undecided if isinstance(value, dict | list) else index.get(_key(value), undecided)

    return select


def _key(value: Any) -> tuple[bool, Any]:
    return isinstance(value, bool), value


def _without(branch: Fragment, name: str) -> Fragment:
    properties = {key: value for key, value in branch.properties.items() if key != name}
    return replace(branch, properties=properties, required=tuple(key for key in branch.required if key != name))


def _shared(branches: tuple[Fragment, ...]) -> Fragment:
    """What is asked whatever is chosen: the properties that all branches declare alike."""
    first, *others = branches
    properties = {
        name: schemas
        for name, schemas in first.properties.items()
        if all(o.properties.get(name) == schemas for o in others)
    }
    return Fragment({}, properties, _common(branches))


def _common(branches: tuple[Fragment, ...]) -> tuple[str, ...]:
    first, *others = branches
    return tuple(name for name in first.required if all(name in other.required for other in others))


def _undiscriminated(schemas: list[Any], branches: list[Fragment], key: str) -> Fragment:
    """Without a telling property: every field of every branch may be answered, and the validator alone judges whether
    the answers fit one of them; required is only what every branch asks.
    """
    found: dict[str, tuple[Any, ...]] = {}
    for branch in branches:
        found = _both(found, offered(branch))
    keywords: dict[str, Any] = {key: schemas} | ({OFFERS: True} if found else {})
    return Fragment(keywords, required=_common(tuple(branches)), offered=found)


def offered(branch: Fragment) -> dict[str, tuple[Any, ...]]:
    """Every property that a branch can have, whatever is answered."""
    found = _both(branch.properties, branch.offered)
    for inner in (one for switch in branch.switches for one in switch.branches):
        found = _both(found, offered(inner))
    return {name: tuple(one for one in schemas if one is not False) for name, schemas in found.items()}
