"""A date of a form gets bounds: from today on, until a given day, not before another date; and loses them again."""

from datetime import date

import pytest

import schemas
from schemas.calculations import evaluate
from schemas.conditions import holds
from schemas.editing import CommandRefused, edited
from schemas.editing.bound_commands import bounds

BEGUN = {
    **schemas.starter("forms", "dog_registration"),
    "schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": {}},
    "pages": [{"key": "page-1", "title": "期間", "fields": []}],
}
BEGUN = {name: BEGUN[name] for name in ("form", "title", "schema", "pages", "procedure")}
TODAY = date(2026, 11, 26)


def done(document, *commands):
    for command in commands:
        document = edited(document, command)
    return document


@pytest.fixture
def period():
    """A form that asks for a first and a last day."""
    added = {"do": "add_field", "part": "date", "page": "page-1", "required": True}
    return done(BEGUN, {**added, "title": "始まりの日"}, {**added, "title": "終わりの日"})


def bound(side, against="", field="date", **more):
    return {"do": "bound_date", "field": field, "side": side, "against": against, **more}


def told(document, **answers):
    """What is said of these answers."""
    facts = {**answers, **evaluate(document["calculations"], answers, document["schema"], TODAY)}
    return [check["message"] for check in document["checks"] if holds(check["when"], facts)]


def test_day_before_today_is_refused_and_today_is_not(period):
    document = edited(period, bound("from", "today"))
    assert schemas.check(document) == []
    assert told(document, date="2026-11-25") == ["「始まりの日」は、本日以降の日付を入力してください。"]
    assert told(document, date="2026-11-26") == []


def test_two_weeks_are_needed_before_the_first_day(period):
    document = edited(period, bound("from", "today", days=14))
    assert told(document, date="2026-12-09") == ["「始まりの日」は、本日の14日後以降の日付を入力してください。"]
    assert told(document, date="2026-12-10") == []


def test_last_day_stands_between_the_first_one_and_the_end_of_the_year(period):
    document = done(period, bound("from", "date", "date_2"), bound("until", "day", "date_2", day="2027-03-31"))
    assert schemas.check(document) == []
    assert told(document, date="2027-01-10", date_2="2027-01-09") == [
        "「終わりの日」は、「始まりの日」以降の日付を入力してください。"
    ]
    assert told(document, date="2027-01-10", date_2="2027-04-01") == [
        "「終わりの日」は、2027年3月31日以前の日付を入力してください。"
    ]
    assert told(document, date="2027-01-10", date_2="2027-01-10") == told(document, date="2027-01-10") == []


def test_bound_is_read_back_changed_and_taken_away_without_a_trace(period):
    document = done(period, bound("until", "today"), bound("until", "date_2", days=5))
    assert [(one.against, one.days) for one in bounds(document, "date").values()] == [("date_2", 5)]
    assert edited(document, bound("until")) == period


def test_bound_follows_the_title_of_a_field_and_keeps_the_words_of_a_builder(period):
    document = done(period, bound("from", "date", "date_2"), bound("from", "today"))
    own = {"do": "set_check", "check": "date_from", "part": "message", "value": "お早めに。"}
    document = done(document, own, {"do": "retitle_field", "field": "date", "title": "開始日"})
    assert [one["message"] for one in document["checks"]] == [
        "「終わりの日」は、「開始日」以降の日付を入力してください。",
        "お早めに。",
    ]


def test_date_goes_with_its_bounds_but_not_while_another_is_held_against_it(period):
    document = edited(period, bound("from", "date", "date_2"))
    with pytest.raises(CommandRefused):
        edited(document, {"do": "delete_field", "field": "date"})
    gone = edited(document, {"do": "delete_field", "field": "date_2"})
    assert "checks" not in gone and "calculations" not in gone


@pytest.mark.parametrize("wrong", [bound("from", "date"), bound("from", "day", day="31日"), bound("after", "today")])
def test_bound_that_means_nothing_is_refused(period, wrong):
    with pytest.raises(CommandRefused):
        edited(period, wrong)
