"""What an approver asks for with the form beside a case: an outcome with its comment, where to return it, remarks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from workflows.cases import Task
from workflows.decisions import Decision, decide
from workflows.offers import earlier_steps, offered
from workflows.routable import StaffSheet
from workflows.staff import StaffMember
from workflows.staff_fields import ONWARD, last_entries

REMARK = "remark:"
WORDS: Mapping[str, tuple[Any, Any]] = {
    "approved": (_("承認する"), _("この内容で次の段階へ進めます。")),
    "objected": (_("同意しない"), _("理由を付けて、この案件に同意しないことを伝えます。")),
    "returned": (_("差し戻す"), _("前の段階の担当者に戻し、もう一度審査してもらいます。")),
    "correction": (_("補正を求める"), _("申請者に、直してほしい項目を伝えます。その間、処理期間は止まります。")),
    "refused": (_("不承認にする"), _("理由と不服申立ての教示を申請者に通知します。")),
}
APPROVAL_AT_DECISION: tuple[Any, Any] = (_("承認する（決裁）"), _("この内容を認め、案件を完了します。"))
#: What is said otherwise of an internal request, which has a drafter and no appeal.
INTERNAL: Mapping[str, Any] = {
    "correction": _("起案者に、直してほしい項目を伝えます。その間、処理期間は止まります。"),
    "refused": _("理由を起案者に通知します。"),
}


@dataclass(frozen=True)
class Option:
    """One outcome that can be chosen: what choosing it is called and what comes of it."""

    outcome: str
    title: str
    meaning: str


class WishForm(forms.Form):
    """Only what the step offers can be chosen; what was typed stays, whatever comes of it."""

    outcome = forms.ChoiceField(
        label=_("処理"), widget=forms.RadioSelect, error_messages={"required": _("処理を選んでください。")}
    )
    to = forms.ChoiceField(label=_("差戻し先"), required=False)
    comment = forms.CharField(label=_("コメント・理由"), required=False, max_length=4000)
    conditions = forms.CharField(label=_("承認に付ける条件"), required=False, max_length=4000)
    urgent = forms.CharField(label=_("代決の理由"), required=False, max_length=1000)
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, task: Task, data: QueryDict | None = None, stands_in: bool = False) -> None:
        """``stands_in``: whoever decides does so in place of a decider who is not known to be away (代決)."""
        super().__init__(data, initial={"outcome": ""})
        self.task, self.stands_in = task, stands_in
        self.sheet = _sheet(task, data)
        self.remarks = _remarks(data)
        earlier = earlier_steps(task)
        self.options = _options(task, offered(task))
        self._offer("outcome", [(option.outcome, option.title) for option in self.options])
        self._offer("to", [(step.key, step.title) for step in reversed(earlier)])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    @property
    def offers_correction(self) -> bool:
        return any(option.outcome == "correction" for option in self.options)

    @property
    def offers_conditions(self) -> bool:
        return "approve_with_conditions" in self.task.human_step.may

    @property
    def conditions_asked(self) -> list[str]:
        """One condition (附款) a line."""
        return [line.strip() for line in self.cleaned_data.get("conditions", "").splitlines() if line.strip()]

    @property
    def needs_confirmation(self) -> bool:
        """A refusal is shown as the applicant will read it before it is sent (行政手続法 第8条)."""
        return self.cleaned_data["outcome"] == "refused" and self.cleaned_data["confirmed"] != "yes"

    def is_valid(self) -> bool:
        """Whether it can be decided as asked, with what is filled in."""
        return super().is_valid() and (self.sheet is None or self.sheet.is_valid())

    def clean(self) -> dict[str, Any]:
        """What the decision would be refused for anyway, said at the field."""
        cleaned: dict[str, Any] = self.cleaned_data
        outcome, comment = cleaned.get("outcome"), cleaned.get("comment", "").strip()
        if outcome == "refused" and not comment:
            self.add_error("comment", _("不承認の理由を書いてください。そのまま通知されます。"))
        if outcome == "objected" and not comment:
            self.add_error("comment", _("同意しない理由を書いてください。"))
        if outcome != "approved" and self.conditions_asked:
            self.add_error("conditions", _("条件は、承認するときだけ付けられます。"))
        if self.stands_in and not cleaned.get("urgent", "").strip():
            self.add_error("urgent", _("決裁する人が不在でないときは、待てない理由を書いてください。"))
        if outcome == "correction" and not comment and not self.remarks:
            self.add_error("comment", _("直してほしい項目に指摘を書くか、ここに理由を書いてください。"))
        return cleaned

    def fulfil(self, member: StaffMember) -> Decision:
        """Decide as asked; raises DecisionRefused."""
        wish = self.cleaned_data
        remarks = self.remarks if wish["outcome"] == "correction" else None
        to = wish["to"] if wish["outcome"] == "returned" else None
        conditions, urgent = self.conditions_asked, wish["urgent"]
        entries = self.sheet.entries if self.sheet else None
        outcome, comment = wish["outcome"], wish["comment"]
        return decide(self.task, outcome, member, comment, remarks, to or None, conditions, urgent, entries)


def _sheet(task: Task, data: QueryDict | None) -> StaffSheet | None:
    """The step's own fields (職員記入欄), beginning with what was last filled in at it."""
    fields = task.human_step.fields
    if fields is None:
        return None
    case, language = task.case, get_language() or settings.LANGUAGE_CODE
    is_onward = data is None or data.get("outcome") in ONWARD
    return case.subject.staff_sheet(fields, last_entries(case, task.step), language, data, is_onward)


def _options(task: Task, outcomes: Sequence[str]) -> list[Option]:
    words = {**WORDS, "approved": APPROVAL_AT_DECISION} if task.human_step.is_decision else WORDS
    internal = INTERNAL if task.case.subject.is_internal else {}
    chosen = [(outcome, *words[outcome]) for outcome in WORDS if outcome in outcomes]
    return [Option(outcome, title, internal.get(outcome, meaning)) for outcome, title, meaning in chosen]


def _remarks(data: QueryDict | None) -> Mapping[str, str]:
    """Remarks by the pointer of the answer they are about."""
    sent = data.items() if data is not None else ()
    return {name.removeprefix(REMARK): str(text).strip() for name, text in sent if _is_remark(name, text)}


def _is_remark(name: str, text: Any) -> bool:
    return name.startswith(REMARK) and bool(str(text).strip())
