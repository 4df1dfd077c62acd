"""``import_form FILE``: a form description of another language as a definition of ours, with what is left to decide."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

import schemas
from forms_engine import imports
from forms_engine.management.command_line import CommandLine, add_file, one_line, understood
from schemas.definitions import DocumentRefused


class Command(CommandLine):
    help = (
        "Turn a JSON Schema, JSON Forms, rjsf, US Forms System or form.io document, a list of fields (CSV, Excel) or a "
        "fillable PDF into a form definition; say what was changed and what is left to decide."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_file(parser, "file", "the form description: JSON, CSV, XLSX or PDF")
        parser.add_argument("--ui", type=Path, help="its UI schema, if that stands in a file of its own")
        parser.add_argument("--workflow", help="key of the workflow that decides")
        parser.add_argument("--department", help="key of the department that is responsible")
        parser.add_argument("-o", "--output", type=Path, help="where to write the definition (else: printed)")

    def run(self, *, file: Path, ui: Path | None = None, output: Path | None = None, **options: Any) -> int:
        try:
            adopted = imports.read(file, ui)
        except DocumentRefused as refused:
            raise CommandError(one_line(refused)) from refused
        for line in understood(file, adopted):
            self.stderr.write(line)
        chosen = {key: options[key] for key in ("workflow", "department") if options.get(key)}
        adopted.document["procedure"].update(chosen)
        text = json.dumps(adopted.document, ensure_ascii=False, indent=2)
        if output:
            output.write_text(text + "\n", encoding="utf-8")
            self.stdout.write(str(output))
        else:
            self.stdout.write(text)
        problems = schemas.check(adopted.document)
        for problem in problems:
            self.stderr.write(f"{problem.pointer or '/'}: {problem.message()}")
        return 1 if problems else 0
