"""Writing (書き出し): tables as DMN 1.3 XML, in the order of the OMG schema."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from schemas.bpmn.diagram import KAKANAI, UNWRITABLE, writable
from schemas.dmn.tables import NOTES, Row, Table, tables_of

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
FEEL = "https://www.omg.org/spec/DMN/20191111/FEEL/"
register_namespace("dmn", DMN)
register_namespace("kakanai", KAKANAI)


def dmn_of(document: Mapping[str, Any]) -> str:
    """The tables of rules and of authority of a workflow as DMN 1.3 XML, each a decision; the facts are input data.

    The document has passed schemas.check().  Our own rows stand beside those of DMN, so that nothing is lost.
    """
    tables = list(tables_of(document["steps"]))
    key, title = document["workflow"], document["title"]
    root = Element(f"{{{DMN}}}definitions", {"id": f"tables-{key}", "name": writable(title)})
    root.set("namespace", f"urn:kakanai:{key}")
    root.set("expressionLanguage", FEEL)
    facts = _facts(tables)
    for name, ident in facts.items():
        _add(root, "inputData", id=ident, name=name)
    for table in tables:
        _decision(root, table, facts)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _facts(tables: Sequence[Table]) -> dict[str, str]:
    """An id for each fact; XML allows few characters in one."""
    names = dict.fromkeys(name for table in tables for name in table.inputs)
    plain = (re.sub(r"[^A-Za-z0-9_]", "", name) for name in names)
    return {name: f"fact-{number}-{text}" for number, (name, text) in enumerate(zip(names, plain, strict=True), 1)}


def _add(parent: Element, tag: str, text: str = "", **attrs: str) -> Element:
    element = SubElement(parent, f"{{{DMN}}}{tag}", {name: writable(value) for name, value in attrs.items()})
    element.text = writable(text) or None
    return element


def _decision(root: Element, table: Table, facts: Mapping[str, str]) -> None:
    decision = _add(root, "decision", id=f"decision-{table.id}", name=table.title)
    for name in table.inputs:
        need = _add(decision, "informationRequirement", id=f"need-{table.id}-{facts[name]}")
        _add(need, "requiredInput", href=f"#{facts[name]}")
    body = _add(decision, "decisionTable", id=f"table-{table.id}", hitPolicy=table.hit)
    for name, expression in table.inputs.items():
        clause = _add(body, "input", id=f"input-{table.id}-{facts[name]}", label=name)
        _text(clause, "inputExpression", expression)
    for name, default in table.outputs.items():
        clause = _add(body, "output", id=f"output-{table.id}-{name}", name=name)
        if default:
            _text(clause, "defaultOutputEntry", default)
    for note in NOTES:
        _add(body, "annotation", name=note)
    for row in table.rows:
        _row(body, row)


def _row(body: Element, row: Row) -> None:
    rule = _add(body, "rule", id=f"rule-{row.id}")
    inside = SubElement(_add(rule, "extensionElements"), f"{{{KAKANAI}}}row")
    inside.text = _json(row.row)
    for test in row.tests:
        _text(rule, "inputEntry", test)
    for result in row.results:
        _text(rule, "outputEntry", result)
    for note in row.notes:
        _text(rule, "annotationEntry", note)


def _text(parent: Element, tag: str, text: str) -> None:
    _add(_add(parent, tag), "text", text)


def _json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return UNWRITABLE.sub(lambda found: json.dumps(found[0])[1:-1], text)
