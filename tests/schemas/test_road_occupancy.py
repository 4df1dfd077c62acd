"""F09 道路占用許可申請: seven items of 道路法 第32条第2項, fees by the day, renewals that nobody needs to look at."""

import pytest

from schemas.effective import effective
from tests.schemas.answers.road_occupancy import COMPANY, PIPE, SCAFFOLD, SIGNBOARD, variants
from tests.schemas.starter_answers import TODAY, answered, asked, facts, form, is_approved_by_rule, told, wrong

BOARD = variants(TODAY)["signboard"]
RENEWAL = variants(TODAY)["unchanged_renewal"]
KNOWN = {"permit_renewable": True, "occupant_known": True}
YEAR = {"occupancy_start": "2027-04-01", "occupancy_end": "2028-03-31"}


def known_of(changes, base=BOARD, verified=KNOWN):
    return facts("road_occupancy", answered(base, changes), verified)


def test_every_object_has_a_rate_for_its_unit():
    item = form("road_occupancy")["schema"]["properties"]["objects"]["items"]["properties"]
    rates = form("road_occupancy")["calculations"]["yearly_fee"]["sum"][0]["map"][1]["*"][0]["lookup"][1]
    assert set(rates) == {one["const"] for one in item["object_type"]["oneOf"]}
    units = {one["const"] for one in item["unit"]["oneOf"]}
    assert all(set(rate) and set(rate) <= units for rate in rates.values())
    assert set(rates["other"]) == units


# yen a year, by the day: 365 days cost a year, and less than 100 yen is dropped
FEES = [
    ({"occupancy_end": "2027-03-31", "occupancy_start": "2026-04-01"}, 9900),
    (YEAR, 9900),
    ({"occupancy_start": "2027-04-01", "occupancy_end": "2027-04-01"}, 0),
    ({"occupancy_start": "2027-04-01", "occupancy_end": "2027-04-04"}, 100),
    ({"objects": [PIPE]}, 700),
    ({"objects": [SIGNBOARD, PIPE]}, 10600),
    ({"objects": [{**SIGNBOARD, "object_type": "pole", "unit": "pcs", "quantity": 3}]}, 3600),
    (YEAR | {"occupancy_end": "2032-03-31"}, 49500),
    ({"legal_basis": "article35_consultation"}, 0),
    ({"application_kind": "abolish"}, 0),
    ({"fee_exemption": True}, 9900),
]


@pytest.mark.parametrize(("changes", "yen"), FEES)
def test_fee_follows_kind_size_and_days(changes, yen):
    assert known_of(changes)["fee_estimate"] == yen


def test_fee_is_not_told_before_what_it_depends_on():
    assert "fee_estimate" not in known_of({"objects": None})
    assert "fee_estimate" not in known_of({"occupancy_end": None})


KINDS = [
    ("new", {"work_period_start", "work_period_end", "work_method"}),
    ("renewal", {"former_permit", "former_permit_date", "former_permit_end", "unchanged"}),
    ("change", {"former_permit", "former_permit_date", "work_period_start", "work_period_end", "work_method"}),
    ("abolish", {"former_permit", "former_permit_date"}),
]


@pytest.mark.parametrize(("kind", "fields"), KINDS)
def test_each_kind_of_application_asks_its_own_questions(kind, fields):
    schema = form("road_occupancy")["schema"]
    extra = set(effective(schema, {"application_kind": kind})["properties"]) - set(effective(schema, {})["properties"])
    assert extra == fields
    assert fields <= set(effective(schema, {"application_kind": kind})["required"])


FAULTS = [
    ({"organisation": COMPANY | {"corporate_number": "4010001123457"}}, ["/organisation/corporate_number"]),
    ({"objects": []}, ["/objects"]),
    ({"objects": [{**SIGNBOARD, "quantity": 0}]}, ["/objects/0/quantity"]),
    ({"objects": [{**SIGNBOARD, "unit": "kg"}]}, ["/objects/0/unit"]),
    ({"objects": [{**SCAFFOLD, "object_type": "other"}]}, ["/objects/0/object_details"]),
    ({"objects": [{**SCAFFOLD, "object_type": "other", "object_details": "日よけ"}]}, []),
    ({"photos": []}, ["/photos"]),
    ({"excavation": True}, ["/excavation_drawings", "/restoration_entrusted"]),
    ({"affects_others": True}, ["/neighbour_consent"]),
    ({"fee_exemption": True}, ["/fee_exemption_reason"]),
    ({"work_method": None}, ["/work_method"]),
    ({"map_point": "35.6812,139.7671"}, []),
    ({"map_point": "139.7671, 35.6812"}, ["/map_point"]),
    ({"map_point": None}, []),
]


@pytest.mark.parametrize(("changes", "pointers"), FAULTS)
def test_faults_of_an_application_for_a_road_are_found_where_they_are(changes, pointers):
    assert wrong("road_occupancy", answered(BOARD, changes)) == pointers


CHECKS = [
    ({}, {}),
    ({"occupancy_end": "2026-01-01"}, {"end_before_start": "error", "work_outside_occupancy": "error"}),
    (YEAR | {"occupancy_end": "2032-03-31", "work_period_start": None}, {}),
    (YEAR | {"occupancy_end": "2032-04-01", "work_period_start": None}, {"period_too_long": "error"}),
    (
        YEAR | {"occupancy_end": "2037-03-31", "work_period_start": None, "legal_basis": "article35_consultation"},
        {},
    ),
    (
        YEAR | {"occupancy_end": "2037-04-01", "work_period_start": None, "legal_basis": "article35_consultation"},
        {"period_too_long": "error"},
    ),
    ({"occupancy_start": "2026-12-14"}, {}),
    ({"occupancy_start": "2026-12-11"}, {"start_too_near": "warning"}),
    ({"work_period_end": "2027-01-22"}, {"work_end_before_start": "error"}),
    ({"work_period_start": "2027-01-22"}, {"work_outside_occupancy": "error"}),
    ({"objects": [SIGNBOARD, {**SIGNBOARD, "unit": "pcs"}]}, {"unit_does_not_fit": "error"}),
    ({"excavation": True, "police_permit": "not_needed"}, {"police_permit_doubtful": "warning"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_of_a_road_is_checked(changes, expected):
    assert told("road_occupancy", known_of(changes)) == expected


RENEWALS = [
    ({}, {}, {}),
    ({"former_permit_end": "2026-12-24", "occupancy_start": "2026-12-25"}, {}, {}),
    ({"former_permit_end": "2026-12-23", "occupancy_start": "2026-12-24"}, {}, {"renewal_late": "warning"}),
    ({"occupancy_start": "2027-01-24"}, {}, {"start_not_after_former": "error"}),
    ({"former_permit_date": "2026-11-25"}, {}, {"former_permit_in_future": "error"}),
    ({}, {"permit_renewable": False}, {"former_permit_unknown": "warning"}),
]


@pytest.mark.parametrize(("changes", "verified", "expected"), RENEWALS)
def test_renewal_follows_the_former_permission_and_comes_in_time(changes, verified, expected):
    assert told("road_occupancy", known_of(changes, RENEWAL, KNOWN | verified)) == expected


RULES = [
    ({}, {}, True),
    ({}, {"permit_renewable": False}, False),
    ({}, {"occupant_known": False}, False),
    ({"unchanged": False}, {}, False),
    ({"excavation": True}, {}, False),
    ({"affects_others": True}, {}, False),
    ({"fee_exemption": True}, {}, False),
    ({"legal_basis": "article35_consultation"}, {}, False),
    ({"application_kind": "change"}, {}, False),
    ({"objects": [{**SIGNBOARD, "unit": "pcs"}]}, {}, False),
    ({"objects": [SCAFFOLD]}, {}, False),
    ({"former_permit_end": "2026-12-23", "occupancy_start": "2026-12-24"}, {}, False),
]


@pytest.mark.parametrize(("changes", "verified", "approved"), RULES)
def test_only_an_unchanged_renewal_of_a_known_occupant_is_permitted_at_once(changes, verified, approved):
    known = known_of(changes, RENEWAL, KNOWN | verified)
    assert is_approved_by_rule("road_occupancy", known) is approved


ROUTES = [
    ("signboard", ["water/section_chief", "planning/section_chief", "section_chief", "director"]),
    ("scaffold", ["water/section_chief", "planning/section_chief", "director"]),
    ("unchanged_renewal", ["section_chief"]),
    ("end", ["section_chief"]),
]


@pytest.mark.parametrize(("variant", "people"), ROUTES)
def test_new_occupancies_are_consulted_on_and_dear_ones_go_to_the_director(variant, people):
    known = facts("road_occupancy", variants(TODAY)[variant])
    assert asked("road_occupancy", known) == ["reviewer", "unit_chief", *people]
