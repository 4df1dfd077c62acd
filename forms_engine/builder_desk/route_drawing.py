"""The drawing of a route (経路の図): steps from top to bottom as they run, branches beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from forms_engine.builder_desk.fact_comparisons import sentence
from forms_engine.builder_desk.route_people import Organisation
from schemas.editing.route_palette import ROUTE_PALETTE

Step = Mapping[str, Any]


@dataclass(frozen=True)
class Joint:
    """A place between two steps where another can be added; ``address`` is the list that it is in, and the place."""

    into: str
    branch: int
    at: int

    @property
    def address(self) -> str:
        return f"{self.into}.{self.branch}.{self.at}"

    @property
    def id(self) -> str:
        return f"joint-{self.into or 'route'}-{self.branch}-{self.at}"

    @classmethod
    def read(cls, text: str) -> Joint | None:
        """The joint of an address; None for what is none."""
        into, _sign, rest = text.partition(".")
        branch, _sign, at = rest.partition(".")
        return cls(into, int(branch), int(at)) if branch.isdecimal() and at.isdecimal() and len(rest) < 12 else None


@dataclass(frozen=True)
class Line:
    """Steps that run one after another. Between them, before and after, are the joints."""

    into: str
    branch: int
    nodes: Sequence[Node]

    @property
    def address(self) -> str:
        return f"{self.into}.{self.branch}"

    @property
    def first(self) -> Joint:
        return Joint(self.into, self.branch, 0)


@dataclass(frozen=True)
class Branch:
    """One way of a choice, or one line of a parallel block: its name, when it is taken, its steps."""

    number: int
    title: str
    words: str
    line: Line


@dataclass(frozen=True)
class Node:
    """One step as it is drawn. ``pointer`` is where it stands in the document."""

    step: Step
    pointer: str
    people: Sequence[str]
    branches: Sequence[Branch]
    after: Joint

    @property
    def key(self) -> str:
        return str(self.step["key"])

    @property
    def kind(self) -> str:
        return str(self.step["kind"])

    @property
    def kind_title(self) -> str:
        part = ROUTE_PALETTE.get(self.kind)
        return part.title(get_language() or "ja") if part else _others().get(self.kind, self.kind)

    @property
    def title(self) -> str:
        return str(self.step.get("title") or self.kind_title)

    @property
    def days(self) -> int | None:
        return self.step.get("working_days")


def _others() -> dict[str, str]:
    return {"workflow": _("ほかの経路を通る"), "action": _("外のしくみに送る")}


def drawing(document: Mapping[str, Any], people: Organisation, language: str) -> Line:
    """The whole route."""
    return _line(document["steps"], "/steps", "", 0, people, language)


def nodes(line: Line) -> Iterator[Node]:
    """Every step of a drawing, outer ones first."""
    for node in line.nodes:
        yield node
        for branch in node.branches:
            yield from nodes(branch.line)


def lines(line: Line, within: str = "") -> Iterator[tuple[Line, str]]:
    """Every list of steps with its name in words."""
    yield line, within or _("経路の最後")
    for node in line.nodes:
        for branch in node.branches:
            name = branch.title or branch.words or _("%(number)s番目の枝") % {"number": branch.number + 1}
            yield from lines(branch.line, _("「%(step)s」の「%(branch)s」") % {"step": node.title, "branch": name})


def _line(steps: Sequence[Step], at: str, into: str, branch: int, people: Organisation, language: str) -> Line:
    drawn = [
        Node(
            step, f"{at}/{place}", list(_people(step, people)),
            list(_branches(step, f"{at}/{place}", people, language)), Joint(into, branch, place + 1),
        )
        for place, step in enumerate(steps)
    ]  # fmt: skip
    return Line(into, branch, drawn)


def _branches(step: Step, at: str, people: Organisation, language: str) -> Iterator[Branch]:
    name = "cases" if "cases" in step else "branches"
    for number, part in enumerate(step.get(name, ())):
        words = (
            _("それ以外")
            if part.get("otherwise")
            else sentence(part["when"], people.facts, language)
            if name == "cases"
            else ""
        )
        line = _line(part["steps"], f"{at}/{name}/{number}/steps", step["key"], number, people, language)
        yield Branch(number, part.get("title", ""), words, line)


def _people(step: Step, people: Organisation) -> Iterator[str]:
    if "by" in step:
        yield people.words(step["by"])
    for row in [*step.get("members", ()), *step.get("authority", ())]:
        yield row.get("title") or people.words(row["by"])
    to = step.get("to", ())
    if step["kind"] != "action":
        yield from map(people.words, to if isinstance(to, list | tuple) else [to])
