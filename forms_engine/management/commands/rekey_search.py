"""``rekey_search``: bring the search terms of all cases under the first key of the ring, and write missing ones."""

from typing import Any

from forms_engine.management.command_line import CommandLine
from workflows.search import index_what_is_missing
from workflows.search_terms import rekey


class Command(CommandLine):
    help = "Write search terms that are missing or stand under an older key. May be interrupted and repeated."

    def run(self, **options: Any) -> None:
        self.stdout.write(
            f"検索語を新しい鍵で書き直した案件 {rekey()} 件、検索語のなかった案件 {index_what_is_missing()} 件"
        )
