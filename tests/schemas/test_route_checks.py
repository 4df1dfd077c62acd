"""What a builder is told about routes with consultation, parallel branches, authority and what holds nobody up."""

import copy

import pytest

import schemas

REVIEW = {"key": "review", "kind": "approval", "title": "審査", "by": {"role": "reviewer"}}
DECIDE = {"key": "decide", "kind": "decision", "title": "決裁", "by": {"role": "section_chief"}}
CONSULT = {
    "key": "consult",
    "kind": "consultation",
    "title": "合議",
    "members": [{"by": {"department": "planning"}}, {"by": {"department": "fire"}, "title": "消防"}],
}
BRANCHES = [
    {"steps": [{**REVIEW, "key": "one", "may": ["approve", "object"]}]},
    {"title": "図面", "steps": [{**REVIEW, "key": "two"}]},
]
BESIDE = {"key": "beside", "kind": "parallel", "branches": BRANCHES}
NOTIFY = {"key": "tell", "kind": "notify", "title": "通知", "to": ["applicant"]}
AUTHORITY = [
    {"when": {"total": {"exclusiveMaximum": 1000000}}, "by": {"role": "section_chief"}},
    {"otherwise": True, "by": {"role": "mayor"}},
]
LADDER = {key: value for key, value in DECIDE.items() if key != "by"} | {"authority": AUTHORITY}


def codes(*steps, **more):
    document = {"workflow": "route", "title": "経路", "steps": copy.deepcopy(list(steps)), **more}
    found = schemas.check(document)
    assert all(problem.message() and problem.message("en") for problem in found)
    assert not any("{" in problem.message() for problem in found)
    return {(problem.pointer, problem.code) for problem in found}


@pytest.mark.parametrize(
    "step",
    [
        CONSULT,
        {**CONSULT, "order": "sequence", "need": "all", "working_days": 3, "if_not_agreed": "continue"},
        {**CONSULT, "need": {"percent": 60}, "may": ["approve", "object", "hold"]},
        BESIDE,
        {**BESIDE, "need": 2},
        {"key": "later", "kind": "later_reading", "title": "後閲", "to": {"role": "director"}},
        {"key": "round", "kind": "circulation", "title": "供覧", "to": [{"department": "general"}]},
        {"key": "tell", "kind": "notify", "title": "通知", "to": ["applicant", {"role": "director"}]},
        {"key": "send", "kind": "action", "title": "連携", "do": "webhook", "to": "core", "facts": ["total"]},
        {"key": "write", "kind": "action", "title": "出力", "do": "file", "to": "core"},
        {"key": "line", "kind": "workflow", "workflow": "line"},
        {**REVIEW, "key": "boss", "by": {"superior_of": "drafter"}},
        {**REVIEW, "key": "named", "by": {"fact": "/section", "role": "section_chief"}},
        {**REVIEW, "key": "own", "by": {"department_of": "drafter", "role": "section_chief"}},
        {**REVIEW, "key": "able", "may": ["approve", "return", "hold", "forward", "add_step", "pull_up"]},
    ],
)
def test_all_kinds_of_steps_may_be_published(step):
    assert codes(REVIEW, step, DECIDE) == set()


def test_authority_substitutes_and_conditions_belong_to_the_decision():
    may = ["approve", "approve_with_conditions", "refuse"]
    assert codes(REVIEW, {**LADDER, "substitutes": [{"role": "deputy"}], "may": may}, four_eyes=True) == set()


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({**BESIDE, "branches": [*BRANCHES, {"steps": [DECIDE]}]}, ("branches/2/steps/0", "decision_in_parallel")),
        ({**BESIDE, "need": 3}, ("need", "need")),
        ({**CONSULT, "order": "sequence", "need": 2}, ("need", "need")),
        ({**BESIDE, "branches": [*BRANCHES, {"steps": [NOTIFY]}]}, ("branches/2/steps", "branch_nobody")),
        ({**REVIEW, "key": "x", "may": ["approve", "object"]}, ("may/1", "object")),
        ({**REVIEW, "key": "x", "may": ["approve", "approve_with_conditions"]}, ("may/1", "conditions")),
        ({**REVIEW, "key": "x", "substitutes": [{"role": "deputy"}]}, ("substitutes", "substitutes")),
        ({"key": "x", "kind": "approval", "title": "審査", "authority": AUTHORITY}, ("authority", "authority")),
        ({"key": "x", "kind": "approval", "title": "審査"}, ("", "by")),
        ({**REVIEW, "key": "x", "by": {"fact": "/a", "superior_of": "drafter"}}, ("by", "assignee")),
        ({**REVIEW, "key": "x", "by": {"department_of": "drafter"}}, ("by", "department_of")),
        ({**CONSULT, "members": [{"by": {"fact": "/a", "department": "b"}}]}, ("members/0/by", "assignee")),
    ],
)  # fmt: skip
def test_mistake_is_found_where_it_is(step, code):
    pointer = f"/steps/1/{code[0]}".rstrip("/")
    assert (pointer, f"workflow_{code[1]}") in codes(REVIEW, step, DECIDE)


@pytest.mark.parametrize(
    ("ladder", "code"),
    [
        ({**LADDER, "authority": AUTHORITY[:1]}, ("/steps/0/authority/0", "workflow_authority_missing")),
        ({**LADDER, "authority": AUTHORITY[::-1]}, ("/steps/0/authority/0", "workflow_otherwise_last")),
        ({**LADDER, "by": {"role": "mayor"}}, ("/steps/0", "workflow_by")),
    ],
)
def test_table_of_authority_names_somebody_for_every_case(ladder, code):
    assert code in codes(ladder)


def test_nobody_agrees_where_nobody_could_be_asked_again():
    assert codes(CONSULT, DECIDE) == {("/steps/0", "workflow_not_agreed")}
    assert codes({**CONSULT, "if_not_agreed": "continue"}, DECIDE) == set()


def test_rules_stand_before_the_decision_and_in_no_branch():
    row = {"key": "r", "title": "少額", "outcome": "approved", "when": {"fee": {"maximum": 1}}}
    rules = {"key": "rules", "kind": "rules", "table": [row]}
    assert codes(DECIDE, rules) == {("/steps/1/kind", "workflow_rules_late")}
    beside = {**BESIDE, "branches": [*BRANCHES, {"steps": [rules, {**REVIEW, "key": "x"}]}]}
    assert ("/steps/1/branches/2/steps/0/kind", "workflow_rules_in_parallel") in codes(REVIEW, beside, DECIDE)


def test_no_correction_after_the_decision():
    late = {**REVIEW, "key": "late", "may": ["approve", "request_correction"]}
    assert codes(DECIDE, late) == {("/steps/1/may/1", "workflow_correction_late")}


def test_nesting_has_an_end():
    step = {**REVIEW, "key": "x"}
    for number in range(7):
        other = {"steps": [{**REVIEW, "key": f"o{number}"}]}
        step = {"key": f"p{number}", "kind": "parallel", "branches": [{"steps": [step]}, other]}
    assert "workflow_too_deep" in {code for _at, code in codes(REVIEW, step, DECIDE)}


def test_part_needs_no_decision_of_its_own():
    assert codes(REVIEW, part=True) == set()
