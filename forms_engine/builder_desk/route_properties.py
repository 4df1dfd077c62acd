"""What can be set of the step that is selected in the drawing, each with what stands there now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from forms_engine.builder_desk.fact_comparisons import Asked, asked_of
from forms_engine.builder_desk.route_drawing import Line, Node, lines, nodes
from forms_engine.builder_desk.route_facts import Fact
from forms_engine.builder_desk.route_people import NOBODY, Organisation, where_of
from forms_engine.builder_desk.route_staff_fields import StaffField, offered_parts, staff_fields_of
from forms_engine.builder_desk.settings import CHOICE, NUMBER, TEXT, TICK, Setting
from workflows.spec import MAY_AT_APPROVAL, MAY_AT_DECISION

TIMED = ("approval", "decision", "consultation", "later_reading", "circulation")
HUMAN = ("approval", "decision", "consultation")
BLOCKS = ("consultation", "parallel")


@dataclass(frozen=True)
class Who:
    """Somebody in the two controls: where they stand, and in which role."""

    by: Any
    title: str = ""
    place: int = 0

    @property
    def where(self) -> str:
        return where_of(self.by)

    @property
    def role(self) -> str:
        return str(self.by.get("role", "")) if isinstance(self.by, Mapping) else ""


@dataclass(frozen=True)
class Conditioned:
    """A branch or a row of authority whose condition is built here, fact by fact."""

    number: int
    at: str
    title: str
    is_otherwise: bool
    asked: Sequence[Asked]
    others: Sequence[Fact]
    when: Mapping[str, Any]
    who: Who | None = None


@dataclass(frozen=True)
class Selected:
    """The selected step. ``pending`` ("1:fee") is a fact that a condition is about to be set on."""

    node: Node
    route: Line
    people: Organisation
    language: str
    pending: str = ""

    @property
    def step(self) -> Mapping[str, Any]:
        return self.node.step

    @cached_property
    def named(self) -> Setting:
        """What it is called: of all settings the first."""
        title, at = self.step.get("title", ""), self.node.pointer
        extra = {"step": self.node.key}
        return Setting("retitle_step", "title", _("段階の名前"), title, seen=f"{at}/title", extra=extra)

    @cached_property
    def settings(self) -> list[Setting]:
        return list(_settings(self.node))

    @property
    def has_person(self) -> bool:
        return self.node.kind in ("approval", "decision") and "authority" not in self.step

    @property
    def has_authority(self) -> bool:
        return "authority" in self.step

    @property
    def may_have_authority(self) -> bool:
        return self.node.kind == "decision"

    @property
    def who(self) -> Who:
        return Who(self.step.get("by"))

    @property
    def told_late(self) -> Who | None:
        """Who hears that it is late, where somebody is to."""
        return Who(self.step.get("escalate_to")) if "escalate_after" in self.step else None

    @property
    def recipient(self) -> Who | None:
        to = self.step.get("to")
        return Who(to) if self.node.kind == "later_reading" else None

    @cached_property
    def members(self) -> list[Who]:
        """Whose agreement is asked for, and a free row."""
        rows = [Who(row["by"], row.get("title", ""), place) for place, row in enumerate(self.step.get("members", ()))]
        return [*rows, Who(NOBODY, "", len(rows))]

    @cached_property
    def recipients(self) -> list[Who]:
        return _rows(self.step.get("to", ()))

    @cached_property
    def substitutes(self) -> list[Who]:
        return _rows(self.step.get("substitutes", ()))

    @property
    def has_recipients(self) -> bool:
        return self.node.kind in ("circulation", "notify")

    @property
    def is_human(self) -> bool:
        return self.node.kind in HUMAN

    @cached_property
    def may(self) -> list[tuple[str, str, bool]]:
        """What may be done here beside agreeing: word, what it says, whether it is ticked."""
        usual = MAY_AT_DECISION if self.node.kind == "decision" else MAY_AT_APPROVAL
        now = self.step.get("may", ["approve"] if self.node.kind == "consultation" else usual)
        return [(word, label, word in now) for word, label in _acts(self.node.kind) if word != "approve"]

    @property
    def may_now(self) -> Any:
        return self.step.get("may")

    @cached_property
    def branches(self) -> list[Conditioned]:
        name = "cases" if "cases" in self.step else "branches"
        rows = self.step.get(name, ())
        return [
            self._conditioned(row, number, f"{self.node.pointer}/{name}/{number}") for number, row in enumerate(rows)
        ]

    @cached_property
    def authority(self) -> list[Conditioned]:
        rows = self.step.get("authority", ())
        at = f"{self.node.pointer}/authority"
        return [self._conditioned(row, number, f"{at}/{number}") for number, row in enumerate(rows)]

    @cached_property
    def staff_fields(self) -> list[StaffField]:
        """What staff fill in at the step."""
        return staff_fields_of(self.step, self.node.pointer)

    @property
    def staff_parts(self) -> list[tuple[str, str]]:
        """The kinds of fields that can be added."""
        return offered_parts()

    @property
    def is_choice(self) -> bool:
        return self.node.kind == "choice"

    @cached_property
    def targets(self) -> list[tuple[str, str, str]]:
        """Other lists of steps that it can be moved to: block, branch, name; not those inside itself."""
        inside = {branch.line.address for one in nodes(Line("", 0, [self.node])) for branch in one.branches}
        own = next((line.address for line, _name in lines(self.route) if self.node in line.nodes), "")
        every = [(line, name) for line, name in lines(self.route) if line.address not in {*inside, own}]
        return [(line.into, str(line.branch), name) for line, name in every]

    def _conditioned(self, row: Mapping[str, Any], number: int, at: str) -> Conditioned:
        when = row.get("when", {})
        asked = asked_of(when, self.people.facts, self.language)
        place, _sign, name = self.pending.partition(":")
        if place == str(number) and name in self.people.facts and name not in when:
            asked.append(Asked(self.people.facts[name], None, self.language))
        named = {one.fact.name for one in asked}
        others = [one for one in self.people.offered if one.name not in named]
        who = Who(row["by"]) if "by" in row else None
        return Conditioned(number, at, row.get("title", ""), bool(row.get("otherwise")), asked, others, when, who)


def selected(route: Line, key: str, people: Organisation, language: str, pending: str = "") -> Selected | None:
    """The step of a key in the drawing; None where there is none (any more)."""
    node = next((one for one in nodes(route) if one.key == key), None) if key else None
    return Selected(node, route, people, language, pending) if node else None


def route_settings(document: Mapping[str, Any]) -> list[Setting]:
    """What is set of the route as a whole."""
    eyes = _("同じ人が、1つの案件の2つの段階で承認できないようにする（相互けん制）")
    return [
        Setting(
            "set_route", "value", _("経路の名前"), document.get("title", ""), seen="/title", extra={"name": "title"}
        ),
        Setting(
            "set_route", "value", _("どんなときに使う経路か"), document.get("description", ""), TEXT,
            seen="/description", extra={"name": "description"},
        ),
        Setting(
            "set_route", "value", eyes, document.get("four_eyes"), TICK, seen="/four_eyes",
            extra={"name": "four_eyes", "value_type": "boolean"},
        ),
    ]  # fmt: skip


def _rows(listed: Any) -> list[Who]:
    rows = [Who(by, "", place) for place, by in enumerate(listed if isinstance(listed, list | tuple) else ())]
    return [*rows, Who(NOBODY, "", len(rows))]


def _settings(node: Node) -> Iterator[Setting]:
    step, at = node.step, node.pointer
    for name, label, kind, type_, choices, help in _offered(node):
        value = step.get(name, _usual(name) if kind == CHOICE else None)
        shown = f"{value['percent']}%" if isinstance(value, Mapping) else value
        extra = {"step": node.key, "name": name, "value_type": type_}
        stands = step.get(name)
        yield Setting("set_step", "value", label, shown, kind, help, f"{at}/{name}", extra, choices, stands=stands)


def _offered(node: Node) -> Iterator[tuple[str, str, str, str, Sequence[tuple[str, str]], str]]:
    if node.kind == "consultation":
        orders = [("together", _("全員に同時に回す")), ("sequence", _("上から順番に回す"))]
        yield "order", _("回し方"), CHOICE, "text", orders, ""
    if node.kind in BLOCKS:
        yield "need", _("何人が同意すれば進むか"), CHOICE, "text", _needs(node), ""
        ways = [("return", _("前の段階に戻す")), ("continue", _("記録して先へ進む"))]
        yield "if_not_agreed", _("同意が足りないとき"), CHOICE, "text", ways, ""
    if node.kind in TIMED:
        yield (
            "working_days",
            _("期限（開庁日の日数）"),
            NUMBER,
            "integer",
            (),
            _("空なら期限なし。土日と休日は数えません。"),
        )
    if node.kind in HUMAN:
        yield "remind_after", _("催促するまでの開庁日の日数"), NUMBER, "integer", (), _("空なら催促しません。")
        yield "escalate_after", _("遅れを報告するまでの開庁日の日数"), NUMBER, "integer", (), _("空なら報告しません。")
        yield "hold_stops_clock", _("保留している間は、期限の日数を数えない"), TICK, "boolean", (), ""


def _usual(name: str) -> str:
    return {"order": "together", "need": "all", "if_not_agreed": "return"}.get(name, "")


def _needs(node: Node) -> list[tuple[str, str]]:
    size = len(node.step.get("members") or node.step.get("branches") or ())
    now = node.step.get("need")
    own = [(f"{now['percent']}%", f"{now['percent']}%")] if isinstance(now, Mapping) else []
    some = [(str(one), _("%(number)s人以上") % {"number": one}) for one in range(2, size)]
    half = [("51%", _("過半数")), ("67%", _("3分の2以上"))]
    found = [("all", _("全員")), ("any", _("だれか1人")), *some, *half, *own]
    return list(dict(found).items())


def _acts(kind: str) -> list[tuple[str, str]]:
    every = {
        "approve_with_conditions": _("条件を付けて承認する"),
        "refuse": _("不承認にする（申請者に理由が伝わります）"),
        "object": _("同意しない（不同意）と答える"),
        "return": _("前の段階に差し戻す"),
        "request_correction": _("申請者に直してもらう（補正）"),
        "hold": _("保留する"),
        "forward": _("ほかの職員に回付する"),
        "add_step": _("承認者を加える"),
        "pull_up": _("前の段階から引き上げる"),
    }
    never = {"decision": {"object"}, "approval": {"approve_with_conditions", "refuse"}}
    left_out = never.get(kind, {"approve_with_conditions", "refuse"})
    return [(word, label) for word, label in every.items() if word not in left_out]
