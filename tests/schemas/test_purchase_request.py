"""F18 物品購入伺: who decides on how much (専決), who is consulted, and what nobody needs to look at."""

import pytest

from tests.schemas.answers.purchase_request import CHAIRS, TWO, chairs, variants
from tests.schemas.starter_answers import TODAY, answered, asked, facts, form, is_approved_by_rule, told, wrong

PAPER = variants(TODAY)["consumables_by_rule"]


def known_of(changes, base=CHAIRS):
    return facts("purchase_request", answered(base, changes))


def priced(yen):
    return {"items": [{"item_name": "事務用椅子", "quantity": 1, "unit_price": yen}], "quotations": TWO}


def test_total_is_summed_over_rows():
    rows = [
        {"item_name": "いす", "quantity": 3, "unit_price": 16_500},
        {"item_name": "机", "quantity": 2, "unit_price": 9},
    ]
    known = known_of({"items": rows, "allotment_left": 50_000})
    assert (known["total_amount"], known["budget_after"]) == (49_518, 482)


FAULTS = [
    ({"items": []}, ["/items"]),
    ({"items": [{"item_name": "いす", "quantity": 0, "unit_price": 1}]}, ["/items/0/quantity"]),
    ({"quotations": []}, ["/quotations"]),
    ({"includes_it": True}, ["/it_details"]),
    ({"section": "mayor_office"}, ["/section"]),
    ({"due_date": None}, []),
]


@pytest.mark.parametrize(("changes", "pointers"), FAULTS)
def test_faults_of_a_purchase_are_found_where_they_are(changes, pointers):
    assert wrong("purchase_request", answered(CHAIRS, changes)) == pointers


CHECKS = [
    ({}, {}),
    (priced(99_999) | {"quotations": TWO[:1]}, {}),
    (priced(100_000) | {"quotations": TWO[:1]}, {"quotations_too_few": "error"}),
    (priced(100_000), {}),
    (priced(0), {"nothing_to_buy": "error"}),
    ({"title": "椅子を買う"}, {"subject_form": "warning"}),
    ({"due_date": "2026-11-23"}, {"due_in_past": "error"}),
    ({"due_date": "2026-11-24"}, {}),
    ({"allotment_left": 49_500}, {}),
    ({"allotment_left": 49_499}, {"budget_short": "warning"}),
]


@pytest.mark.parametrize(("changes", "expected"), CHECKS)
def test_what_the_schema_cannot_say_of_a_purchase_is_checked(changes, expected):
    assert told("purchase_request", known_of(changes)) == expected


RULES = [
    ({}, True),
    (priced(30_000), True),
    (priced(30_001), False),
    (priced(0), False),
    ({"budget_code": "020101_17_equipment"}, False),
    ({"allotment_left": 29_999}, False),
    ({"includes_it": True, "it_details": "端末"}, False),
    ({"quotations": None}, False),
]


@pytest.mark.parametrize(("changes", "approved"), RULES)
def test_only_small_consumables_within_the_budget_are_bought_without_asking(changes, approved):
    assert is_approved_by_rule("purchase_request", known_of(changes, PAPER)) is approved


CHECKED = ["general/reviewer", "section/section_chief"]
TIERS = [
    (99_999, CHECKED),
    (100_000, [*CHECKED, "section/director"]),  # who reads it later
    (199_999, [*CHECKED, "section/director"]),
    (200_000, [*CHECKED, "section/director"]),  # who decides
    (999_999, [*CHECKED, "section/director"]),
    (1_000_000, [*CHECKED, "deputy_mayor"]),
    (4_999_999, [*CHECKED, "deputy_mayor"]),
    (5_000_000, [*CHECKED, "mayor"]),
]


@pytest.mark.parametrize(("yen", "people"), TIERS)
def test_the_amount_says_who_decides_on_a_purchase(yen, people):
    assert asked("purchase_request", known_of(priced(yen))) == people


CONSULTED = [
    ({"includes_it": True}, ["it/section_chief"]),
    ({"allotment_left": 0}, ["finance/section_chief"]),
    ({"includes_it": True, "allotment_left": 0}, ["it/section_chief", "finance/section_chief"]),
]


@pytest.mark.parametrize(("changes", "consulted"), CONSULTED)
def test_computers_and_short_budgets_are_consulted_on(changes, consulted):
    people = asked("purchase_request", known_of(changes, chairs(20)))
    assert people == [*CHECKED, *consulted, "section/director"]


def test_it_is_kept_for_five_years_unless_somebody_says_otherwise():
    assert form("purchase_request")["schema"]["properties"]["retention_class"]["default"] == "y5"
