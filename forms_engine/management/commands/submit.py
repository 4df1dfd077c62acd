"""``submit FORM ANSWERS.json [--attach field=path]…``: apply as a resident does in the browser, checked alike."""

import copy
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from forms_engine import applications, attachments, submission
from forms_engine.applications import Application
from forms_engine.attachments import AttachmentRefused
from forms_engine.corrections import put
from forms_engine.definitions import FormVersion, current
from forms_engine.management.command_line import CommandLine, add_file, field_and, read_json
from forms_engine.readout import label_of
from schemas import Problem
from schemas.pointers import escaped, lookup, parts
from schemas.possible import possible

UNKNOWN = {"ja": "この様式にない項目です。", "en": "The form has no such field."}
File = tuple[str, Path]


class Command(CommandLine):
    help = "Submit an application; print its receipt number, or the problems field by field."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("form", help="the key of a published form")
        add_file(parser, "answers", "the answers, a JSON object")
        parser.add_argument(
            "--attach", action="append", default=[], metavar="FIELD=PATH", help="a file for a field (name or pointer)"
        )

    def run(self, *, form: str, answers: Path, attach: list[str], **options: Any) -> int:
        version, given = _version(form), read_json(answers)
        files = [(field, Path(path)) for field, path in (field_and("PATH", text) for text in attach)]
        problems, application = _apply(version, given, files)
        if application is not None:
            self.stdout.write(application.reference)
            return 0
        self.print_problems(problems, lambda problem: label_of(version.spec, given, problem.pointer, "ja"))
        return 1


def _version(form: str) -> FormVersion:
    try:
        return current(form)
    except FormVersion.DoesNotExist as unknown:
        raise CommandError(f"「{form}」という様式は公開されていません。") from unknown


def _apply(
    version: FormVersion, given: Mapping[str, Any], files: list[File]
) -> tuple[list[Problem], Application | None]:
    """The application, or what is wrong; then no draft is left behind."""
    strangers = given.keys() - possible(version.spec.schema)["properties"].keys()
    if strangers:
        return [Problem(f"/{escaped(key)}", "unknown_field", {"texts": UNKNOWN}) for key in sorted(strangers)], None
    try:
        return [], _submitted(version, given, files)
    except submission.Incomplete as incomplete:
        return incomplete.problems, None
    except AttachmentRefused as refused:
        return [refused.problem], None


@transaction.atomic
def _submitted(version: FormVersion, given: Mapping[str, Any], files: list[File]) -> Application:
    application = applications.start(version)
    applications.save_answers(application, given)
    for field, path in files:
        applications.save_answers(application, _attached(application, field, path))
    return submission.submit(application)


def _attached(application: Application, field: str, path: Path) -> dict[str, Any]:
    """The top-level answer with the file in its place; where a field takes several, behind those that are there."""
    try:
        with path.open("rb") as upload:
            file = attachments.attach(application, field, upload)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    answers, way = copy.deepcopy(application.answers), parts(field)
    takes_several = attachments.field_schema(application, field).get("type") == "array"
    put(answers, way, [*(lookup(answers, field, default=None) or []), file] if takes_several else file)
    return {way[0]: answers[way[0]]}
