"""Progress (進み具合): where an application stands, told to its resident in plain words, read from facts."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

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
    """受付 → 審査 → 決裁 → 完了; a withdrawn application ends with 取下げ instead."""
    with override(interface(language)):
        if application.is_draft:
            return [_step(key, WAITING) for key in ("received", "review", "decision", "finished")]
        received = _step("received", DONE, application.submitted_at, application.reference)
        if application.withdrawn_at:
            return [received, _step("withdrawn", DONE, application.withdrawn_at)]
        return [received, *(_closed(application) if application.closed_at else _running(application))]


def status(application: "Application", language: str) -> str:
    """One word for lists: 作成中, 審査中, 補正待ち, 決裁中, 承認, 不承認, 取下げ."""
    with override(interface(language)):
        if application.is_draft:
            return _("作成中")
        if application.closed_at:
            return outcome_title(application.outcome)
        if application.open_correction():
            return _("補正待ち")
        return _("決裁中") if _is_before_decision(_open_task(application)) else _("審査中")


def outcome_title(outcome: str) -> str:
    """The outcome as the resident reads it."""
    titles = {"approved": _("承認"), "refused": _("不承認"), "withdrawn": _("取下げ")}
    return titles.get(outcome, outcome)


def _running(application: "Application") -> list[ProgressStep]:
    """Review and decision of a case that is open."""
    task, correction = _open_task(application), application.open_correction()
    if task and _is_before_decision(task):
        review, decision = _step("review", DONE, task.created), _step("decision", CURRENT, task.created)
    else:
        note = _("補正をお願いしています") if correction else ""
        since = correction.requested_at if correction else application.submitted_at
        review, decision = _step("review", CURRENT, since, note), _step("decision", WAITING)
    return [review, decision, _step("finished", WAITING)]


def _closed(application: "Application") -> list[ProgressStep]:
    at, outcome = application.closed_at, outcome_title(application.outcome)
    return [_step("review", DONE, at), _step("decision", DONE, at, outcome), _step("finished", DONE, at)]


def _step(key: str, state: str, at: datetime | None = None, note: str = "") -> ProgressStep:
    titles = {
        "received": _("受付"),
        "review": _("審査"),
        "decision": _("決裁"),
        "finished": _("完了"),
        "withdrawn": _("取下げ"),
    }
    return ProgressStep(key, titles[key], state, at, note)


def _open_task(application: "Application") -> Task | None:
    case = Case.objects.of(application).first()
    return case.open_task() if case else None


def _is_before_decision(task: Task | None) -> bool:
    """Whether it waits for the person who decides, not for one who reviews or for the applicant."""
    return task is not None and bool(task.step) and task.human_step.is_decision
