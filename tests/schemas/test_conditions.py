"""Why a rule held or did not, in words."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.conditions import Finding, explain, holds
from tests.schemas.generated import VALUES

SMALL = {"copies": {"maximum": 3}, "purpose": {"enum": ["loan", "school"]}}
TITLES = {"copies": "部数", "purpose": "使用目的", "purpose=loan": "ローン", "purpose=school": "学校"}


def test_condition_holds_when_every_fact_is_present_and_valid():
    assert holds(SMALL, {"copies": 3, "purpose": "loan", "more": 1})
    assert not holds(SMALL, {"copies": 4, "purpose": "loan"})
    assert not holds(SMALL, {"copies": 3})
    assert not holds(SMALL, {"copies": 3, "purpose": None})


def test_empty_condition_always_holds():
    assert holds({}, {}) and explain({}, {}) == []


def test_fact_inside_a_group_is_named_by_its_pointer():
    assert holds({"/owner/age": {"minimum": 18}}, {"owner": {"age": 20}})
    assert not holds({"/owner/age": {"minimum": 18}}, {"owner": {}})


def test_findings_say_what_held_what_is_missing_and_what_did_not():
    first, second = explain(SMALL, {"copies": 5}, TITLES)
    assert (first.fact, first.held, first.code) == ("copies", False, "too_large")
    assert first.message() == "部数: 条件を満たしていません(条件: 3以下)"
    assert (second.held, second.code) == (False, "missing")
    assert second.message() == "使用目的: 分からないため確かめられません(条件: ローン・学校のいずれか)"
    held = explain(SMALL, {"copies": 2, "purpose": "loan"}, TITLES)
    assert next(finding.message("en", {"copies": "Copies"}) for finding in held) == "Copies: 3 or less"


def test_finding_never_tells_the_answer_itself():
    finding = explain({"income": {"maximum": 100}}, {"income": 987654}, {"income": "所得"})[0]
    told = json.dumps(finding.as_json()) + finding.message() + finding.message("en") + finding.message("ja-easy")
    assert "987654" not in told and "987,654" not in told


def test_finding_survives_being_stored():
    finding = explain(SMALL, {"copies": 5}, TITLES)[0]
    assert Finding(**json.loads(json.dumps(finding.as_json()))).message() == finding.message()


def test_combined_conditions_are_read_out():
    wanted = {
        "n": {"minimum": 1, "exclusiveMaximum": 1000, "not": {"const": 5}},
        "b": {"const": True},
        "c": {"anyOf": [{"const": 1}, {"minimum": 5}]},
    }
    messages = [finding.message() for finding in explain(wanted, {"n": 2, "b": True, "c": 1})]
    assert messages == ["n: 1以上、かつ1,000未満、かつ「5」でない", "b: 「はい」", "c: 「1」、または5以上"]


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from("ab"), st.sampled_from([True, {"const": "a"}, {"minimum": 3}, {"type": "array"}, {"not": {}}])
    ),
    st.dictionaries(st.sampled_from("abc"), VALUES),
)
def test_explanation_agrees_with_the_verdict(condition, facts):
    findings = explain(condition, facts)
    assert all(finding.held for finding in findings) == holds(condition, facts)
    assert all(finding.message(language) for finding in findings for language in ("ja", "ja-easy", "en"))
