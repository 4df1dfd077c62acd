"""Rule tables (自動承認の表) in the editor: rows are rules, columns are facts, cells are comparisons in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from forms_engine.builder_desk.comparisons import number
from forms_engine.builder_desk.fact_comparisons import Asked
from forms_engine.builder_desk.route_drawing import Node
from forms_engine.builder_desk.route_facts import NUMBER, TRUTH, Fact, titles_of
from forms_engine.builder_desk.route_people import Organisation
from forms_engine.builder_desk.route_properties import Who
from forms_engine.builder_desk.settings import CHOICE, DAY, LINES, TEXT, Setting
from forms_engine.builder_desk.settings import NUMBER as DIGITS
from schemas.conditions import explain
from schemas.coverage import coverage
from schemas.editing import CommandRefused

Rule = Mapping[str, Any]


@dataclass(frozen=True)
class Cell:
    """What one rule asks of one fact; ``at`` is its place in the document."""

    asked: Asked
    at: str

    @property
    def id(self) -> str:
        return "cell" + "".join(one if one.isalnum() else "-" for one in self.at)


@dataclass(frozen=True)
class Row:
    """One rule with its cells, and what can be set of it."""

    rule: Rule
    place: int
    cells: Sequence[Cell]
    settings: Sequence[Setting]

    @property
    def before(self) -> int:
        return self.place - 1

    @property
    def after(self) -> int:
        return self.place + 1


@dataclass(frozen=True)
class Told:
    """What one rule says of the answers that were tried: whether it holds, and why, fact by fact."""

    title: str
    held: bool
    findings: Sequence[tuple[bool, str]]


@dataclass(frozen=True)
class Table:
    """A table as it is edited. ``pending`` names columns, between commas, that were added and ask nothing yet."""

    node: Node
    people: Organisation
    language: str
    pending: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)

    @property
    def sampled_to(self) -> Who:
        """Who looks at the share that people look at all the same."""
        return Who(self.node.step.get("sample_to"))

    @property
    def tries(self) -> list[tuple[Fact, str, str]]:
        """What is asked to try the table: each fact, its control's name, what was typed."""
        named = [(fact, f"try_{place}") for place, fact in enumerate(self.columns)]
        return [(fact, name, self.typed.get(name, "")) for fact, name in named]

    @property
    def rules(self) -> Sequence[Rule]:
        return list(self.node.step.get("table", ()))

    @cached_property
    def columns(self) -> list[Fact]:
        """The facts that any rule looks at."""
        names = dict.fromkeys(name for rule in self.rules for name in rule["when"])
        names |= dict.fromkeys(name for name in self.pending.split(",") if name in self.people.facts)
        return [self.people.facts[name] for name in names]

    @cached_property
    def others(self) -> list[Fact]:
        """Facts that could become columns."""
        return [one for one in self.people.offered if one not in self.columns]

    @cached_property
    def rows(self) -> list[Row]:
        return [
            Row(rule, place, list(self._cells(rule, place)), list(self._settings(rule, place)))
            for place, rule in enumerate(self.rules)
        ]

    @cached_property
    def settings(self) -> list[Setting]:
        return list(_settings_of(self.node))

    @cached_property
    def coverage(self) -> list[str]:
        """Gaps and overlaps in words; of rules that look at nothing yet, nothing can be said."""
        rules = [rule for rule in self.rules if rule["when"]]
        schemas = {fact.name: dict(fact.schema) for fact in self.columns if fact.schema}
        titles = titles_of(self.people.facts) | {rule["key"]: rule["title"] for rule in rules}
        return coverage(rules, schemas).messages(self.language, titles) if rules else []

    def tried(self, posted: QueryDict) -> list[Told]:
        """What each rule says of the answers that were typed. Raises CommandRefused for what is no answer."""
        facts = dict(self._answers(posted))
        titles = titles_of(self.people.facts)
        told = []
        for rule in self.rules:
            found = explain(rule["when"], facts, titles)
            said = [(one.held, one.message(self.language)) for one in found]
            told.append(Told(rule["title"], bool(found) and all(one.held for one in found), said))
        return told

    def _answers(self, posted: QueryDict) -> Iterator[tuple[str, Any]]:
        for place, fact in enumerate(self.columns):
            text = posted.get(f"try_{place}", "").strip()
            if text:
                yield fact.name, answer(fact, text)

    def _cells(self, rule: Rule, place: int) -> Iterator[Cell]:
        for fact in self.columns:
            at = f"{self.node.pointer}/table/{place}/when/{fact.name.replace('~', '~0').replace('/', '~1')}"
            yield Cell(Asked(fact, rule["when"].get(fact.name), self.language), at)

    def _settings(self, rule: Rule, place: int) -> Iterator[Setting]:
        extra, at = {"step": self.node.key, "rule": rule["key"]}, f"{self.node.pointer}/table/{place}"
        yield Setting("retitle_rule", "title", _("規則の名前"), rule["title"], seen=f"{at}/title", extra=extra)
        departments = [("", _("決めていない")), *self.people.departments.items()]
        outcomes = [("approved", _("自動で承認する")), ("person", _("人に回す"))]
        given = [
            ("outcome", _("当てはまったら"), CHOICE, "", outcomes),
            ("legal_basis", _("根拠となる法令・要綱"), TEXT, "", ()),
            ("owner", _("この規則に責任を持つ課"), CHOICE, "", departments),
            ("valid_from", _("有効期間の初日"), DAY, _("空なら、いつからでも。"), ()),
            ("valid_until", _("有効期間の最終日"), DAY, _("空なら、期限なし。"), ()),
            ("conditions", _("承認に付ける条件"), LINES, _("1行に1つ書きます。"), ()),
        ]
        for name, label, kind, help, choices in given:
            value = rule.get(name, [] if kind == LINES else "")
            shown = value.get("department", "") if isinstance(value, Mapping) else value
            own = {**extra, "name": name, "value_type": "lines" if kind == LINES else "text"}
            stands = rule.get(name)
            yield Setting("set_rule", "value", label, shown, kind, help, f"{at}/{name}", own, choices, stands=stands)


def answer(fact: Fact, text: str) -> Any:
    """A typed or chosen answer as the form would give it."""
    if fact.kind == TRUTH:
        return text == "true"
    named = {str(value): value for value, _label in fact.choices}
    if named and text not in named:
        raise CommandRefused(
            "edit_no_such_answer", {"text": text, "choices": [label for _value, label in fact.choices]}
        )
    value = named.get(text, text)
    if fact.kind == NUMBER:
        return number(text)
    return [value] if fact.schema.get("type") == "array" else value


def _settings_of(node: Node) -> Iterator[Setting]:
    step, extra, at = node.step, {"step": node.key}, node.pointer
    hits = [
        ("first", _("上から見て、最初に当てはまった規則で決める")),
        ("unique", _("1つだけに当てはまるときに決める（重なったら人へ）")),
        ("collect", _("当てはまったものをすべて集める")),
    ]
    days = [("decision", _("判断する日")), ("arrival", _("申請が届いた日"))]
    share = _("自動で承認したものの一部を、人が確かめます。")
    samples = [("after", _("承認したあとに見る")), ("before", _("承認する前に見る"))]
    given = [
        ("hit", _("いくつも当てはまったとき"), CHOICE, step.get("hit", "first"), hits, ""),
        ("judged_on", _("有効期間をどの日で見るか"), CHOICE, step.get("judged_on", "decision"), days, ""),
        ("sample_percent", _("抜き取りの割合（％）"), DIGITS, step.get("sample_percent"), (), share),
        ("sample", _("抜き取って見るとき"), CHOICE, step.get("sample", "after"), samples, ""),
    ]  # fmt: skip
    for name, label, kind, value, choices, help in given:
        own = {**extra, "name": name, "value_type": "integer" if kind == DIGITS else "text"}
        stands = step.get(name)
        yield Setting("set_table", "value", label, value, kind, help, f"{at}/{name}", own, choices, stands=stands)
