"""Writing (書き出し): a diagram as BPMN 2.0 XML with its interchange (BPMNDI), in the order of the OMG schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from schemas.bpmn.diagram import (
    BPMN,
    BPMNDI,
    DC,
    DI,
    KAKANAI,
    UNWRITABLE,
    XSI,
    Arrow,
    Diagram,
    Shape,
    writable,
)
from schemas.bpmn.drawing import drawn
from schemas.bpmn.lanes import Names
from schemas.bpmn.layout import Box, Layout, laid_out

for _prefix, _namespace in {"bpmn": BPMN, "bpmndi": BPMNDI, "dc": DC, "di": DI, "xsi": XSI, "kakanai": KAKANAI}.items():
    register_namespace(_prefix, _namespace)


def bpmn_of(document: Mapping[str, Any], names: Names | None = None) -> str:
    """A workflow as BPMN 2.0 XML with diagram interchange; the same text for the same document.

    The document has passed schemas.check(); ``names`` are what departments and roles are called, by their keys.
    """
    diagram = drawn(document, names)
    root = Element(f"{{{BPMN}}}definitions", {"id": "definitions", "targetNamespace": f"urn:kakanai:{diagram.key}"})
    root.set("exporter", "Kakanai")
    _add(root, "message", id="補正", name="補正")
    _collaboration(root, diagram)
    _process(root, diagram)
    _interchange(root, diagram, laid_out(diagram))
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _add(parent: Element, tag: str, text: str = "", namespace: str = BPMN, **attrs: Any) -> Element:
    element = SubElement(parent, f"{{{namespace}}}{tag}", {name: writable(str(value)) for name, value in attrs.items()})
    element.text = writable(text) or None
    return element


def _extensions(parent: Element, own: Mapping[str, Any]) -> None:
    """Our attributes, each an element of our namespace that holds JSON."""
    if own:
        inside = _add(parent, "extensionElements")
        for name, value in own.items():
            _add(inside, name, _json(value), KAKANAI)


def _json(value: Any) -> str:
    """What XML cannot hold is written as JSON writes it."""
    text = json.dumps(value, ensure_ascii=False)
    return UNWRITABLE.sub(lambda found: json.dumps(found[0])[1:-1], text)


def _collaboration(root: Element, diagram: Diagram) -> None:
    """The pool: without one, other tools show no lanes."""
    collaboration = _add(root, "collaboration", id="collaboration")
    _add(collaboration, "participant", id="pool", name=diagram.title, processRef=f"workflow-{diagram.key}")


def _process(root: Element, diagram: Diagram) -> None:
    ident = f"workflow-{diagram.key}"
    process = _add(root, "process", id=ident, name=diagram.title, isExecutable="false")
    _extensions(process, diagram.own)
    lanes = _add(process, "laneSet", id="lanes")
    for lane, shapes in diagram.lanes():
        own = _add(lanes, "lane", id=lane.id, name=lane.name)
        for shape in shapes:
            _add(own, "flowNodeRef", shape.id)
    for shape in diagram.shapes:
        _flow_node(process, shape, diagram)
    for arrow in diagram.arrows:
        _sequence_flow(process, arrow)


def _flow_node(process: Element, shape: Shape, diagram: Diagram) -> None:
    node = _add(process, shape.tag, id=shape.id, **({"name": shape.name} if shape.name else {}), **shape.attrs)
    default = next((each.id for each in diagram.arrows if each.source == shape.id and not each.condition), None)
    if shape.tag == "exclusiveGateway" and default and not shape.id.endswith("-join"):
        node.set("default", default)
    if shape.documentation:
        _add(node, "documentation", shape.documentation)
    _extensions(node, shape.own)
    for arrow in diagram.arrows:
        if arrow.target == shape.id:
            _add(node, "incoming", arrow.id)
    for arrow in diagram.arrows:
        if arrow.source == shape.id:
            _add(node, "outgoing", arrow.id)
    if shape.event:
        _event(node, shape)


def _event(node: Element, shape: Shape) -> None:
    definition = _add(node, f"{shape.event}EventDefinition", id=f"{shape.id}-event")
    if shape.event == "conditional":
        condition = _add(definition, "condition", shape.name)
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")


def _sequence_flow(process: Element, arrow: Arrow) -> None:
    named = {"name": arrow.name} if arrow.name else {}
    flow = _add(process, "sequenceFlow", id=arrow.id, sourceRef=arrow.source, targetRef=arrow.target, **named)
    _extensions(flow, arrow.own)
    if arrow.condition:
        expression = _add(flow, "conditionExpression", _json(json.loads(arrow.condition)))
        expression.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        expression.set("language", "https://json-schema.org/draft/2020-12/schema")


def _interchange(root: Element, diagram: Diagram, layout: Layout) -> None:
    whole = _add(root, "BPMNDiagram", namespace=BPMNDI, id="diagram")
    plane = _add(whole, "BPMNPlane", namespace=BPMNDI, id="plane", bpmnElement="collaboration")
    _shape(plane, "pool", layout.pool, isHorizontal="true")
    for lane, box in layout.lanes.items():
        _shape(plane, lane.id, box, isHorizontal="true")
    for shape in diagram.shapes:
        marker = {"isMarkerVisible": "true"} if shape.tag == "exclusiveGateway" else {}
        _shape(plane, shape.id, layout.shapes[shape.id], **marker)
    for arrow in diagram.arrows:
        edge = _add(plane, "BPMNEdge", namespace=BPMNDI, id=f"{arrow.id}-di", bpmnElement=arrow.id)
        for x, y in layout.arrows[arrow.id]:
            _add(edge, "waypoint", namespace=DI, x=x, y=y)


def _shape(plane: Element, ident: str, box: Box, **attrs: str) -> None:
    shape = _add(plane, "BPMNShape", namespace=BPMNDI, id=f"{ident}-di", bpmnElement=ident, **attrs)
    _add(shape, "Bounds", namespace=DC, x=box.x, y=box.y, width=box.width, height=box.height)
