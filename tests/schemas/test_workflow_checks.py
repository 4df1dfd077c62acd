"""What a builder is told before a route can be published."""

import copy

import pytest

import schemas

RULES = {
    "key": "rules",
    "kind": "rules",
    "title": "自動承認",
    "table": [
        {
            "key": "small",
            "title": "少額",
            "outcome": "approved",
            "when": {"fee": {"maximum": 5000}},
            "legal_basis": "規則 第3条",
        }
    ],
}
REVIEW = {
    "key": "review",
    "kind": "approval",
    "title": "審査",
    "by": {"role": "reviewer"},
    "working_days": 2,
    "may": ["approve", "request_correction"],
}
DECIDE = {
    "key": "decide",
    "kind": "decision",
    "title": "決裁",
    "by": {"role": "section_chief"},
    "may": ["approve", "refuse", "return"],
}
MAYOR = {"key": "mayor", "kind": "decision", "title": "市長決裁", "by": {"role": "mayor", "department": "mayor_office"}}
CHOICE = {
    "key": "route",
    "kind": "choice",
    "cases": [
        {"when": {"total": {"exclusiveMaximum": 200000}}, "steps": [DECIDE]},
        {"otherwise": True, "steps": [MAYOR]},
    ],
}


def route(*steps):
    return {"workflow": "route", "title": "経路", "steps": [copy.deepcopy(step) for step in steps]}


def codes(document):
    found = schemas.check(document)
    assert all(problem.message() and problem.message("en") for problem in found)
    return {(problem.pointer, problem.code) for problem in found}


def test_complete_routes_may_be_published():
    assert codes(route(RULES, REVIEW, DECIDE)) == set()
    assert codes(route(RULES, REVIEW, CHOICE)) == set()


def test_route_without_a_person_who_decides_is_refused():
    assert codes(route(RULES)) == {("/steps", "workflow_no_decision")}
    assert codes(route(REVIEW)) == {("/steps", "workflow_no_decision")}


def test_branch_without_a_decision_is_named():
    choice = copy.deepcopy(CHOICE)
    choice["cases"][1]["steps"] = []
    assert codes(route(REVIEW, choice)) == {("/steps/1/cases/1/steps", "workflow_no_decision")}


def test_two_decisions_on_one_path_are_refused():
    assert codes(route(REVIEW, CHOICE, {**MAYOR, "key": "again"})) == {("/steps/2", "workflow_second_decision")}


def test_decision_in_every_branch_or_after_them_is_one_decision():
    choice = copy.deepcopy(CHOICE)
    choice["cases"][0]["steps"] = [REVIEW]
    choice["cases"][1]["steps"] = []
    assert codes(route({**REVIEW, "key": "first"}, choice, MAYOR)) == set()


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({**REVIEW, "may": ["approve", "refuse"]}, ("/steps/0/may/1", "workflow_refuse")),
        ({**REVIEW, "may": ["approve", "return"]}, ("/steps/0/may/1", "workflow_return")),
        ({**REVIEW, "may": ["request_correction"]}, ("/steps/0/may", "workflow_approve")),
        ({**REVIEW, "key": "decide"}, ("/steps/1/key", "definition_repeated_key")),
        ({**REVIEW, "by": {}}, ("/steps/0/by", "definition_empty")),
        ({**REVIEW, "by": {"person": "sato"}}, ("/steps/0/by/person", "definition_unknown")),
        ({**REVIEW, "kind": "ballot"}, ("/steps/0/kind", "definition_choice")),
        ({**REVIEW, "colour": "red"}, ("/steps/0/colour", "definition_unknown")),
        ({**RULES, "table": []}, ("/steps/0/table", "definition_empty")),
        (
            {**RULES, "table": [{**RULES["table"][0], "outcome": "refused"}]},
            ("/steps/0/table/0/outcome", "definition_choice"),
        ),
        (
            {**RULES, "table": [{**RULES["table"][0], "when": {"fee": {"maximum": "5"}}}]},
            ("/steps/0/table/0/when/fee/maximum", "schema_shape"),
        ),
        ({**RULES, "table": RULES["table"] * 2}, ("/steps/0/table/1/key", "definition_repeated_key")),
    ],
)
def test_mistake_in_a_step_is_found_where_it_is(step, code):
    assert code in codes(route(step, DECIDE))


def test_first_person_has_nobody_to_return_to_even_after_rules():
    assert codes(route(RULES, {**DECIDE, "may": ["approve", "return"]})) == {("/steps/1/may/1", "workflow_return")}


def test_otherwise_stands_last_and_once():
    cases = CHOICE["cases"]
    turned = {**CHOICE, "cases": cases[::-1]}
    assert codes(route(REVIEW, turned)) == {
        ("/steps/1/cases/0", "workflow_otherwise_last"),
        ("/steps/1/cases/1", "workflow_otherwise_missing"),
    }
    both = {**CHOICE, "cases": [cases[0], {**cases[1], "when": {"a": True}}]}
    assert codes(route(REVIEW, both)) == {("/steps/1/cases/1", "workflow_case")}
