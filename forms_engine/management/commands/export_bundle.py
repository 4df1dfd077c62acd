"""``export_bundle KEY -o FILE``: a published form with its routes and names as one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from forms_engine import bundles
from forms_engine.definitions import FormVersion
from forms_engine.management.command_line import CommandLine
from schemas.bundles import written


class Command(CommandLine):
    help = "Write a published form with its routes and what their names mean to one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="the key of the form")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.json")

    def run(self, *, key: str, output: Path, **options: Any) -> None:
        try:
            bundle = bundles.of_form(key)
        except FormVersion.DoesNotExist as unknown:
            raise CommandError(f"「{key}」という様式は公開されていません。") from unknown
        try:
            output.write_text(written(bundle), encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stdout.write(f"{output}: 様式1件、決裁経路{len(bundle.workflows)}件")
