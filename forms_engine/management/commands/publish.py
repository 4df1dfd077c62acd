"""``publish FILE``: check a form or workflow definition and publish it as a new version."""

from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from forms_engine import definitions as form_definitions
from forms_engine.definitions import DefinitionRefused, FormVersion
from forms_engine.management.command_line import CommandLine, add_file, read_definition, told_standings
from workflows import definitions as workflow_definitions
from workflows.definitions import WorkflowVersion


class Command(CommandLine):
    help = "Publish a form or workflow definition as a new version; if it is published already, say so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_file(parser, "file", "the definition, JSON")

    def run(self, *, file: Path, **options: Any) -> int:
        try:
            document = read_definition(file, self.stderr.write)
            version = _publish(document)
        except DefinitionRefused as refused:
            self.print_problems(list(refused.problems))
            return 1
        self.stdout.write(f"{version.definition.key} {version.number} {version.digest}")
        self.print_advice(document)
        if isinstance(version, WorkflowVersion):
            for line in told_standings(version.definition.key):
                self.stdout.write(line)
        return 0


def _publish(document: Mapping[str, Any]) -> FormVersion | WorkflowVersion:
    if "workflow" in document and "form" not in document:
        return workflow_definitions.publish(document)
    return form_definitions.publish(document)
