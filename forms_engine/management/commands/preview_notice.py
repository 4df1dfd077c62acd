"""``preview_notice FORM|FILE KIND [--language L]``: a notice of a form as a resident would get it."""

from argparse import ArgumentParser
from typing import Any

from forms_engine import notices
from forms_engine.management.command_line import CommandLine, form_document
from forms_engine.spec import FormSpec


class Command(CommandLine):
    help = "Show the mail that a form sends, filled with made-up numbers; nothing is sent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("form", help="the key of a published form, or a definition, JSON")
        parser.add_argument("kind", choices=notices.KINDS)
        parser.add_argument("--language", default="ja", metavar="L", help="default: %(default)s")

    def run(self, *, form: str, kind: str, language: str, **options: Any) -> None:
        letter = notices.preview(FormSpec.load(form_document(form, self.stderr.write)), kind, language)
        self.stdout.write(f"{letter.subject}\n\n{letter.body}")
