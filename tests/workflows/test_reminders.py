"""Whoever a task waits for hears in time that it does, and then somebody above; once, however many sweep at once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from tests.workflows.subjects.models import Matter
from tests.workflows.test_contention import at_once
from tests.workflows.test_notices import reachable, recipients  # noqa: F401 – a fixture
from workflows import reminders
from workflows.audit import AuditEntry
from workflows.cases import ESCALATION, Case, Task
from workflows.deadlines import due_on
from workflows.decisions import decide
from workflows.delegations import announce_absence
from workflows.holds import hold
from workflows.movements import Movement
from workflows.notices import StaffNotice
from workflows.readings import close_reading
from workflows.reminders import Swept, sweep
from workflows.staff import StaffMember
from workflows.trays import tray
from workflows.watches import DAY, alarms

pytestmark = pytest.mark.django_db
Opened = Callable[..., Case]
MAY = ["approve", "hold", "request_correction"]
WATCHED = {**documents.REVIEW, "remind_after": 1, "escalate_after": 4, "may": MAY}
WATCHED["escalate_to"] = {"role": "section_chief"}
ROUTE = {**documents.LINE, "steps": [WATCHED, documents.DECIDE]}


def aged(case: Case, days: int) -> Task:
    """The open task as if it had come so many days ago."""
    task = case.open_tasks()[0]
    past: dict[str, Any] = {"created": task.created - timedelta(days=days), "look_on": localdate()}
    past["due_on"] = task.due_on and task.due_on - timedelta(days=days)
    Task.objects.filter(pk=task.pk).update(**past)
    return Task.objects.get(pk=task.pk)


def kinds(task: Task) -> list[str]:
    return sorted(StaffNotice.objects.filter(task=task).values_list("kind", flat=True))


def test_each_thing_is_told_on_its_day(opened: Opened) -> None:
    task, today = waiting_task(opened(ROUTE)), localdate()
    days = {"due_soon": due_on(today, 1), "overdue": due_on(today, 2) + DAY, "escalated": due_on(today, 4)}
    assert (alarms(task), task.look_on) == (days, min(days.values()))
    assert sweep() == Swept(0, 0)


def test_what_is_late_is_told_and_then_reported(reachable, opened: Opened, yoshino: StaffMember) -> None:  # noqa: F811
    case = opened(ROUTE)
    task = aged(case, 30)
    assert sweep() == Swept(1, 1)
    assert kinds(task) == ["arrived", "due_soon", "overdue"]
    report = Task.objects.get(process=case, kind=ESCALATION)
    assert report.waits_for(yoshino) and kinds(report) == ["escalated"]
    assert "担当で遅れている処理" in mail.outbox[-1].body
    assert list(Movement.objects.filter(case=case).values_list("verb", "to")) == [
        ("escalate", "environment/section_chief")
    ]
    assert AuditEntry.objects.filter(verb="escalate", target=f"case:{case.public_id}").count() == 1


def test_sweeping_again_tells_nothing_new(reachable, opened: Opened) -> None:  # noqa: F811
    task = aged(opened(ROUTE), 30)
    sweep()
    told = len(mail.outbox)
    assert sweep() == Swept(0, 0)
    Task.objects.filter(pk=task.pk).update(look_on=localdate())
    assert sweep() == Swept(0, 0)
    assert len(mail.outbox) == told
    assert Task.objects.get(pk=task.pk).look_on is None


def test_the_report_moves_nothing_and_goes_with_its_task(opened: Opened, sato: StaffMember, yoshino) -> None:
    case = opened(ROUTE)
    aged(case, 30)
    sweep()
    assert case.open_tasks()[0].waits_for(sato)
    decide(case.open_tasks()[0], "approved", sato)
    assert not Task.objects.filter(process=case, kind=ESCALATION, finished=None).exists()
    decide(case.open_tasks()[0], "approved", yoshino)
    assert read_again(case).outcome == "approved"


def test_the_report_is_closed_by_reading(opened: Opened, yoshino: StaffMember) -> None:
    case = opened(ROUTE)
    aged(case, 30)
    sweep()
    assert close_reading(Task.objects.get(kind=ESCALATION), yoshino).outcome == "read"


def test_who_stands_in_for_an_absent_decider_is_reminded_too(reachable, opened: Opened, yoshino) -> None:  # noqa: F811
    decides = {**documents.DECIDE, "substitutes": [{"role": "unit_chief"}]}
    case = opened({**documents.LINE, "steps": [decides]})
    announce_absence(yoshino, localdate(), localdate() + timedelta(days=5), "出張", yoshino)
    mail.outbox.clear()
    aged(case, 30)
    sweep()
    assert sorted(recipients()) == ["takasaki@city.example", "yoshino@city.example"]


def test_what_is_on_hold_is_left_alone_until_the_hold_is_over(reachable, opened: Opened, sato) -> None:  # noqa: F811
    task = aged(opened(ROUTE), 30)
    hold(task, sato, "照会中", localdate() + timedelta(days=3))
    assert (task.look_on, sweep()) == (localdate() + timedelta(days=4), Swept(0, 0))
    over(task)
    assert sweep() == Swept(1, 0)
    assert "hold_over" in kinds(task)
    task = Task.objects.get(pk=task.pk)
    assert task.look_on is not None and task.look_on <= localdate()


def over(task: Task) -> None:
    """Its hold ended yesterday."""
    Task.objects.filter(pk=task.pk).update(held_until=localdate() - DAY, look_on=localdate())


def test_what_was_on_hold_comes_back_by_itself(opened: Opened, sato: StaffMember) -> None:
    task = waiting_task(opened(ROUTE))
    hold(task, sato, "照会中", localdate())
    assert sweep() == Swept(0, 0) and tray(sato, "mine").tasks == []
    over(task)
    assert (sweep(), sweep()) == (Swept(1, 0), Swept(0, 0))
    assert tray(sato, "mine").tasks == [task] and tray(sato, "held").tasks == []
    assert [(each.verb, each.by) for each in task.movements.all()] == [("hold", sato), ("hold_over", None)]
    assert AuditEntry.objects.filter(verb="hold_over", target=f"case:{task.case.public_id}").count() == 1
    assert decide(Task.objects.get(pk=task.pk), "approved", sato).outcome == "approved"


def test_the_clock_runs_on_when_the_hold_is_over(opened: Opened, sato: StaffMember) -> None:
    task = waiting_task(opened({**ROUTE, "steps": [{**WATCHED, "hold_stops_clock": True}, documents.DECIDE]}))
    hold(task, sato, "他庁への照会", localdate())
    assert read_again(task.case).stopped_at
    over(task)
    sweep()
    assert read_again(task.case).stopped_at is None and not task.case.clock_stops.running().exists()


def test_a_second_hold_comes_back_too(opened: Opened, sato: StaffMember) -> None:
    task = waiting_task(opened(ROUTE))
    for _ in range(2):
        hold(Task.objects.get(pk=task.pk), sato, "照会中", localdate())
        over(task)
        sweep()
    assert Task.objects.get(pk=task.pk).held_at is None
    assert task.movements.filter(verb="hold_over").count() == 2


def test_what_waits_for_the_applicant_is_not_reminded_of(opened: Opened, sato: StaffMember) -> None:
    case = opened(ROUTE)
    decide(waiting_task(case), "correction", sato, comment="理由")
    assert waiting_task(case).look_on is None


def test_the_end_of_the_standard_period_is_told(reachable, opened: Opened, monkeypatch) -> None:  # noqa: F811
    monkeypatch.setattr(Matter, "period_working_days", 5)
    case = opened({**documents.LINE, "steps": [documents.MAYOR]})
    task = waiting_task(case)
    assert task.look_on == case.due_on + DAY  # type: ignore[operator]
    Case.objects.filter(pk=case.pk).update(due_on=date(2020, 1, 6))
    Task.objects.filter(pk=task.pk).update(look_on=date(2020, 1, 7))
    assert sweep() == Swept(1, 0)
    assert kinds(task) == ["arrived", "period_over"]


def test_the_sweep_reads_what_is_due_and_nothing_else(opened: Opened) -> None:
    for _ in range(3):
        opened(ROUTE)
    with CaptureQueriesContext(connection) as asked:
        sweep()
    assert len(asked) == 1
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "task_look" in plan and "SCAN" not in plan


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_many_sweep_at_once_and_each_is_told_once(opened: Opened) -> None:
    cases = [opened(ROUTE) for _ in range(5)]
    for case in cases:
        aged(case, 30)
    results = at_once(*([sweep] * 4))
    assert sum(each.escalated for each in results if isinstance(each, Swept)) == 5
    assert Task.objects.filter(kind=ESCALATION).count() == 5
    assert Movement.objects.filter(verb="escalate").count() == 5
    assert reminders.sweep() == Swept(0, 0)


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_many_sweep_at_once_and_each_hold_ends_once(opened: Opened, sato: StaffMember) -> None:
    tasks = [waiting_task(opened(ROUTE)) for _ in range(5)]
    for task in tasks:
        hold(task, sato, "照会中", localdate())
        over(task)
    at_once(*([sweep] * 4))
    reminders.sweep()
    assert Movement.objects.filter(verb="hold_over").count() == 5
    assert not Task.objects.exclude(held_at=None).exists()
