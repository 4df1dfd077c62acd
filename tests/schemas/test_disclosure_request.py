"""F12 公文書開示請求: who may ask, how it is seen, what copies cost, and which division answers."""

import pytest

import schemas
from tests.schemas.answers.disclosure_request import CONTRACT, NAME, NEWSPAPER
from tests.schemas.starter_answers import answered, asked, facts, told, wrong

COPY = {"disclosure_method": ["copy_paper"]}
FAULTS = [
    ({}, []),
    ({"requester_name": NAME | {"name_kana": "高崎"}}, ["/requester_name/name_kana"]),
    ({"requester_kind": "corporation", "organisation": NEWSPAPER}, ["/requester_name"]),
    ({"eligibility": "worker"}, ["/workplace"]),
    ({"eligibility": "student"}, ["/workplace"]),
    ({"eligibility": "office"}, ["/workplace"]),
    ({"eligibility": "interested"}, ["/interest_description"]),
    ({"eligibility": "anyone"}, []),
    ({"section_hint": None}, []),
    ({"purpose": None, "period_from_to": None}, []),
    ({"document_description": None}, ["/document_description"]),
    ({"disclosure_method": []}, ["/disclosure_method"]),
    (COPY, ["/cost_consent"]),
    ({"disclosure_method": ["inspection", "copy_electronic"]}, ["/cost_consent"]),
    (COPY | {"cost_consent": True}, []),
    (COPY | {"cost_consent": False}, ["/cost_consent"]),
    ({"cost_consent": True}, ["/cost_consent"]),
]


@pytest.mark.parametrize(("changes", "pointers"), FAULTS)
def test_faults_of_a_request_are_found_where_they_are(changes, pointers):
    assert wrong("disclosure_request", answered(CONTRACT, changes)) == pointers


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        (["inspection"], {}),
        (["mail"], {"mail_without_copy": "error"}),
        (["inspection", "mail"], {"mail_without_copy": "error"}),
        (["copy_paper", "mail"], {}),
        (["copy_electronic", "mail"], {}),
    ],
)
def test_mail_brings_a_copy(methods, expected):
    known = facts("disclosure_request", answered(CONTRACT, {"disclosure_method": methods, "cost_consent": True}))
    assert told("disclosure_request", known) == expected


def test_request_bears_the_day_on_which_it_is_sent_and_is_decided_within_15_days():
    known = facts("disclosure_request", CONTRACT)
    assert (known["request_date"], known["decision_due"]) == ("2026-11-24", "2026-12-09")


ROUTES = [
    ("facilities", ["section_hint/reviewer", "general/section_chief", "section_hint/section_chief"]),
    ("general", ["general/unit_chief", "general/section_chief"]),
    (None, ["general/unit_chief", "general/section_chief"]),
]


@pytest.mark.parametrize(("hint", "people"), ROUTES)
def test_the_division_in_charge_answers_and_general_affairs_is_asked(hint, people):
    known = facts("disclosure_request", answered(CONTRACT, {"section_hint": hint}))
    assert asked("disclosure_request", known) == ["general/reviewer", *people, "general/director"]


def test_no_rule_discloses_and_waiting_for_a_correction_stops_the_clock():
    steps = schemas.starter("workflows", "disclosure_request")["steps"]
    assert "rules" not in {step["kind"] for step in steps}
    drafts = [case["steps"][0] for case in steps[1]["cases"]]
    assert all(step["hold_stops_clock"] and "hold" in step["may"] for step in [steps[0], *drafts])
