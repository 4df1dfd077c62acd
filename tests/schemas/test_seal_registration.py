"""F04 印鑑登録: fifteen years, a day on which the office is open, and the letter that comes in between."""

from datetime import date

import pytest

import schemas
from schemas.conditions import holds
from schemas.effective import effective
from tests.schemas.answers import variants
from tests.schemas.answers.people import PERSON, THERE
from tests.schemas.starter_answers import TODAY, answered, facts, form, told, wrong_fields

NAME = "seal_registration"
BY = variants(NAME, TODAY)
PHOTO = BY["photo"]

ASKED = {
    "photo": set(),
    "guarantor": {"guarantor"},
    "inquiry": set(),
    "agent": {"agent_person", "agent_address", "absence_reason", "agent_appointment"},
}


@pytest.mark.parametrize("way", ASKED)
def test_each_way_of_applying_asks_for_its_own(way):
    required = set(effective(form(NAME)["schema"], BY[way])["required"])
    assert required & set.union(*ASKED.values()) == ASKED[way]


# the visit, the next working day, twenty days later or the day after a closing
LETTERS = [
    (date(2026, 11, 27), "2026-11-30", "2026-12-21"),
    (date(2026, 12, 1), "2026-12-02", "2026-12-22"),
    (date(2026, 12, 10), "2026-12-11", "2027-01-04"),
]


@pytest.mark.parametrize(("visit", "sent", "due"), LETTERS)
def test_the_letter_is_answered_within_twenty_days_on_a_day_that_is_open(visit, sent, due):
    known = facts(NAME, answered(BY["inquiry"], {"visit_date": visit.isoformat()}))
    assert (known["inquiry_sent_on"], known["inquiry_due_on"]) == (sent, due)


@pytest.mark.parametrize(("way", "is_asked"), [("photo", False), ("guarantor", False), ("inquiry", True),
                                               ("agent", True)])  # fmt: skip
def test_the_route_waits_for_the_answer_to_a_letter(way, is_asked):
    choice = schemas.starter("workflows", NAME)["steps"][1]
    assert holds(choice["cases"][0]["when"], facts(NAME, BY[way])) is is_asked
    assert choice["cases"][0]["steps"][0]["working_days"] == 20


FAULTS = [
    ({"application_path": "guarantor"}, ["guarantor"]),
    ({"application_path": "guarantor", "guarantor": {"guarantor_name": "葛城"}}, ["guarantor"]),
    ({"absence_reason": "入院"}, ["absence_reason"]),
    ({"seal_name_form": "nickname"}, ["seal_name_form"]),
    ({"seal_imprint": None}, []),
]


@pytest.mark.parametrize(("changes", "fields"), FAULTS)
def test_faults_of_an_application_for_a_seal_are_found_where_they_are(changes, fields):
    assert wrong_fields(NAME, answered(PHOTO, changes)) == fields


CHECKS = [
    ({}, {}),
    ({"registrant": PERSON | {"date_of_birth": "2011-11-27"}}, {}),
    ({"registrant": PERSON | {"date_of_birth": "2011-11-28"}}, {"too_young": "error"}),
    ({"registrant_address": THERE}, {"not_in_city": "error"}),
    ({"visit_date": "2026-11-24"}, {"visit_too_early": "error"}),
    ({"visit_date": "2026-11-28"}, {"visit_on_closed_day": "error"}),
    ({"visit_date": "2026-12-24"}, {}),
    ({"visit_date": "2026-12-25"}, {"visit_too_late": "error"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_is_checked(changes, expected):
    assert told(NAME, facts(NAME, answered(PHOTO, changes))) == expected
