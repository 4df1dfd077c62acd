"""F02 転出届: thirty days before to ten days after, out of this city (住民基本台帳法 第24条)."""

import pytest

from tests.schemas.answers import variants
from tests.schemas.answers.people import HERE, PERSON, THERE, day
from tests.schemas.starter_answers import TODAY, answered, facts, told, wrong_fields

NAME = "moving_out"
COUPLE = variants(NAME, TODAY)["couple_with_card"]

FAULTS = [
    ({"notifier": "agent"}, ["power_of_attorney"]),
    ({"has_mynumber_card": False}, ["identity_document"]),
    ({"movers": []}, ["movers"]),
    ({"movers": [{}]}, ["movers"]),
    ({"items_to_return": ["umbrella"]}, ["items_to_return"]),
    ({"destination_address": None}, ["destination_address"]),
]


@pytest.mark.parametrize(("changes", "fields"), FAULTS)
def test_faults_of_a_notification_of_moving_out_are_found_where_they_are(changes, fields):
    assert wrong_fields(NAME, answered(COUPLE, changes)) == fields


def moving(days, visit=None):
    return {"move_out_date": day(TODAY, days), "destination_visit_date": visit}


CHECKS = [
    ({}, {}),
    (moving(30), {}),
    (moving(31), {"too_early": "error"}),
    (moving(-10), {}),
    (moving(-11), {"too_late": "error"}),
    ({"current_address": THERE}, {"not_from_city": "error"}),
    ({"destination_address": HERE}, {"within_city": "error"}),
    (moving(0, "2026-11-24"), {"destination_visit_past": "error"}),
    (moving(0, "2026-11-25"), {}),
    (moving(0, "2026-12-05"), {"destination_closed": "warning"}),
    (moving(2, "2026-11-25"), {"destination_visit_before_move": "error"}),
    (moving(0, "2026-12-08"), {}),
    (moving(0, "2026-12-09"), {"destination_visit_late": "warning"}),
    ({"movers": [{"mover_person": PERSON | {"date_of_birth": "2026-11-25"}}]}, {"mover_birth_future": "error"}),
    ({"movers": [{"mover_person": PERSON | {"date_of_birth": "1890-01-01"}}]}, {"mover_birth_implausible": "error"}),
    ({"applicant": PERSON | {"date_of_birth": "2026-11-25"}}, {"applicant_birth_implausible": "error"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_is_checked(changes, expected):
    assert told(NAME, facts(NAME, answered(COUPLE, changes))) == expected
