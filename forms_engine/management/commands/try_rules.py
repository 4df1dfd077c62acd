"""``try_rules WORKFLOW FILE``: read a changed table over past cases, and list those it treats otherwise."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

import schemas
from forms_engine.management.command_line import CommandLine, add_file, read_definition
from workflows.trials import Difference, Tally, differences

#: What a table says, in words.
WORDS = {
    "approved": "自動承認",
    "person": "人が確認",
    "none": "規則に当てはまらない",
    "several": "2つ以上の規則に当てはまる",
    "suspended": "規則の停止中",
}
OUTCOMES = {"approved": "承認", "refused": "不承認", "withdrawn": "取下げ", "abandoned": "廃案", "": "審査中"}


class Command(CommandLine):
    help = "Try a changed definition's rules on past cases; nothing is changed. Exit 1 if it has problems."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("workflow", help="the key of the workflow")
        add_file(parser, "file", "the changed definition, JSON")
        parser.add_argument("--since", type=date.fromisoformat, metavar="DATE", help="cases opened from this day on")
        parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="read as if on this day (today)")
        parser.add_argument("--limit", type=int, default=1000, metavar="N", help="list at most so many cases")

    def run(self, *, workflow: str, file: Path, **options: Any) -> int:
        document = read_definition(file, self.stderr.write)
        problems = list(schemas.check(document))
        if problems:
            self.print_problems(problems)
            return 1
        if document.get("workflow") != workflow:
            raise CommandError(f"{file}: 決裁経路「{workflow}」の定義ではありません。")
        self._list(document, options)
        return 0

    def _list(self, document: dict[str, Any], options: dict[str, Any]) -> None:
        tally, found, grave = Tally(), 0, 0
        for each in differences(document, options["since"], options["on"], tally):
            found, grave = found + 1, grave + each.is_grave
            if found <= options["limit"]:
                self.stdout.write(_line(each))
        self.stdout.write(
            f"調べた案件 {tally.read} 件、自動承認になる案件 {tally.approved} 件、結果の変わる案件 {found} 件"
        )
        if grave:
            self.stdout.write(f"注意: 人が不承認にした案件のうち {grave} 件が自動承認になります。")


def _line(each: Difference) -> str:
    named = f"（{'・'.join(each.rows)}）" if each.rows else ""
    change = f"{WORDS[each.before]} → {WORDS[each.after]}{named}"
    mark = "【注意】" if each.is_grave else ""
    return f"{mark}{each.reference}: {change}、実際の結果: {OUTCOMES.get(each.decided, each.decided)}"
