"""``check_definition FILE``: what is wrong with a form or workflow definition, in plain words; exit 1 if any.

A form description of another language is checked as the definition that it would become.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

import schemas
from forms_engine.management.command_line import CommandLine, add_file, read_definition


class Command(CommandLine):
    help = "Check a form or workflow definition; print each problem with its place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_file(parser, "file", "the definition, JSON")

    def run(self, *, file: Path, **options: Any) -> int:
        document = read_definition(file, self.stderr.write)
        problems = list(schemas.check(document))
        self.print_problems(problems)
        if not problems:
            self.stdout.write(f"{file}: OK")
            self.print_advice(document)
        return 1 if problems else 0
