"""Conditions in words: what is chosen comes back in the same controls, whatever it is."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms_engine.builder_desk.fact_comparisons import AS_IS, RANGE, Comparison, compared, recognised, worded
from forms_engine.builder_desk.route_facts import Fact
from schemas.editing import CommandRefused

SEXES = [{"const": "m", "title": "オス"}, {"const": "f", "title": "メス"}]
TOTAL = Fact("total", "合計金額", {"type": "integer"}, "円")
EVENT = Fact("event", "市の行事", {"type": "boolean"})
SEX = Fact("sex", "性別", {"type": "string", "oneOf": SEXES})
NAME = Fact("name", "名前", {"type": "string"})

whole = st.integers(-(10**9), 10**9).map(str)
comparisons = st.one_of(
    st.tuples(st.just(TOTAL), st.builds(Comparison, st.sampled_from(["minimum", "maximum", "is", "is_not"]), whole)),
    st.tuples(st.just(TOTAL), st.builds(Comparison, st.just(RANGE), whole, whole)),
    st.tuples(st.just(EVENT), st.builds(Comparison, st.sampled_from(["true", "false", "given"]))),
    st.tuples(
        st.just(SEX),
        st.builds(
            Comparison,
            st.sampled_from(["among", "none"]),
            chosen=st.lists(st.sampled_from(["m", "f"]), min_size=1, unique=True),
        ),
    ),
    st.tuples(st.just(NAME), st.builds(Comparison, st.sampled_from(["is", "is_not"]), st.text(min_size=1))),
)


@settings(max_examples=60, deadline=None)
@given(comparisons)
def test_what_was_chosen_comes_back_in_the_same_controls(chosen):
    fact, said = chosen
    wanted = compared(fact, said)
    assert compared(fact, recognised(fact, wanted)) == wanted
    assert recognised(fact, wanted).name in (said.name, "is" if said.name == "among" else said.name)
    assert worded(fact, wanted, "ja") and worded(fact, wanted, "en")


def test_amount_is_said_with_its_unit():
    assert worded(TOTAL, {"minimum": 200000}, "ja") == "200,000円以上"
    assert worded(TOTAL, {"minimum": 1000, "maximum": 10000}, "ja") == "1,000円以上、かつ10,000円以下"


def test_condition_that_no_control_shows_stays_as_it_is():
    odd = {"multipleOf": 3}
    assert recognised(TOTAL, odd).name == AS_IS
    assert compared(TOTAL, Comparison(AS_IS), odd) == odd


@pytest.mark.parametrize(
    ("fact", "said"),
    [(TOTAL, Comparison("minimum", "多い")), (SEX, Comparison("among")), (EVENT, Comparison("minimum", "3"))],
)
def test_comparison_that_makes_no_sense_is_refused_in_words(fact, said):
    with pytest.raises(CommandRefused) as refused:
        compared(fact, said)
    assert refused.value.problem.message("ja")
