"""Periods run in the office's own calendar, and stand still for what the procedure lets them."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.working_days import working_days_between
from tests.workflows.conftest import read_again, waiting_task
from tests.workflows.subjects.models import Matter
from workflows.cases import Case, CaseRefused
from workflows.corrections import resume
from workflows.deadlines import due_on, expected_on, moved, ran
from workflows.decisions import decide
from workflows.movements import Movement
from workflows.routable import ClockPolicy
from workflows.staff import StaffMember
from workflows.stops import restart, stop

Opened = Callable[..., Case]
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
HOURS = st.integers(-50, 250).map(lambda hours: NOON + timedelta(hours=hours))
STOPS = st.lists(st.tuples(HOURS, HOURS).map(sorted).map(tuple), max_size=6)
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 24)),  # over a weekend and 勤労感謝の日
        (date(2026, 12, 28), 1, date(2027, 1, 4)),  # over the closing days of the year
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 4, 28), 3, date(2026, 5, 7)),  # 昭和の日, and 憲法記念日 to its substitute
    ],
)
def test_period_counts_the_days_on_which_the_office_is_open(start: date, days: int, due: date) -> None:
    assert due_on(start, days) == due


def test_clock_stood_still_for_as_many_days() -> None:
    assert working_days_between(date(2026, 11, 20), date(2026, 11, 25)) == 2
    assert working_days_between(date(2026, 11, 24), date(2026, 11, 24)) == 0


@given(st.integers(0, 200).map(lambda hours: NOON + timedelta(hours=hours)), STOPS)
def test_the_clock_is_the_sum_of_its_running_hours(end: datetime, stops: list[tuple[datetime, datetime]]) -> None:
    total = int((end - NOON).total_seconds() // 3600)
    hours = [NOON + timedelta(hours=number) for number in range(total)]
    running = sum(not any(since <= hour < until for since, until in stops) for hour in hours)
    assert ran(NOON, end, stops) == timedelta(hours=running) >= timedelta(0)


@given(DAYS, DAYS, st.integers(0, 40), st.integers(0, 40))
def test_the_longer_it_stood_still_the_later_it_is_due(due: date, stopped: date, shorter: int, more: int) -> None:
    until = stopped + timedelta(days=shorter)
    assert due <= moved(due, stopped, until) <= moved(due, stopped, until + timedelta(days=more))


@pytest.fixture
def policed(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A procedure with a period, which third parties stop and corrections do not."""
    monkeypatch.setattr(Matter, "period_working_days", 10)
    monkeypatch.setattr(Matter, "clock_policy", ClockPolicy.of({"stops": ["third_party"]}))


def stopped_since(case: Case, days: int) -> Case:
    """The clock has stood still for so many days."""
    Case.objects.filter(pk=case.pk).update(stopped_at=read_again(case).stopped_at - timedelta(days=days))
    return read_again(case)


def test_what_the_policy_names_stops_the_clock_and_no_other(policed: None, opened: Opened, sato: StaffMember) -> None:
    case = opened()
    due = case.due_on
    stopped = stopped_since(stop(case, sato, "third_party", "所有者の同意待ち"), 14)
    assert expected_on(stopped) > due == stopped.due_on  # type: ignore[operator]
    case = restart(stopped, sato, "third_party")
    assert (case.stopped_at, case.due_on) == (None, expected_on(stopped))
    with pytest.raises(CaseRefused, match="止められません"):
        stop(case, sato, "added_documents", "理由")
    verbs = Movement.objects.filter(case=case).values_list("verb", "to")
    assert list(verbs) == [("stop_clock", "third_party"), ("restart_clock", "third_party")]


def test_a_correction_that_stops_nothing_leaves_the_day(policed: None, opened: Opened, sato: StaffMember) -> None:
    case = opened()
    decide(waiting_task(case), "correction", sato, comment="理由")
    assert (read_again(case).stopped_at, case.clock_stops.count()) == (None, 0)
    resume(read_again(case))
    assert read_again(case).due_on == case.due_on


def test_only_whom_the_case_waits_for_stops_its_clock(policed, opened: Opened, mayor: StaffMember, sato) -> None:
    case = opened()
    with pytest.raises(CaseRefused, match="担当ではない"):
        stop(case, mayor, "third_party", "理由")
    with pytest.raises(CaseRefused, match="理由を"):
        stop(case, sato, "third_party", " ")
    with pytest.raises(CaseRefused, match="止まっていません"):
        restart(case, sato, "third_party")
