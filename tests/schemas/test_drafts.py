"""A document of an older draft means the same after it was read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft4Validator, Draft6Validator, Draft7Validator, Draft201909Validator

from schemas.drafts import DraftUnknown, draft_of, modern
from schemas.validation import is_valid

VALIDATORS = {4: Draft4Validator, 6: Draft6Validator, 7: Draft7Validator, 2019: Draft201909Validator}
SPELLINGS = {
    4: "http://json-schema.org/draft-04/schema#",
    6: "http://json-schema.org/draft-06/schema#",
    7: "http://json-schema.org/draft-07/schema#",
    2019: "https://json-schema.org/draft/2019-09/schema",
}
WORDS = [
    {"definitions": {"n": {"type": "integer", "minimum": 2}}, "properties": {"a": {"$ref": "#/definitions/n"}}},
    {"properties": {"a": {"$ref": "#/properties/b/items/0"}, "b": {"items": [{"type": "integer"}]}}},
    {"properties": {"b": {"items": [{"type": "string"}, {"type": "integer"}], "additionalItems": False}}},
    {"properties": {"b": {"items": [{}], "additionalItems": {"type": "integer"}}}},
    {"properties": {"b": {"items": {"type": "string"}, "additionalItems": False}}},
    {"properties": {"b": {"items": []}}},
    {"dependencies": {"a": ["b"]}},
    {"dependencies": {"a": {"required": ["b"], "properties": {"b": {"type": "array"}}}}},
    {"properties": {"a": {"const": 1}}},
    {"properties": {"b": {"contains": {"const": "x"}}}},
    {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
    {"dependentRequired": {"a": ["b"]}},
    {"properties": {"b": {"contains": {"type": "string"}, "minContains": 2}}},
    {"properties": {"a": {}}, "unevaluatedProperties": False},
    {"definitions": {"s": {"type": "string"}}, "properties": {"a": {"$ref": "#/definitions/s", "maxLength": 1}}},
    {"propertyNames": {"enum": ["a", "b"]}},
]
VALUES = st.sampled_from([0, 1, 2, 5, "x", "long", True, None, [], ["x"], ["x", 1], ["x", "y"], [1, 2], ["x", 1, 2]])
ANSWERS = st.dictionaries(st.sampled_from(["a", "b", "c"]), VALUES, max_size=3)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(SPELLINGS)), st.sampled_from(WORDS), ANSWERS)
def test_our_verdict_is_that_of_the_draft(draft, words, answers):
    schema = {"$schema": SPELLINGS[draft], "type": "object", **words}
    assert is_valid(modern(schema), answers) == VALIDATORS[draft](schema).is_valid(answers)


@pytest.mark.parametrize("value", [0, 1, 5, 10])
def test_limits_of_draft_four_may_exclude_themselves(value):
    limits = {"minimum": 1, "exclusiveMinimum": True, "maximum": 10, "exclusiveMaximum": False}
    schema = {"$schema": SPELLINGS[4], "properties": {"a": limits}}
    assert is_valid(modern(schema), {"a": value}) == Draft4Validator(schema).is_valid({"a": value})


def test_identifiers_that_were_fragments_are_anchors():
    schema = {"$schema": SPELLINGS[7], "definitions": {"x": {"$id": "#name", "type": "string"}}}
    schema["properties"] = {"a": {"$ref": "#name"}}
    assert not is_valid(modern(schema), {"a": 1})
    assert is_valid(modern(schema), {"a": "x"})


def test_a_document_that_names_no_draft_is_read_by_its_words():
    assert draft_of({"properties": {"a": {"minimum": 1, "exclusiveMinimum": True}}}) == 4
    assert draft_of({"properties": {"dependencies": {"type": "string"}}}) == 2020
    assert draft_of({"dependencies": {"a": ["b"]}}) == 7
    assert draft_of({"items": {"items": [{}]}}) == 7


@pytest.mark.parametrize("named", ["http://json-schema.org/draft-03/schema#", "https://example.org/my-own"])
def test_a_draft_that_nobody_here_reads_is_named(named):
    with pytest.raises(DraftUnknown, match=named.rstrip("#")):
        modern({"$schema": named})


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SPELLINGS)), st.sampled_from(WORDS))
def test_reading_twice_changes_nothing(draft, words):
    once = modern({"$schema": SPELLINGS[draft], **words})
    assert modern(once) == once
