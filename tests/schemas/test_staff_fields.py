"""Staff fields of a route (職員記入欄): what can be published, and as which facts later steps know the entries."""

import copy

import pytest

import schemas
from schemas.bpmn import bpmn_of, read_bpmn
from schemas.differences import differences
from schemas.inclusions import completed
from schemas.staff_fields import every_entry, known_at, renamed

FIELDS = {
    "properties": {
        "surveyed_on": {"type": "string", "format": "date", "title": "実地調査日"},
        "amount": {"type": "integer", "x-kind": "money", "minimum": 0, "title": "査定額"},
    },
    "required": ["amount"],
}
REVIEW = {"key": "review", "kind": "approval", "title": "審査", "by": {"role": "reviewer"}, "staff_fields": FIELDS}
DECIDE = {"key": "decide", "kind": "decision", "title": "決裁", "by": {"role": "section_chief"}}
MAYOR = {"key": "mayor", "kind": "decision", "title": "決裁", "by": {"role": "mayor"}}


def route(*steps):
    return {"workflow": "survey", "title": "調査", "steps": copy.deepcopy(list(steps))}


def by_amount(fact):
    small = {"when": {fact: {"maximum": 1000000}}, "steps": [DECIDE]}
    return {"key": "by_amount", "kind": "choice", "cases": [small, {"otherwise": True, "steps": [MAYOR]}]}


def codes(document):
    return [(problem.pointer, problem.code) for problem in schemas.check(document)]


def test_later_step_may_look_at_what_was_filled_in_before():
    assert codes(route(REVIEW, by_amount("staff.review.amount"))) == []


def test_entry_of_a_later_step_is_not_known_yet():
    late = route(by_amount("staff.review.amount"), {**REVIEW, "kind": "approval"})
    assert codes(late) == [("/steps/0/cases/0/when/staff.review.amount", "workflow_entry_late")]


@pytest.mark.parametrize("fact", ["staff.review.sum", "staff.nobody.amount"])
def test_entry_that_no_step_asks_for_is_refused_in_words(fact):
    found = schemas.check(route(REVIEW, by_amount(fact)))
    assert [problem.code for problem in found] == ["workflow_entry_unknown"]
    assert fact in found[0].message("ja")


def test_entry_of_a_branch_beside_is_not_known():
    sent = {
        "key": "send",
        "kind": "action",
        "title": "連携",
        "do": "file",
        "to": "box",
        "facts": ["staff.review.amount"],
    }
    check = {"key": "check", "kind": "approval", "title": "確認", "by": {"role": "unit_chief"}}
    beside = {"key": "both", "kind": "parallel", "branches": [{"steps": [REVIEW]}, {"steps": [check, sent]}]}
    first = {**check, "key": "first"}
    assert ("/steps/1/branches/1/steps/1/facts/0", "workflow_entry_late") in codes(route(first, beside, DECIDE))
    assert known_at(route(first, beside, DECIDE)["steps"], "decide") == {
        "staff.review.surveyed_on",
        "staff.review.amount",
    }


def test_each_member_of_a_consultation_has_entries_of_their_own():
    members = [{"by": {"department": "planning"}}, {"by": {"department": "fire"}}]
    consult = {"key": "consult", "kind": "consultation", "title": "合議", "members": members, "staff_fields": FIELDS}
    assert "staff.consult__2.amount" in every_entry([consult])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"required": ["nothing"]}, "workflow_entry_required"),
        ({"properties": {}}, "definition_empty"),
        ({"properties": {"a": {"type": "string"}}}, "definition_required"),
        ({"properties": {"a": {"type": "object", "title": "表"}}}, "definition_choice"),
        ({"properties": {"a": {"type": "string", "title": "氏名", "x-note": 1, "pattern": "x"}}}, "definition_unknown"),
    ],
)
def test_fields_that_cannot_be_asked_for_are_refused(change, code):
    assert code in [found for _at, found in codes(route({**REVIEW, "staff_fields": {**FIELDS, **change}}, DECIDE))]


def test_only_people_fill_in_fields():
    notify = {"key": "tell", "kind": "notify", "title": "通知", "to": ["applicant"], "staff_fields": FIELDS}
    assert codes(route(REVIEW, DECIDE, notify))[0][0].startswith("/steps/2")


def test_part_that_is_taken_over_looks_at_its_own_entries():
    part = {**route(REVIEW, by_amount("staff.review.amount")), "workflow": "part", "part": True}
    whole = route({"key": "group", "kind": "workflow", "title": "部品", "workflow": "part"})
    document, problems = completed(whole, lambda key: (part, 1))
    choice = document["steps"][0]["steps"][1]
    assert problems == []
    assert list(choice["cases"][0]["when"]) == ["staff.group__review.amount"]
    assert codes(document) == []


def test_assignees_and_actions_follow_the_entries_of_a_part():
    step = {"by": {"fact": "/staff.review.section", "role": "reviewer"}, "facts": ["staff.review.amount", "fee"]}
    assert renamed(step, "g") == {
        "by": {"fact": "/staff.g__review.section", "role": "reviewer"},
        "facts": ["staff.g__review.amount", "fee"],
    }


def test_fields_survive_bpmn():
    document = route(REVIEW, by_amount("staff.review.amount"))
    assert read_bpmn(bpmn_of(document)).document == document


def test_change_of_fields_is_told_in_words():
    before, after = route(REVIEW, DECIDE), route({**REVIEW, "staff_fields": {**FIELDS, "required": []}}, DECIDE)
    assert ["職員記入欄" in one.message("ja") for one in differences(before, after)] == [True]
