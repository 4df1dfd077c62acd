"""``verify_audit``: walk the chain of audit entries from the first to the last."""

from typing import Any

from django.core.management.base import CommandError

from forms_engine.management.command_line import CommandLine
from workflows import audit


class Command(CommandLine):
    help = "Check that no audit entry was changed, removed or slipped in; print their number and the last digest."

    def run(self, **options: Any) -> None:
        report = audit.verify()
        if not report.is_intact:
            raise CommandError(f"操作記録 {report.broken} 番が、その前の記録とつながりません。")
        self.stdout.write(f"操作記録 {report.count} 件、改ざんなし（最後の記録 {report.head}）")
