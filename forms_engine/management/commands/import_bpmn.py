"""``import_bpmn FILE -o workflow.json``: a block-structured BPMN 2.0 process as a workflow definition.

What BPMN does not say is guessed and told; what is still missing for publication is printed, and the status is 1.
"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

import schemas
from forms_engine.management.command_line import CommandLine, add_file, one_line, read_bytes
from schemas.bpmn import BpmnRefused, read_bpmn


class Command(CommandLine):
    help = "Read a BPMN 2.0 process as a workflow definition."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_file(parser, "file", "the process, BPMN 2.0")
        parser.add_argument("-o", "--output", type=Path, required=True, help="the definition to write, JSON")

    def run(self, *, file: Path, output: Path, **options: Any) -> int:
        try:
            read = read_bpmn(read_bytes(file))
        except BpmnRefused as refused:
            raise CommandError(f"{file}: {one_line(refused)}") from refused
        output.write_text(json.dumps(read.document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        for remark in read.remarks:
            self.stderr.write(f"注意: {remark}")
        problems = schemas.check(read.document)
        self.print_problems(problems)
        return 1 if problems else 0
