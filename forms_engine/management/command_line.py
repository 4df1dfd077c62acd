"""The command line (コマンド): what all commands of this project promise to whoever, or whatever script, calls them.

An error is one line on standard error and a status other than zero; never a traceback.
"""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

import schemas
from forms_engine import imports, rule_advice
from forms_engine.applications import Application
from forms_engine.definitions import DefinitionRefused, FormVersion, current
from forms_engine.receipts import normalised
from schemas import Problem
from schemas.definitions import DocumentRefused, load
from schemas.dialects import Adopted
from schemas.pointers import escaped
from schemas.possible import possible
from workflows import definitions as workflow_definitions
from workflows.authority import DecisionRefused
from workflows.cases import APPLICANT, CaseBusy, CaseRefused
from workflows.definitions import WorkflowVersion
from workflows.keyring import Unreadable
from workflows.spec import WorkflowSpec
from workflows.standings import standings
from workflows.transfers import TransferRefused

#: What can go wrong without being a fault of the program: the message of each is fit to be shown.
EXPECTED = (
    OSError,
    UnicodeError,
    RecursionError,
    DatabaseError,
    CaseBusy,
    CaseRefused,
    DecisionRefused,
    DefinitionRefused,
    TransferRefused,
    Unreadable,
)


class Line(CommandParser):
    """Says what is wrong with the arguments in one line."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}\n")


class CommandLine(BaseCommand):
    """Base of the commands: subclasses do their work in ``run`` and return the status to exit with (None: 0)."""

    requires_system_checks: list[str] = []

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.__class__ = Line
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            status = self.run(**options)
        except EXPECTED as error:
            raise CommandError(one_line(error)) from error
        if status:
            raise SystemExit(status)

    def run(self, *args: Any, **options: Any) -> int | None:
        raise NotImplementedError

    def print_problems(self, problems: list[Problem], label: Callable[[Problem], str] = lambda problem: "") -> None:
        """One line for each: where, what it is called there, what to do."""
        for problem in problems:
            title = label(problem)
            where = f"{problem.pointer or '/'} {title}".rstrip()
            self.stdout.write(f"{where}: {problem.message()}")

    def print_advice(self, document: Mapping[str, Any]) -> None:
        """One line on standard error for each thing that speaks against approving by rule; it stops nothing."""
        for problem in rule_advice.for_document(document):
            self.stderr.write(f"点検 {problem.pointer}: {problem.message()}")


def one_line(error: BaseException) -> str:
    """The first line that the error has to say, or its name if it says nothing."""
    text = next((line.strip() for line in str(error).splitlines() if line.strip()), "")
    return text or type(error).__name__


def add_file(parser: ArgumentParser, name: str, help_text: str) -> None:
    parser.add_argument(name, type=Path, help=help_text)


def read_definition(path: Path, told: Callable[[str], Any]) -> dict[str, Any]:
    """The form or workflow definition in a file; a form description of another language is read as one.

    `told` hears, line by line, how such a description was understood.  Raises CommandError where there is none.
    """
    try:
        if not imports.is_foreign_file(path):
            return load(path)
        adopted = imports.read(path)
        for line in understood(path, adopted):
            told(line)
        return adopted.document
    except DocumentRefused as refused:
        raise CommandError(one_line(refused)) from refused


def form_document(named: str, told: Callable[[str], Any]) -> dict[str, Any]:
    """The definition in a file, or the current one that is published under a key; `told` hears what was understood.

    Raises CommandError.
    """
    if named.endswith(".json") or Path(named).exists():
        return read_definition(Path(named), told)
    try:
        return current(named).document
    except FormVersion.DoesNotExist as unknown:
        raise CommandError(f"「{named}」という様式は公開されておらず、その名前のファイルもありません。") from unknown


def understood(path: Path, adopted: Adopted) -> Iterator[str]:
    """What was understood of a foreign form description: one line for the whole, one for each remark."""
    document, remarks = adopted.document, adopted.remarks
    fields = len(possible(document["schema"]).get("properties", {}))
    pages = len(document.get("pages", ()))
    yield f"{path}: {adopted.dialect}の様式として読みました（項目{fields}、画面{pages}、注意{len(remarks)}件）"
    for remark in remarks:
        yield f"注意 {remark.pointer}: {remark.message()}" if remark.pointer else f"注意: {remark.message()}"


def read_json(path: Path) -> dict[str, Any]:
    """The JSON object in a file.  Raises CommandError where there is none."""
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"), parse_constant=_refuse_constant)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"{path}: JSONとして読めません（{one_line(error)}）") from error
    if not isinstance(document, dict):
        raise CommandError(f"{path}: JSONのオブジェクト（{{…}}）ではありません")
    return document


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def read_bytes(path: Path) -> bytes:
    """The content of a file.  Raises CommandError if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


def application_of(receipt_number: str) -> Application:
    """The application with this receipt number.  Raises CommandError if there is none."""
    found = Application.objects.submitted().with_version().filter(receipt_number=normalised(receipt_number))
    application = found.first()
    if application is None:
        raise CommandError(f"受付番号「{receipt_number}」の申請はありません。")
    return application


def field_and(what: str, text: str) -> tuple[str, str]:
    """``name=…`` or ``/pointer=…`` as pointer and what follows it.  Raises CommandError if it is neither."""
    field, _equals, value = text.partition("=")
    if not (field and value.strip()):
        raise CommandError(f"「{text}」: FIELD={what} の形で書いてください。")
    return (field if field.startswith("/") else f"/{escaped(field)}"), value


def workflow_document(named: str) -> Mapping[str, Any]:
    """The workflow in a file, fit to be published, or the current one under a key.  Raises CommandError."""
    if not (named.endswith(".json") or Path(named).exists()):
        try:
            return workflow_definitions.current(named).document
        except WorkflowVersion.DoesNotExist as unknown:
            raise CommandError(f"「{named}」という決裁経路は公開されていません。") from unknown
    document = load_json_definition(Path(named))
    problems = schemas.check(document) if "workflow" in document else [Problem("", "definition_kind", {})]
    if problems:
        raise CommandError(f"{named} {problems[0].pointer}: {problems[0].message()}")
    return document


def load_json_definition(path: Path) -> dict[str, Any]:
    """The definition in a JSON file.  Raises CommandError."""
    try:
        return load(path)
    except DocumentRefused as refused:
        raise CommandError(one_line(refused)) from refused


def told_standings(key: str) -> Iterator[str]:
    """How many cases run on which version of a workflow, and where they wait: one line for each version."""
    for standing in standings(key):
        version = WorkflowVersion.objects.of(key).get(number=standing.number)
        names = {step.key: step.title for step in WorkflowSpec.load(version.document).human_steps()}
        names[APPLICANT] = "申請者の補正"
        at = "、".join(f"{names.get(step, step)} {count}" for step, count in standing.steps.items())
        more = "件以上" if standing.is_capped else "件"
        yield f"版{standing.number}: 進行中 {standing.cases}{more}" + (f"（{at}）" if at else "")
