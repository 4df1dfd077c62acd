"""Guesses (推測): what a process drawn elsewhere leaves unsaid.  Each guess is told, for somebody to put it right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from schemas.bpmn.parsing import Flow, Graph, Node

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}\Z")
UNKNOWN_ROLE = "reviewer"
Steps = list[dict[str, Any]]


def key_of(named: str, fallback: str, taken: set[str]) -> str:
    """A key like the name, and no other's."""
    plain = re.sub(r"[^a-z0-9]+", "_", named.lower()).strip("_")[:50]
    base = plain if KEY.match(plain) else f"{fallback}_{plain}".rstrip("_")
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    taken.add(key)
    return key


def workflow(graph: Graph, steps: Steps, remarks: list[str]) -> dict[str, Any]:
    """The document; if nobody decides, the last person in the line does."""
    if not any(_decides(step) for step in steps):
        last = next((step for step in reversed(steps) if step.get("kind") == "approval"), None)
        if last is not None:
            last["kind"] = "decision"
            remarks.append(f"「{last.get('title')}」を決裁としました。決裁する人が違うときは直してください")
    title = graph.name or graph.id or "決裁経路"
    return {"workflow": key_of(graph.id, "workflow", set()), "title": title, "steps": steps}


def _decides(step: dict[str, Any]) -> bool:
    lists = [part["steps"] for name in ("cases", "branches") for part in step.get(name, ())]
    return step.get("kind") == "decision" or any(_decides(inner) for inside in lists for inner in inside)


def step(node: Node, exits: Sequence[str], taken: set[str], remarks: list[str]) -> dict[str, Any]:
    """The step for a task; what nobody is needed for becomes a notice or a part."""
    named = {"key": key_of(node.id, "step", taken), "title": node.name or node.id}
    if node.tag == "callActivity":
        return {**named, "kind": "workflow", "workflow": key_of(node.attrs.get("calledElement", ""), "part", set())}
    if node.tag == "sendTask":
        remarks.append(f"「{named['title']}」は申請者への通知としました")
        return {**named, "kind": "notify", "to": ["applicant"]}
    if node.tag in ("serviceTask", "businessRuleTask", "receiveTask"):
        remarks.append(f"「{named['title']}」({node.tag})は人が行う段階としました")
    kind = "decision" if "refuse" in exits else "approval"
    may = ["approve", *exits] if exits else ["approve"]
    return {**named, "kind": kind, "by": {"role": _role(node, remarks)}, "may": list(dict.fromkeys(may))}


def _role(node: Node, remarks: list[str]) -> str:
    if KEY.match(node.lane):
        return node.lane
    where = f"(レーン「{node.lane}」)" if node.lane else ""
    remarks.append(f"「{node.name or node.id}」の担当{where}は役職「{UNKNOWN_ROLE}」としました")
    return UNKNOWN_ROLE


def block(
    split: Node, join: Node, parts: list[tuple[Flow, Steps]], taken: set[str], remarks: list[str]
) -> dict[str, Any]:
    """The block for a pair of gateways."""
    named: dict[str, Any] = {"key": key_of(split.id, "block", taken)}
    named |= {"title": split.name} if split.name else {}
    if split.tag == "exclusiveGateway":
        default = split.attrs.get("default")
        ordered = sorted(parts, key=lambda part: part[0].id == default)
        return {**named, "kind": "choice", "cases": [_case(*part, default, remarks) for part in ordered]}
    if join.tag == "complexGateway":
        remarks.append(f"「{join.name or join.id}」では全員の同意が要るとしました")
    ways = [{**({"title": flow.name} if flow.name else {}), "steps": steps} for flow, steps in parts]
    return {**named, "kind": "parallel", "branches": ways}


def _case(flow: Flow, steps: Steps, default: str | None, remarks: list[str]) -> dict[str, Any]:
    title = {"title": flow.name} if flow.name else {}
    if flow.id == default:
        return {"otherwise": True, **title, "steps": steps}
    said = flow.condition or flow.name or flow.id
    remarks.append(f"条件「{said}」は読み取れません。仮の条件を書き直してください")
    return {"when": {"condition": {"const": said}}, **title, "steps": steps}
