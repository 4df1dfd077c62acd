"""Diagrams (図): the shapes and arrows of one process, before they have a place or are written down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
DI = "http://www.omg.org/spec/DD/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: Of what BPMN has no word for.  Part of the files: it never changes.
KAKANAI = "urn:kakanai:bpmn:1"

EVENTS = ("startEvent", "endEvent", "boundaryEvent")
GATEWAYS = ("exclusiveGateway", "parallelGateway", "inclusiveGateway", "complexGateway")
TASKS = ("userTask", "manualTask", "task", "businessRuleTask", "serviceTask", "sendTask", "receiveTask", "callActivity")
#: What XML 1.0 cannot hold, not even as a reference.
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Lane:
    """Who acts in a part of the diagram; automatic steps and the applicant have lanes too."""

    id: str
    name: str


@dataclass(frozen=True)
class Shape:
    """One flow node.  ``own`` are our attributes by the name of their element; ``attrs`` are those of BPMN.

    ``host`` is the step on whose edge an event sits; ``column`` is its place on the way, from the left.
    """

    id: str
    tag: str
    name: str
    lane: Lane
    column: int
    own: Mapping[str, Any] = field(default_factory=dict)
    attrs: Mapping[str, str] = field(default_factory=dict)
    event: str = ""
    host: str = ""
    documentation: str = ""


@dataclass(frozen=True)
class Arrow:
    """One sequence flow."""

    id: str
    source: str
    target: str
    name: str = ""
    own: Mapping[str, Any] = field(default_factory=dict)
    condition: str = ""


@dataclass
class Diagram:
    """All of a process, in the order in which it is drawn."""

    key: str
    title: str
    own: Mapping[str, Any]
    shapes: list[Shape] = field(default_factory=list)
    arrows: list[Arrow] = field(default_factory=list)

    def add(self, shape: Shape) -> Shape:
        """The shape, now part of the diagram."""
        self.shapes.append(shape)
        return shape

    def connect(self, source: str, target: str, **more: Any) -> Arrow:
        """A new arrow, named after where it comes from so that its id stays when others are added elsewhere."""
        number = sum(arrow.source == source for arrow in self.arrows) + 1
        arrow = Arrow(f"{source}-to-{number}", source, target, **more)
        self.arrows.append(arrow)
        return arrow

    def lanes(self) -> Iterator[tuple[Lane, list[Shape]]]:
        """Every lane with what stands in it, in the order in which they are first needed."""
        found: dict[Lane, list[Shape]] = {}
        for shape in self.shapes:
            found.setdefault(shape.lane, []).append(shape)
        yield from found.items()


def writable(text: str) -> str:
    """The text without what XML cannot hold."""
    return UNWRITABLE.sub("\ufffd", text)
