"""F03 住民票の写し: who may have what on it, and what it costs (住民基本台帳法 第12条・第12条の3)."""

import pytest

from schemas.effective import effective
from tests.schemas.answers import variants
from tests.schemas.answers.people import HANAKO, PERSON
from tests.schemas.starter_answers import TODAY, answered, facts, form, told, wrong, wrong_fields

NAME = "resident_registration_copy"
BY = variants(NAME, TODAY)
OWN = BY["own"]

FEES = [(1, "counter", 300), (1, "mail", 410), (2, "mail", 710), (10, "counter", 3000), (10, "mail", 3110)]


@pytest.mark.parametrize(("copies", "delivery", "fee"), FEES)
def test_every_copy_costs_the_same_and_postage_is_paid_once(copies, delivery, fee):
    assert facts(NAME, answered(OWN, {"copies": copies, "delivery": delivery}))["fee"] == fee


ASKED = {
    "self": set(),
    "same_household": {"subject_person"},
    "agent": {"subject_person", "subject_address", "power_of_attorney"},
    "third_party": {"subject_person", "subject_address", "legal_reason", "reason_details", "submit_to",
                    "reason_evidence"},
}  # fmt: skip


@pytest.mark.parametrize("relation", ASKED)
def test_the_further_the_requester_the_more_is_asked(relation):
    required = set(effective(form(NAME)["schema"], {"requester_relation": relation})["required"])
    assert required & set.union(*ASKED.values()) == ASKED[relation]


def test_third_parties_cannot_even_ask_for_a_number():
    offered = effective(form(NAME)["schema"], BY["third_party"])["properties"]
    assert not {"include_mynumber", "include_resident_code"} & set(offered)
    assert wrong(NAME, BY["third_party"] | {"include_mynumber": True}) == ["/include_mynumber"]


FAULTS = [
    ({"copies": 0}, ["copies"]),
    ({"copies": 11}, ["copies"]),
    ({"requester_relation": "same_household"}, ["subject_person"]),
    ({"include_residence_info": ["status"]}, ["include_residence_info"]),
    ({"include_mynumber": None}, ["include_mynumber"]),
    ({"certificate_type": "family_register"}, ["certificate_type"]),
]


@pytest.mark.parametrize(("changes", "fields"), FAULTS)
def test_faults_of_a_request_are_found_where_they_are(changes, fields):
    assert wrong_fields(NAME, answered(OWN, changes)) == fields


CHECKS = [
    ("own", {}, {}),
    ("own", {"include_mynumber": True, "delivery": "counter"}, {}),
    ("agent_with_my_number", {}, {}),
    ("agent_with_my_number", {"delivery": "counter"}, {"agent_number_by_mail": "error"}),
    ("agent_with_my_number", {"include_mynumber": False, "delivery": "counter"}, {}),
    ("agent_with_my_number", {"include_mynumber": False, "include_resident_code": True, "delivery": "counter"},
     {"agent_number_by_mail": "error"}),
    ("own", {"is_foreign_resident": True, "include_domicile": True}, {"domicile_of_foreigner": "warning"}),
    ("own", {"requester": PERSON | {"date_of_birth": "2011-11-24"}}, {}),
    ("own", {"requester": PERSON | {"date_of_birth": "2011-11-25"}}, {"requester_too_young": "error"}),
    ("own", {"requester": PERSON | {"date_of_birth": "1890-01-01"}}, {"requester_birth_implausible": "error"}),
    ("third_party", {"subject_person": HANAKO | {"date_of_birth": "1890-01-01"}}, {}),
    ("third_party", {"subject_person": HANAKO | {"date_of_birth": "1870-01-01"}},
     {"subject_birth_implausible": "error"}),
]  # fmt: skip


@pytest.mark.parametrize(("by", "changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_is_checked(by, changes, expected):
    assert told(NAME, facts(NAME, answered(BY[by], changes))) == expected
