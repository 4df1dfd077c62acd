"""``translations FORM|FILE``: which texts of a definition lack a translation; to and from a table for translators."""

import csv
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from forms_engine.definitions import FormVersion
from forms_engine.management.command_line import CommandLine, form_document, read_bytes
from schemas.translation_tables import Imported, exported, imported, merged, rewritten
from schemas.translations import languages_of, report

STATES = {"missing": "訳がない", "empty": "空", "outdated": "原文が変わった"}


class Command(CommandLine):
    help = (
        "List the texts without a translation, or write or read a table (CSV) of all texts. Exit 1 if any is lacking."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("form", help="the key of a published form, or a definition, JSON")
        parser.add_argument(
            "--language", action="append", default=[], metavar="L", help="en, vi, zh-Hans …; repeatable"
        )
        way = parser.add_mutually_exclusive_group()
        way.add_argument("--export", type=Path, metavar="FILE.csv", help="write the table")
        way.add_argument("--import", dest="table", type=Path, metavar="FILE.csv", help="read the table")
        help_text = "where the definition goes that was read in; default: the file itself"
        parser.add_argument("-o", "--output", type=Path, metavar="FILE.json", help=help_text)

    def run(self, *, form: str, language: list[str], **options: Any) -> int:
        document = form_document(form, self.stderr.write)
        languages = list(dict.fromkeys([*languages_of(document), *language]))
        if options["export"]:
            return self._export(document, languages, options["export"])
        if options["table"]:
            return self._import(form, options["table"], options["output"])
        return self._report(document, language or languages)

    def _report(self, document: Mapping[str, Any], languages: Sequence[str]) -> int:
        lacking = [text for text in report(document, languages, _earlier(document)) if text.state != "present"]
        for text in lacking:
            first_line = text.source.splitlines()[0]
            self.stdout.write(f"{text.language}\t{STATES[text.state]}\t{text.pointer}\t{first_line}")
        self.stdout.write(f"{len(lacking)} 件（{'、'.join(languages)}）")
        return 1 if lacking else 0

    def _export(self, document: Mapping[str, Any], languages: Sequence[str], path: Path) -> int:
        path.write_bytes(exported(document, languages).encode())
        self.stdout.write(f"{path}（{'、'.join(languages)}）")
        return 0

    def _import(self, form: str, table: Path, output: Path | None) -> int:
        text, output = _definition_text(form), output or (Path(form) if Path(form).exists() else None)
        if output is None:
            raise CommandError(
                "公開されている様式は書き換えられません。-o FILE.json で書き出す先を指定し、公開し直してください。"
            )
        document = form_document(form, self.stderr.write)
        found = _read(document, table)
        output.write_text(rewritten(text, merged(document, found.texts)), encoding="utf-8", newline="")
        return self._tell(found, output)

    def _tell(self, found: Imported, output: Path) -> int:
        for number, problem in found.problems:
            self.stdout.write(f"{number} 行目 {problem.pointer}: {problem.message()}")
        count = sum(len(texts) for texts in found.texts.values())
        self.stdout.write(f"{output}: {count} 件を取り込み、{len(found.problems)} 行を取り込みませんでした。")
        return 1 if found.problems else 0


def _earlier(document: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The published versions of the form, newest first."""
    return [version.document for version in FormVersion.objects.of(document.get("form", "")).order_by("-number")]


def _definition_text(form: str) -> str:
    if Path(form).exists():
        return read_bytes(Path(form)).decode("utf-8-sig")
    versions = FormVersion.objects.of(form).order_by("-number")
    return str(versions.values_list("text", flat=True)[0])


def _read(document: Mapping[str, Any], path: Path) -> Imported:
    try:
        return imported(document, read_bytes(path).decode("utf-8-sig"))
    except csv.Error as wrong:
        raise CommandError(f"{path}: CSVとして読めません。") from wrong
    except UnicodeDecodeError as wrong:
        raise CommandError(
            f"{path}: UTF-8ではありません。「CSV UTF-8（コンマ区切り）」で保存し直してください。"
        ) from wrong
