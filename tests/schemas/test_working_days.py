"""Periods count the days on which the office is open, by the law and by its own calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.working_days import STATUTORY, Calendar, add_working_days, is_working_day, working_days_between

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
SPANS = st.lists(st.tuples(DAYS, st.integers(0, 20)), max_size=4).map(
    lambda found: tuple((first, first + timedelta(days=length)) for first, length in found)
)
YEARLY = st.lists(st.tuples(st.integers(1, 12), st.integers(1, 20)), max_size=2).map(
    lambda found: tuple(((month, day), (month, day + 7)) for month, day in found)
)
CALENDARS = st.builds(Calendar, SPANS, YEARLY)


@given(DAYS, st.integers(0, 30), CALENDARS, DAYS, st.integers(0, 10))
def test_one_more_closing_day_makes_nothing_due_earlier(
    start: date, count: int, calendar: Calendar, first: date, length: int
) -> None:
    more = Calendar((*calendar.spans, (first, first + timedelta(days=length))), calendar.yearly)
    assert add_working_days(start, count, more) >= add_working_days(start, count, calendar)


@given(DAYS, st.integers(1, 30), CALENDARS)
def test_a_period_has_as_many_working_days_as_it_says(start: date, count: int, calendar: Calendar) -> None:
    due = add_working_days(start, count, calendar)
    assert is_working_day(due, calendar)
    assert working_days_between(start, due, calendar) == count


def test_days_that_come_every_year_may_go_over_the_new_year() -> None:
    calendar = Calendar(yearly=(((12, 28), (1, 5)),))
    closed = [date(2026, 12, 28), date(2027, 1, 5), date(2030, 1, 4)]
    assert all(calendar.is_closed(day) for day in closed)
    assert not calendar.is_closed(date(2026, 12, 25)) and not calendar.is_closed(date(2027, 1, 6))
    assert add_working_days(date(2026, 12, 25), 1, calendar) == date(2027, 1, 6)
    assert add_working_days(date(2026, 12, 25), 1, STATUTORY) == date(2026, 12, 28)


def test_an_office_that_never_opens_is_told_so() -> None:
    with pytest.raises(ValueError, match="no working day"):
        add_working_days(date(2026, 1, 1), 1, Calendar(yearly=(((1, 1), (12, 31)),)))
