"""Long answers are judged as quickly as they are read, with the verdict of the standard."""

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from schemas import keywords
from schemas.keywords import LONGEST, identity
from schemas.validation import is_valid

SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2), st.sampled_from([0.0, 1.0, -1.0, 0.5]), st.sampled_from("ab")
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("xy"), inner, max_size=2),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(st.lists(VALUES, max_size=4))
def test_what_is_unique_to_us_is_unique_to_the_standard(items):
    schema = {"uniqueItems": True}
    assert is_valid(schema, items) == Draft202012Validator(schema).is_valid(items)


def test_one_is_one_point_nought_but_not_true():
    assert not is_valid({"uniqueItems": True}, [1, 1.0])
    assert is_valid({"uniqueItems": True}, [1, True, "1", [1], {"1": 1}])
    assert not is_valid({"uniqueItems": True}, [{"a": 1, "b": [0]}, {"b": [0.0], "a": 1}])


def test_each_row_and_each_answer_in_it_is_looked_at_once(monkeypatch):
    seen = []
    monkeypatch.setattr(keywords, "identity", lambda row: seen.append(1) or identity(row))
    assert is_valid({"uniqueItems": True}, [{"name": str(number)} for number in range(1000)])
    assert len(seen) == 2000


def test_a_text_that_is_too_long_is_not_matched_against_its_pattern():
    schema = {"maxLength": 10, "pattern": "[0-9]+x"}
    assert not is_valid(schema, "1" * 1_000_000)
    assert is_valid(schema, "12x")


def test_a_pattern_that_may_begin_anywhere_is_tried_on_texts_of_a_limited_length():
    assert not is_valid({"pattern": "[0-9]+x"}, "1" * (LONGEST + 1) + "x")
    assert is_valid({"pattern": "^[0-9]+x$"}, "1" * (LONGEST + 1) + "x")
