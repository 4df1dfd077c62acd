"""What can be done with a task or a case besides deciding, as forms: what each asks for, and the verb that does it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from workflows.approver_desk.addressees import NotFound, addressee
from workflows.authority import is_at_post, is_manager
from workflows.cases import APPLICANT, Case, Task
from workflows.drafting import abandon, pull_back
from workflows.forwarding import add_step, forward, hand_back
from workflows.holds import hold, release
from workflows.pull_ups import may_pull_up, pull_up
from workflows.staff import StaffMember


@dataclass(frozen=True)
class Act:
    """One of them: what it is called, what comes of it, what it asks for, and what is said once it is done."""

    verb: str
    title: Any
    meaning: Any
    asks: tuple[str, ...]
    said: Any
    do: Callable[..., Any]
    needs_reason: bool = True


TASK_ACTS: Mapping[str, Act] = {
    act.verb: act
    for act in (
        Act(
            "hold",
            _("保留する"),
            _("照会や調査の間、この処理を止めておきます。"),
            ("until", "reason"),
            _("%(reference)s を保留にしました。"),
            lambda task, by, wish: hold(task, by, wish["reason"], wish["until"]),
        ),
        Act(
            "release",
            _("保留を解く"),
            _("この処理を再開します。"),
            (),
            _("%(reference)s の保留を解きました。"),
            lambda task, by, wish: release(task, by),
        ),
        Act(
            "forward",
            _("転送する"),
            _("この処理を、別の職や職員に渡します。"),
            ("to", "reason"),
            _("%(reference)s を転送しました。"),
            lambda task, by, wish: forward(task, by, wish["to"], wish["reason"]),
            needs_reason=False,
        ),
        Act(
            "add_step",
            _("先に確認してもらう（追加承認）"),
            _("ほかの職や職員の承認が済むまで、この処理は待ちます。"),
            ("to", "reason"),
            _("%(reference)s について、先に確認を求めました。"),
            lambda task, by, wish: add_step(task, by, wish["to"], wish["reason"]),
            needs_reason=False,
        ),
        Act(
            "pull_up",
            _("引き上げる"),
            _("ここで止まっている承認を待たずに、自分の段階に進めます。飛ばされた人は後で閲覧します（後閲）。"),
            ("reason",),
            _("%(reference)s を引き上げました。"),
            lambda task, by, wish: pull_up(task, by, wish["reason"]),
        ),
        Act(
            "hand_back",
            _("本来の担当に戻す"),
            _("職に就く人が決まったので、その職に戻します。"),
            (),
            _("%(reference)s を本来の担当に戻しました。"),
            lambda task, by, wish: hand_back(task, by),
        ),
    )
}
CASE_ACTS: Mapping[str, Act] = {
    act.verb: act
    for act in (
        Act(
            "pull_back",
            _("引き戻す"),
            _("次の担当者が開くまでは、手元に戻して直せます。"),
            ("reason",),
            _("%(reference)s を引き戻しました。直して出し直してください。"),
            lambda case, by, wish: pull_back(case, by, wish["reason"]),
            needs_reason=False,
        ),
        Act(
            "abandon",
            _("廃案にする"),
            _("この起案をやめます。元に戻せません。"),
            ("reason",),
            _("%(reference)s を廃案にしました。"),
            lambda case, by, wish: abandon(case, by, wish["reason"]),
        ),
    )
}


class ActForm(forms.Form):
    """Asks for what the act needs, and nothing else."""

    to = forms.CharField(
        label=_("相手"), max_length=150, error_messages={"required": _("相手の職か職員を書いてください。")}
    )
    until = forms.DateField(
        label=_("保留の期限"),
        error_messages={
            "required": _("いつまで保留するかを書いてください。"),
            "invalid": _("保留の期限は「2026-12-01」のように書いてください。"),
        },
    )
    reason = forms.CharField(label=_("理由"), max_length=1000, error_messages={"required": _("理由を書いてください。")})

    def __init__(self, act: Act, target: Task | Case, data: QueryDict | None = None) -> None:
        super().__init__(data, auto_id=f"{act.verb}-{target.public_id.hex[:8]}-%s")
        self.act, self.target = act, target
        for name in ("to", "until", "reason"):
            if name not in act.asks:
                del self.fields[name]
        if "reason" in self.fields:
            self.fields["reason"].required = act.needs_reason

    def clean_to(self) -> str:
        """The assignee key or login that the words mean."""
        try:
            return addressee(self.cleaned_data["to"])
        except NotFound as unknown:
            raise forms.ValidationError(str(unknown)) from unknown

    def fulfil(self, member: StaffMember) -> None:
        """Do as asked; raises DecisionRefused, CaseRefused or CaseBusy."""
        self.act.do(self.target, member, self.cleaned_data)


def acts_on(task: Task, member: StaffMember) -> Iterator[Act]:
    """Those that the member can choose on an open task; whether one is granted, its verb says under the lock."""
    if not (task.is_open and task.is_blocking and task.step and not task.is_parked):
        return
    own, manages, may = is_at_post(task, member), is_manager(member), task.human_step.may
    offered = {
        "hold": own and "hold" in may and not task.held_at,
        "release": bool(task.held_at) and (own or manages),
        "forward": manages or (own and "forward" in may),
        "add_step": own and "add_step" in may and not task.held_at,
        "pull_up": not own and may_pull_up(task, member),
        "hand_back": manages and task.is_unroutable,
    }
    yield from (TASK_ACTS[verb] for verb, is_offered in offered.items() if is_offered)


def acts_on_case(case: Case, tasks: list[Task], member: StaffMember) -> Iterator[Act]:
    """What its drafter can still do with a case."""
    if not case.is_open or case.outcome or case.subject.drafter != member:
        return
    untouched = tasks and not any(task.opened_at or task.owner_permission == APPLICANT for task in tasks)
    if untouched:
        yield CASE_ACTS["pull_back"]
    if case.subject.is_internal:
        yield CASE_ACTS["abandon"]
