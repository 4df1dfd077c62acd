"""Progress (進み具合): where an application stands, told to its resident in plain words, read from facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from forms_engine.languages import interface
from workflows.cases import Case, Task

if TYPE_CHECKING:
    from forms_engine.applications import Application

DONE, CURRENT, WAITING = "done", "current", "waiting"


@dataclass(frozen=True)
class ProgressStep:
    """One step: ``state`` is "done", "current" or "waiting"; ``at`` is when it was done, or began if it is current."""

    key: str
    title: str
    state: str
    at: datetime | None = None
    note: str = ""


def steps(application: "Application", language: str) -> list[ProgressStep]:
    """受付 → 審査 → 決裁 → 完了; for what a rule approved 受付 → 自動審査 → 完了; for a withdrawn one 受付 → 取下げ."""
    with override(interface(language)):
        if application.is_draft:
            return [_step(key, WAITING) for key in ("received", "review", "decision", "finished")]
        received = _step("received", DONE, application.submitted_at, application.reference)
        if application.withdrawn_at:
            return [received, _step("withdrawn", DONE, application.withdrawn_at)]
        return [received, *(_closed(application, language) if application.closed_at else _running(application))]


def status(application: "Application", language: str) -> str:
    """One word for lists: 作成中, 審査中, 補正待ち, 決裁中, 承認, 不承認, 取下げ."""
    with override(interface(language)):
        if application.is_draft:
            return _("作成中")
        if application.closed_at:
            return outcome_title(application, language)
        if application.open_correction():
            return _("補正待ち")
        return _("決裁中") if _is_before_decision(_open_tasks(application)) else _("審査中")


def outcome_title(application: "Application", language: str) -> str:
    """The outcome as the procedure calls it: 「許可」 where its ``outcome_words`` say so, else 「承認」."""
    own = application.form_version.spec.text(f"/procedure/outcome_words/{application.outcome}", language)
    if own or not application.outcome:
        return own
    with override(language):
        titles = {"approved": _("承認"), "refused": _("不承認"), "withdrawn": _("取下げ")} | {"abandoned": _("廃案")}
        return titles.get(application.outcome, application.outcome)


def decided_by_rule(case: Case | None) -> bool:
    """Whether no person took part: the case was approved as it arrived (自動承認)."""
    decisions = _standing(case)
    return bool(decisions) and all(decision.by_id is None for decision in decisions)


def _running(application: "Application") -> list[ProgressStep]:
    """Review and decision of a case that is open."""
    tasks, correction = _open_tasks(application), application.open_correction()
    if _is_before_decision(tasks):
        review, decision = _step("review", DONE, tasks[0].created), _step("decision", CURRENT, tasks[0].created)
    else:
        note = _("補正をお願いしています") if correction else ""
        since = correction.requested_at if correction else application.submitted_at
        review, decision = _step("review", CURRENT, since, note), _step("decision", WAITING)
    return [review, decision, _step("finished", WAITING)]


def _closed(application: "Application", language: str) -> list[ProgressStep]:
    """Of an automatic approval, no review and no decision of a person is claimed."""
    case, outcome = Case.objects.of(application).first(), outcome_title(application, language)
    finished = _step("finished", DONE, application.closed_at)
    if decided_by_rule(case):
        note = _("%(outcome)s：自動で決まりました") % {"outcome": outcome}
        return [_step("automatic", DONE, application.closed_at, note), finished]
    reviewed = [decision.at for decision in _standing(case)[:-1]]
    review = _step("review", DONE, reviewed[-1] if reviewed else application.closed_at)
    return [review, _step("decision", DONE, application.closed_at, outcome), finished]


def _standing(case: Case | None) -> list[Any]:
    """The decisions that no return made void, in their order."""
    return list(case.decisions.filter(voided_at=None).order_by("number")) if case else []


def _step(key: str, state: str, at: datetime | None = None, note: str = "") -> ProgressStep:
    titles = {
        "received": _("受付"),
        "review": _("審査"),
        "decision": _("決裁"),
        "automatic": _("自動審査"),
        "finished": _("完了"),
        "withdrawn": _("取下げ"),
    }
    return ProgressStep(key, titles[key], state, at, note)


def _open_tasks(application: "Application") -> list[Task]:
    case = Case.objects.of(application).first()
    return case.open_tasks() if case else []


def _is_before_decision(tasks: list[Task]) -> bool:
    """Whether it waits for the person who decides, not for those who review or for the applicant."""
    return any(task.step and task.human_step.is_decision for task in tasks)
