"""``move_cases propose|show|review|carry_out``: running cases go on with a newer version of their workflow.

move_cases propose WORKFLOW --from 1 --to 2 --map check=confirm --reason 組織改正 --as LOGIN [--case 受付番号 …]
move_cases show NUMBER                what would happen to each case; nothing is changed
move_cases review NUMBER --as LOGIN   by somebody who did not propose it
move_cases carry_out NUMBER --as LOGIN
"""

from argparse import ArgumentParser
from collections.abc import Sequence
from typing import Any

from django.core.management.base import CommandError

from forms_engine.management.command_line import CommandLine
from workflows.cases import APPLICANT, Case
from workflows.definitions import WorkflowVersion
from workflows.staff import StaffMember
from workflows.transfer_plans import Plan
from workflows.transfers import MOVED, REFUSED, Transfer, carry_out, dry_run, propose, review

STATES = {MOVED: "移しました", REFUSED: "移せません"}


class Command(CommandLine):
    help = "Move running cases to a newer version of their workflow: propose, show, review, carry_out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["propose", "show", "review", "carry_out"])
        parser.add_argument("named", help="the workflow to propose for; else the number of the transfer")
        parser.add_argument("--from", dest="source", type=int, help="number of the version that the cases run on")
        parser.add_argument("--to", dest="target", type=int, help="number of the version that they go on with")
        parser.add_argument("--map", dest="pairs", action="append", default=[], help="OLD=NEW, for a step that changed")
        parser.add_argument("--case", dest="cases", action="append", help="a receipt number; without, all open cases")
        parser.add_argument("--reason", default="", help="why, for the file")
        parser.add_argument("--as", dest="login", help="login of who does it")

    def run(self, *, verb: str, named: str, login: str | None, **options: Any) -> int:
        if verb == "propose":
            transfer = _proposed(named, _member(login), **options)
            self.stdout.write(f"移行 {transfer.pk}")
            return self._show(transfer)
        transfer = _transfer(named)
        if verb == "show":
            return self._show(transfer)
        if verb == "review":
            review(transfer, _member(login))
            return 0
        return self._carry_out(transfer, _member(login))

    def _show(self, transfer: Transfer) -> int:
        plans = dry_run(transfer)
        for plan in plans:
            self.stdout.write(f"{plan.case.reference}: {_told(plan)}")
        return 0 if all(plan.is_possible for plan in plans) else 1

    def _carry_out(self, transfer: Transfer, by: StaffMember) -> int:
        rows = carry_out(transfer, by)
        for row in rows:
            said = STATES.get(row.state, "ほかの人が処理中です。もう一度実行してください")
            self.stdout.write(f"{row.case.reference}: {said} {row.why}".rstrip())
        return 0 if all(row.state == MOVED for row in rows) else 1


def _told(plan: Plan) -> str:
    if plan.refusal:
        return f"移せません {plan.refusal}"
    at = "、".join(f"{each.task.step or APPLICANT} → {each.step or APPLICANT}" for each in plan.positions)
    return f"{at}（済んだ段階: {'、'.join(plan.decided) or 'なし'}）"


def _proposed(
    key: str,
    by: StaffMember,
    *,
    source: int | None,
    target: int | None,
    pairs: Sequence[str],
    cases: Sequence[str] | None,
    reason: str,
    **options: Any,
) -> Transfer:
    mapped = dict(_pair(text) for text in pairs)
    chosen = None if cases is None else [_case(reference, key) for reference in cases]
    return propose(_version(key, source), _version(key, target), mapped, by, reason, chosen)


def _pair(text: str) -> tuple[str, str]:
    old, _equals, new = text.partition("=")
    if not (old and new):
        raise CommandError(f"「{text}」: OLD=NEW の形で書いてください。")
    return old, new


def _version(key: str, number: int | None) -> WorkflowVersion:
    found = WorkflowVersion.objects.of(key).filter(number=number or 0).first()
    if found is None:
        raise CommandError(f"「{key}」に版「{number or ''}」はありません。")
    return found


def _case(reference: str, key: str) -> Case:
    found = Case.objects.open().filter(reference=reference, version__definition__key=key).first()
    if found is None:
        raise CommandError(f"進行中の案件「{reference}」はありません。")
    return found


def _member(login: str | None) -> StaffMember:
    found = StaffMember.objects.active().filter(username=login or "").first()
    if found is None:
        raise CommandError(f"職員「{login or ''}」はいません。--as LOGIN で指定してください。")
    return found


def _transfer(number: str) -> Transfer:
    found = Transfer.objects.filter(pk=int(number)).first() if number.isdecimal() else None
    if found is None:
        raise CommandError(f"移行「{number}」はありません。")
    return found
