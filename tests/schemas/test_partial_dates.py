"""Days of which only the month or the year is known: written, stored, and calculated with on purpose."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.calculations import check, evaluate
from schemas.formats import FORMAT_CHECKER
from schemas.partial_dates import earliest, latest
from schemas.writing import normalise

SCHEMA = {
    "type": "object",
    "properties": {"died": {"type": "string", "format": "partial-date"}, "born": {"type": "string", "format": "date"}},
}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("昭和50年5月1日", "1975-05-01"),
        ("昭和50年5月日不明", "1975-05"),
        ("１９７５年５月", "1975-05"),
        ("S50", "1975"),
        ("昭和50年月日は不詳", "1975"),
        ("平成元年1月", "1989-01"),
        ("昭和64年2月", "昭和64年2月"),
        ("1975-13", "1975-13"),
        ("1975-5-", "1975-5-"),
        ("いつか", "いつか"),
    ],
)
def test_what_people_write_of_a_day_they_half_know(typed: str, stored: str) -> None:
    assert normalise("partial-date", typed) == stored


@pytest.mark.parametrize("text", ["1975", "1975-05", "1975-05-31", "0001-01"])
def test_what_is_known_is_stored(text: str) -> None:
    assert FORMAT_CHECKER.conforms(text, "partial-date")


@pytest.mark.parametrize(
    "text", ["", "75", "1975-5", "1975-00", "1975-02-30", "1975-05-", "0000", "１９７５", "1975\n"]
)
def test_nothing_else_is(text: str) -> None:
    assert not FORMAT_CHECKER.conforms(text, "partial-date")


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("year-month", "令和8年4月", "2026-04"),
        ("year-month", "R8.4", "2026-04"),
        ("year-month", "2026", "2026"),
        ("time", "9時半", "09:30"),
        ("time", "9時5分", "09:05"),
        ("time", "午後12時30分", "12:30"),
        ("time", "午前0時", "00:00"),
        ("time", "1:30 PM", "13:30"),
        ("time", "12:15 a.m.", "00:15"),
        ("time", "正午", "12:00"),
        ("time", "午前12時30分", "午前12時30分"),
        ("time", "午後1:30 PM", "午後1:30PM"),
        ("time", "25:00", "25:00"),
    ],
)
def test_months_and_times_as_people_write_them(kind: str, typed: str, stored: str) -> None:
    assert normalise(kind, typed) == stored


@given(st.dates(date(1, 1, 1), date(2999, 12, 31)), st.sampled_from([4, 7, 10]))
def test_a_day_lies_within_what_is_known_of_it(day: date, length: int) -> None:
    known = day.isoformat()[:length]
    first, last = earliest(known), latest(known)
    assert first and last and first <= day <= last and FORMAT_CHECKER.conforms(known, "partial-date")


def test_calculations_say_which_day_they_mean() -> None:
    lived = {"days": {"days_between": [{"var": "/born"}, {"latest_day": {"var": "/died"}}]}}
    first = {"first": {"earliest_day": [{"var": "/died"}]}}
    assert check(lived, SCHEMA) == [] and check(first, SCHEMA) == []
    assert evaluate(lived, {"born": "1975-05-01", "died": "1975-05"}, SCHEMA, date(2026, 1, 1)) == {"days": 30}
    assert evaluate(first, {"died": "1975"}, SCHEMA, date(2026, 1, 1)) == {"first": "1975-01-01"}


@pytest.mark.parametrize("form", ["month", "year-month"])
def test_a_month_has_a_first_and_a_last_day(form: str) -> None:
    schema = {"type": "object", "properties": {"start": {"type": "string", "title": "開始月", "format": form}}}
    days = {"first": {"earliest_day": {"var": "/start"}}, "last": {"latest_day": {"var": "/start"}}}
    assert check(days, schema) == []
    known = evaluate(days, {"start": "2028-02"}, schema, date(2026, 1, 1))
    assert known == {"first": "2028-02-01", "last": "2028-02-29"}
    assert [one.code for one in check({"old": {"age": [{"var": "/start"}]}}, schema)] == ["calculation_kind"]


def test_a_calculation_that_needs_a_whole_day_is_refused_in_words() -> None:
    (problem,) = check({"old": {"age": [{"var": "/died"}]}}, SCHEMA)
    assert problem.code == "calculation_kind" and "日付" in problem.message("ja")
    compared = {"is": {"<": [{"var": "/died"}, {"var": "/born"}]}}
    assert [one.code for one in check(compared, SCHEMA)] != []
