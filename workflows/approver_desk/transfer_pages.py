"""What the pages of a transfer ask and tell: which step takes the place of which, and what becomes of each case."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.cases import Case
from workflows.definitions import WorkflowVersion
from workflows.spec import WorkflowSpec
from workflows.staff import StaffMember
from workflows.transfer_plans import Plan, Position
from workflows.transfers import MOVED, REFUSED, WAITING, Transfer, TransferredCase, dry_run

#: How many cases are shown, chosen and moved at once, so that a person can read them and no browser waits for long.
AT_ONCE = 100
#: What the name of a choice of a step begins with.
STEP = "step__"


class ProposalForm(forms.Form):
    """The steps of the newer version that take the place of those of the older one, the cases, and why.

    ``mapped`` and ``chosen`` are what propose() takes; both are there once the form is valid.
    """

    reason = forms.CharField(
        label=gettext_lazy("移行の理由"),
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        error_messages={"required": gettext_lazy("移行の理由を書いてください。")},
    )

    def __init__(self, source: WorkflowVersion, target: WorkflowVersion, data: Any = None) -> None:
        super().__init__(data, auto_id="transfer-%s")
        self.old, self.new = WorkflowSpec.load(source.document), WorkflowSpec.load(target.document)
        running = Case.objects.open().filter(version=source).order_by("pk")
        found = list(running[: AT_ONCE + 1])
        self.running, self.has_more = found[:AT_ONCE], len(found) > AT_ONCE
        for step in self.old.human_steps():
            self.fields[STEP + step.key] = self._choice(step.key, step.title)
        self.fields["case"] = forms.MultipleChoiceField(
            label=gettext_lazy("移す案件"),
            choices=[(str(case.public_id), case.reference) for case in self.running],
            error_messages={
                "required": gettext_lazy("移す案件を1件以上選んでください。"),
                "invalid_choice": gettext_lazy(
                    "選んだ案件の中に、もうこの版で進行していないものがあります。選び直してください。"
                ),
            },
        )

    def _choice(self, key: str, title: str) -> forms.ChoiceField:
        offered = [(step.key, step.title) for step in self.new.human_steps()]
        is_kept = key in dict(offered)
        choices = offered if is_kept else [("", gettext_lazy("（移り先なし）")), *offered]
        return forms.ChoiceField(label=title, choices=choices, required=is_kept, initial=key if is_kept else "")

    @property
    def steps(self) -> list[forms.BoundField]:
        """The choices of steps, in the order of the route."""
        return [self[name] for name in self.fields if name.startswith(STEP)]

    @property
    def ticked(self) -> set[str]:
        """Which cases are chosen; at first all of them."""
        return set(self["case"].data or ()) if self.is_bound else {str(case.public_id) for case in self.running}

    @property
    def mapped(self) -> dict[str, str]:
        chosen = {name.removeprefix(STEP): value for name, value in self.cleaned_data.items() if name.startswith(STEP)}
        return {old: new for old, new in chosen.items() if new and new != old}

    @property
    def chosen(self) -> list[Case]:
        wanted = set(self.cleaned_data["case"])
        return [case for case in self.running if str(case.public_id) in wanted]


@dataclass(frozen=True)
class Told:
    """One case of a transfer in words: where it goes or went, what stays, or ``refusal``."""

    reference: str
    title: str
    moves: tuple[str, ...] = ()
    decided: str = ""
    refusal: str = ""
    is_moved: bool = False


def page_of(transfer: Transfer, reader: StaffMember) -> dict[str, Any]:
    """What the page of a transfer shows to this reader."""
    waiting = dry_run(transfer, AT_ONCE)
    rows = transfer.rows.exclude(state=WAITING).select_related("case")[:AT_ONCE]
    left = transfer.rows.filter(state=WAITING).count()
    is_own = transfer.proposed_by_id == reader.pk
    hidden, movable = max(left - len(waiting), 0), sum(plan.is_possible for plan in waiting)
    is_any_movable = bool(hidden or movable)
    return {
        "transfer": transfer,
        "mapped": list(_mapped(transfer)),
        "planned": [_told(plan, transfer.spec) for plan in waiting],
        "done": [_done(row) for row in rows],
        "left": left,
        "hidden": hidden,
        "movable": movable,
        "is_any_movable": is_any_movable,
        "is_own": is_own,
        "may_review": not is_own and not transfer.reviewed_at and is_any_movable,
        "may_carry_out": not is_own and bool(transfer.reviewed_at) and is_any_movable,
        "may_call_off": not transfer.is_begun,
    }


def _mapped(transfer: Transfer) -> Iterator[tuple[str, str]]:
    old, new = WorkflowSpec.load(transfer.source.document), transfer.spec
    for before, after in transfer.mapped.items():
        yield old.title_of(before), new.title_of(after)


def _told(plan: Plan, spec: WorkflowSpec) -> Told:
    case = plan.case
    if plan.refusal:
        return Told(case.reference, case.title, refusal=plan.refusal)
    decided = "、".join(_title(case.spec, key) for key in plan.decided)
    return Told(case.reference, case.title, tuple(_move(one, case.spec, spec) for one in plan.positions), decided)


def _title(spec: WorkflowSpec, key: str) -> str:
    """What a step is called; its key, where a case was moved before to a version that has it no more."""
    try:
        return spec.title_of(key)
    except KeyError:
        return key


def _move(position: Position, old: WorkflowSpec, new: WorkflowSpec) -> str:
    if not position.step:
        return _("申請者の補正待ちのまま")
    before, after = old.title_of(position.task.step), new.title_of(position.step)
    return _("%(step)s（そのまま）") % {"step": after} if before == after else f"{before} → {after}"


def _done(row: TransferredCase) -> Told:
    refusal = row.why if row.state == REFUSED else ""
    return Told(row.case.reference, row.case.title, refusal=refusal, is_moved=row.state == MOVED)
