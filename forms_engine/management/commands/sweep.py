"""``sweep``: put right what crashes and people who left have left behind; to be run every few minutes."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management import call_command

from forms_engine import attachments, drafts, my_numbers, notices, presences, residents, schedules, unfinished
from forms_engine.archive import copies
from forms_engine.management.command_line import CommandLine
from workflows import deliveries, forwarding, reminders, standing_substitutes
from workflows import notices as staff_notices


class Command(CommandLine):
    help = (
        "Order missing archive copies and mails that are due; send what did not arrive; bring on what nobody has; "
        "remind of what is late; name substitutes anew whose period has begun or ended; publish, retire and reopen "
        "forms as scheduled; delete unused attachments, My Numbers that are due, old drafts, old counts of wrong "
        "codes, and expired sessions."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        help_text = "minutes after which a worker at one copy counts as dead (0: no worker is running)"
        parser.add_argument("--patience", type=int, default=copies.STALE // timedelta(minutes=1), help=help_text)

    def run(self, **options: Any) -> None:
        ordered, dropped = copies.sweep(timedelta(minutes=options["patience"])), attachments.sweep()
        drafts.remind()
        erased, purged = my_numbers.sweep(), drafts.sweep()
        mails = notices.sweep() + staff_notices.sweep()
        rescued, delivered, carried_out = forwarding.rescue(), deliveries.send_due(), schedules.sweep()
        standing_substitutes.sweep()
        swept = reminders.sweep()
        residents.forget_guesses()
        presences.forget()
        unfinished.forget()
        call_command("clearsessions")
        self.stdout.write(
            f"保存原本の作成依頼 {ordered} 件、不要な添付書類の削除 {dropped} 件、個人番号の消去 {erased} 件、"
            f"期限切れの下書きの削除 {purged} 件、メールの送信依頼 {mails} 件、予定の実行 {carried_out} 件"
        )
        self.stdout.write(f"案件管理者に移した処理 {rescued} 件、外部送付 {delivered} 件")
        self.stdout.write(f"催促した処理 {swept.reminded} 件、遅れを報告した処理 {swept.escalated} 件")
