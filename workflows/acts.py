"""Acts: doing something with an open task besides deciding on it, under the lock of its case."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _

from workflows.authority import DecisionRefused, is_at_post, refuse_own
from workflows.cases import CaseBusy, Task
from workflows.staff import StaffMember


@contextmanager
def acting(task: Task, by: StaffMember, word: str = "", may: Callable[[], bool] | None = None) -> Iterator[Any]:
    """Inside, the task is read again, open and waiting, and the member may act on it; gives viewflow's activation.

    ``word`` is what the step must allow; without ``may``, only whom the task waits for may.  Raises DecisionRefused.
    """
    try:
        with task.activation() as activation:
            refuse_own(task.case, by)
            _refuse_if_over(task)
            if not (is_at_post(task, by) if may is None else may()):
                raise DecisionRefused(_("この処理の担当ではないため、できません。"))
            if word and word not in task.human_step.may:
                raise DecisionRefused(_("この段階では選べない処理です。"))
            yield activation
    except CaseBusy as busy:
        raise DecisionRefused(_("ほかの人がこの案件を処理中です。少し待ってからお試しください。")) from busy


def _refuse_if_over(task: Task) -> None:
    if not task.is_open:
        raise DecisionRefused(_("この処理はすでに終わっています。ほかの人が先に処理したか、案件が取り下げられました。"))
    if task.is_parked:
        raise DecisionRefused(_("補正か追加の承認を待っている処理です。それが済むまで決裁できません。"))
    if not task.step:
        raise DecisionRefused(_("この案件は補正を待っています。"))
