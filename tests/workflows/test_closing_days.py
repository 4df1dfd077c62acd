"""The office closes on days of its own, all of it or one section, and periods know that."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils.timezone import localdate

from schemas.working_days import STATUTORY
from tests.workflows.conftest import waiting_task
from tests.workflows.subjects.models import Matter
from workflows.audit import AuditEntry
from workflows.cases import Case
from workflows.closing_days import ClosingDay, ClosingDayRefused, calendar_of, close_office, open_office
from workflows.deadlines import due_on
from workflows.routable import ClockPolicy
from workflows.staff import Department, StaffMember

pytestmark = pytest.mark.django_db
Opened = Callable[..., Case]
FIRST = date(2026, 8, 13)


def test_days_of_one_section_close_that_section_only(organisation: None) -> None:
    section = Department.objects.get(key="environment")
    close_office(FIRST, FIRST, "全庁停電")
    close_office(FIRST + timedelta(days=1), FIRST + timedelta(days=1), "課の研修", department=section)
    assert calendar_of("environment").is_closed(FIRST) and calendar_of("general").is_closed(FIRST)
    second = FIRST + timedelta(days=1)
    assert calendar_of("environment").is_closed(second) and not calendar_of("general").is_closed(second)


def test_days_every_year_hold_every_year_until_they_are_taken_back(organisation: None) -> None:
    made = close_office(FIRST, FIRST + timedelta(days=2), "夏季", yearly=True)
    assert calendar_of("general").is_closed(date(2031, 8, 15))
    open_office(made)
    assert calendar_of("general") == STATUTORY
    verbs = AuditEntry.objects.filter(target="organisation", verb__in=("close_office", "open_office"))
    assert [entry.verb for entry in verbs] == ["close_office", "open_office"]


def test_period_and_steps_of_new_cases_know_them(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Matter, "period_working_days", 5)
    close_office(localdate(), localdate() + timedelta(days=20), "移転")
    case = opened()
    calendar = calendar_of("environment")
    assert case.due_on == due_on(localdate(), 5, calendar) > due_on(localdate(), 5)
    assert waiting_task(case).due_on == due_on(localdate(), 2, calendar)
    monkeypatch.setattr(Matter, "clock_policy", ClockPolicy(counts_closing_days=True))
    assert opened().due_on == due_on(localdate(), 5)


@pytest.mark.parametrize(
    ("last", "title", "yearly", "words"),
    [
        (FIRST - timedelta(days=1), "夏季", False, "末日"),
        (FIRST.replace(month=12), "夏季", True, "長すぎ"),
        (FIRST, " ", False, "名称"),
    ],
)
def test_days_that_make_no_sense_are_refused(db: None, last: date, title: str, yearly: bool, words: str) -> None:
    with pytest.raises(ClosingDayRefused, match=words):
        close_office(FIRST, last, title, yearly=yearly)
    assert not ClosingDay.objects.exists()


def test_who_closed_the_office_is_on_record(organisation: None, sato: StaffMember) -> None:
    close_office(FIRST, FIRST, "停電", sato)
    assert AuditEntry.objects.get(verb="close_office").actor == "sato"
