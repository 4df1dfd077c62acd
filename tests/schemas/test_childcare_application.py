"""F06 保育所等利用申込: classes, months, choices, parents and points (子ども・子育て支援法 第19条・第20条)."""

import pytest

import schemas
from schemas.my_numbers import basis_in_words, is_my_number
from schemas.possible import possible
from tests.schemas.answers import variants
from tests.schemas.answers.childcare_application import parent
from tests.schemas.answers.people import HANAKO, PERSON, THERE
from tests.schemas.starter_answers import TODAY, answered, facts, settled, told, wrong

NAME = "childcare_application"
FAMILY = variants(NAME, TODAY)
WORKING, SINGLE = FAMILY["working"], FAMILY["single"]
APRIL = {"desired_start": "2027-04"}


def born(day):
    return {"child": {**WORKING["child"], "date_of_birth": day}}


CLASSES = [
    ("care", "2024-04-01", "class2"),
    ("care", "2024-04-02", "class3"),
    ("care", "2026-01-01", "class3"),
    ("education", "2024-04-01", "class1"),
]


@pytest.mark.parametrize(("wanted", "day", "expected"), CLASSES)
def test_class_follows_from_age_and_need(wanted, day, expected):
    known = facts(NAME, answered(WORKING, APRIL | born(day) | {"service_wanted": wanted}))
    assert known["certification_class"] == expected


def work(*hours):
    return [parent(who, "other", work_hours_month=each) for who, each in zip((PERSON, HANAKO), hours, strict=False)]


POINTS = [
    (WORKING, {}, 36),
    (WORKING, {"parents": work(160, 160)}, 40),
    (WORKING, {"parents": work(159, 140)}, 36),
    (WORKING, {"parents": work(119, 96)}, 28),
    (WORKING, {"parents": work(95, 64)}, 24),
    (WORKING, {"parents": work(63, 48)}, 20),
    (WORKING, {"parents": [*work(160), parent(HANAKO, "mother", "pregnancy")]}, 36),
    (WORKING, {"sibling_condition": "any_ok"}, 38),
    (WORKING, {"disability_certificate": "intellectual", "on_public_assistance": True}, 40),
    (SINGLE, {}, 30),
    (FAMILY["kindergarten"], {}, 0),
]


@pytest.mark.parametrize(("base", "changes", "points"), POINTS)
def test_points_are_counted_for_each_parent_and_the_household(base, changes, points):
    assert facts(NAME, answered(base, changes))["points"] == points


CHECKS = [
    (WORKING, {}, {}),
    (WORKING, {"desired_start": "2026-12"}, {"intake_closed": "error"}),
    (WORKING, {"desired_start": "2027-01"}, {}),
    (WORKING, {"desired_start": "2028-01"}, {"intake_not_open": "error"}),
    (WORKING, APRIL | born("2020-04-02"), {"child_too_old": "error"}),
    (WORKING, APRIL | born("2021-04-02"), {}),
    (WORKING, born("2026-11-25"), {"child_unborn": "error"}),
    (WORKING, {"parents": work(160)}, {"parent_missing": "error"}),
    (WORKING, {"parents": work(160, 47)}, {"works_too_little": "error", "standard_unlikely": "warning"}),
    (WORKING, {"parents": work(160, 119)}, {"standard_unlikely": "warning"}),
    (WORKING, {"parents": work(160, 119), "care_hours_class": "short"}, {}),
    (WORKING, {"grandparent_documents": None}, {"grandparent_undocumented": "warning"}),
    (SINGLE, {"parents": work(160, 160)}, {"one_parent_only": "error"}),
    (FAMILY["kindergarten"], APRIL | born("2024-04-02"), {"too_young_for_education": "error"}),
]


@pytest.mark.parametrize(("base", "changes", "expected"), CHECKS)
def test_what_cannot_be_allotted_is_told(base, changes, expected):
    assert told(NAME, facts(NAME, answered(base, changes))) == expected


@pytest.mark.parametrize(("chosen", "is_told"), [(["chuo", "kita"], False), (["chuo", "kita", "chuo"], True)])
def test_each_facility_is_chosen_once(chosen, is_told):
    choices = [{"facility_id": one, "facility_reason": f"{place}番"} for place, one in enumerate(chosen)]
    known = facts(NAME, answered(WORKING, {"facility_choices": choices}))
    assert ("facility_twice" in told(NAME, known)) is is_told


OLD_MEMBER = [{"member_person": {**HANAKO, "date_of_birth": "1961-11-24"}, "relation_to_child": "grandparent"}]
FAULTS = [
    (WORKING, {"parents": None, "care_hours_class": None}, ["/care_hours_class", "/parents"]),
    (WORKING, {"parents": [parent(PERSON, "father"), *work(160)]}, ["/parents/0/work_hours_month"]),
    (WORKING, {"facility_choices": []}, ["/facility_choices"]),
    (WORKING, {"facility_choices": [{"facility_id": "kita"}] * 11}, ["/facility_choices"]),
    (WORKING, {"household_members": OLD_MEMBER, "grandparent_documents": None}, []),
    (WORKING, {"data_use_consent": False}, ["/data_use_consent"]),
    (
        SINGLE,
        {"address_on_jan1": None, "tax_certificate": None},
        [f"/address_on_jan1/{part}" for part in sorted(THERE)],
    ),
]


@pytest.mark.parametrize(("base", "changes", "pointers"), FAULTS)
def test_what_is_asked_depends_on_the_family(base, changes, pointers):
    assert wrong(NAME, settled(NAME, answered(base, changes))) == pointers


def test_my_numbers_are_asked_under_the_law_that_allows_it_and_never_required():
    document = schemas.starter("forms", NAME)
    asked = {name: field for name, field in possible(document["schema"])["properties"].items() if is_my_number(field)}
    assert sorted(asked) == ["child_mynumber"]
    assert "別表の127の項" in basis_in_words(document["procedure"]["my_number_basis"])
    assert wrong(NAME, settled(NAME, FAMILY["single"])) == []
