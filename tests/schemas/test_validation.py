"""The verdict is JSON Schema's, the words are ours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from schemas.formats import FORMAT_CHECKER
from schemas.predicates import predicate
from schemas.problems import LANGUAGES, TEXTS, Problem
from schemas.references import closed
from schemas.validation import is_valid, problems, validator, whole_verdict
from schemas.vocabulary import REGISTRY
from tests.schemas.generated import VALUES, answers, conditions, forms

FILE = {
    "type": "object",
    "title": "注射済証",
    "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "media_type": {"enum": ["application/pdf", "image/jpeg"]},
        "size": {"type": "integer", "maximum": 10_000_000},
        "sha256": {"type": "string"},
    },
    "required": ["id", "name", "media_type", "size", "sha256"],
}
SCHEMA = {
    "type": "object",
    "properties": {
        "owner": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "minLength": 1, "maxLength": 5},
                "sex": {"oneOf": [{"const": "1", "title": "男"}, {"const": "2", "title": "女"}]},
            },
            "required": ["name", "sex"],
        },
        "postal_code": {"type": "string", "format": "postal-code"},
        "copies": {"type": "integer", "minimum": 1, "maximum": 3},
        "consent": {"const": True},
        "proof": FILE,
        "rows": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["n"], "properties": {"n": {"type": "string"}}},
        },
    },
    "required": ["owner", "consent", "proof", "rows"],
    "allOf": [
        {
            "if": {"properties": {"copies": {"const": 3}}, "required": ["copies"]},
            "then": {
                "properties": {"reason": {"type": "string", "minLength": 2}, "other": {"type": "string"}},
                "required": ["reason"],
            },
        }
    ],
    "unevaluatedProperties": False,
}


def said(schema, given_answers):
    return {problem.pointer: problem.code for problem in problems(schema, given_answers)}


def test_missing_answers_are_named_at_their_own_place():
    assert said(SCHEMA, {}) == {
        "/owner/name": "required",
        "/owner/sex": "required_choice",
        "/consent": "must_agree",
        "/proof": "required_file",
        "/rows": "required_rows",
    }


def test_each_wrong_answer_says_what_to_do():
    given_answers = {
        "owner": {"name": "ながいなまえ", "sex": "3"},
        "postal_code": "100-0001",
        "copies": 9,
        "consent": False,
        "proof": {"id": "1", "name": "a", "media_type": "text/html", "size": 99_000_000, "sha256": "0"},
        "rows": [{"n": "a"}, {}],
        "stranger": 1,
    }
    found = {problem.pointer: problem.message("ja", "項目") for problem in problems(SCHEMA, given_answers)}
    assert found["/owner/name"] == "項目は5文字以内で入力してください"
    assert found["/owner/sex"] == "項目は選択肢の中から選んでください"
    assert found["/postal_code"] == "項目は7桁の数字で入力してください"
    assert found["/copies"] == "項目は3以下で入力してください"
    assert found["/consent"] == "項目を確認し、同意する場合はチェックを入れてください"
    assert found["/proof"] in (
        "項目はPDF・JPEGのファイルを添付してください",
        "項目は10MB以下のファイルを添付してください",
    )
    assert found["/rows/1/n"] == "項目を入力してください"
    assert "stranger" in found["/stranger"]


def test_answers_of_a_failing_branch_are_not_called_unknown():
    complete = {
        "owner": {"name": "山", "sex": "1"},
        "consent": True,
        "proof": dict.fromkeys(FILE["required"], "a"),
        "rows": [{"n": "1"}],
    }
    complete["proof"] |= {"media_type": "image/jpeg", "size": 1}
    assert said(SCHEMA, complete) == {}
    assert said(SCHEMA, {**complete, "copies": 3, "reason": "x", "other": "y"}) == {"/reason": "too_short"}


def test_wrong_alternative_speaks_of_the_chosen_one():
    schema = {
        "type": "object",
        "oneOf": [
            {"properties": {"kind": {"const": "dog"}, "tag": {"type": "string"}}, "required": ["kind", "tag"]},
            {"properties": {"kind": {"const": "cat"}, "indoor": {"type": "boolean"}}, "required": ["kind"]},
        ],
    }
    assert said(schema, {"kind": "dog"}) == {"/tag": "required"}
    assert said(schema, {"kind": "cat", "indoor": "yes"}) == {"/indoor": "type_boolean"}
    assert said(schema, {}) == {"/kind": "required_choice"}


def test_forbidden_answer_is_to_be_removed():
    assert said({"properties": {"a": False}}, {"a": 1}) == {"/a": "not_allowed"}


def test_every_text_is_said_in_every_language_it_has_and_without_leftovers():
    params = {
        "limit": 3,
        "expected": "x",
        "allowed": ["a", "b"],
        "field": "f",
        "megabytes": 1,
        "format": "x",
        "key": "k",
    }
    for code, texts in TEXTS.items():
        assert {"ja", "en"} <= texts.keys(), code
        for language in LANGUAGES:
            for label in (None, "項目"):
                message = Problem("/f", code, params).message(language, label)
                assert message and "{は}" not in message and "{を}" not in message


def test_problem_may_bring_its_own_words():
    own = Problem("/a", "check", {"texts": {"ja": "日本語", "en": "English"}})
    assert (own.message(), own.message("en"), own.message("ja-easy")) == ("日本語", "English", "日本語")


def test_unknown_code_and_missing_parts_still_make_a_sentence():
    assert Problem("/a", "no_such_code").message("ja", "名前") == "名前を確認して、入力し直してください"
    assert Problem("/a", "too_long").message()


def test_compiled_validator_is_kept():
    assert validator(SCHEMA) is validator(dict(SCHEMA))


@settings(max_examples=400, deadline=None)
@given(forms(), answers())
def test_verdict_is_exactly_that_of_the_standard_validator(schema, given_answers):
    standard = Draft202012Validator(schema, registry=REGISTRY, format_checker=FORMAT_CHECKER)
    verdict = standard.is_valid(given_answers)
    assert is_valid(schema, given_answers) == whole_verdict(schema)(given_answers) == verdict
    assert (problems(schema, given_answers) == []) == verdict


@settings(max_examples=300, deadline=None)
@given(forms(), answers())
def test_schema_without_references_gives_the_same_verdict(schema, given_answers):
    assert is_valid(closed(schema), given_answers) == is_valid(schema, given_answers)


@settings(max_examples=400, deadline=None)
@given(conditions() | forms(), VALUES | answers() | st.dictionaries(st.sampled_from(["t0", "t1"]), VALUES))
def test_compiled_condition_gives_the_verdict_of_the_validator(schema, value):
    assert predicate(closed(schema))(value) == is_valid(schema, value)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["allOf", "anyOf", "oneOf", "if", "then", "else", "not"]),
    st.lists(conditions() | forms(), min_size=1, max_size=3),
    VALUES | answers() | st.dictionaries(st.sampled_from(["t0", "t1"]), VALUES),
)
def test_compiled_ban_on_other_properties_gives_the_verdict_of_the_validator(keyword, parts, value):
    parts = [closed(part) for part in parts]
    inside = parts if keyword.endswith("Of") else parts[0]
    beside = {"if": parts[-1]} if keyword in ("then", "else") else {}
    for schema in ({**parts[-1], keyword: inside}, {**beside, keyword: inside}, {"allOf": [{keyword: inside}]}):
        closed_to_others = {**schema, **beside, "unevaluatedProperties": False}
        assert predicate(closed(closed_to_others))(value) == is_valid(closed_to_others, value)


@pytest.mark.parametrize(
    "speaking", [{"patternProperties": {"^a": True}}, {"dependentSchemas": {"a": {"properties": {"a": {}}}}}]
)
@pytest.mark.parametrize("inner", [True, {"type": "integer"}])
def test_properties_that_are_named_by_pattern_or_by_others_are_no_others(speaking, inner):
    for schema in ({"allOf": [speaking]}, {"anyOf": [{"unevaluatedProperties": inner}, {"required": ["b"]}]}):
        whole = {**schema, "unevaluatedProperties": False}
        for value in ({}, {"a": 1}, {"b": 1}, {"a": "x", "b": 2}):
            assert predicate(closed(whole))(value) == is_valid(whole, value)


def test_pattern_speaks_in_the_authors_words_or_counts_digits():
    own = {"pattern": "^[A-Z]+$", "x-message": {"ja": "英大文字で入力してください", "en": "Use capital letters"}}
    assert problems(own, "a")[0].message("en") == "Use capital letters"
    assert problems({"pattern": "^[0-9]{15}$"}, "a")[0].message("ja", "番号") == "番号は15桁の数字で入力してください"


def test_a_name_that_is_a_sentence_is_quoted() -> None:
    schema = {"type": "object", "properties": {"repaired": {"type": "boolean"}}, "required": ["repaired"]}
    found = problems(schema, {})[0]
    assert found.message("ja", "すでに修理しましたか").startswith("「すでに修理しましたか」を")
    assert found.message("ja", "写真").startswith("写真を")
