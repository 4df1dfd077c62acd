"""F13 罹災証明書交付申請: days, photos and self-assessment (災害対策基本法 第90条の2)."""

import pytest

import schemas
from schemas.conditions import holds
from tests.schemas.answers import variants
from tests.schemas.answers.disaster_certificate import SIDES
from tests.schemas.starter_answers import TODAY, answered, facts, is_approved_by_rule, settled, told, wrong

NAME = "disaster_certificate"
CASES = variants(NAME, TODAY)
MINOR, FLOOD, CAR = CASES["minor"], CASES["flood"], CASES["car"]
REGISTERED = {"disaster_active": True, "place_in_area": True}

CHECKS = [
    (MINOR, {}, {}),
    (MINOR, {"damage_date": "2026-11-02"}, {"damage_outside_period": "error"}),
    (MINOR, {"damage_date": "2026-11-03"}, {}),
    (MINOR, {"damage_date": "2026-11-10"}, {}),
    (MINOR, {"damage_date": "2026-11-11"}, {"damage_outside_period": "error"}),
    (MINOR, {"damage_date": "2026-11-25"}, {"damage_in_future": "error"}),
    (FLOOD, {"damage_date": "2026-09-11"}, {"damage_outside_period": "error"}),
    (MINOR, {"disaster_id": "other", "damage_date": "2026-08-24"}, {}),
    (MINOR, {"disaster_id": "other", "damage_date": "2026-08-23"}, {"application_late": "warning"}),
    (MINOR, {"photos": SIDES[:3]}, {"photos_few": "warning"}),
    (FLOOD, {"self_assessment": True}, {"too_deep_for_self_assessment": "error"}),
    (FLOOD, {"self_assessment": True, "flood_level": "below_floor"}, {}),
]


@pytest.mark.parametrize(("base", "changes", "expected"), CHECKS)
def test_damage_is_of_the_disaster_and_shown_on_photos(base, changes, expected):
    assert told(NAME, facts(NAME, answered(base, changes), REGISTERED)) == expected


def test_place_outside_the_registered_area_is_told_without_stopping_anybody():
    known = facts(NAME, MINOR, {"disaster_active": True, "place_in_area": False})
    assert told(NAME, known) == {"outside_area": "warning"}


RULES = [
    (MINOR, {}, {}, True),
    (MINOR, {"occupant_type": "owner_occupier"}, {}, True),
    (MINOR, {}, {"disaster_active": False}, False),
    (MINOR, {}, {"place_in_area": False}, False),
    (MINOR, {"photos": SIDES[:3]}, {}, False),
    (MINOR, {"self_assessment_consent": None}, {}, False),
    (MINOR, {"self_assessment": False}, {}, False),
    (MINOR, {"repaired": True}, {}, False),
    (MINOR, {"cause": "flood"}, {}, False),
    (MINOR, {"occupant_type": "owner_not_living"}, {}, False),
    (MINOR, {"damage_date": "2026-11-11"}, {}, False),
    (FLOOD, {}, {}, False),
    (CASES["agent"], {"self_assessment": True, "self_assessment_consent": True}, {}, False),
    (CAR, {}, {}, False),
]


@pytest.mark.parametrize(("base", "changes", "verified", "approved"), RULES)
def test_minor_damage_is_certified_at_once_to_who_agrees(base, changes, verified, approved):
    known = facts(NAME, answered(base, changes), REGISTERED | verified)
    assert is_approved_by_rule(NAME, known) is approved


@pytest.mark.parametrize(("base", "is_surveyed"), [(MINOR, False), (FLOOD, True), (CASES["agent"], True), (CAR, False)])
def test_dwellings_are_surveyed_unless_their_people_assess_them(base, is_surveyed):
    survey = next(step for step in schemas.starter("workflows", NAME)["steps"] if step["key"] == "survey")
    assert holds(survey["cases"][0]["when"], facts(NAME, base, REGISTERED)) is is_surveyed


FAULTS = [
    (MINOR, {"self_assessment_consent": None}, ["/self_assessment_consent"]),
    (MINOR, {"self_assessment": False}, ["/survey_dates"]),
    (MINOR, {"household_members": None}, ["/household_members"]),
    (MINOR, {"household_members": None, "occupant_type": "owner_not_living"}, []),
    (MINOR, {"copies": 6}, ["/copies"]),
    (MINOR, {"photos": []}, ["/photos"]),
    (MINOR, {"photos": SIDES * 6}, ["/photos"]),
    (MINOR, {"repaired": True}, ["/repair_documents"]),
    (MINOR, {"building_type": "movable"}, ["/building_type"]),
    (FLOOD, {"flood_depth": None, "flood_level": None}, ["/flood_depth", "/flood_level"]),
    (FLOOD, {"flood_depth": 501}, ["/flood_depth"]),
    (CAR, {"building_type": "detached"}, ["/building_type"]),
    (CASES["agent"], {"power_of_attorney": None}, ["/power_of_attorney"]),
]


@pytest.mark.parametrize(("base", "changes", "pointers"), FAULTS)
def test_what_is_asked_depends_on_what_was_damaged(base, changes, pointers):
    assert wrong(NAME, settled(NAME, answered(base, changes))) == pointers
