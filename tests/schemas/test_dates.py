"""Eras, working days, fiscal years and ages."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.eras import from_wareki, parse_wareki, wareki
from schemas.working_days import add_working_days, age, fiscal_year, is_working_day


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 4, 1), "令和8年4月1日"),
        (date(2019, 5, 1), "令和元年5月1日"),
        (date(2019, 4, 30), "平成31年4月30日"),
        (date(1989, 1, 8), "平成元年1月8日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1912, 7, 30), "大正元年7月30日"),
        (date(1873, 1, 1), "明治6年1月1日"),
        (date(1872, 12, 31), "1872年12月31日"),
    ],
)
def test_day_in_the_era_of_its_time(day, written):
    assert wareki(day) == written


def test_day_of_change_belongs_to_both_eras():
    assert parse_wareki("大正15年12月25日") == parse_wareki("昭和元年12月25日") == date(1926, 12, 25)


@pytest.mark.parametrize(
    "text", ["昭和64年1月8日", "令和元年4月30日", "明治5年1月1日", "平成31年5月1日", "令和8年2月29日", "令和0年5月1日"]
)
def test_days_an_era_does_not_have_are_refused(text):
    assert parse_wareki(text) is None


def test_unknown_era_is_refused():
    with pytest.raises(ValueError, match="no such era"):
        from_wareki("慶応", 1, 1, 1)


@settings(deadline=None)
@given(st.dates(date(1873, 1, 1), date(2100, 12, 31)))
def test_era_date_means_the_day_it_was_written_for(day):
    assert parse_wareki(wareki(day)) == day


def test_office_is_closed_at_weekends_on_holidays_and_at_the_turn_of_the_year():
    closed = [
        date(2026, 12, 29),
        date(2027, 1, 1),
        date(2027, 1, 3),
        date(2026, 9, 22),
        date(2026, 11, 23),
        date(2026, 11, 28),
    ]
    assert not any(map(is_working_day, closed))
    assert is_working_day(date(2026, 12, 28)) and is_working_day(date(2027, 1, 4))


def test_working_days_are_counted_from_the_day_after():
    assert add_working_days(date(2026, 11, 20), 1) == date(2026, 11, 24)
    assert add_working_days(date(2026, 12, 28), 1) == date(2027, 1, 4)
    assert add_working_days(date(2026, 11, 24), -1) == date(2026, 11, 20)
    assert add_working_days(date(2026, 11, 21), 0) == date(2026, 11, 24)


def test_endless_counting_is_refused():
    with pytest.raises(ValueError, match="working days"):
        add_working_days(date(2026, 1, 1), 10**6)


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2040, 1, 1)), st.integers(0, 30))
def test_result_is_a_working_day_with_that_many_before_it(day, count):
    end = add_working_days(day, count)
    assert is_working_day(end)
    between = [date.fromordinal(n) for n in range(day.toordinal() + 1, end.toordinal() + 1)]
    assert count == 0 or sum(map(is_working_day, between)) == count


def test_fiscal_year_begins_in_april():
    assert (fiscal_year(date(2026, 3, 31)), fiscal_year(date(2026, 4, 1))) == (2025, 2026)


def test_age_is_complete_on_the_birthday():
    assert age(date(2008, 4, 1), date(2026, 3, 31)) == 17
    assert age(date(2008, 4, 1), date(2026, 4, 1)) == 18
