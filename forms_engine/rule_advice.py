"""Rule advice (自動承認の点検) for what is published here: a workflow with the forms that it decides on."""

from collections.abc import Mapping
from typing import Any

from forms_engine.definitions import FormVersion
from schemas import Problem
from schemas.rule_advice import advice
from workflows import definitions as workflows
from workflows.definitions import WorkflowVersion


def for_document(document: Mapping[str, Any]) -> list[Problem]:
    """What to think of before this form or workflow, in which schemas.check() found no problem, approves by rule.

    A workflow is read with each published form that names it; a form with the workflow that it names.
    """
    if "workflow" not in document:
        return _of_form(document)
    forms = [form for form in _forms() if form["procedure"]["workflow"] == document["workflow"]]
    found = [problem for form in forms for problem in advice(document, form)] or advice(document)
    return list({(each.pointer, each.code, each.message()): each for each in found}.values())


def _of_form(form: Mapping[str, Any]) -> list[Problem]:
    try:
        return advice(workflows.current(form["procedure"]["workflow"]).document, form)
    except WorkflowVersion.DoesNotExist:
        return []


def _forms() -> list[Mapping[str, Any]]:
    """The current version of every form."""
    return [version.document for version in FormVersion.objects.current()]
