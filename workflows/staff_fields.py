"""Staff fields (職員記入欄): what a step asks of who acts at it, and what was filled in there (記入) as facts.

An entry is salted before it is signed: the applicant is given the signatures of all decisions, and could otherwise try
out which amount has the digest that stands there.
"""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from schemas.problems import Problem
from schemas.route_parts import walk
from schemas.staff_fields import fact_name, judged
from schemas.validation import problems

if TYPE_CHECKING:
    from workflows.cases import Case
    from workflows.spec import WorkflowSpec

#: Outcomes with which a case goes on, so that what is required must be filled in.
ONWARD = frozenset({"approved"})
#: Outcomes that leave the step undone: what was filled in is kept, and is no fact.
UNDONE = frozenset({"returned", "correction"})
#: Bytes of the salt that stands beside entries.
SALT = 16


@dataclass(frozen=True)
class StaffFields:
    """The fields of one step; ``texts`` are their translations by language, by pointer into ``properties``."""

    properties: Mapping[str, Any]
    required: tuple[str, ...] = ()
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Mapping[str, Any]) -> "StaffFields | None":
        """Those of a step's document, told by ``with_texts``; None where it asks for nothing."""
        found = entry.get("staff_fields")
        if found is None:
            return None
        return cls(found["properties"], tuple(found.get("required", ())), found.get("texts", {}))

    @cached_property
    def schema(self) -> dict[str, Any]:
        """What entries of who lets the case go on must fit."""
        return judged({"properties": self.properties, "required": self.required})

    @cached_property
    def loose(self) -> dict[str, Any]:
        """What entries of anybody else must fit: the same, with nothing required."""
        return judged({"properties": self.properties}, is_onward=False)

    def problems(self, entries: Mapping[str, Any], outcome: str) -> list[Problem]:
        """What is wrong with entries for a decision of this outcome."""
        return problems(self.schema if outcome in ONWARD else self.loose, dict(entries))

    def title(self, name: str, language: str = "ja") -> str:
        """What a field is called."""
        translated = self.texts.get(language, {}).get(f"/properties/{name}/title")
        return str(translated or self.properties.get(name, {}).get("title", name))


def with_texts(document: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The steps of a workflow, each with the translations of its own staff fields in them."""
    found = {at: step["staff_fields"] for at, step in walk(document["steps"], "/steps") if "staff_fields" in step}
    if not (found and document.get("translations")):
        steps: Sequence[Mapping[str, Any]] = document["steps"]
        return steps
    told = {id(fields): {**fields, "texts": _texts(document, f"{at}/staff_fields")} for at, fields in found.items()}
    return [_told(step, told) for step in document["steps"]]


def _texts(document: Mapping[str, Any], at: str) -> dict[str, dict[str, str]]:
    return {
        language: {place.removeprefix(at): text for place, text in texts.items() if place.startswith(f"{at}/")}
        for language, texts in document["translations"].items()
    }


def _told(part: Any, told: Mapping[int, Any]) -> Any:
    if isinstance(part, list):
        return [_told(one, told) for one in part]
    if isinstance(part, Mapping):
        return told.get(id(part)) or {name: _told(value, told) for name, value in part.items()}
    return part


def sealed(entries: Mapping[str, Any]) -> dict[str, Any] | None:
    """What stands in a decision for these entries, and is signed; None for nothing."""
    return {"values": dict(entries), "salt": secrets.token_hex(SALT)} if entries else None


def facts_of(case: "Case") -> dict[str, Any]:
    """What staff filled in on the way and still stands; of a step that was done again, what was filled in last."""
    if not case.spec.has_staff_fields:
        return {}
    made = case.decisions.filter(voided_at=None, entries__isnull=False).exclude(outcome__in=UNDONE).order_by("number")
    return {fact_name(each.step, name): value for each in made for name, value in each.filled_in.items()}


def last_entries(case: "Case", step: str) -> dict[str, Any]:
    """What was last filled in at a step, whether it still stands or not: what doing it again begins with."""
    made = case.decisions.filter(step=step, entries__isnull=False).order_by("-number").first()
    return dict(made.filled_in) if made else {}


def titles_of(spec: "WorkflowSpec", language: str) -> dict[str, str]:
    """What the facts that staff fill in are called: 「現地調査：査定額」."""
    return dict(_titles(spec, language))


def _titles(spec: "WorkflowSpec", language: str) -> Iterator[tuple[str, str]]:
    for step in spec.human_steps():
        for name, schema in step.fields.properties.items() if step.fields else ():
            fact = fact_name(step.key, name)
            yield fact, f"{step.title}：{step.fields.title(name, language)}" if step.fields else name
            yield from ((f"{fact}={one['const']}", one["title"]) for one in schema.get("oneOf", ()))
