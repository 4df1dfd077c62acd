"""F11 補助金等交付申請: a budget that balances, an amount that follows from it, and who decides on how much."""

import pytest

from tests.schemas.answers.grant_application import ACCOUNT, money, variants
from tests.schemas.answers.people import PERSON
from tests.schemas.starter_answers import TODAY, answered, asked, facts, form, is_approved_by_rule, told, wrong

FESTIVAL = variants(TODAY)["festival"]
FOOD_WASTE = variants(TODAY)["food_waste_by_rule"]
LEFT = {"budget_left": True}


def known_of(changes, base=FESTIVAL, verified=LEFT):
    return facts("grant_application", answered(base, changes), verified)


# programme, eligible expenses, and floor(min(eligible × rate, limit), 1,000 yen)
AMOUNTS = [
    ("community_activity", 400_000, 200_000),
    ("community_activity", 401_999, 200_000),
    ("community_activity", 402_000, 201_000),
    ("community_activity", 600_000, 300_000),
    ("community_activity", 9_000_000, 300_000),
    ("disaster_group", 100_000, 75_000),
    ("disaster_group", 666_667, 500_000),
    ("culture", 1_999, 0),
    ("culture", 2_000_000, 1_000_000),
    ("shopping_street", 123_456, 98_000),
    ("shopping_street", 5_000_001, 4_000_000),
    ("community_hall", 20_000_000, 15_000_000),
    ("security_light", 37_500, 30_000),
    ("food_waste", 39_800, 19_000),
    ("food_waste", 0, 0),
]


@pytest.mark.parametrize(("program", "eligible", "yen"), AMOUNTS)
def test_amount_is_the_share_of_what_is_eligible_up_to_the_limit(program, eligible, yen):
    assert known_of({"program_id": program, **money(eligible, other=7)})["requested_amount"] == yen


def test_every_programme_has_its_share_and_its_limit():
    document = form("grant_application")
    offered = {one["const"] for one in document["schema"]["properties"]["program_id"]["oneOf"]}
    least = document["calculations"]["requested_amount"]["max"][1]["floor"][0]["min"]
    assert set(least[0]["*"][1]["lookup"][1]) == set(least[1]["lookup"][1]) == offered


def test_totals_are_summed_over_rows():
    rows = [{"expense_item": "印刷", "expense_amount": 30, "eligible_amount": 20}] * 3
    income = [{"income_item": "会費", "income_amount": 45}] * 2
    known = known_of({"expense_rows": rows, "income_rows": income})
    totals = ("income_total", "expense_total", "eligible_total", "balance")
    assert [known[name] for name in totals] == [90, 90, 60, 0]


FAULTS = [
    ({"bylaws": None}, ["/bylaws"]),
    ({"applicant_kind": "corporation"}, ["/bylaws"]),
    ({"applicant_kind": "person", "applicant": PERSON}, ["/bylaws", "/organisation"]),
    ({"tax_check_consent": False}, ["/tax_certificate"]),
    ({"early_start": True}, ["/early_start_reason"]),
    ({"expense_rows": []}, ["/expense_rows"]),
    ({"income_rows": [{"income_item": "会費", "income_amount": -1}]}, ["/income_rows/0/income_amount"]),
    ({"anti_crime_pledge": False}, ["/anti_crime_pledge"]),
    ({"payout_account": ACCOUNT | {"bank_code": "1"}}, ["/payout_account/bank_code"]),
    ({"quotation": []}, ["/quotation"]),
]


@pytest.mark.parametrize(("changes", "pointers"), FAULTS)
def test_faults_of_an_application_for_a_grant_are_found_where_they_are(changes, pointers):
    assert wrong("grant_application", answered(FESTIVAL, changes)) == pointers


EARLY = {"early_start": True, "early_start_reason": "開催日が決まっているため"}
OVER = [{"expense_item": "飲食費", "expense_amount": 400_000, "eligible_amount": 400_001}]
CHECKS = [
    ({}, {}),
    ({"fiscal_year": 2026, "start_date": "2026-12-24", "end_date": "2027-03-31"}, {}),
    (
        {"fiscal_year": 2026, "start_date": "2026-12-23", "end_date": "2027-03-31"},
        {"start_before_decision": "warning"},
    ),
    ({"fiscal_year": 2026, "start_date": "2026-11-24", "end_date": "2027-03-31"}, {"already_started": "error"}),
    ({"fiscal_year": 2026, "start_date": "2026-11-24", "end_date": "2027-03-31", **EARLY}, {}),
    ({"end_date": "2028-04-01"}, {"end_after_year": "error"}),
    ({"end_date": "2027-05-31"}, {"end_before_start": "error"}),
    ({"start_date": "2027-03-31"}, {"start_outside_year": "error"}),
    (
        {"fiscal_year": 2028},
        {"year_out_of_range": "error", "start_outside_year": "error"},
    ),
    ({"income_rows": [{"income_item": "会費", "income_amount": 449_999}]}, {"totals_differ": "error"}),
    ({"expense_rows": OVER, "income_rows": money(400_000)["income_rows"]}, {"eligible_over_expense": "error"}),
    (money(1_999), {"nothing_to_grant": "error"}),
    (money(2_000), {}),
    ({"other_grants": "県の補助金"}, {"double_funding": "warning"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_of_a_grant_is_checked(changes, expected):
    assert told("grant_application", known_of(changes)) == expected


def test_who_applies_for_a_closed_programme_is_warned():
    assert told("grant_application", known_of({}, verified={"budget_left": False})) == {"no_budget_left": "warning"}


RULES = [
    ({}, {}, True),
    (money(40_000), {}, True),
    ({}, {"budget_left": False}, False),
    ({"program_id": "community_activity"}, {}, False),
    ({"other_grants": "県の補助金"}, {}, False),
    (EARLY, {}, False),
    ({"tax_check_consent": False}, {}, False),
    ({"applicant_kind": "corporation"}, {}, False),
    (money(200_001), {}, False),
    (money(1_999), {}, False),
    ({"income_rows": [{"income_item": "会費", "income_amount": 1}]}, {}, False),
    (FESTIVAL, {}, False),
]


@pytest.mark.parametrize(("changes", "verified", "approved"), RULES)
def test_only_a_small_grant_by_fixed_criteria_is_granted_at_once(changes, verified, approved):
    known = known_of(changes, FOOD_WASTE, LEFT | verified)
    assert is_approved_by_rule("grant_application", known) is approved


LOOKED_AT = ["reviewer", "unit_chief"]
CONSULTED = [*LOOKED_AT, "section_chief", "finance/section_chief"]
TIERS = [
    (499_000, [*LOOKED_AT, "section_chief", "finance/section_chief"]),
    (500_000, [*CONSULTED, "director"]),
    (4_999_000, [*CONSULTED, "director"]),
    (5_000_000, [*CONSULTED, "deputy_mayor"]),
    (9_999_000, [*CONSULTED, "deputy_mayor"]),
    (10_000_000, [*CONSULTED, "mayor"]),
]


@pytest.mark.parametrize(("yen", "people"), TIERS)
def test_the_amount_says_who_decides_on_a_grant(yen, people):
    assert asked("grant_application", {"requested_amount": yen}) == people
