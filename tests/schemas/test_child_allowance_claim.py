"""F05 児童手当認定請求: who may claim for whom, how much it comes to and from when (児童手当法 第4条・第6〜8条)."""

from datetime import date

import pytest

import schemas
from schemas.my_numbers import basis_in_words, is_my_number
from schemas.possible import possible
from tests.schemas.answers import variants
from tests.schemas.answers.child_allowance_claim import child, older
from tests.schemas.starter_answers import TODAY, answered, facts, settled, told, wrong

NAME = "child_allowance_claim"
FAMILY = variants(NAME, TODAY)
ALONE = FAMILY["third_child"]
CONFIRMED = {"older_children_confirmation": ALONE["older_children_confirmation"]}
BABY, SMALL, PUPIL = child("2026-06-01"), child("2023-11-25"), child("2015-06-01")
STUDENT = older("2006-06-01")

AMOUNTS = [
    ([BABY], [], 15000),
    ([PUPIL], [], 10000),
    ([SMALL], [], 15000),
    ([child("2023-11-24")], [], 10000),
    ([PUPIL, BABY], [], 25000),
    ([PUPIL, PUPIL, BABY], [], 50000),
    ([BABY, BABY, BABY], [], 60000),
    ([PUPIL, PUPIL, BABY, BABY], [], 80000),
    ([BABY], [STUDENT], 15000),
    ([BABY], [STUDENT, STUDENT], 30000),
    ([PUPIL, BABY], [STUDENT, STUDENT], 60000),
    ([PUPIL, BABY], [STUDENT, STUDENT, STUDENT], 60000),
]


@pytest.mark.parametrize(("children", "students", "yen"), AMOUNTS)
def test_third_child_counts_the_students_of_the_family(children, students, yen):
    more = {"older_children": students, **CONFIRMED} if students else {"older_children": None}
    answers = answered(ALONE, more | {"children": children})
    assert facts(NAME, answers)["monthly_estimate"] == yen


# event, day of the claim, within 15 days of the day after it (a Saturday and a holiday move the last day)
DAYS = [
    ("2026-11-09", "2026-11-24", True),
    ("2026-11-09", "2026-11-25", False),
    ("2026-11-06", "2026-11-21", True),
    ("2026-11-06", "2026-11-24", True),
    ("2026-11-06", "2026-11-25", False),
    ("2026-12-15", "2027-01-04", True),
]


@pytest.mark.parametrize(("event", "claimed", "in_time"), DAYS)
def test_fifteen_days_end_on_a_working_day(event, claimed, in_time):
    known = facts(NAME, answered(FAMILY["baby"], {"event_date": event}), today=date.fromisoformat(claimed))
    assert known["within_15_days"] is in_time
    assert ("after_15_days" in told(NAME, known)) is not in_time


# who is born on 1 April ends school a year before who is born on 2 April (年齢計算ニ関スル法律)
AGES = [
    ("2008-04-02", {}),
    ("2008-04-01", {"child_too_old": "error"}),
    ("2026-11-24", {}),
    ("2026-11-25", {"child_in_future": "error"}),
]


@pytest.mark.parametrize(("born", "expected"), AGES)
def test_children_are_those_up_to_the_fiscal_year_of_eighteen(born, expected):
    answers = answered(FAMILY["moved"], {"children": [child(born)]})
    assert told(NAME, facts(NAME, answers)) == expected


OLDER_AGES = [("2008-04-02", True), ("2008-04-01", False), ("2004-04-02", False), ("2004-04-01", True)]


@pytest.mark.parametrize(("born", "misplaced"), OLDER_AGES)
def test_students_are_those_up_to_the_fiscal_year_of_twenty_two(born, misplaced):
    known = facts(NAME, answered(ALONE, {"older_children": [older(born)]}))
    assert ("older_misplaced" in told(NAME, known)) is misplaced


FAULTS = [
    ("baby", {"health_insurance_doc": None}, ["/health_insurance_doc"]),
    ("baby", {"children": [PUPIL], "health_insurance_doc": None}, []),
    ("baby", {"employer_name": None}, ["/employer_name"]),
    ("baby", {"children": []}, ["/children"]),
    ("baby", {"use_public_account": False}, [f"/payout_account/{part}" for part in sorted(ALONE["payout_account"])]),
    ("moved", {"separate_custody_statement": None}, ["/separate_custody_statement"]),
    ("moved", {"children": [child("2015-06-01", living_together=False)], "separate_custody_statement": None},
     ["/children/0/apart_reason", "/separate_custody_statement"]),
    ("third_child", {"older_children_confirmation": None}, ["/older_children_confirmation"]),
    ("third_child", {"passport_pages": None}, ["/passport_pages"]),
]  # fmt: skip


@pytest.mark.parametrize(("family", "changes", "pointers"), FAULTS)
def test_papers_are_asked_of_those_who_need_them(family, changes, pointers):
    assert wrong(NAME, settled(NAME, answered(FAMILY[family], changes))) == pointers


CHECKS = [
    ({"employment": "public_servant", "employer_name": None}, {"public_servant": "error"}),
    ({"spouse_earns_more": True}, {"spouse_should_claim": "error"}),
    ({"children": [child("2026-06-01", has_custody=False)]}, {"child_without_custody": "error"}),
    ({"inquiry_consent": False}, {"inquiry_refused": "warning"}),
    ({"event_date": "2026-11-25"}, {"event_in_future": "error"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_claim_that_belongs_elsewhere_is_told_so(changes, expected):
    assert told(NAME, facts(NAME, answered(FAMILY["baby"], changes))) == expected


def test_my_numbers_are_asked_under_the_law_that_allows_it_and_never_required():
    document = schemas.starter("forms", NAME)
    asked = {name: field for name, field in possible(document["schema"])["properties"].items() if is_my_number(field)}
    assert sorted(asked) == ["claimant_mynumber", "spouse_mynumber"]
    assert "別表の81の項" in basis_in_words(document["procedure"]["my_number_basis"])
    assert wrong(NAME, settled(NAME, FAMILY["moved"])) == []
