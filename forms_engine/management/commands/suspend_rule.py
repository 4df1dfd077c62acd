"""``suspend_rule WORKFLOW STEP ROW``: one rule decides nothing from now on, anywhere; ``--resume`` ends that."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from forms_engine.management.command_line import CommandLine
from workflows.suspensions import SuspensionRefused, resume, suspend


class Command(CommandLine):
    help = "Suspend one rule at once, or resume it; its cases go to people meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("workflow", "step", "row"):
            parser.add_argument(name, help=f"the key of the {name}")
        parser.add_argument("--reason", default="", metavar="TEXT", help="why it is suspended")
        parser.add_argument("--resume", action="store_true", help="let it decide again")

    def run(self, *, workflow: str, step: str, row: str, **options: Any) -> None:
        try:
            if options["resume"]:
                resume(workflow, step, row, None)
            else:
                suspend(workflow, step, row, None, options["reason"])
        except SuspensionRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"{workflow} {step} {row}: {'再開' if options['resume'] else '停止'}")
