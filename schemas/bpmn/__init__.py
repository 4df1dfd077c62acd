"""BPMN 2.0 (OMG formal/2011-01-03): a workflow as a diagram for other tools, and a diagram of theirs as a workflow.

What BPMN has no word for stands beside its elements in a namespace of our own, so that a diagram gives back the very
document that it was drawn from.
"""

from __future__ import annotations

from schemas.bpmn.parsing import BpmnRefused
from schemas.bpmn.reading import BpmnRead, read_bpmn
from schemas.bpmn.writing import bpmn_of

__all__ = ["BpmnRead", "BpmnRefused", "bpmn_of", "read_bpmn"]
