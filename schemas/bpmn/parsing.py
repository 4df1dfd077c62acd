"""Parsing (読み取り): the shapes and arrows of a BPMN file.  A document type, and with it every entity, is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from schemas.bpmn.diagram import BPMN, EVENTS, GATEWAYS, KAKANAI, TASKS

#: The largest file that is read, in bytes.
LARGEST = 5_000_000
#: What says nothing about the way of a case.
SILENT = {"documentation", "extensionElements", "incoming", "outgoing", "laneSet", "textAnnotation", "association"}


class BpmnRefused(ValueError):
    """The file cannot be read as a workflow; the message says in Japanese which element is in the way, and why."""


@dataclass
class Node:
    """One flow node of a file, with its arrows in the order in which they are written."""

    id: str
    tag: str
    name: str
    own: Mapping[str, Any]
    attrs: Mapping[str, str]
    lane: str = ""
    outs: list[Flow] = field(default_factory=list)
    ins: list[Flow] = field(default_factory=list)

    def __str__(self) -> str:
        return f"「{self.name or self.id}」({self.tag})"


@dataclass(frozen=True)
class Flow:
    """One arrow of a file."""

    id: str
    source: str
    target: str
    name: str
    own: Mapping[str, Any]
    condition: str


@dataclass
class Graph:
    """All of a process as it stands in a file."""

    id: str
    name: str
    own: Mapping[str, Any]
    nodes: dict[str, Node]


def parsed(text: str | bytes) -> Graph:
    """The graph of the one process in a BPMN file.  Raises BpmnRefused."""
    root = _root(text)
    found = root.findall(_tag("process"))
    processes = [each for each in found if any(_local(child) in EVENTS for child in each)] or found
    if len(processes) != 1:
        raise BpmnRefused(f"process が{len(processes)}個あります。1個のファイルにしてください")
    process = processes[0]
    nodes = {node.id: node for node in _nodes(process)}
    _connect(process, nodes)
    _put_in_lanes(process, nodes)
    return Graph(process.get("id", ""), process.get("name", ""), _own(process), nodes)


def _root(text: str | bytes) -> Element:
    if len(text) > LARGEST:
        raise BpmnRefused("ファイルが大きすぎます")
    try:
        root: Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as unsafe:
        raise BpmnRefused("DOCTYPE や ENTITY のあるXMLは読みません") from unsafe
    except (ParseError, ValueError, LookupError) as error:
        raise BpmnRefused(f"XMLとして読めません({error})") from error
    if root.tag != _tag("definitions"):
        raise BpmnRefused(f"BPMN 2.0のファイルではありません(一番外側が「{root.tag}」です)")
    return root


def _nodes(process: Element) -> Iterator[Node]:
    seen: set[str] = set()
    for child in process:
        tag, ident = _local(child), child.get("id", "")
        if tag in SILENT or tag == "sequenceFlow":
            continue
        if tag not in (*EVENTS, *GATEWAYS, *TASKS):
            raise BpmnRefused(f"「{child.get('name') or ident}」({tag})は読み取れない種類の要素です")
        if not ident or ident in seen:
            raise BpmnRefused(f"「{child.get('name') or ident}」({tag})のidがないか、ほかの要素と同じです")
        seen.add(ident)
        _refuse_loops(child)
        yield Node(ident, tag, child.get("name", "").strip(), _own(child), dict(child.attrib))


def _refuse_loops(element: Element) -> None:
    """What is done several times is another process than the one step that would be read."""
    for child in element:
        if _local(child).endswith("LoopCharacteristics"):
            raise BpmnRefused(f"「{element.get('name') or element.get('id')}」の{_local(child)}は読み取れません")


def _connect(process: Element, nodes: Mapping[str, Node]) -> None:
    for element in process.findall(_tag("sequenceFlow")):
        ends = element.get("sourceRef", ""), element.get("targetRef", "")
        for end in ends:
            if end not in nodes:
                raise BpmnRefused(f"矢印「{element.get('id')}」(sequenceFlow)の先「{end}」がありません")
        condition = (element.findtext(_tag("conditionExpression")) or "").strip()
        flow = Flow(element.get("id", ""), *ends, element.get("name", "").strip(), _own(element), condition)
        nodes[flow.source].outs.append(flow)
        nodes[flow.target].ins.append(flow)


def _put_in_lanes(process: Element, nodes: Mapping[str, Node]) -> None:
    for lane in process.iter(_tag("lane")):
        for reference in lane.findall(_tag("flowNodeRef")):
            node = nodes.get((reference.text or "").strip())
            if node is not None:
                node.lane = lane.get("name", "") or lane.get("id", "")


def _own(element: Element) -> dict[str, Any]:
    """Our own attributes of an element.  Raises BpmnRefused if somebody has spoilt them."""
    found = {}
    for child in element.findall(f"{_tag('extensionElements')}/*"):
        if child.tag.startswith(f"{{{KAKANAI}}}"):
            found[_local(child)] = _object(child, element)
    return found


def _object(child: Element, element: Element) -> dict[str, Any]:
    try:
        value = json.loads(child.text or "")
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise BpmnRefused(f"「{element.get('name') or element.get('id')}」の kakanai:{_local(child)} が壊れています")
    return value


def _tag(name: str) -> str:
    return f"{{{BPMN}}}{name}"


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "comment"
