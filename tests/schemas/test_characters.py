"""Every kind of character that people paste is kept, changed on purpose or left out (docs/text.md)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.characters import LEFT_OUT, REMOVED, clusters
from schemas.formats import FORMAT_CHECKER
from schemas.writing import WRITINGS, normalise

STRANGE = (
    "\r\n\x85\u2028\t\xa0\u2003\u3000\x00\x1b\x7f\u200b\ufeff\xad\u3164\u202e\u2066\ufff9\U000e0067\u200d\u200c\ufe0f"
    "\U000e0100葛神\ufa19か\u3099e\u0301\u0327\ue000👩👍🏽क\u094d１ｱﾞ\ufffe\ufdd0\U0001ffff1-ー年"
)


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("山田\n", "山田", "山田"),
        ("一\r\n二\u2028三", "一 二 三", "一\n二\n三"),
        ("品\t数", "品 数", "品\t数"),
        ("山\xa0田\u2003花", "山 田 花", "山 田 花"),
        ("　山田　花子　", "山田　花子", "山田　花子"),
        ("山\x00\x1b田\x7f", "山田", "山田"),
        ("山\u200b\ufeff\xad\u3164田", "山田", "山田"),
        ("山\u202e田\u2066", "山田", "山田"),
        ("山\ufff9\ufffc\U000e0067田", "山田", "山田"),
        ("山\u200d田👩\u200d👧", "山田👩\u200d👧", "山田👩\u200d👧"),
        ("葛\U000e0100城 \U000e0101", "葛\U000e0100城", "葛\U000e0100城"),
        ("葛\U000e0100\U000e0101", "葛\U000e0100", "葛\U000e0100"),
        ("か\u3099e\u0301", "がé", "がé"),
        ("神\ufa19﨑\U0002f800", "神\ufa19﨑\U0002f800", "神\ufa19﨑\U0002f800"),
        ("外\ue000字", "外\ue000字", "外\ue000字"),
        ("😀👍🏽", "😀👍🏽", "😀👍🏽"),
        ("１２ﾀﾅｶ㈱", "１２ﾀﾅｶ㈱", "１２ﾀﾅｶ㈱"),
        ("山\ufffe\ufdd0\U0001ffff田", "山田", "山田"),
        ("山\ud800田", "山田", "山田"),
        ("e" + "\u0327" * 50, "ȩ" + "\u0327" * 8, "ȩ" + "\u0327" * 8),
    ],
)
def test_each_row_of_the_table(typed: str, line: str, lines: str) -> None:
    assert normalise("name", typed) == line
    assert normalise("textarea", typed) == lines


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("integer", "１\u200b２\n", "12"),
        ("kana", "ﾀﾅｶ\u202e　ﾊﾅ", "タナカ ハナ"),
        ("block", "１２３ー４\u200b号", "123-4号"),
        ("block", "センター１", "センター1"),
        ("digits", "\ufeff０１２", "012"),
        ("kana", "\ue000", "\ue000"),
    ],
)
def test_kinds_that_machines_read_are_folded(kind: str, typed: str, stored: str) -> None:
    assert normalise(kind, typed) == stored


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(WRITINGS)), st.text(st.sampled_from(STRANGE) | st.characters(), max_size=20))
def test_writing_twice_is_writing_once_and_lines_pass_their_format(kind: str, typed: str) -> None:
    once = normalise(kind, typed)
    assert normalise(kind, once) == once
    assert FORMAT_CHECKER.conforms(normalise("name", typed), "line")


@pytest.mark.parametrize("row", REMOVED, ids=lambda row: row.name)
def test_a_script_cannot_store_what_a_page_would_leave_out(row: object) -> None:
    here = {row.characters[0], row.characters[-1]}  # type: ignore[attr-defined]
    assert all(LEFT_OUT.match(char) for char in here)
    assert not any(FORMAT_CHECKER.conforms(f"山{char}田", "line") for char in here)


@pytest.mark.parametrize("text", ["山\ufffe田", "山\u202e田", "a\tb", "a\n"])
def test_names_are_one_line_of_visible_characters(text: str) -> None:
    assert not FORMAT_CHECKER.conforms(text, "line") and not FORMAT_CHECKER.conforms(text, "name")


def test_the_length_of_a_name_is_what_a_person_sees() -> None:
    assert [clusters(text) for text in ("葛\U000e0100城", "👩\u200d👧", "ȩ\u0327", "髙﨑", "👍🏽", "")] == [
        2,
        1,
        1,
        2,
        1,
        0,
    ]
    assert FORMAT_CHECKER.conforms("葛\U000e0100" * 80, "name") and not FORMAT_CHECKER.conforms("葛" * 81, "name")


def test_long_text_is_written_quickly_in_one_pass() -> None:
    text = "髙﨑葛\U000e0100か\u3099 " * 2000
    assert normalise("textarea", text).count("が") == 2000
