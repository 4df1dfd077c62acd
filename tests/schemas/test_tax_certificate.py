"""F16 所得・課税証明書: the five years that are issued, from the first of June (地方税法 第20条の10)."""

from datetime import date

import pytest

from schemas.effective import effective
from tests.schemas.answers import variants
from tests.schemas.answers.people import PERSON, THERE
from tests.schemas.starter_answers import TODAY, answered, facts, form, told, wrong_fields

NAME = "tax_certificate"
OWN = variants(NAME, TODAY)["own"]

# the day, the newest year that is issued then, the oldest
YEARS = [
    (date(2026, 3, 31), 2025, 2021),
    (date(2026, 5, 31), 2025, 2021),
    (date(2026, 6, 1), 2026, 2022),
    (date(2027, 5, 31), 2026, 2022),
    (date(2028, 5, 31), 2027, 2023),
    (date(2028, 6, 1), 2028, 2024),
]


@pytest.mark.parametrize(("today", "newest", "oldest"), YEARS)
def test_five_years_are_issued_and_the_newest_from_june(today, newest, oldest):
    said = {
        year: told(NAME, facts(NAME, answered(OWN, {"tax_year": year}), today=today))
        for year in (newest + 1, newest, oldest, oldest - 1)
    }
    assert list(said.values()) == [{"year_not_yet": "error"}, {}, {}, {"year_too_old": "error"}]


def test_a_certificate_shows_the_income_of_the_year_before():
    assert facts(NAME, answered(OWN, {"tax_year": 2025}))["income_year"] == 2024


@pytest.mark.parametrize(("copies", "fee"), [(1, 300), (5, 1500)])
def test_every_copy_costs_the_same(copies, fee):
    assert facts(NAME, answered(OWN, {"copies": copies}))["fee"] == fee


ASKED = [
    ("self", set()),
    ("same_household", {"requester"}),
    ("agent", {"requester", "requester_address", "power_of_attorney"}),
]


@pytest.mark.parametrize(("relation", "more"), ASKED)
def test_only_others_than_the_person_are_asked_who_they_are(relation, more):
    required = set(effective(form(NAME)["schema"], {"requester_relation": relation})["required"])
    assert required & {"requester", "requester_address", "power_of_attorney"} == more


FAULTS = [
    ({"copies": 6}, ["copies"]),
    ({"tax_year": "令和8年度"}, ["tax_year"]),
    ({"purpose": "other"}, ["purpose_details"]),
    ({"requester_relation": "agent"}, ["power_of_attorney", "requester", "requester_address"]),
]


@pytest.mark.parametrize(("changes", "fields"), FAULTS)
def test_faults_of_a_request_are_found_where_they_are(changes, fields):
    assert wrong_fields(NAME, answered(OWN, changes)) == fields


CHECKS = [
    ({"address_on_jan1": THERE}, {"other_city": "error"}),
    ({"income_filed": "not_filed"}, {"income_not_filed": "warning"}),
    ({"income_filed": "unknown"}, {}),
    ({"subject": PERSON | {"date_of_birth": "2026-11-25"}}, {"subject_birth_implausible": "error"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_is_checked(changes, expected):
    assert told(NAME, facts(NAME, answered(OWN, changes))) == expected


def test_years_are_written_without_a_comma():
    fields = form(NAME)["schema"]["properties"]
    assert {fields[name]["x-kind"] for name in ("tax_year", "income_year")} == {"year"}
