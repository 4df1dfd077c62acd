"""The structure of a workflow version (決裁経路): its JSON as frozen dataclasses, step by step."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from workflows import places
from workflows.staff_fields import StaffFields, with_texts
from workflows.tables import AuthorityRow, RulesStep, rules_step

#: What a person may do at a step, and the outcome that is recorded for it.
OUTCOMES: Mapping[str, str] = {
    "approve": "approved",
    "refuse": "refused",
    "object": "objected",
    "return": "returned",
    "request_correction": "correction",
}
MAY_AT_APPROVAL = ("approve", "return", "request_correction")
MAY_AT_DECISION = ("approve", "refuse", "return", "request_correction")
MAY_AT_CONSULTATION = ("approve", "object")
#: Ends the key of a step that somebody put in (追加承認) before the step that it is named after.
ADDED = "__added"


@dataclass(frozen=True)
class Watch:
    """When a task is reminded of (催促) and when somebody above hears of it (上申), in working days since it came."""

    remind_after: int | None = None
    escalate_after: int | None = None
    escalate_to: Mapping[str, Any] | None = None


NOT_WATCHED = Watch()


@dataclass(frozen=True)
class HumanStep:
    """A step at which a person approves, is consulted (合議) or, if ``kind`` is "decision", decides (決裁)."""

    key: str
    kind: str
    title: str
    by: Mapping[str, Any]
    working_days: int | None
    may: tuple[str, ...]
    authority: tuple[AuthorityRow, ...] = ()
    substitutes: tuple[Mapping[str, Any], ...] = ()
    hold_stops_clock: bool = False
    watch: Watch = NOT_WATCHED
    fields: StaffFields | None = None

    @property
    def is_decision(self) -> bool:
        return self.kind == "decision"

    @property
    def outcomes(self) -> tuple[str, ...]:
        return tuple(OUTCOMES[word] for word in self.may if word in OUTCOMES)

    @property
    def every_by(self) -> tuple[Mapping[str, Any], ...]:
        """Whom it may wait for: the one, or those of its table of authority."""
        return tuple(row.by for row in self.authority) or (self.by,)


@dataclass(frozen=True)
class Branch:
    """Steps to take where the condition holds; without a condition, otherwise (and always where all are taken)."""

    when: Mapping[str, Any] | None
    steps: "tuple[Step, ...]"
    title: str = ""


@dataclass(frozen=True)
class ChoiceStep:
    """The first branch whose condition holds is taken; if none does, none is."""

    key: str
    title: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class ParallelStep:
    """Branches that run beside each other (並列) until enough of them agree, or too many do not.

    ``kind`` is "consultation" (合議) where each branch is one person who is consulted, or one after the other if there
    is one branch only.  ``need`` is "all", "any", a number of branches, or {"percent": …} of them, rounded up.
    """

    key: str
    kind: str
    title: str
    branches: tuple[Branch, ...]
    need: Any = "all"
    if_not_agreed: str = "return"

    @property
    def needed(self) -> int:
        """How many branches have to agree."""
        total = len(self.branches)
        if isinstance(self.need, Mapping):
            return max(1, -(-total * int(self.need["percent"]) // 100))
        named = {"all": total, "any": 1}
        return min(total, named[self.need] if isinstance(self.need, str) else int(self.need))

    def people(self) -> tuple[HumanStep, ...]:
        """Every person in it."""
        return tuple(step for step in places.flat([self]) if isinstance(step, HumanStep))

    def verdict(self, agreed: int, objected: int) -> str:
        """ "approved" or "objected" as soon as the outcome is certain; empty while it is not."""
        if agreed >= self.needed:
            return "approved"
        return "objected" if len(self.branches) - objected < self.needed else ""


@dataclass(frozen=True)
class GroupStep:
    """Another workflow (部品) whose steps were taken over when this one was published."""

    key: str
    title: str
    steps: "tuple[Step, ...]"
    workflow: str = ""


@dataclass(frozen=True)
class AsideStep:
    """A step that holds nobody up: 後閲, 供覧, 通知, or an action outside.  ``to`` says for whom or where."""

    key: str
    kind: str
    title: str
    to: tuple[Any, ...]
    working_days: int | None = None
    do: str = ""
    facts: tuple[str, ...] = ()


Step = RulesStep | HumanStep | ChoiceStep | ParallelStep | GroupStep | AsideStep
#: What a case can be returned to: a step of one person, or a block as a whole.
Unit = HumanStep | ParallelStep


@dataclass(frozen=True)
class WorkflowSpec:
    """A whole workflow, in the order of its document.  ``four_eyes``: nobody approves at two of its steps.

    A part (部品) is there to be taken over by other workflows; no case runs on it.
    """

    key: str
    title: str
    steps: tuple[Step, ...]
    four_eyes: bool = False
    is_part: bool = False

    @classmethod
    def load(cls, document: Mapping[str, Any]) -> "WorkflowSpec":
        """The structure of a document that schemas.check() found no problem in."""
        flags = document.get("four_eyes", False), document.get("part", False)
        return cls(document["workflow"], document["title"], _steps(with_texts(document)), *flags)

    def every_step(self) -> Iterator[Step]:
        return places.flat(self.steps)

    def human_steps(self) -> tuple[HumanStep, ...]:
        return tuple(step for step in self.every_step() if isinstance(step, HumanStep))

    @cached_property
    def has_staff_fields(self) -> bool:
        """Whether staff fill in anything on the way."""
        return any(step.fields for step in self.human_steps())

    def step(self, key: str) -> Step:
        """The step of that key, also one that was put in before it; raises KeyError if there is none."""
        found = next((step for step in self.every_step() if step.key == key.removesuffix(ADDED)), None)
        if found is None:
            raise KeyError(key)
        return added_before(found) if key.endswith(ADDED) and isinstance(found, HumanStep) else found

    def title_of(self, key: str) -> str:
        """What a step is called, for people."""
        return self.step(key).title or key

    def before(self, key: str) -> tuple[Unit, ...]:
        """What may lie on the way to this step: persons and whole blocks; nothing of a branch beside it."""
        passed = places.before(self.steps, key.removesuffix(ADDED)) or ()
        return tuple(step for step in passed if isinstance(step, HumanStep | ParallelStep))

    def redone(self, to: str, at: str) -> frozenset[str]:
        """The steps to be gone through again if a case at ``at`` is returned to ``to``: what comes later is void."""
        beside = places.beside(self.steps, to)
        keys = {step.key for step in places.since(self.steps, to) if isinstance(step, HumanStep)} - beside
        return frozenset(keys | {at})

    def origins(self, key: str) -> tuple[tuple[str, str], ...]:
        """Workflow and key of a step: here, and in every workflow (部品) that it was taken over from."""
        groups = [each for each in self.every_step() if isinstance(each, GroupStep) and places.holds(each, key)]
        return ((self.key, key), *((each.workflow, key.removeprefix(f"{each.key}__")) for each in groups))

    def blocks(self, key: str) -> tuple[ParallelStep, ...]:
        """The parallel blocks around a step, outer ones first."""
        return places.blocks(self.steps, key.removesuffix(ADDED)) or ()


def added_before(step: HumanStep) -> HumanStep:
    """The step that somebody put in before this one."""
    may = ("approve", "object", "return", "hold", "forward")
    return replace(step, key=step.key + ADDED, kind="approval", may=may, authority=(), substitutes=(), fields=None)


def _steps(entries: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(READERS[entry["kind"]](entry) for entry in entries)


def _human(entry: Mapping[str, Any]) -> HumanStep:
    default = MAY_AT_DECISION if entry["kind"] == "decision" else MAY_AT_APPROVAL
    rows = (AuthorityRow(row.get("when"), row["by"], row.get("title", "")) for row in entry.get("authority", ()))
    return HumanStep(
        entry["key"],
        entry["kind"],
        entry["title"],
        entry.get("by", {}),
        entry.get("working_days"),
        tuple(entry.get("may", default)),
        tuple(rows),
        tuple(entry.get("substitutes", ())),
        entry.get("hold_stops_clock", False),
        _watch(entry),
        StaffFields.of(entry),
    )


def _watch(entry: Mapping[str, Any]) -> Watch:
    return Watch(entry.get("remind_after"), entry.get("escalate_after"), entry.get("escalate_to"))


def _choice(entry: Mapping[str, Any]) -> ChoiceStep:
    branches = (Branch(case.get("when"), _steps(case["steps"]), case.get("title", "")) for case in entry["cases"])
    return ChoiceStep(entry["key"], entry.get("title", ""), tuple(branches))


def _parallel(entry: Mapping[str, Any]) -> ParallelStep:
    branches = tuple(Branch(None, _steps(each["steps"]), each.get("title", "")) for each in entry["branches"])
    return _block(entry, branches)


def _consultation(entry: Mapping[str, Any]) -> ParallelStep:
    """Each member is a step of their own; all in one branch where they are asked in order."""
    members = tuple(_member(entry, number, member) for number, member in enumerate(entry["members"], start=1))
    if entry.get("order") == "sequence":
        return _block(entry, (Branch(None, members, entry["title"]),))
    return _block(entry, tuple(Branch(None, (member,), member.title) for member in members))


def _member(entry: Mapping[str, Any], number: int, member: Mapping[str, Any]) -> HumanStep:
    may = tuple(entry.get("may", MAY_AT_CONSULTATION))
    title = member.get("title", entry["title"])
    days, stops = entry.get("working_days"), entry.get("hold_stops_clock", False)
    key, fields = f"{entry['key']}__{number}", StaffFields.of(entry)
    step = HumanStep(key, "consultation", title, member["by"], days, may, hold_stops_clock=stops, fields=fields)
    return replace(step, watch=_watch(entry))


def _block(entry: Mapping[str, Any], branches: tuple[Branch, ...]) -> ParallelStep:
    need, failed = entry.get("need", "all"), entry.get("if_not_agreed", "return")
    return ParallelStep(entry["key"], entry["kind"], entry.get("title", ""), branches, need, failed)


def _group(entry: Mapping[str, Any]) -> GroupStep:
    return GroupStep(entry["key"], entry.get("title", ""), _steps(entry["steps"]), entry["workflow"])


def _aside(entry: Mapping[str, Any]) -> AsideStep:
    to = entry["to"] if isinstance(entry["to"], list) else [entry["to"]]
    days, title, facts = entry.get("working_days"), entry.get("title", ""), tuple(entry.get("facts", ()))
    return AsideStep(entry["key"], entry["kind"], title, tuple(to), days, entry.get("do", ""), facts)


READERS: Mapping[str, Callable[[Mapping[str, Any]], Step]] = {
    "rules": rules_step,
    "approval": _human,
    "decision": _human,
    "choice": _choice,
    "parallel": _parallel,
    "consultation": _consultation,
    "workflow": _group,
    "later_reading": _aside,
    "circulation": _aside,
    "notify": _aside,
    "action": _aside,
}
