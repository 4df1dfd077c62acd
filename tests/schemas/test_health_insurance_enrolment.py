"""F07 国民健康保険 資格取得届: who joins why, within fourteen days, before 75 (国民健康保険法 第9条)."""

import pytest

from schemas.effective import effective
from tests.schemas.answers import variants
from tests.schemas.answers.health_insurance_enrolment import member
from tests.schemas.answers.people import HANAKO, PERSON, THERE, day
from tests.schemas.starter_answers import TODAY, answered, facts, form, told, wrong_fields

NAME = "health_insurance_enrolment"
BY = variants(NAME, TODAY)
DISMISSED = BY["dismissed"]
PROOF = {"loss_certificate", "reason_document", "reason_details", "involuntary_unemployment"}
ASKED = {
    "left_employer_insurance": {"loss_certificate", "involuntary_unemployment"},
    "dependent_removed": {"loss_certificate"},
    "voluntary_continuation_end": {"loss_certificate"},
    "move_in": set(),
    "birth": {"reason_document"},
    "public_assistance_end": {"reason_document"},
    "other": {"reason_document", "reason_details"},
}


@pytest.mark.parametrize("reason", ASKED)
def test_each_reason_asks_for_its_own_papers(reason):
    offered = set(effective(form(NAME)["schema"], {"acquisition_reason": reason})["properties"])
    assert offered & PROOF == ASKED[reason]


@pytest.mark.parametrize(("days", "is_asked"), [(-14, False), (-15, True)])
def test_whoever_notifies_after_fourteen_days_says_why(days, is_asked):
    known = facts(NAME, answered(DISMISSED, {"loss_date": day(TODAY, days)}))
    assert ("late_reason" in effective(form(NAME)["schema"], known)["required"]) is is_asked


FAULTS = [
    ({"loss_certificate": None}, ["loss_certificate"]),
    ({"unemployment_reason": "40"}, ["unemployment_reason"]),
    ({"involuntary_unemployment": False}, ["unemployment_certificate", "unemployment_reason"]),
    ({"wants_direct_debit": False}, ["direct_debit"]),
    ({"notifier_relation": "agent"}, ["notifier", "power_of_attorney"]),
    ({"insured_members": []}, ["insured_members"]),
]


@pytest.mark.parametrize(("changes", "fields"), FAULTS)
def test_faults_of_an_enrolment_are_found_where_they_are(changes, fields):
    assert wrong_fields(NAME, answered(DISMISSED, changes)) == fields


def born(day_of_birth):
    return {"insured_members": [member(PERSON | {"date_of_birth": day_of_birth}, "head")]}


CHECKS = [
    ("dismissed", {}, {}),
    ("dismissed", {"loss_date": "2026-11-25"}, {"loss_in_future": "error"}),
    ("dismissed", {"loss_date": "2024-11-23"}, {"very_late": "warning"}),
    ("dismissed", born("1951-11-25"), {}),
    ("dismissed", born("1951-11-24"), {"over_seventy_four": "error"}),
    ("dismissed", born("2026-11-25"), {"member_birth_future": "error"}),
    ("dismissed", {"address": THERE}, {"not_in_city": "error"}),
    ("birth", {}, {}),
    ("birth", {"insured_members": [member(HANAKO, "child")]}, {"born_on_another_day": "warning"}),
]


@pytest.mark.parametrize(("by", "changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_is_checked(by, changes, expected):
    assert told(NAME, facts(NAME, answered(BY[by], changes))) == expected
