"""Papers, decisions and sweeps that meet: whoever comes first counts, and nothing is left half done."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.timezone import localdate, now

from forms_engine import papers, submission, vault
from forms_engine.applications import Application
from forms_engine.papers import InternalFile
from forms_engine.submission import WithdrawalRefused
from tests.forms_engine.at_once import all_at_once
from tests.forms_engine.conftest import upload
from workflows import audit
from workflows.authority import DecisionRefused
from workflows.cases import Case, CaseBusy, Task
from workflows.decisions import decide
from workflows.reminders import sweep
from workflows.staff import StaffMember

pytestmark = [pytest.mark.both, pytest.mark.django_db(transaction=True)]
Submitted = Callable[..., Application]


def last_task(application: Application) -> tuple[Case, Task]:
    """The case where only its decision is still to be taken."""
    while True:
        case = Case.objects.of(application).get()
        task = case.open_tasks()[0]
        if task.human_step.is_decision:
            return case, task
        decide(task, "approved", StaffMember.objects.holding(task.key).order_by("pk")[0])


def test_paper_that_comes_while_the_case_closes_is_kept_whole_or_not_at_all(
    submitted: Submitted, sato: StaffMember
) -> None:
    application = submitted()
    case, task = last_task(application)
    chief = StaffMember.objects.holding(task.key).order_by("pk")[0]
    verbs = [lambda: papers.keep(case, sato, upload()), lambda: decide(task, "approved", chief)]
    found = all_at_once(4, lambda number: verbs[number % 2]())
    assert sum(isinstance(each, DecisionRefused | CaseBusy) for each in found[1::2]) == 1
    kept = InternalFile.objects.all()
    assert len(kept) == sum(isinstance(each, InternalFile) for each in found)
    assert all(papers.deliver(each).content for each in kept)
    assert audit.verify().is_intact


def test_paper_is_taken_away_once(submitted: Submitted, sato: StaffMember) -> None:
    application = submitted()
    case = Case.objects.of(application).get()
    paper = papers.keep(case, sato, upload())
    found = all_at_once(3, lambda _number: papers.remove(paper, Case.objects.get(pk=case.pk), sato))
    assert all(each is None or isinstance(each, CaseBusy) for each in found)
    assert audit.AuditEntry.objects.filter(verb="remove_paper").count() == 1
    assert not vault.has(paper.pk)


def test_approval_and_withdrawal_at_once_leave_one_outcome(submitted: Submitted) -> None:
    application = submitted()
    case, task = last_task(application)
    chief = StaffMember.objects.holding(task.key).order_by("pk")[0]
    verbs = [lambda: decide(task, "approved", chief), lambda: submission.withdraw(application)]
    found = all_at_once(2, lambda number: verbs[number]())
    assert sum(isinstance(each, DecisionRefused | WithdrawalRefused | CaseBusy) for each in found) == 1
    outcome = "withdrawn" if isinstance(found[0], Exception) else "approved"
    assert Case.objects.get(pk=case.pk).outcome == Application.objects.get(pk=application.pk).outcome == outcome
    assert audit.verify().is_intact


def test_sweep_brings_a_hold_back_while_somebody_decides(submitted: Submitted) -> None:
    application = submitted()
    case, task = last_task(application)
    yesterday = localdate() - timedelta(days=1)
    Task.objects.filter(pk=task.pk).update(held_at=now(), held_until=yesterday, look_on=yesterday)
    chief = StaffMember.objects.holding(task.key).order_by("pk")[0]
    held = Task.objects.get(pk=task.pk)
    verbs = [sweep, lambda: decide(held, "approved", chief), sweep]
    found = all_at_once(3, lambda number: verbs[number]())
    assert not any(isinstance(each, Exception) for each in found[::2]), found
    assert isinstance(found[1], DecisionRefused | CaseBusy) == Case.objects.get(pk=case.pk).is_open
    assert Case.objects.get(pk=case.pk).movements.filter(verb="hold_over").count() == 1
