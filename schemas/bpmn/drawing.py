"""Drawing (作図): the diagram of a workflow.  Steps stand in the order of the document, from left to right."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from schemas.bpmn.diagram import Diagram, Lane, Shape
from schemas.bpmn.lanes import APPLICANT, SYSTEM, Names, lane_of

Step = Mapping[str, Any]
#: Where a list of steps begins or ends: the id of its shape, and what its next arrow says.
Tip = tuple[str, dict[str, Any]]

ASIDES = {"later_reading": "sendTask", "circulation": "sendTask", "notify": "sendTask", "action": "serviceTask"}
NEEDS = {"all": "全員の同意", "any": "1人の同意"}


def drawn(document: Mapping[str, Any], names: Names | None = None) -> Diagram:
    """The diagram of a workflow in which schemas.check() finds no problem; ``names`` of departments and roles."""
    own = {"workflow": {name: value for name, value in document.items() if name != "steps"}}
    pen = Pen(Diagram(document["workflow"], document["title"], own), names or {})
    pen.shape("start", "startEvent", "開始", APPLICANT)
    tip = pen.line(document["steps"], ("start", {}))
    pen.column += 1
    pen.shape("end", "endEvent", "終了", SYSTEM)
    pen.join(tip, "end")
    return pen.diagram


class Pen:
    """Draws one step after the other; ``column`` is where it stands."""

    def __init__(self, diagram: Diagram, names: Names) -> None:
        self.diagram, self.names, self.column = diagram, names, 0

    def shape(self, ident: str, tag: str, name: str, lane: Lane, column: int | None = None, **more: Any) -> Shape:
        at = self.column if column is None else column
        return self.diagram.add(Shape(ident, tag, name, lane, at, **more))

    def join(self, tip: Tip, target: str) -> None:
        self.diagram.connect(tip[0], target, **tip[1])

    def line(self, steps: Sequence[Step], tip: Tip) -> Tip:
        """Draw a list of steps that begins at a tip; the tip that it ends with."""
        for step in steps:
            tip = DRAW[step["kind"]](self, step, tip)
        return tip

    def simple(self, step: Step, tip: Tip, tag: str, lane: Lane, own: Mapping[str, Any], **more: Any) -> Tip:
        """One shape on the way."""
        self.column += 1
        name = step.get("title") or step["key"]
        shape = self.shape(f"step-{step['key']}", tag, name, lane, own=own, **more)
        self.join(tip, shape.id)
        return shape.id, {}

    def exit(self, host: str, why: str, name: str, event: str, end: str) -> None:
        """A way out of a step that ends the case."""
        lane = next(shape.lane for shape in self.diagram.shapes if shape.id == host)
        self.edge_event(host, why, name, event, lane)
        self.shape(f"{host}-{why}-end", "endEvent", end, lane, self.column + 1)
        self.diagram.connect(f"{host}-{why}", f"{host}-{why}-end")

    def edge_event(self, host: str, why: str, name: str, event: str, lane: Lane) -> None:
        attrs = {"attachedToRef": host}
        self.shape(f"{host}-{why}", "boundaryEvent", name, lane, attrs=attrs, event=event, host=host)

    def fork(self, step: Step, tip: Tip, tag: str, parts: str, join_tag: str = "", **more: Any) -> Tip:
        """A gateway, its ways beside each other, and the gateway at which they meet again."""
        lists = step[parts]
        own = {"step": {name: value for name, value in step.items() if name != parts}}
        split, _ = self.simple(step, tip, tag, SYSTEM, own, attrs=_direction("Diverging", len(lists)), **more)
        join, ends, begin, columns = f"{split}-join", list[Tip](), self.column, [self.column]
        for part in lists:
            self.column = begin
            if part["steps"]:
                ends.append(self.line(part["steps"], (split, _way(part))))
            else:  # drawn at once: the order of the arrows is that of the ways
                self.join((split, _way(part)), join)
            columns.append(self.column)
        self.column = max(columns) + 1
        ends += [(split, {"name": "どれでもないとき"})] if _may_pass(step, parts) else []
        attrs = _direction("Converging", len(lists) + _may_pass(step, parts))
        self.shape(join, join_tag or tag, "", SYSTEM, own={"join": {"of": step["key"]}}, attrs=attrs)
        for end in ends:
            self.join(end, join)
        return join, {}


def _direction(word: str, ways: int) -> dict[str, str]:
    return {"gatewayDirection": word if ways > 1 else "Unspecified"}


def _may_pass(step: Step, parts: str) -> bool:
    """Whether a case may take none of the ways."""
    return parts == "cases" and not any("when" not in case for case in step["cases"])


def _way(part: Mapping[str, Any]) -> dict[str, Any]:
    """What the arrow into a way says."""
    own = {name: value for name, value in part.items() if name != "steps"}
    condition = json.dumps(part["when"], ensure_ascii=False) if "when" in part else ""
    named = part.get("title") or ("それ以外" if part.get("otherwise") else "")
    return {"name": named or condition[:60], "own": {"branch": own}, "condition": condition}


def _person(pen: Pen, step: Step, tip: Tip) -> Tip:
    return _people(pen, step, tip, step, {"step": dict(step)})


def _people(pen: Pen, step: Step, tip: Tip, who: Mapping[str, Any], own: Mapping[str, Any]) -> Tip:
    """Somebody acts; on the edge of that stand the ways that leave the line: refusal (不承認), correction (補正)."""
    rows = [row["by"] for row in who.get("authority", ())]
    lane = lane_of(rows or [who.get("by", {})], pen.names)
    default = ("approve", "object") if step["kind"] == "consultation" else ("approve", "request_correction")
    may = step.get("may", (*default, "refuse") if step["kind"] == "decision" else default)
    tip = pen.simple(step, tip, "userTask", lane, own, documentation=_told(may))
    if "refuse" in may:
        pen.exit(tip[0], "refused", "不承認", "escalation", "不承認で終了")
    if "request_correction" in may:
        _correction(pen, tip[0], lane)
    return tip


def _correction(pen: Pen, host: str, lane: Lane) -> None:
    pen.edge_event(host, "correction", "補正の求め", "escalation", lane)
    task = pen.shape(f"{host}-correction-task", "receiveTask", "申請者の補正", APPLICANT, attrs={"messageRef": "補正"})
    pen.diagram.connect(f"{host}-correction", task.id)
    pen.diagram.connect(task.id, host)


def _told(may: Sequence[str]) -> str:
    ways = {"return": "前の段階に差し戻せます。", "object": "不同意にできます。", "pull_up": "引き上げられます。"}
    return "".join(text for word, text in ways.items() if word in may)


def _rules(pen: Pen, step: Step, tip: Tip) -> Tip:
    tip = pen.simple(step, tip, "businessRuleTask", SYSTEM, {"step": dict(step)})
    pen.exit(tip[0], "approved", "規則が承認", "conditional", "規則による承認で終了")
    return tip


def _consultation(pen: Pen, step: Step, tip: Tip) -> Tip:
    """Members beside each other, or one after the other in the line."""
    whole = {name: value for name, value in step.items() if name != "members"}
    members = [
        {**whole, "key": f"{step['key']}__{number}", "title": member.get("title", step["title"]), "member": member}
        for number, member in enumerate(step["members"], start=1)
    ]
    if step.get("order") == "sequence":
        for number, member in enumerate(members):
            own = {"member": member["member"], **({"step": whole} if number == 0 else {"in": {"of": step["key"]}})}
            tip = _people(pen, member, tip, member["member"], own)
        return tip
    ways = [{"steps": [{**member, "kind": "member"}]} for member in members]
    return _beside(pen, {**whole, "branches": ways}, tip)


def _member(pen: Pen, step: Step, tip: Tip) -> Tip:
    return _people(pen, {**step, "kind": "consultation"}, tip, step["member"], {"member": step["member"]})


def _beside(pen: Pen, step: Step, tip: Tip) -> Tip:
    """All ways are taken; where not all have to agree the meeting point counts them."""
    need = step.get("need", "all")
    words = NEEDS.get(need, "") if isinstance(need, str) else json.dumps(need)
    join = "parallelGateway" if need == "all" else "complexGateway"
    return pen.fork(step, tip, "parallelGateway", "branches", join, documentation=f"必要な同意: {words}")


def _choice(pen: Pen, step: Step, tip: Tip) -> Tip:
    return pen.fork(step, tip, "exclusiveGateway", "cases")


def _part(pen: Pen, step: Step, tip: Tip) -> Tip:
    attrs = {"calledElement": step["workflow"]}
    return pen.simple(step, tip, "callActivity", SYSTEM, {"step": dict(step)}, attrs=attrs)


def _aside(pen: Pen, step: Step, tip: Tip) -> Tip:
    return pen.simple(step, tip, ASIDES[step["kind"]], SYSTEM, {"step": dict(step)})


DRAW: Mapping[str, Callable[[Pen, Step, Tip], Tip]] = {
    "rules": _rules,
    "approval": _person,
    "decision": _person,
    "choice": _choice,
    "parallel": _beside,
    "consultation": _consultation,
    "member": _member,
    "workflow": _part,
    **dict.fromkeys(ASIDES, _aside),
}
