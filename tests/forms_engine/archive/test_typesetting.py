"""Japanese lines: where they may end, and that nothing is torn apart."""

import pytest

from forms_engine.archive.font import registered
from forms_engine.archive.typesetting import lines


def broken(text: str, width: float) -> list[str]:
    """Lines of so many full-width characters."""
    return lines(text, registered()[0], 10, width * 10)


def test_short_text_is_one_line():
    assert broken("犬の登録", 10) == ["犬の登録"]


def test_empty_text_is_one_empty_line():
    assert broken("", 10) == [""]


def test_a_line_never_begins_with_a_full_stop_or_a_small_kana():
    assert broken("登録します。次へ", 5) == ["登録しま", "す。次へ"]
    assert broken("あいうえきゃく", 5) == ["あいうえ", "きゃく"]


def test_a_line_never_ends_with_an_opening_bracket():
    assert broken("本市の「使用」", 4) == ["本市の", "「使用」"]


def test_a_latin_word_stays_together_while_it_fits():
    assert broken("住所はhana@example.jp", 8) == ["住所は", "hana@example.jp"]


def test_a_string_without_end_is_broken_where_it_must_be():
    assert "".join(broken("x" * 500, 10)) == "x" * 500
    assert all(len(line) <= 20 for line in broken("x" * 500, 10))


def test_a_variant_is_never_torn_from_its_selector():
    name = "葛\U000e0100城"
    assert broken(name, 1) == ["葛\U000e0100", "城"]


@pytest.mark.parametrize("text", ["。。。。。。", "（（（（（（", "ーーーーーー", "…………"])
def test_what_may_break_nowhere_is_broken_all_the_same(text):
    assert "".join(broken(text, 2)) == text


def test_line_ends_of_the_writer_stand():
    assert broken("一行目\n\n三行目", 10) == ["一行目", "", "三行目"]
