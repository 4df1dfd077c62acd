"""Residents type what they say; procedures are called what the law says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.resident_desk.index import Index, essence, folded

TEXTS = {
    "dog": [("犬の登録申請書", 30), ("いぬのとうろくしんせいしょ", 25), ("狂犬病", 12), ("Dog registration", 30)],
    "record": [("住民票の写し等交付請求書", 30), ("証明書", 6)],
    "moving": [("転居届", 30), ("引越し", 6)],
    "room": [("会議室使用申請書", 30), ("かいぎしつ", 12)],
}
INDEX = Index.of(TEXTS)


@pytest.mark.parametrize(
    ("query", "key"),
    [
        ("犬", "dog"),
        ("いぬ", "dog"),
        ("ｲﾇ", "dog"),
        ("ＤＯＧ", "dog"),
        ("dogs", "dog"),
        ("トウロク", "dog"),
        ("ペット", "dog"),
        ("じゅうみんひょう", "record"),
        ("住民票", "record"),
        ("引っ越し", "moving"),
        ("ひっこし", "moving"),
        ("てんきょ", "moving"),
        ("カイギシツ", "room"),
        ("会議室　使用", "room"),
    ],
)
def test_a_resident_finds_it_first_as_he_calls_it(query, key):
    found = INDEX.search(query)
    assert found.keys[0] == key
    assert not found.is_near


@pytest.mark.parametrize(
    ("query", "key"), [("犬の登録をしたい", "dog"), ("引っ越しの手続き", "moving"), ("じゅうみんひょ", "record")]
)
def test_what_is_said_in_a_sentence_is_found_all_the_same(query, key):
    assert INDEX.search(query).keys[0] == key


def test_a_slip_of_the_finger_finds_what_is_near():
    found = INDEX.search("いぬのとおろくしんせい")
    assert found.keys == ("dog",)
    assert found.is_near


def test_what_is_in_the_title_comes_before_what_is_mentioned():
    index = Index.of({"mentions": [("税の証明", 30), ("犬", 2)], "is": [("犬の登録", 30)]})
    assert index.search("犬").keys == ("is", "mentions")


@pytest.mark.parametrize("query", ["パスポート", "申請", "!?", ""])
def test_what_means_nothing_finds_no_stranger(query):
    assert set(INDEX.search(query).keys) <= {"dog", "room"}
    assert INDEX.search("パスポートの申請").keys == ()


def test_the_essence_of_a_sentence_is_what_tells_procedures_apart():
    assert essence(["犬の登録をしたい"]) == ["犬", "登録"]
    assert essence(["かいごについて"]) == ["かいご"]


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once_and_no_query_fails(text):
    assert folded(folded(text)) == folded(text)
    assert set(INDEX.search(text).keys) <= TEXTS.keys()
