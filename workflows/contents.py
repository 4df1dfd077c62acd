"""Contents (決裁の内容): what somebody wishes to decide on a task, and whether it can be granted now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from schemas.problems import Problem
from workflows.authority import DecisionRefused
from workflows.cases import Task
from workflows.offers import earlier_steps


@dataclass(frozen=True)
class Content:
    """What is decided; ``to`` is where a return goes."""

    outcome: str
    comment: str = ""
    remarks: Mapping[str, str] = field(default_factory=dict)
    explanation: Sequence[Mapping[str, Any]] = ()
    to: str = ""
    conditions: Sequence[str] = ()
    entries: Mapping[str, Any] = field(default_factory=dict)


def written(remarks: Mapping[str, str]) -> dict[str, str]:
    """Remarks as they are kept: none without a word in it."""
    return {pointer: text.strip() for pointer, text in remarks.items() if text.strip()}


def checked(task: Task, wish: Content) -> Content:
    """The wish as it can be granted now; raises DecisionRefused if it cannot."""
    if not task.is_open:
        raise DecisionRefused(_("この処理はすでに終わっています。ほかの人が先に処理したか、案件が取り下げられました。"))
    if task.is_parked:
        raise DecisionRefused(_("補正か追加の承認を待っている処理です。それが済むまで決裁できません。"))
    if task.held_at:
        raise DecisionRefused(_("保留中の処理です。保留を解いてから決裁してください。"))
    if wish.outcome not in task.human_step.outcomes:
        raise DecisionRefused(_("この段階では選べない結果です。"))
    if wish.outcome == "refused" and not wish.comment:
        raise DecisionRefused(_("不承認には理由が必要です。"))  # 行政手続法 第8条
    if wish.outcome == "objected" and not wish.comment:
        raise DecisionRefused(_("不同意には理由が必要です。"))
    if wish.conditions and not _may_set_conditions(task, wish.outcome):
        raise DecisionRefused(_("この処理では、承認に条件を付けられません。"))
    if wish.outcome == "correction" and not (wish.remarks or wish.comment):
        raise DecisionRefused(_("補正を求めるには、直してほしい項目か理由を書いてください。"))
    _refuse_entries(task, wish)
    if unknown := task.case.subject.not_correctable(wish.remarks):
        raise DecisionRefused(_("補正を求められる項目ではありません：%(pointers)s") % {"pointers": "、".join(unknown)})
    return replace(wish, to=_returned_to(task, wish.to) if wish.outcome == "returned" else "")


def _refuse_entries(task: Task, wish: Content) -> None:
    """Raises DecisionRefused where what was filled in does not fit the fields of the step."""
    fields = task.human_step.fields
    wrong = fields.problems(wish.entries, wish.outcome)[:1] if fields else [Problem("", "unknown")][: len(wish.entries)]
    language = get_language() or "ja"
    for problem in wrong:
        said = problem.message(language, fields.title(problem.field, language) if fields else None)
        raise DecisionRefused(_("職員記入欄：%(problem)s") % {"problem": said})


def _may_set_conditions(task: Task, outcome: str) -> bool:
    return outcome == "approved" and "approve_with_conditions" in task.human_step.may


def _returned_to(task: Task, to: str) -> str:
    earlier = [step.key for step in earlier_steps(task)]
    if not earlier:
        raise DecisionRefused(_("これより前に、差し戻せる段階はありません。"))
    if to and to not in earlier:
        raise DecisionRefused(_("差戻し先は、すでに通った段階から選んでください。"))
    return to or earlier[-1]
