"""Reading (読み込み): a block-structured process as a workflow.

Every way that leaves a gateway has to come together again at one of the same sort, and nothing goes round in circles;
what leaves a step by an event on its edge ends the case or comes back to the step (補正).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from schemas.bpmn import guesses
from schemas.bpmn.diagram import GATEWAYS, TASKS
from schemas.bpmn.parsing import BpmnRefused, Flow, Graph, Node, parsed

#: How deep blocks may stand inside each other.
DEEPEST = 20
Steps = list[dict[str, Any]]


@dataclass(frozen=True)
class BpmnRead:
    """What was read, and what was guessed because BPMN does not say it."""

    document: dict[str, Any]
    remarks: list[str] = field(default_factory=list)


def read_bpmn(text: str | bytes) -> BpmnRead:
    """The workflow in a BPMN 2.0 file.  It is not checked: schemas.check() says whether it can be published.

    Raises BpmnRefused, naming the element, where the process is not block-structured or has what a workflow has not.
    """
    reader = Reader(parsed(text))
    steps = reader.whole()
    whole = reader.graph.own.get("workflow")
    if whole is not None:
        return BpmnRead({**whole, "steps": steps}, reader.remarks)
    document = guesses.workflow(reader.graph, steps, reader.remarks)
    return BpmnRead(document, reader.remarks)


class Reader:
    """Follows the arrows of one process; ``read`` are the nodes that were come past."""

    def __init__(self, graph: Graph) -> None:
        self.graph, self.read, self.remarks = graph, set[str](), list[str]()
        self.keys: set[str] = set()
        self.exits = {node.id: self.exit_of(node) for node in graph.nodes.values() if node.tag == "boundaryEvent"}

    def whole(self) -> Steps:
        """The steps of the process, from its one beginning to its end."""
        starts = [node for node in self.graph.nodes.values() if node.tag == "startEvent"]
        if len(starts) != 1:
            raise BpmnRefused(f"開始(startEvent)が{len(starts)}個あります。1個にしてください")
        self.read.add(starts[0].id)
        steps, end = self.line(self.only_out(starts[0]).target, 0)
        if end.tag != "endEvent":
            raise BpmnRefused(f"{end}で合わさる道が、1つの所から分かれていません")
        self.read |= {end.id}
        missed = next((node for node in self.graph.nodes.values() if node.id not in self.read), None)
        if missed is not None:
            raise BpmnRefused(f"{missed}に開始からたどり着けません")
        return steps

    def line(self, ident: str, depth: int) -> tuple[Steps, Node]:
        """The steps from a node on, and the end or the meeting point at which they stop."""
        if depth > DEEPEST:
            raise BpmnRefused(f"{self.graph.nodes[ident]}の入れ子が深すぎます")
        steps: Steps = []
        while True:
            node = self.graph.nodes[ident]
            if node.tag == "endEvent" or is_join(node):
                return _together(steps), node
            self.pass_by(node)
            if node.tag in GATEWAYS and is_split(node):
                step, node = self.block(node, depth)
                steps.append(step)
            elif node.tag in TASKS:
                steps.append(self.step(node))
            ident = self.only_out(node).target

    def pass_by(self, node: Node) -> None:
        """Raises BpmnRefused where a case would come here twice, or by two ways."""
        if node.id in self.read:
            raise BpmnRefused(f"{node}に戻る道があります")
        if len([flow for flow in node.ins if flow.source not in self.read_aside]) > 1:
            raise BpmnRefused(f"{node}に2つ以上の道が入っています。道を合わせる所にはゲートウェイを置いてください")
        if node.tag in ("startEvent", "boundaryEvent"):
            raise BpmnRefused(f"{node}はここに置けません")
        self.read.add(node.id)

    @property
    def read_aside(self) -> set[str]:
        """The tasks of corrections: the arrow from there back to the step is no second way to it."""
        return {aside for aside, _kind in self.exits.values()}

    def only_out(self, node: Node) -> Flow:
        if len(node.outs) != 1:
            raise BpmnRefused(f"{node}から出る矢印が{len(node.outs)}本あります。1本にしてください")
        return node.outs[0]

    def exit_of(self, event: Node) -> tuple[str, str]:
        """Where an event on the edge of a step leads to, and whether that ends the case or corrects it."""
        host = self.graph.nodes.get(event.attrs.get("attachedToRef", ""))
        if host is None or host.tag not in TASKS:
            raise BpmnRefused(f"{event}の付いている段階がありません")
        target = self.graph.nodes[self.only_out(event).target]
        self.read |= {event.id, target.id}
        if target.tag == "endEvent" and len(target.ins) == 1:
            return target.id, "refuse"
        if target.tag == "receiveTask" and len(target.ins) == 1 and self.only_out(target).target == host.id:
            return target.id, "request_correction"
        raise BpmnRefused(f"{event}の先は、終了か、{host}に戻る補正(receiveTask)にしてください")

    def step(self, node: Node) -> dict[str, Any]:
        """The step that a task stands for: what it says itself, or what can be guessed."""
        if "step" in node.own or "member" in node.own:
            return dict(node.own)
        exits = [kind for event, (_to, kind) in self.exits.items() if self.host(event) == node.id]
        return {"step": guesses.step(node, exits, self.keys, self.remarks)}

    def host(self, event: str) -> str:
        return self.graph.nodes[event].attrs.get("attachedToRef", "")

    def block(self, split: Node, depth: int) -> tuple[dict[str, Any], Node]:
        """The block that begins at a gateway, and the gateway at which it ends."""
        ways = [self.line(flow.target, depth + 1) for flow in split.outs]
        join = ways[0][1]
        odd = next((end for _steps, end in ways if end.id != join.id), None)
        if odd is not None or not is_join(join) or len(join.ins) != len(ways) or not _alike(split, join):
            raise BpmnRefused(
                f"{split}から分かれた道が、同じ種類の1つのゲートウェイで合わさっていません({odd or join})"
            )
        self.read.add(join.id)
        parts = [(flow, steps) for flow, (steps, _end) in zip(split.outs, ways, strict=True)]
        own = split.own.get("step")
        if own is None:
            return {"step": guesses.block(split, join, parts, self.keys, self.remarks)}, join
        return {"step": _own_block(own, parts)}, join


def is_join(node: Node) -> bool:
    """Whether ways come together here."""
    return node.tag in GATEWAYS and ("join" in node.own or (len(node.ins) > 1 and "step" not in node.own))


def is_split(node: Node) -> bool:
    """Whether ways part here; a gateway with one way in and one out only marks a place."""
    return "step" in node.own or len(node.outs) > 1


def _alike(split: Node, join: Node) -> bool:
    exclusive = split.tag == "exclusiveGateway", join.tag == "exclusiveGateway"
    return (
        exclusive[0] == exclusive[1]
        and split.tag in ("exclusiveGateway", "parallelGateway")
        and not (len(join.outs) > 1)
    )


def _own_block(own: Mapping[str, Any], parts: list[tuple[Flow, Steps]]) -> dict[str, Any]:
    """One of our own blocks, with what stands in it now."""
    if own.get("kind") == "consultation":
        return {**own, "members": [_only_member(steps) for _flow, steps in parts]}
    name = "cases" if own.get("kind") == "choice" else "branches"
    kept = [(flow, steps) for flow, steps in parts if "branch" in flow.own or steps or name == "branches"]
    return {**own, name: [{**flow.own.get("branch", {}), "steps": steps} for flow, steps in kept]}


def _only_member(steps: Steps) -> Any:
    if len(steps) != 1 or "member" not in steps[0]:
        raise BpmnRefused("合議の分かれ道には、合議を求める人を1人ずつ置いてください")
    return steps[0]["member"]


def _together(read: Steps) -> Steps:
    """The steps, those who are consulted one after the other as one."""
    steps: Steps = []
    for each in read:
        if "in" in each:
            last = steps[-1] if steps else {}
            if last.get("key") != each["in"].get("of") or "members" not in last:
                raise BpmnRefused(f"合議「{each['in'].get('of')}」の人が続いていません")
            last["members"].append(each["member"])
        elif "step" in each and "member" in each:
            steps.append({**each["step"], "members": [each["member"]]})
        else:
            steps.append(each.get("step", each))
    return steps
