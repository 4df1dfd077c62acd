"""Whoever publishes rules hears what speaks against approving by them; nothing of it stops him."""

import copy
from typing import Any

import pytest

from schemas.definitions import check, starter
from schemas.rule_advice import advice
from tests.workflows import documents

ROW: dict[str, Any] = {
    "key": "renewal",
    "title": "更新",
    "outcome": "approved",
    "when": {"is_listed": {"const": True}},
    "legal_basis": "規則 第3条",
    "owner": {"department": "environment"},
}


def workflow(row: dict[str, Any], **step: Any) -> dict[str, Any]:
    rules = {"key": "rules", "kind": "rules", "table": [row], "sample_percent": 5, **step}
    return {**documents.RULED, "steps": [rules, documents.DECIDE]}


def form(identity: str = "L2") -> dict[str, Any]:
    """As far as advice reads it."""
    schema = {"type": "object", "properties": {"reason": {"type": "string"}, "fee": {"type": "integer"}}}
    return {"schema": schema, "facts": {"is_listed": {"kind": "register"}}, "procedure": {"identity": identity}}


def codes(document: dict[str, Any], form: dict[str, Any] | None = None) -> list[str]:
    assert check(document) == []
    found = advice(document, form)
    assert all(problem.message() and problem.message("en") != problem.message() for problem in found)
    return [problem.code for problem in found]


def test_a_rule_of_the_safe_shape_is_published_without_a_word() -> None:
    assert codes(workflow(ROW), form()) == []


@pytest.mark.parametrize("word", ["legal_basis", "owner"])
def test_who_and_what_allows_it_is_asked_for(word: str) -> None:
    assert codes(workflow({name: value for name, value in ROW.items() if name != word})) == [f"advice_{word}"]


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({"is_listed": {"const": True}, "reason": {"const": "急ぎ"}}, ["advice_free_text"]),
        ({"is_listed": {"const": True}, "other": {"pattern": "^急"}}, ["advice_free_text", "advice_unknown"]),
        ({"fee": {"maximum": 100}}, ["advice_verified"]),
    ],
)
def test_what_a_rule_rests_on_is_looked_at(when: dict[str, Any], expected: list[str]) -> None:
    assert codes(workflow({**ROW, "when": when}), form()) == expected


def test_a_procedure_in_which_nobody_is_known_is_pointed_out() -> None:
    assert codes(workflow(ROW), form("L0")) == ["advice_identity"]


def test_a_table_without_a_sample_is_pointed_out() -> None:
    document = workflow(ROW)
    del document["steps"][0]["sample_percent"]
    assert codes(document) == ["advice_sample"]


def test_rows_that_meet_where_only_one_may_hold_are_pointed_out() -> None:
    document = workflow(ROW, hit="unique")
    document["steps"][0]["table"].append({**copy.deepcopy(ROW), "key": "again"})
    assert codes(document) == ["advice_overlap"]
    assert "「renewal」と「again」" in advice(document)[0].message()


def test_rules_that_only_pass_cases_on_need_no_advice() -> None:
    assert codes(workflow({"key": "r", "title": "回付", "outcome": "person", "when": {"fee": {"minimum": 1}}})) == []


def test_starters_are_read_with_their_forms() -> None:
    for name in ("dog_registration", "facility_use"):
        found = advice(starter("workflows", name), starter("forms", name))
        assert not {"advice_unknown", "advice_free_text", "advice_legal_basis"} & {problem.code for problem in found}
