"""F10 公共施設使用許可申請: rooms, hours and tariff, and when nobody needs to look (地方自治法 第244条)."""

import pytest

import schemas
from schemas.conditions import holds
from schemas.effective import effective
from tests.schemas.starter_answers import (
    ADDRESS,
    CERTIFICATE,
    PERSON,
    answered,
    facts,
    form,
    is_approved_by_rule,
    told,
    wrong,
)

HALL = {
    "applicant_kind": "group",
    "group_name": "𠮷野合唱団",
    "group_id": "F-00001",
    "applicant": PERSON,
    "address": ADDRESS,
    "contact": {"phone": "03-1234-5678"},
    "responsible_person": "髙﨑 一郎",
    "facility_id": "civic_hall",
    "room_ids": ["large_hall", "rehearsal_room"],
    "use_date": "2026-12-15",
    "start_time": "09:00",
    "end_time": "12:30",
    "purpose": "市民合唱祭に向けた練習",
    "activity_type": "rehearsal",
    "headcount": 120,
    "admission_fee": "none",
    "sales": False,
    "anti_crime_pledge": True,
    "privacy_consent": True,
}
CHARGED = {"admission_fee": "charged", "admission_amount": 1000}
ARENA = {"facility_id": "gymnasium", "room_ids": ["arena"]}
MICROPHONES = [{"item": "microphone", "quantity": 2, "hours": 3.5}]
PAID_CLUB = {
    **CHARGED,
    "admission_amount": 1500,
    "equipment": MICROPHONES,
    "air_conditioning": True,
    "air_conditioning_hours": 2.5,
    "fee_exemption_reason": "welfare",
    "exemption_details": "障害のある方の交流会のため",
}
FREE = {"room_free": True, "group_registered": True}


def test_rooms_are_those_of_the_chosen_facility():
    schema = form("facility_use")["schema"]
    assert "room_ids" not in effective(schema, {})["properties"]
    offered = effective(schema, {"facility_id": "community_centre"})["properties"]["room_ids"]["items"]["oneOf"]
    assert [room["const"] for room in offered] == ["lecture_room", "japanese_room", "cooking_room"]


def test_every_room_and_item_has_its_place_in_every_tariff():
    document = form("facility_use")
    branches = [one["then"]["properties"] for one in document["schema"]["allOf"] if "then" in one]
    rooms = {room["const"] for one in branches if "room_ids" in one for room in one["room_ids"]["items"]["oneOf"]}
    items = {
        one["const"] for one in document["schema"]["properties"]["equipment"]["items"]["properties"]["item"]["oneOf"]
    }
    text = document["calculations"]
    rate = text["room_fee"]["floor"][0]["*"][0]["sum"][0]["map"][1]["lookup"][1]
    heating = text["air_conditioning_fee"]["if"][1]["ceil"][0]["*"][0]["sum"][0]["map"][1]["lookup"][1]
    lent = text["equipment_fee"]["if"][1]["ceil"][0]["sum"][0]["map"][1]["*"][0]["lookup"][1]
    assert rooms == set(rate) == set(heating) == set(text["capacity"]["sum"][0]["map"][1]["lookup"][1])
    assert items == set(lent)


# facility, room, how many it holds, yen an hour, yen an hour with air conditioning
TARIFF = [
    ("civic_hall", "large_hall", 600, 6000, 9000),
    ("civic_hall", "small_hall", 150, 2000, 3000),
    ("civic_hall", "conference_room", 24, 500, 700),
    ("civic_hall", "rehearsal_room", 30, 800, 1100),
    ("civic_hall", "gallery", 60, 1000, 1400),
    ("community_centre", "lecture_room", 60, 700, 1000),
    ("community_centre", "japanese_room", 20, 400, 600),
    ("community_centre", "cooking_room", 24, 900, 1200),
    ("gymnasium", "arena", 400, 3000, 4500),
    ("gymnasium", "martial_arts_hall", 80, 1000, 1500),
    ("gymnasium", "training_room", 36, 500, 700),
]


@pytest.mark.parametrize(("facility", "room", "holds_people", "yen", "conditioned"), TARIFF)
def test_each_room_has_its_price_and_holds_its_people(facility, room, holds_people, yen, conditioned):
    hour = {"facility_id": facility, "room_ids": [room], "headcount": holds_people, "end_time": "10:00"}
    known = facts("facility_use", answered(HALL, hour))
    assert (known["fee"], known["capacity_left"]) == (yen, 0)
    warm = facts("facility_use", answered(HALL, hour | {"air_conditioning": True, "air_conditioning_hours": 1}))
    assert warm["fee"] == conditioned
    title = effective(form("facility_use")["schema"], hour)["properties"]["room_ids"]["items"]["oneOf"]
    assert f"定員{holds_people}人" in next(one["title"] for one in title if one["const"] == room)


LENT = [("microphone", 100), ("projector", 300), ("screen", 50), ("sound_system", 500), ("stage_lighting", 800),
        ("piano", 600), ("display_panel", 20), ("sports_equipment", 200)]  # fmt: skip


@pytest.mark.parametrize(("item", "yen"), LENT)
def test_each_item_has_its_price_and_the_help_tells_it(item, yen):
    known = facts("facility_use", answered(HALL, {"equipment": [{"item": item, "quantity": 3, "hours": 1.5}]}))
    assert known["equipment_fee"] == round(yen * 4.5)
    assert f"{yen}円" in form("facility_use")["presentation"]["equipment"]["help"]


# (6,000 + 800) yen × 3.5 hours = 23,800 yen, and what is added to it or taken from it
FEES = [
    ({}, 23800),
    ({"end_time": "09:30"}, 3400),
    ({"room_ids": ["rehearsal_room"], "headcount": 10}, 2800),
    (CHARGED, 35700),
    (CHARGED | {"admission_amount": 1001}, 47600),
    ({"admission_fee": "material_cost"}, 23800),
    ({"sales": True}, 47600),
    (CHARGED | {"sales": True}, 47600),
    ({"group_id": None, "local_ratio": 50}, 23800),
    ({"group_id": None, "local_ratio": 49}, 35700),
    ({"equipment": MICROPHONES}, 24500),
    ({"air_conditioning": True, "air_conditioning_hours": 2.5}, 32050),
    ({"air_conditioning": False}, 23800),
    ({"fee_exemption_reason": "school", "exemption_details": "合同音楽会"}, 0),
    ({"fee_exemption_reason": "registered_club", "exemption_details": "定期練習"}, 11900),
    ({"fee_exemption_reason": "other", "exemption_details": "災害の支援"}, 23800),
    ({"fee_exemption_reason": "none"}, 23800),
    (PAID_CLUB, 32750),
    ({"facility_id": "community_centre", "room_ids": ["cooking_room"], "headcount": 20, "end_time": "09:30",
      "fee_exemption_reason": "welfare", "exemption_details": "配食"}, 220),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "fee"), FEES)
def test_rooms_cost_what_the_tariff_says(changes, fee):
    answers = answered(HALL, changes)
    assert wrong("facility_use", answers) == []
    assert facts("facility_use", answers)["fee"] == fee


def test_fee_is_shown_in_its_parts():
    known = facts("facility_use", answered(HALL, PAID_CLUB))
    parts = ("room_fee", "exemption_amount", "air_conditioning_fee", "equipment_fee")
    assert [known[part] for part in parts] == [47600, 23800, 8250, 700]


def test_fee_is_not_told_before_it_is_known():
    assert "fee" not in facts("facility_use", answered(HALL, {"room_ids": None}))
    assert "fee" not in facts("facility_use", answered(HALL, {"sales": None}))


FAULTS = [
    ({"applicant_kind": "group", "group_name": None}, ["/group_name"]),
    ({"applicant_kind": "individual"}, ["/group_id", "/group_name"]),
    ({"group_id": None}, ["/local_ratio"]),
    ({"local_ratio": 80}, ["/local_ratio"]),
    ({"room_ids": []}, ["/room_ids"]),
    ({"room_ids": ["arena"]}, ["/room_ids/0"]),
    ({"room_ids": ["large_hall", "large_hall"]}, ["/room_ids"]),
    ({"facility_id": "library"}, ["/facility_id", "/room_ids"]),
    ({"start_time": "09:15"}, ["/start_time"]),
    ({"use_date": "令和8年12月15日"}, ["/use_date"]),
    ({"headcount": 0}, ["/headcount"]),
    ({"admission_fee": "charged"}, ["/admission_amount"]),
    ({"admission_amount": 500}, ["/admission_amount"]),
    ({"air_conditioning": True}, ["/air_conditioning_hours"]),
    ({"air_conditioning": True, "air_conditioning_hours": 0.75}, ["/air_conditioning_hours"]),
    ({"equipment": [{"item": "piano", "quantity": 1}]}, ["/equipment/0/hours"]),
    ({"equipment": [{"item": "cannon", "quantity": 1, "hours": 1}]}, ["/equipment/0/item"]),
    ({"fee_exemption_reason": "school"}, ["/exemption_details"]),
    ({"exemption_documents": [CERTIFICATE]}, ["/exemption_documents"]),
    ({"anti_crime_pledge": False}, ["/anti_crime_pledge"]),
]


@pytest.mark.parametrize(("changes", "pointers"), FAULTS)
def test_faults_of_an_application_for_rooms_are_found_where_they_are(changes, pointers):
    assert wrong("facility_use", answered(HALL, changes)) == pointers


CHECKS = [
    ({}, {}),
    ({"use_date": "2026-12-01"}, {}),
    ({"use_date": "2026-11-29"}, {"date_too_near": "error"}),
    ({"use_date": "2027-05-23"}, {}),
    ({"use_date": "2027-05-25"}, {"date_too_far": "error"}),
    ({"use_date": "2026-12-14"}, {"closed_on_monday": "error"}),
    ({"use_date": "2027-01-11"}, {}),
    ({"use_date": "2026-12-29"}, {"closed_at_new_year": "error"}),
    ({"use_date": "2027-01-03"}, {"closed_at_new_year": "error"}),
    ({"end_time": "09:30", "start_time": "09:30"}, {"end_before_start": "error"}),
    ({"end_time": "09:30", "start_time": "13:00"}, {"end_before_start": "error"}),
    ({"headcount": 630}, {}),
    ({"headcount": 631}, {"over_capacity": "error"}),
    ({"equipment": [{"item": "piano", "quantity": 1, "hours": 4}]}, {"equipment_too_long": "error"}),
    ({"air_conditioning": True, "air_conditioning_hours": 4}, {"air_conditioning_too_long": "error"}),
    ({"applicant": PERSON | {"date_of_birth": "2026-11-25"}}, {"applicant_birth_implausible": "error"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_is_checked(changes, expected):
    assert told("facility_use", facts("facility_use", answered(HALL, changes), FREE)) == expected


@pytest.mark.parametrize(
    ("verified", "expected"),
    [
        ({"room_free": False}, {"room_taken": "warning"}),
        ({"group_registered": False}, {"group_unknown": "warning"}),
    ],
)
def test_what_the_office_knows_is_told_without_stopping_anybody(verified, expected):
    assert told("facility_use", facts("facility_use", HALL, FREE | verified)) == expected


def test_nobody_is_told_of_a_taken_room_before_choosing_one():
    begun = answered(HALL, {"room_ids": None, "group_id": None})
    assert told("facility_use", facts("facility_use", begun, {"room_free": False, "group_registered": False})) == {}


RULES = [
    ({}, {}, True),
    ({"activity_type": "sports"} | ARENA, {}, True),
    ({"fee_exemption_reason": "none"}, {}, True),
    ({}, {"room_free": False}, False),
    ({}, {"group_registered": False}, False),
    ({"activity_type": "cooking"}, {}, False),
    (CHARGED, {}, False),
    ({"admission_fee": "material_cost"}, {}, False),
    ({"sales": True}, {}, False),
    ({"fee_exemption_reason": "other", "exemption_details": "災害の支援"}, {}, False),
    ({"headcount": 631}, {}, False),
    ({"headcount": None}, {}, False),
]


@pytest.mark.parametrize(("changes", "verified", "approved"), RULES)
def test_registered_group_gets_a_free_room_at_once(changes, verified, approved):
    known = facts("facility_use", answered(HALL, changes), FREE | verified)
    assert is_approved_by_rule("facility_use", known) is approved


@pytest.mark.parametrize(("changes", "is_asked"), [({}, False), (PAID_CLUB, True)])
def test_general_affairs_sees_every_reduction_and_nothing_else(changes, is_asked):
    choice = schemas.starter("workflows", "facility_use")["steps"][2]
    known = facts("facility_use", answered(HALL, changes), FREE)
    assert holds(choice["cases"][0]["when"], known) is is_asked
    assert choice["cases"][0]["steps"][0]["by"] == {"department": "general", "role": "section_chief"}
