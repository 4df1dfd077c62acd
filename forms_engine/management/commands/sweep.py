"""``sweep``: put right what crashes and people who left have left behind; to be run every few minutes."""

from typing import Any

from django.core.management import call_command

from forms_engine import attachments, residents
from forms_engine.archive import copies
from forms_engine.management.command_line import CommandLine


class Command(CommandLine):
    help = "Order missing archive copies; delete unused attachments, old counts of wrong codes, and expired sessions."

    def run(self, **options: Any) -> None:
        ordered, dropped = copies.sweep(), attachments.sweep()
        residents.forget_guesses()
        call_command("clearsessions")
        self.stdout.write(f"保存原本の作成依頼 {ordered} 件、不要な添付書類の削除 {dropped} 件")
