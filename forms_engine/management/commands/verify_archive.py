"""``verify_archive FILE.pdf``: whether an archive copy is as it was sealed, by whom, and who decided what."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from forms_engine.archive import seal, verification
from forms_engine.management.command_line import CommandLine, add_file, read_bytes


class Command(CommandLine):
    help = "Verify an archive copy; print what was found, exit 1 if it is not intact."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_file(parser, "file", "the archive copy, PDF")

    def run(self, *, file: Path, **options: Any) -> int:
        report = verification.verify(read_bytes(file), seal.trust_roots())
        for line in report.lines():
            self.stdout.write(line)
        return 0 if report.ok else 1
