"""``export_bpmn WORKFLOW|FILE -o FILE.bpmn``: a workflow as BPMN 2.0, with its diagram, for other tools."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from forms_engine.management.command_line import CommandLine, workflow_document
from schemas.bpmn import bpmn_of
from workflows.models import Department, Role


class Command(CommandLine):
    help = "Write a workflow as BPMN 2.0 with diagram interchange; lanes are called as the office calls its posts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workflow", help="key of a published workflow, or a file")
        parser.add_argument("-o", "--output", type=Path, help="the file to write; standard output without")

    def run(self, *, workflow: str, output: Path | None, **options: Any) -> None:
        names = {row.key: row.title for model in (Role, Department) for row in model.objects.all()}
        text = bpmn_of(workflow_document(workflow), names)
        if output is None:
            self.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8")
