"""Made-up answers are answers: whatever the form, its own schema accepts them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from schemas.applicants import walks
from schemas.controlling import turning_points
from schemas.examples import LEFT_OUT, example
from schemas.specimens import matching
from schemas.validation import is_valid
from tests.schemas.generated import forms

TODAY = date(2026, 11, 26)
COPIES = {
    "type": "object",
    "properties": {"copies": {"type": "integer", "minimum": 1, "maximum": 9}, "mail": {"type": "boolean"}},
    "required": ["copies"],
    "if": {"properties": {"copies": {"minimum": 6}}, "required": ["copies"]},
    "then": {"properties": {"why": {"type": "string", "minLength": 3}}, "required": ["why"]},
}


@pytest.mark.parametrize("name", schemas.starters("forms"))
@pytest.mark.parametrize("is_full", [False, True])
def test_every_starter_can_be_answered_in_short_and_in_full(name, is_full):
    document = schemas.starter("forms", name)
    answers = example(document, TODAY, is_full=is_full)
    assert answers is not None
    assert is_valid(document["schema"], answers)


@settings(max_examples=60, deadline=None)
@given(forms(), st.booleans())
def test_what_is_made_up_is_valid_or_nothing_is(schema, is_full):
    answers = example({"schema": schema}, TODAY, is_full=is_full)
    assert answers is None or is_valid(schema, answers)


def test_wanted_answers_bring_up_what_they_ask_for_in_turn():
    answers = example({"schema": COPIES}, TODAY, {"/copies": 7})
    assert answers == {"copies": 7, "why": answers["why"]}
    assert len(answers["why"]) >= 3


def test_bounds_are_tried_on_both_sides_and_at_them():
    points = turning_points({"schema": COPIES}, [{"copies": {"maximum": 3}}], TODAY)
    assert {3, 4, 5, 6, 7} <= set(points["/copies"][:-1])
    assert points["/copies"][-1] is LEFT_OUT
    assert "/mail" not in points


def test_somebody_is_asked_for_every_field_of_the_form():
    found = walks({"schema": COPIES}, TODAY)
    assert {key for one in found.applicants for key in one.answers} == {"copies", "mail", "why"}
    assert found.tried + found.left_out >= found.possible


def test_somebody_gets_past_a_check_that_stops_the_usual_answers():
    check = {"key": "few", "message": "少ない", "field": "/copies", "when": {"copies": {"maximum": 7}}}
    found = walks({"schema": COPIES, "checks": [check]}, TODAY)
    assert found.arriving
    assert all(one.answers["copies"] > 7 for one in found.arriving)


def test_somebody_gets_past_checks_that_can_only_be_met_together():
    amount = {"type": "integer", "minimum": 0, "maximum": 1000000000}
    names = ["income", "expense", "eligible"]
    schema = {"type": "object", "properties": dict.fromkeys(names, amount), "required": names}
    over, differ = {"over": {"not": {"const": 0}}}, {"balance": {"not": {"const": 0}}}
    checks = [
        {"key": "equal", "message": "合計が違う", "field": "/income", "when": differ},
        {"key": "over", "message": "対象経費が違う", "field": "/eligible", "when": over},
        {"key": "enough", "message": "少ない", "field": "/eligible", "when": {"eligible": {"exclusiveMaximum": 1000}}},
    ]
    sums = {
        "balance": {"-": [{"var": "/income"}, {"var": "/expense"}]},
        "over": {"-": [{"var": "/eligible"}, {"var": "/expense"}]},
    }
    found = walks({"schema": schema, "checks": checks, "calculations": sums}, TODAY)
    assert found.arriving


def test_the_same_form_gives_the_same_applicants():
    document = schemas.starter("forms", "tax_certificate")
    first, second = (walks(document, TODAY, most=20) for _ in range(2))
    assert [one.answers for one in first.applicants] == [one.answers for one in second.applicants]


@pytest.mark.parametrize("pattern", ["^[0-9]{6}$", "^(a|b)+c?$", "^[A-Z]{2}-[0-9]{3}$", "^x.*y$"])
def test_text_is_made_for_a_pattern(pattern):
    assert is_valid({"type": "string", "pattern": pattern}, matching(pattern))


@pytest.mark.parametrize("name", schemas.starters("forms"))
@pytest.mark.parametrize("today", [date(2026, 11, 27), date(2026, 12, 29)])
def test_somebody_arrives_at_every_starter_whatever_the_day(name, today):
    """Thirty days after the one is a Sunday, and the other lies between the years."""
    assert walks(schemas.starter("forms", name), today, most=1).arriving
