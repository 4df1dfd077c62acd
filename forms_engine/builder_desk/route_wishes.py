"""What a builder wishes of a route: who, conditions and rows, read from small forms into commands."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import QueryDict

from forms_engine.builder_desk import wishes
from forms_engine.builder_desk.comparisons import number
from forms_engine.builder_desk.fact_comparisons import Comparison, compared
from forms_engine.builder_desk.route_drawing import Joint
from forms_engine.builder_desk.route_facts import Fact, Facts
from forms_engine.builder_desk.route_people import read_who
from schemas.editing import CommandRefused
from schemas.editing.draft import Draft
from schemas.editing.step_commands import step_of

Document = dict[str, Any]
Command = dict[str, Any]
Rows = list[dict[str, Any]]


def command(posted: QueryDict, document: Document, facts: Facts) -> Command:
    """The command that was posted. Raises CommandRefused."""
    reader = READERS.get(posted.get("do", ""))
    return reader(posted, document, facts) if reader else wishes.command(posted, document)


def _add_step(posted: QueryDict, document: Document, facts: Facts) -> Command:
    joint = Joint.read(posted.get("joint", ""))
    place = {"into": joint.into, "branch": joint.branch, "at": joint.at} if joint else {}
    return {"do": "add_step", "kind": posted.get("kind", ""), "title": posted.get("title", ""), **place}


def _set_step(posted: QueryDict, document: Document, facts: Facts) -> Command:
    name = posted.get("name", "")
    value = VALUES[name](posted) if name in VALUES else wishes.typed(posted)
    if name == "to" and isinstance(step_of(Draft(document), posted.get("step", "")).get("to"), list):
        value = who_rows(posted)
    return {"do": posted["do"], "step": posted.get("step", ""), "name": name, "value": value}


def _set_rule(posted: QueryDict, document: Document, facts: Facts) -> Command:
    made = _set_step(posted, document, facts)
    return {**made, "rule": posted.get("rule", "")}


def _set_members(posted: QueryDict, document: Document, facts: Facts) -> Command:
    titles, members = posted.getlist("who_title"), []
    for place, by in enumerate(_who(posted)):
        title = titles[place].strip() if place < len(titles) else ""
        members.append(({"title": title} if title else {}) | {"by": by} if by else None)
    return {"do": "set_members", "step": posted.get("step", ""), "members": _in_order(posted, members)}


def _set_authority(posted: QueryDict, document: Document, facts: Facts) -> Command:
    """One thing about the table of who decides: begun, ended, a row more or less, its condition, its person."""
    step = step_of(Draft(document), posted.get("step", ""))
    rows: Rows = [dict(row) for row in step.get("authority", ())]
    act, place = posted.get("act", ""), wishes.whole(posted, "row")
    if act == "end":
        rows = []
    elif act == "begin":
        by = step.get("by") or {"role": "section_chief"}
        rows = [{"when": {}, "by": by}, {"otherwise": True, "by": by}]
    elif act == "add":
        rows.insert(max(0, len(rows) - 1), {"when": {}, "by": rows[-1]["by"] if rows else {"role": "section_chief"}})
    elif place is None or not 0 <= place < len(rows):
        raise CommandRefused("edit_no_branch")
    else:
        rows = _with_row(rows, place, act, posted, facts)
    return {"do": "set_authority", "step": step["key"], "rows": rows}


def _with_row(rows: Rows, place: int, act: str, posted: QueryDict, facts: Facts) -> Rows:
    if act == "gone":
        return [row for number, row in enumerate(rows) if number != place]
    if act == "up" and place:
        rows[place - 1 : place + 1] = reversed(rows[place - 1 : place + 1])
    elif act == "who":
        rows[place]["by"] = _one(posted) or rows[place]["by"]
    elif act == "when":
        rows[place]["when"] = condition(posted, rows[place].get("when", {}), facts)
    return rows


def _set_branch(posted: QueryDict, document: Document, facts: Facts) -> Command:
    """The name of a branch, or one fact of its condition."""
    step, place = step_of(Draft(document), posted.get("step", "")), wishes.whole(posted, "branch") or 0
    branches = step.get("cases") or step.get("branches") or []
    if not 0 <= place < len(branches):
        raise CommandRefused("edit_no_branch")
    made = {"do": "set_branch", "step": step["key"], "branch": place}
    if "fact" in posted:
        when = condition(posted, branches[place].get("when", {}), facts)
        return {**made, "title": branches[place].get("title", ""), "when": when}
    return {**made, "title": posted.get("title", "")}


def _set_cell(posted: QueryDict, document: Document, facts: Facts) -> Command:
    step, rule = step_of(Draft(document), posted.get("step", "")), posted.get("rule", "")
    before: Mapping[str, Any] = next((row["when"] for row in step.get("table", ()) if row["key"] == rule), {})
    name = posted.get("fact", "")
    return {"do": "set_cell", "step": step["key"], "rule": rule, "fact": name, "when": _asked(posted, before, facts)}


def condition(posted: QueryDict, before: Mapping[str, Any], facts: Facts) -> dict[str, Any]:
    """The condition with the posted comparison of one fact in it, or without that fact."""
    name, wanted = posted.get("fact", ""), _asked(posted, before, facts)
    rest = {key: value for key, value in before.items() if key != name or wanted is not None}
    return rest if wanted is None else {**rest, name: wanted}


def _asked(posted: QueryDict, before: Mapping[str, Any], facts: Facts) -> Any:
    name = posted.get("fact", "")
    fact = facts.get(name)
    if fact is None and name not in before:
        raise CommandRefused("edit_no_fact")
    said = Comparison(
        posted.get("comparison", ""),
        posted.get("compared", ""),
        posted.get("compared_to", ""),
        posted.getlist("choice"),
    )
    return compared(fact or Fact(name, name), said, before.get(name))


def _one(posted: QueryDict) -> Any:
    return read_who(posted.get("who_where", ""), posted.get("who_role", ""))


def _who(posted: QueryDict) -> list[Any]:
    pairs = zip(posted.getlist("who_where"), posted.getlist("who_role"), strict=False)
    return [read_who(where, role) for where, role in pairs]


def who_rows(posted: QueryDict) -> list[Any] | None:
    """Those who are named, in their order; None where nobody is."""
    return _in_order(posted, _who(posted)) or None


def _in_order(posted: QueryDict, rows: list[Any]) -> list[Any]:
    """Rows after a press of ↑ or 外す; one that names nobody is taken away."""
    up, gone = wishes.whole(posted, "row_up"), wishes.whole(posted, "row_gone")
    if gone is not None and 0 <= gone < len(rows):
        rows[gone] = None
    if up is not None and 0 < up < len(rows):
        rows[up - 1 : up + 1] = reversed(rows[up - 1 : up + 1])
    return [row for row in rows if row]


def _need(posted: QueryDict) -> Any:
    text = posted.get("value", "")
    if text.endswith("%"):
        return {"percent": number(text.removesuffix("%"))}
    return int(text) if text.isdecimal() else text or None


def _owner(posted: QueryDict) -> Any:
    key = posted.get("value", "")
    return {"department": key} if key else None


def _may(posted: QueryDict) -> list[str]:
    return list(dict.fromkeys(["approve", *posted.getlist("may")]))


VALUES: Mapping[str, Callable[[QueryDict], Any]] = {
    "by": _one,
    "to": _one,
    "sample_to": _one,
    "escalate_to": _one,
    "substitutes": who_rows,
    "may": _may,
    "need": _need,
    "owner": _owner,
}
READERS: Mapping[str, Callable[[QueryDict, Document, Facts], Command]] = {
    "add_step": _add_step,
    "set_step": _set_step,
    "set_table": _set_step,
    "set_rule": _set_rule,
    "set_members": _set_members,
    "set_authority": _set_authority,
    "set_branch": _set_branch,
    "set_cell": _set_cell,
}
