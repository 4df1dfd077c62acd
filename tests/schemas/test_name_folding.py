"""One spelling under which a name is sought."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.name_folding import EVERYDAY, bigrams, folded_name


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("髙﨑　一郎", "高崎一郎"),
        ("𠮷野", "吉野"),
        ("葛󠄀城", "葛城"),
        ("神", "神"),
        ("ﾀｶｻﾞｷ", "たかざき"),
        ("タカハシ・ジョン", "たかはしじよん"),
        ("ユ-ジ", "ゆーじ"),
        ("ＡＢＣ（株）", "abc株"),
        ("O'Neill", "oneill"),
        ("", ""),
    ],
)
def test_spellings_come_together(written: str, sought: str) -> None:
    assert folded_name(written) == sought


@given(st.text() | st.text("髙﨑ァヴヷガｶﾞー-々〆㈱ß"))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folded_name(text)
    assert folded_name(once) == once


def test_no_variant_is_everyday_too() -> None:
    variants = "".join(EVERYDAY.values())
    assert not set(variants) & set(EVERYDAY) and len(set(variants)) == len(variants)


@given(st.text(min_size=2), st.data())
def test_what_holds_a_word_holds_its_bigrams(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert bigrams(text[start:end]) <= bigrams(text)
