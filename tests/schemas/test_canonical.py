"""One byte form for one document (RFC 8785)."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.canonical import canonical, digest

NAMES = st.text(st.characters(codec="utf-8"))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | NAMES
)
DOCUMENTS = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=4)
    ),
)


def number(text):
    """Numbers as every JSON reader has them: doubles (RFC 7493 §2.2)."""
    return int(text) if abs(int(text)) < 2**53 else float(text)


def shuffled(document):
    if isinstance(document, dict):
        pairs = list(document.items())
        return {key: shuffled(value) for key, value in reversed(pairs)}
    return [shuffled(one) for one in document] if isinstance(document, list) else document


def test_rfc_example():
    document = {
        "numbers": [333333333.33333329, 1e30, 4.50, 2e-3, 1e-27],
        "literals": [None, True, False],
        "\u20ac": "髙﨑",
    }
    expected = '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"€":"髙﨑"}'
    assert canonical(document) == expected.encode()


def test_whole_float_and_integer_are_one_number():
    assert canonical({"a": 1.0}) == canonical({"a": 1}) == b'{"a":1}'
    assert len(digest({})) == 64


@pytest.mark.parametrize("document", [float("nan"), float("inf"), 2**53, "\ud800", {1: 2}, {"a": object()}])
def test_what_json_cannot_carry_exactly_is_refused(document):
    with pytest.raises(ValueError, match="canonical"):
        canonical(document)


@settings(deadline=None)
@given(DOCUMENTS)
def test_reading_it_back_gives_the_document(document):
    assert json.loads(canonical(document), parse_int=number) == document


@settings(deadline=None)
@given(DOCUMENTS)
def test_order_of_keys_does_not_matter(document):
    assert canonical(shuffled(document)) == canonical(document)
    assert digest(shuffled(document)) == digest(document)
