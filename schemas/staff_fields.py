"""Staff fields (職員記入欄): what a route asks of who acts at a step, and as which facts later steps know it.

An entry is known as ``staff.<step>.<field>``; a consultation asks each of its members, whose steps are counted
(``staff.<step>__<number>.<field>``). No form's own fact begins with ``staff.`` and so can be mistaken for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.pointers import pointer
from schemas.problems import Problem
from schemas.route_parts import Steps, member_key, parts_of, walk
from schemas.schema_checks import schema_trouble

Step = Mapping[str, Any]
BEGINS = "staff."


def fact_name(step: str, field: str) -> str:
    """As which fact what was filled in at a step is known."""
    return f"{BEGINS}{step}.{field}"


def is_entry(fact: str) -> bool:
    """Whether a fact is what staff filled in; also where it is written as a pointer."""
    return fact.removeprefix("/").startswith(BEGINS)


def judged(fields: Mapping[str, Any], is_onward: bool = True) -> dict[str, Any]:
    """The JSON Schema that entries must fit; what is required is so only of who lets a case go on."""
    required = list(fields.get("required", ())) if is_onward else []
    return {
        "type": "object",
        "properties": dict(fields["properties"]),
        "required": required,
        "additionalProperties": False,
    }


def steps_asking(step: Step) -> Iterator[str]:
    """The keys of the steps of people that a step with fields stands for: its own, or those of its members."""
    if "members" in step:
        yield from (member_key(step["key"], number) for number, _member in enumerate(step["members"], start=1))
    else:
        yield step["key"]


def entries_of(step: Step) -> dict[str, Mapping[str, Any]]:
    """The facts that one step gives, each with the schema of its field."""
    fields: Mapping[str, Any] = step.get("staff_fields", {}).get("properties", {})
    return {fact_name(key, name): schema for key in steps_asking(step) for name, schema in fields.items()}


def every_entry(steps: Steps) -> dict[str, Mapping[str, Any]]:
    """All facts that staff fill in on a route, in the order of its steps."""
    return {name: schema for _at, step in walk(steps, "") for name, schema in entries_of(step).items()}


def known_at(steps: Steps, key: str) -> frozenset[str] | None:
    """The facts that staff may have filled in before a step is reached; None if it is not among these."""
    passed: frozenset[str] = frozenset()
    for step in steps:
        if step["key"] == key:
            return passed
        for _name, inside, _at in parts_of(step, ""):
            found = known_at(inside, key)
            if found is not None:
                return passed | found
        passed |= every_entry([step]).keys()
    return None


def staff_field_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Fields that cannot be asked for, and conditions that look at an entry which is not there, or not yet."""
    steps: Steps = document["steps"]
    every, unseen = every_entry(steps), _not_taken_over(steps)
    for at, step in walk(steps, "/steps"):
        yield from _field_problems(step, f"{at}/staff_fields")
        known = known_at(steps, step["key"]) or frozenset()
        for where, fact in looked_at(step, at):
            name = fact.removeprefix("/")
            if is_entry(fact) and name not in known and not name.startswith(unseen or ("-",)):
                code = "workflow_entry_late" if name in every else "workflow_entry_unknown"
                yield Problem(where, code, {"fact": fact})


def _field_problems(step: Step, at: str) -> Iterator[Problem]:
    fields = step.get("staff_fields")
    if fields is None:
        return
    for name, schema in fields["properties"].items():
        yield from schema_trouble(dict(schema), at + pointer(["properties", name]))
    for place, name in enumerate(fields.get("required", ())):
        if name not in fields["properties"]:
            yield Problem(f"{at}/required/{place}", "workflow_entry_required", {"field": name})


def _not_taken_over(steps: Steps) -> tuple[str, ...]:
    """How the entries of parts begin that are only taken over at publication: nobody can say yet what they ask."""
    parts = (step for _at, step in walk(steps, "") if step["kind"] == "workflow" and "steps" not in step)
    return tuple(f"{BEGINS}{step['key']}__" for step in parts)


def looked_at(step: Step, at: str) -> Iterator[tuple[str, str]]:
    """The facts that a step itself names, with the pointer of each place: conditions, assignees, what actions send."""
    for name in ("cases", "authority", "table"):
        for number, row in enumerate(step.get(name, ())):
            here = f"{at}/{name}/{number}"
            yield from ((f"{here}/when{pointer([fact])}", fact) for fact in row.get("when", ()))
            yield from _named_by(row.get("by"), f"{here}/by")
    for number, member in enumerate(step.get("members", ())):
        yield from _named_by(member["by"], f"{at}/members/{number}/by")
    for name in ("by", "escalate_to", "sample_to", "to"):
        yield from _named_by(step.get(name), f"{at}/{name}")
    yield from ((f"{at}/facts/{number}", fact) for number, fact in enumerate(step.get("facts", ())))


def _named_by(assignee: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(assignee, list):
        for number, one in enumerate(assignee):
            yield from _named_by(one, f"{at}/{number}")
    elif isinstance(assignee, Mapping) and "fact" in assignee:
        yield f"{at}/fact", assignee["fact"]


def renamed(step: Step, outer: str) -> dict[str, Any]:
    """A step of a part that is taken over, with the entries that it looks at under the keys that their steps get."""
    return {name: _renamed(name, value, outer) for name, value in step.items()}


def _renamed(name: str, value: Any, outer: str) -> Any:
    """Conditions name facts by their members, assignees by one text, actions in a list; steps inside stay as is."""
    if name == "when":
        return {_new_name(fact, outer): wanted for fact, wanted in value.items()}
    if name == "fact":
        return _new_name(value, outer)
    if name == "facts":
        return [_new_name(fact, outer) for fact in value]
    if isinstance(value, list) and name != "steps":
        return [_renamed("", one, outer) for one in value]
    if isinstance(value, Mapping) and name != "staff_fields":
        return {inner: _renamed(inner, one, outer) for inner, one in value.items()}
    return value


def _new_name(fact: str, outer: str) -> str:
    if not is_entry(fact):
        return fact
    slash = "/" if fact.startswith("/") else ""
    return f"{slash}{BEGINS}{outer}__{fact.removeprefix('/').removeprefix(BEGINS)}"
