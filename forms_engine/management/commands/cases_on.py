"""``cases_on WORKFLOW``: how many cases run on which version of a workflow, and at which of its steps they wait."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from forms_engine.management.command_line import CommandLine, told_standings
from workflows.definitions import WorkflowVersion


class Command(CommandLine):
    help = "Say how many cases run on which version of a workflow, and where they wait."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workflow", help="key of a published workflow")

    def run(self, *, workflow: str, **options: Any) -> None:
        if not WorkflowVersion.objects.of(workflow).exists():
            raise CommandError(f"「{workflow}」という決裁経路は公開されていません。")
        lines = list(told_standings(workflow))
        self.stdout.write("\n".join(lines or ["進行中の案件はありません。"]))
