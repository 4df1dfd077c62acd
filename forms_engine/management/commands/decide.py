"""``decide RECEIPT VERB --as LOGIN``: the verbs of the approver desk, with the same checks of who may do what."""

import json
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.management.base import CommandError

from forms_engine.applications import Application
from forms_engine.management.command_line import CommandLine, application_of, field_and
from workflows.authority import DecisionRefused, refuse_unless_authorised
from workflows.cases import APPLICANT, Case, Task
from workflows.decisions import decide
from workflows.drafting import abandon, pull_back
from workflows.forwarding import add_step, forward, hand_back
from workflows.holds import hold, release
from workflows.pull_ups import pull_up
from workflows.readings import close_reading
from workflows.spec import OUTCOMES
from workflows.staff import StaffMember

#: What can be done with a task besides deciding on it.
ACTS: Mapping[str, Callable[[Task, StaffMember, Mapping[str, Any]], object]] = {
    "hold": lambda task, by, options: hold(task, by, options["comment"], options["until"] or date.today()),
    "release": lambda task, by, options: release(task, by),
    "forward": lambda task, by, options: forward(task, by, options["to"] or "", options["comment"]),
    "add_step": lambda task, by, options: add_step(task, by, options["to"] or "", options["comment"]),
    "hand_back": lambda task, by, options: hand_back(task, by),
    "pull_up": lambda task, by, options: pull_up(task, by, options["comment"]),
    "read": lambda task, by, options: close_reading(task, by, options["comment"]),
}
#: What its drafter can do with a case.
DRAFTER: Mapping[str, Callable[[Case, StaffMember, str], object]] = {"pull_back": pull_back, "abandon": abandon}


class Command(CommandLine):
    help = "Decide on the step that an application waits at, or hold it, pass it on, take it back, …"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("receipt", help="the receipt number")
        parser.add_argument("verb", metavar="VERB", choices=sorted({*OUTCOMES.values(), *ACTS, *DRAFTER}))
        parser.add_argument("--as", dest="login", required=True, metavar="LOGIN", help="who does it")
        parser.add_argument("--comment", default="", metavar="TEXT", help="comment or reason")
        parser.add_argument(
            "--remark",
            action="append",
            default=[],
            metavar="FIELD=TEXT",
            help="what to correct, name or pointer",
        )
        parser.add_argument(
            "--to", metavar="STEP", help="the step to return to; for whom else: DEPARTMENT/ROLE or LOGIN"
        )
        parser.add_argument("--step", metavar="STEP", help="which step, where several are open at once")
        parser.add_argument("--condition", action="append", default=[], metavar="TEXT", help="condition of an approval")
        parser.add_argument(
            "--entry", action="append", default=[], metavar="FIELD=VALUE", help="what a staff field of the step holds"
        )
        parser.add_argument("--until", type=date.fromisoformat, metavar="DATE", help="until when to hold")
        parser.add_argument("--urgent", default="", metavar="TEXT", help="why a substitute cannot wait")

    def run(self, *, receipt: str, verb: str, login: str, **options: Any) -> None:
        member, application = _member(login), application_of(receipt)
        case = Case.objects.of(application).get()
        if verb in DRAFTER:
            DRAFTER[verb](case, member, options["comment"])
        elif verb in ACTS:
            ACTS[verb](_task(application, case, member, verb, options["step"]), member, options)
        else:
            self._decide(application, case, member, verb, options)
            return
        self.stdout.write(f"{application.reference} {verb}")

    def _decide(
        self, application: Application, case: Case, member: StaffMember, outcome: str, options: Mapping[str, Any]
    ) -> None:
        task = _task(application, case, member, outcome, options["step"])
        remarks = dict(field_and("TEXT", text) for text in options["remark"])
        decision = decide(
            task,
            outcome,
            member,
            options["comment"],
            remarks,
            options["to"],
            conditions=options["condition"],
            urgent=options["urgent"],
            entries=_entries(task, options["entry"]),
        )
        self.stdout.write(f"{application.reference} {decision.step} {decision.outcome} {decision.digest}")


def _member(login: str) -> StaffMember:
    member = StaffMember.objects.active().filter(username=login).first()
    if member is None:
        raise CommandError(f"「{login}」という職員はいません。")
    return member


def _task(application: Application, case: Case, member: StaffMember, verb: str, step: str | None) -> Task:
    """The task that is meant: at the step that is named, else the member's own, else the first.

    Raises CommandError if none waits for staff, and says what the application waits for.
    """
    tasks = case.open_readings() if verb == "read" else case.open_tasks()
    if not tasks:
        raise CommandError(f"{application.reference} はすでに終わっています（{application.status('ja')}）。")
    if tasks[0].owner_permission == APPLICANT:
        raise CommandError(f"{application.reference} は申請者の補正を待っています。")
    named = [task for task in tasks if step in (None, task.step)]
    if not named:
        raise CommandError(f"{application.reference} は「{step}」の段階にありません。")
    return next((task for task in named if _is_own(task, member)), named[0])


def _entries(task: Task, texts: list[str]) -> dict[str, Any]:
    """What staff fields are to hold; a number or truth value is written as JSON."""
    fields = task.human_step.fields
    pairs = [text.partition("=") for text in texts]
    types = {name: schema["type"] for name, schema in fields.properties.items()} if fields else {}
    return {
        name: value if types.get(name, "string") == "string" else _json(name, value) for name, _sign, value in pairs
    }


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as wrong:
        raise CommandError(f"「{name}」は数か true・false で書いてください：{text}") from wrong


def _is_own(task: Task, member: StaffMember) -> bool:
    if not task.is_blocking:
        return task.waits_for(member)
    try:
        refuse_unless_authorised(task, member)
    except DecisionRefused:
        return False
    return True
