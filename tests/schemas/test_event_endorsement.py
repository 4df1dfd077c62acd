"""F15 後援名義使用承認申請: in time, not for profit, and reported on afterwards."""

import pytest

from tests.schemas.answers.event_endorsement import variants
from tests.schemas.starter_answers import TODAY, answered, asked, facts, told, wrong

CONCERT = variants(TODAY)["first_time"]
FAULTS = [
    ({"bylaws": None}, ["/bylaws"]),
    ({"bylaws": None, "previous_approval": "令和7年度"}, []),
    ({"budget_sheet": None}, ["/budget_sheet"]),
    ({"budget_sheet": None, "participation_fee": 0}, []),
    ({"budget_sheet": None, "participation_fee": 1}, ["/budget_sheet"]),
    ({"participation_fee": -1}, ["/budget_sheet", "/participation_fee"]),
    ({"support_type": "mayor_award"}, ["/award_description"]),
    ({"neutrality_pledge": False}, ["/neutrality_pledge"]),
    ({"name_usage": []}, ["/name_usage"]),
    ({"expected_attendance": 0}, ["/expected_attendance"]),
    ({"other_supporters": None, "target_audience": None}, []),
]


@pytest.mark.parametrize(("changes", "pointers"), FAULTS)
def test_faults_of_an_application_for_a_name_are_found_where_they_are(changes, pointers):
    assert wrong("event_endorsement", answered(CONCERT, changes)) == pointers


CHECKS = [
    ("2026-12-24", "2026-12-24", {}),
    ("2026-12-23", "2026-12-23", {"rather_near": "warning"}),
    ("2026-12-08", "2026-12-08", {"rather_near": "warning"}),
    ("2026-12-07", "2026-12-08", {"too_near": "error"}),
    ("2027-01-10", "2027-01-09", {"end_before_start": "error"}),
    ("2027-01-10", "2028-01-10", {}),
    ("2027-01-10", "2028-01-11", {"too_long": "error"}),
]


@pytest.mark.parametrize(("first", "last", "expected"), CHECKS)
def test_event_lies_in_time_and_in_order(first, last, expected):
    known = facts("event_endorsement", answered(CONCERT, {"event_start": first, "event_end": last}))
    assert told("event_endorsement", known) == expected


def test_report_is_due_a_month_after_the_last_day():
    assert facts("event_endorsement", {"event_end": "2027-01-31"})["report_due"] == "2027-03-02"


@pytest.mark.parametrize(
    ("support", "decider"),
    [
        ("sponsor_koen", "director"),
        ("kyosan", "director"),
        ("co_host_kyosai", "deputy_mayor"),
        ("mayor_award", "deputy_mayor"),
    ],
)
def test_planning_is_consulted_and_the_kind_of_support_says_who_decides(support, decider):
    people = asked("event_endorsement", facts("event_endorsement", answered(CONCERT, {"support_type": support})))
    assert people == ["reviewer", "unit_chief", "section_chief", "planning/section_chief", decider]
