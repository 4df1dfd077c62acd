"""F14 犬の登録申請: who may register, for what fee, and when nobody needs to look (狂犬病予防法 第4条)."""

from datetime import date

import pytest

from tests.schemas.starter_answers import (
    ADDRESS,
    CERTIFICATE,
    PERSON,
    answered,
    facts,
    is_approved_by_rule,
    told,
    wrong,
)

DOG = {
    "owner_kind": "person",
    "owner": PERSON,
    "address": ADDRESS,
    "contact": {"phone": "03-1234-5678"},
    "dog_name": "葛\U000e0100",
    "breed": "柴",
    "coat_color": "茶",
    "dog_sex": "female",
    "dog_birth": "2026-06-01",
    "is_transfer": False,
    "acquired_on": "2026-11-10",
    "location_kind": "same",
    "vaccinated": False,
    "delivery": "mail",
    "privacy_consent": True,
}
VACCINATED = {"vaccinated": True, "vaccinated_on": "2026-10-01", "vaccination_certificate": [CERTIFICATE]}
CHIP = {"microchip_no": "392123456789012", "mc_registered": True}
COMPANY = {
    "org_name": "株式会社𠮷野",
    "representative": "代表取締役 髙﨑 一郎",
    "person_in_charge": "葛\U000e0100城 誠",
}
OF_A_COMPANY = {"owner_kind": "corporation", "owner": None, "organisation": COMPANY}

DOG_FEES = [
    ({}, 3000),
    (VACCINATED, 3550),
    ({"is_transfer": True, "former_tag_no": "R5-123"}, 0),
    ({"is_transfer": True, "former_tag_no": "R5-123"} | VACCINATED, 550),
    ({"is_transfer": True}, 1600),
    (CHIP | {"delivery": None}, 0),
    (CHIP | VACCINATED, 550),
    (CHIP | {"mc_registered": False}, 3000),
    (OF_A_COMPANY, 3000),
]


@pytest.mark.parametrize(("changes", "fee"), DOG_FEES)
def test_dog_is_registered_for_its_fee(changes, fee):
    answers = answered(DOG, changes)
    assert wrong("dog_registration", answers) == []
    assert facts("dog_registration", answers)["fee"] == fee


DOG_FAULTS = [
    ({"dog_name": None}, ["/dog_name"]),
    ({"dog_sex": "雄"}, ["/dog_sex"]),
    ({"privacy_consent": False}, ["/privacy_consent"]),
    ({"microchip_no": "12345"}, ["/mc_registered", "/microchip_no"]),
    ({"microchip_no": "３９２１２３４５６７８９０１２", "mc_registered": False}, ["/microchip_no"]),
    ({"mc_registered": True}, ["/mc_registered"]),
    ({"mc_registered": True, "delivery": None}, ["/delivery", "/mc_registered"]),
    (CHIP, ["/delivery"]),
    ({"former_tag_no": "R5-123"}, ["/former_tag_no"]),
    ({"location_kind": "other"}, [f"/dog_location/{part}" for part in sorted(ADDRESS)]),
    ({"vaccinated": True}, ["/vaccinated_on", "/vaccination_certificate"]),
    (VACCINATED | {"vaccination_certificate": []}, ["/vaccination_certificate"]),
    (VACCINATED | {"vaccination_certificate": [CERTIFICATE] * 4}, ["/vaccination_certificate"]),
    (
        VACCINATED | {"vaccination_certificate": [CERTIFICATE | {"media_type": "image/gif"}]},
        ["/vaccination_certificate/0"],
    ),
    (VACCINATED | {"vaccination_certificate": [CERTIFICATE | {"size": 10485761}]}, ["/vaccination_certificate/0"]),
    ({"owner_kind": "corporation", "organisation": COMPANY}, ["/owner"]),
    ({"owner": PERSON | {"family_name": ""}}, ["/owner/family_name"]),
]


@pytest.mark.parametrize(("changes", "pointers"), DOG_FAULTS)
def test_faults_of_a_dog_registration_are_found_where_they_are(changes, pointers):
    assert wrong("dog_registration", answered(DOG, changes)) == pointers


DOG_CHECKS = [
    ({}, {}),
    ({"owner": PERSON | {"date_of_birth": "2027-01-01"}}, {"owner_birth_implausible": "error"}),
    (
        {"dog_birth": "2026-11-25", "acquired_on": "2026-11-24"},
        {"dog_born_in_future": "error", "acquired_before_birth": "error"},
    ),
    ({"dog_birth": "2026-08-26"}, {"dog_too_young": "warning"}),
    ({"dog_birth": "2026-08-25"}, {}),
    ({"dog_birth": "1999-01-01"}, {"dog_very_old": "warning"}),
    ({"acquired_on": "2026-11-25"}, {"acquired_in_future": "error"}),
    ({"acquired_on": "2026-10-25"}, {}),
    ({"acquired_on": "2026-10-24"}, {"registration_late": "warning"}),
    ({"dog_birth": "2026-07-26", "acquired_on": "2026-07-26"}, {}),
    (VACCINATED, {}),
    (VACCINATED | {"vaccinated_on": "2026-11-25"}, {"vaccinated_in_future": "error"}),
    (VACCINATED | {"vaccinated_on": "2026-05-31"}, {"vaccinated_before_birth": "error"}),
]


@pytest.mark.parametrize(("changes", "expected"), DOG_CHECKS)
def test_dates_of_a_dog_are_held_against_each_other_and_today(changes, expected):
    assert told("dog_registration", facts("dog_registration", answered(DOG, changes))) == expected


@pytest.mark.parametrize(
    ("on", "today", "expired"),
    [
        ("2026-03-02", "2026-11-24", False),
        ("2026-03-01", "2026-11-24", True),
        ("2026-10-01", "2027-03-31", False),
        ("2027-03-02", "2027-03-10", False),
        ("2026-10-01", "2027-04-01", True),
    ],
)
def test_vaccination_counts_from_2_march_to_the_end_of_the_fiscal_year(on, today, expired):
    answers = answered(DOG, VACCINATED | {"vaccinated_on": on, "dog_birth": "2024-01-01", "acquired_on": "2024-01-01"})
    known = facts("dog_registration", answers, today=date.fromisoformat(today))
    assert ("vaccination_expired" in told("dog_registration", known)) is expired


DOG_RULES = [
    ({}, True),
    ({"features": "右の耳だけ白い"}, True),
    (CHIP | {"mc_registered": False}, True),
    (CHIP | {"delivery": None}, False),
    (VACCINATED, False),
    (OF_A_COMPANY, False),
    ({"is_transfer": True, "former_tag_no": "R5-123"}, False),
    ({"is_transfer": True}, False),
    ({"dog_birth": "2026-08-25"}, True),
    ({"dog_birth": "2026-08-26"}, False),
    ({"acquired_on": "2026-11-25"}, False),
    ({"dog_birth": "2020-01-01", "acquired_on": "2025-11-24"}, True),
    ({"dog_birth": "2020-01-01", "acquired_on": "2025-11-23"}, False),
    ({"dog_birth": None}, False),
]


@pytest.mark.parametrize(("changes", "approved"), DOG_RULES)
def test_dog_with_nothing_to_check_is_registered_at_once(changes, approved):
    known = facts("dog_registration", answered(DOG, changes))
    assert is_approved_by_rule("dog_registration", known) is approved
