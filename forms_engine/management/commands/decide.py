"""``decide RECEIPT OUTCOME --as LOGIN``: the verb of the approver desk, with the same checks of who may do what."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from forms_engine.applications import Application
from forms_engine.management.command_line import CommandLine, application_of, field_and
from workflows.cases import Case, Task
from workflows.decisions import decide
from workflows.spec import OUTCOMES
from workflows.staff import StaffMember


class Command(CommandLine):
    help = "Decide on the step that an application waits at."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("receipt", help="the receipt number")
        parser.add_argument("outcome", choices=sorted(OUTCOMES.values()))
        parser.add_argument("--as", dest="login", required=True, metavar="LOGIN", help="who decides")
        parser.add_argument("--comment", default="", metavar="TEXT")
        parser.add_argument(
            "--remark",
            action="append",
            default=[],
            metavar="FIELD=TEXT",
            help="what to correct, name or pointer",
        )
        parser.add_argument("--to", metavar="STEP", help="the step to return to")

    def run(self, *, receipt: str, outcome: str, login: str, comment: str, remark: list[str], **options: Any) -> None:
        member, application = _member(login), application_of(receipt)
        remarks = dict(field_and("TEXT", text) for text in remark)
        decision = decide(_task(application), outcome, member, comment, remarks, options["to"])
        self.stdout.write(f"{application.reference} {decision.step} {decision.outcome} {decision.digest}")


def _member(login: str) -> StaffMember:
    member = StaffMember.objects.active().filter(username=login).first()
    if member is None:
        raise CommandError(f"「{login}」という職員はいません。")
    return member


def _task(application: Application) -> Task:
    """The task that waits for staff.  Raises CommandError if none does, and says what the application waits for."""
    case = Case.objects.of(application).first()
    task = case.open_task() if case else None
    if task is None:
        raise CommandError(f"{application.reference} はすでに終わっています（{application.status('ja')}）。")
    if application.open_correction():
        raise CommandError(f"{application.reference} は申請者の補正を待っています。")
    return task
