"""``export_dmn WORKFLOW|FILE -o FILE.dmn``: the rules and the authority of a workflow as DMN 1.3 decision tables."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from forms_engine.management.command_line import CommandLine, workflow_document
from schemas.dmn import dmn_of


class Command(CommandLine):
    help = "Write the tables of a workflow (自動承認規則・専決) as DMN 1.3."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workflow", help="key of a published workflow, or a file")
        parser.add_argument("-o", "--output", type=Path, help="the file to write; standard output without")

    def run(self, *, workflow: str, output: Path | None, **options: Any) -> None:
        text = dmn_of(workflow_document(workflow))
        if output is None:
            self.stdout.write(text)
        else:
            output.write_text(text, encoding="utf-8")
