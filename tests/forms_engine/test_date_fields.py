"""How residents write dates, in either calendar and as far as they know them, and what is stored of it."""

from typing import Any

import pytest

from forms_engine.fields import Asking, Question, kind_of, text_of
from forms_engine.fields.control import Posted
from schemas.partial_dates import is_partial_date
from schemas.pointers import MISSING
from tests.forms_engine.asking import answer, asked, html

DATE = {"type": "string", "format": "date", "title": "生年月日"}


@pytest.mark.parametrize(
    ("boxes", "stored"),
    [
        ({"~era": "昭和", "~year": "６４", "~month": "1", "~day": "7"}, "1989-01-07"),
        ({"~era": "平成", "~year": "1", "~month": "1", "~day": "8"}, "1989-01-08"),
        ({"~era": "大正", "~year": "15", "~month": "12", "~day": "25"}, "1926-12-25"),
        ({"~era": "昭和", "~year": "1", "~month": "12", "~day": "25"}, "1926-12-25"),
        ({"~era": "令和", "~year": "元", "~month": "5", "~day": "1"}, "2019-05-01"),
        ({"~era": "西暦", "~year": "2026", "~month": "04", "~day": "1"}, "2026-04-01"),
        ({"~era": "西暦", "~year": "昭和50年5月1日", "~month": "", "~day": ""}, "1975-05-01"),
        ({"~era": "西暦", "~year": "昭和50年5月1日", "~month": "5", "~day": "1"}, "1975-05-01"),
        ({"~era": "昭和", "~year": "50年", "~month": "5月", "~day": "１日"}, "1975-05-01"),
        ({"": "2026/4/1"}, "2026-04-01"),
        ({"~era": "西暦", "~year": "", "~month": "", "~day": ""}, MISSING),
    ],
)
def test_dates_are_understood_in_both_calendars(boxes: dict[str, str], stored: Any) -> None:
    assert answer(DATE, boxes) == stored


@pytest.mark.parametrize(
    "boxes",
    [
        {"~era": "昭和", "~year": "64", "~month": "1", "~day": "8"},
        {"~era": "明治", "~year": "5", "~month": "12", "~day": "1"},
        {"~era": "令和", "~year": "99", "~month": "4", "~day": "1"},
        {"~era": "昭和", "~year": "-5", "~month": "4", "~day": "1"},
        {"~era": "昭和", "~year": "50", "~month": "1-2", "~day": "1"},
        {"~era": "西暦", "~year": "2026", "~month": "2", "~day": "29"},
        {"~era": "西暦", "~year": "75", "~month": "5", "~day": "1"},
        {"~era": "西暦", "~year": "2026", "~month": "", "~day": "1"},
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_no_date_and_is_kept_as_typed(boxes: dict[str, str]) -> None:
    control, posted = asked(DATE), Posted({f"/field{part}": [text] for part, text in boxes.items()})
    found = control.read(posted)
    assert kind_of(DATE, {}).matches(DATE, {})
    assert control.complaint(posted, (), found)["ja"].startswith("{label}")


def test_a_date_is_read_in_both_calendars() -> None:
    assert text_of(Question("/d", DATE), "2026-04-01") == "2026年4月1日（令和8年4月1日）"
    assert "2026年4月1日（令和8年4月1日）" in html(DATE, "2026-04-01")


@pytest.mark.parametrize("month", ["-1", "1-2", "+3"])
def test_a_sign_in_the_month_is_not_taken_for_another_month(month: str) -> None:
    assert answer(DATE, {"~era": "西暦", "~year": "2020", "~month": month, "~day": "5"}) != "2020-12-05"
    assert not str(answer(DATE, {"~era": "西暦", "~year": "2020", "~month": month, "~day": "5"})).startswith("2020-0")


@pytest.mark.parametrize("boxes", [("1975/5/1", "6", "1"), ("S50.5.1", "5", "2"), ("1975-5-1", "x", "")])
def test_a_whole_date_beside_another_month_or_day_is_none(boxes: tuple[str, str, str]) -> None:
    typed = dict(zip(("~year", "~month", "~day"), boxes, strict=True))
    found = answer(DATE, typed | {"~era": "西暦"})
    assert not is_partial_date(found)
    posted = Posted({f"/field{part}": [text] for part, text in typed.items()})
    assert "食い違" in asked(DATE).complaint(posted, (), found)["ja"]


KNOWN = {"type": "string", "format": "partial-date", "title": "亡くなった日"}


@pytest.mark.parametrize(
    ("boxes", "stored"),
    [
        (("昭和", "50", "5", "1", "", ""), "1975-05-01"),
        (("昭和", "50", "5", "", "", "1"), "1975-05"),
        (("昭和", "50", "", "", "1", ""), "1975"),
        (("昭和", "50年", "", "", "1", "1"), "1975"),
        (("西暦", "1945", "8", "", "", "1"), "1945-08"),
        (("西暦", "S20", "8", "", "", "1"), "1945-08"),
        (("西暦", "昭和20年8月15日", "", "", "", ""), "1945-08-15"),
    ],
)
def test_a_day_is_known_as_far_as_somebody_says_so(boxes: tuple[str, ...], stored: str) -> None:
    parts = ("~era", "~year", "~month", "~day", "~no_month", "~no_day")
    assert answer(KNOWN, dict(zip(parts, boxes, strict=True))) == stored
    control = asked(KNOWN)
    again = Posted(control.typed(stored))
    assert control.answer(again, (), stored) == stored and control.read(again) == stored


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (("昭和", "50", "5", "", "", ""), "わからないときは"),
        (("西暦", "1975", "", "", "", ""), "わからないときは"),
        (("西暦", "昭和50年5月", "", "", "", ""), "わからないときは"),
        (("昭和", "50", "5", "1", "", "1"), "空にして"),
        (("昭和", "50", "5", "", "1", ""), "空にして"),
        (("昭和", "", "5", "", "", "1"), "わからないときは"),
        (("昭和", "64", "2", "", "", "1"), "わからないときは"),
        (("昭和", "50", "2", "30", "", ""), "実際にある日付"),
    ],
)
def test_what_is_unknown_is_never_concluded_from_a_blank_box(boxes: tuple[str, ...], said: str) -> None:
    parts = ("~era", "~year", "~month", "~day", "~no_month", "~no_day")
    posted = Posted({f"/field{part}": [text] for part, text in zip(parts, boxes, strict=True)})
    control = asked(KNOWN)
    found = control.read(posted)
    assert not is_partial_date(found) and said in control.complaint(posted, (), found)["ja"]


def test_months_and_unknown_days_are_read_in_both_calendars() -> None:
    month = {"type": "string", "format": "year-month"}
    assert text_of(Question("/field", month), "2026-04") == "2026年4月（令和8年4月）"
    assert text_of(Question("/field", KNOWN), "1975-05") == "1975年5月（昭和50年5月）、日は不明"
    assert text_of(Question("/field", KNOWN), "1989") == "1989年（昭和64年・平成元年）、月日は不明"
    assert text_of(Question("/field", KNOWN), "1860-03-01") == "1860年3月1日"
    english = Question("/field", KNOWN, Asking(language="en"))
    assert text_of(english, "1975-05") == "1975-05 (昭和50年5月), day unknown"
    assert "日は不明" in html(KNOWN, "1975-05") and 'name="/field~no_day" value="1" checked' in html(KNOWN, "1975-05")
