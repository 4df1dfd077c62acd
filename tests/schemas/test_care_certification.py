"""F08 要介護・要支援認定申請: who may apply, and when it is renewed (介護保険法 第7条・第9条・第27条)."""

import pytest

import schemas
from schemas.my_numbers import basis_in_words, is_my_number
from schemas.possible import possible
from tests.schemas.answers import variants
from tests.schemas.answers.people import PERSON
from tests.schemas.starter_answers import TODAY, answered, facts, settled, told, wrong

NAME = "care_certification"
KINDS = variants(NAME, TODAY)


def insured(born):
    return {"insured": {**PERSON, "date_of_birth": born}}


# 65 is reached at the end of the day before the birthday (年齢計算ニ関スル法律)
CATEGORIES = [
    ("1961-11-25", "first", {}),
    ("1961-11-26", "second", {}),
    ("1986-11-25", "second", {}),
    ("1986-11-26", None, {"too_young": "error"}),
    ("2026-11-26", None, {"insured_birth_implausible": "error"}),
]


@pytest.mark.parametrize(("born", "category", "expected"), CATEGORIES)
def test_category_follows_from_the_date_of_birth(born, category, expected):
    known = facts(NAME, answered(KINDS["new"], insured(born)))
    assert known.get("insured_category") == category
    assert told(NAME, known) == expected


def period(until, since="2024-12-01"):
    return {"previous_valid_period": {"from": since, "until": until}}


CHECKS = [
    ("renewal", period("2027-01-23"), {}),
    ("renewal", period("2027-01-24"), {"renewal_too_early": "error"}),
    ("change", period("2027-11-30"), {}),
    ("renewal", period("2026-11-24"), {}),
    ("renewal", period("2026-11-23"), {"already_expired": "error"}),
    ("renewal", period("2026-12-01", "2026-12-02"), {"period_reversed": "error"}),
    ("move_in", {"move_in_date": "2026-11-10"}, {}),
    ("move_in", {"move_in_date": "2026-11-09"}, {"moved_long_ago": "warning"}),
    ("move_in", {"move_in_date": "2026-11-25"}, {"moved_in_future": "error"}),
    ("new", {"last_visit_date": "2026-05-26"}, {}),
    ("new", {"last_visit_date": "2026-05-25"}, {"visit_long_ago": "warning"}),
    ("new", {"last_visit_date": "2026-11-25"}, {"visit_in_future": "error"}),
    ("new", {"last_visit_date": None}, {}),
    ("new", {"stay_period": {"from": "2026-11-20", "until": "2026-11-19"}}, {"stay_reversed": "error"}),
]


@pytest.mark.parametrize(("kind", "changes", "expected"), CHECKS)
def test_days_are_held_against_each_other_and_today(kind, changes, expected):
    assert told(NAME, facts(NAME, answered(KINDS[kind], changes))) == expected


FAULTS = [
    ("new", insured("1970-01-01"), ["/medical_insurance_card", "/specified_disease"]),
    ("second", insured("1950-01-01"), []),
    ("new", {"place_name": None, "stay_period": None}, ["/place_name", "/stay_period/from"]),
    ("new", {"stay_period": {"from": "2026-11-20"}}, []),
    ("new", {"insured_number": "12345"}, ["/insured_number"]),
    ("new", {"insurer_name_no": {"name": "生活保護"}}, []),
    ("new", {"insurer_name_no": {"name": "かかない市", "number": "1234567"}}, ["/insurer_name_no/number"]),
    ("new", {"insurer_name_no": {"name": "かかない市", "number": "138057"}}, []),
    ("new", {"applicant_kind": "proxy"}, ["/proxy_name", "/proxy_type"]),
    ("new", {"application_kind": "support_new"}, ["/previous_level"]),
    ("new", {"application_kind": "renewal"},
     ["/previous_level", "/previous_valid_period/from", "/previous_valid_period/until"]),
    ("renewal", {"application_kind": "change"}, ["/change_reason"]),
    ("move_in", {"entitlement_certificate": None}, []),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "changes", "pointers"), FAULTS)
def test_what_is_asked_depends_on_kind_category_and_place(kind, changes, pointers):
    assert wrong(NAME, settled(NAME, answered(KINDS[kind], changes))) == pointers


def test_survey_and_opinion_wait_beside_each_other_and_the_board_comes_before_the_decision():
    steps = schemas.starter("workflows", NAME)["steps"]
    assert [step["key"] for step in steps] == ["reception", "inquiries", "first_judgement", "board", "decide"]
    assert [one["steps"][0]["key"] for one in steps[1]["branches"]] == ["site_survey", "opinion"]
    assert schemas.starter("forms", NAME)["procedure"]["appeal_first"] is True


def test_my_numbers_are_asked_under_the_law_that_allows_it_and_never_required():
    document = schemas.starter("forms", NAME)
    asked = {name: field for name, field in possible(document["schema"])["properties"].items() if is_my_number(field)}
    assert sorted(asked) == ["insured_mynumber"]
    assert "別表の100の項" in basis_in_words(document["procedure"]["my_number_basis"])
    assert wrong(NAME, settled(NAME, KINDS["new"])) == []
