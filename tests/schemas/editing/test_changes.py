"""What one edit did can be taken back, byte for byte."""

import json

from hypothesis import given
from hypothesis import strategies as st

from schemas.editing import Change, applied, changes, reversed_changes

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4)
DOCUMENTS = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
)


def kept(made):
    """As they come back from a database."""
    return [Change(*one) for one in json.loads(json.dumps([change.as_json() for change in made]))]


@given(DOCUMENTS, DOCUMENTS)
def test_changes_lead_there_and_back_to_the_byte(before, after):
    made = kept(changes(before, after))
    assert json.dumps(applied(before, made)) == json.dumps(after)
    assert json.dumps(applied(after, reversed_changes(made))) == json.dumps(before)


def test_one_word_changed_is_one_small_change():
    before = {"title": "犬の登録", "pages": [{"key": "a", "fields": ["x"] * 300}]}
    assert changes(before, {**before, "title": "犬の登録申請"}) == [
        Change("/title", "value", "犬の登録", "犬の登録申請")
    ]


def test_a_document_is_never_changed_in_place():
    before = {"pages": [1, 2]}
    applied(before, changes(before, {"pages": [2]}))
    assert before == {"pages": [1, 2]}
