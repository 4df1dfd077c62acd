"""Input is forgiving, storage is not; names are never touched."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.check_digits import corporate_number_check_digit, my_number_check_digit
from schemas.formats import FORMAT_CHECKER
from schemas.validation import is_valid
from schemas.writing import WRITINGS, normalise


def accepts(kind, value):
    return is_valid({"format": kind}, value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("postal-code", "1000001"),
        ("kana", "タカサキ"),
        ("kana", "ヴァン・デル ベーク"),
        ("kana", "ー"),
        ("phone", "03-1234-5678"),
        ("phone", "090-1234-5678"),
        ("phone", "0120-444-444"),
        ("phone", "03-1234-5678 内線12"),
        ("phone", "+1 650-253-0000"),
        ("corporate-number", "8000012010038"),
        ("my-number", "12345678901" + str(my_number_check_digit("12345678901"))),
        ("email", "hanako.sato+city@example.lg.jp"),
        ("email", "..carrier..@docomo.ne.jp"),
        ("date", "2024-02-29"),
        ("year-month", "2026-04"),
        ("month", "2026-04"),
        ("time", "23:59"),
        ("bank-kana", "ｶ)ﾀｶｻｷｼﾖｳｼﾞ"),
        ("bank-code", "0001"),
        ("branch-code", "001"),
        ("account-number", "0123456"),
        ("local-government-code", "131016"),
        ("digits", "012"),
        ("line", "葛󠄀城 誠"),
    ],
)
def test_stored_writing_is_accepted(kind, value):
    assert accepts(kind, value)
    assert normalise(kind, value) == value
    assert not accepts(kind, value + "\n"), "a trailing line feed is another text"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("postal-code", "１０００００１"),
        ("postal-code", "100-0001"),
        ("postal-code", "100001"),
        ("kana", "ﾀｶｻｷ"),
        ("kana", "たかさき"),
        ("kana", "タカサキ　イチロウ"),
        ("kana", ""),
        ("phone", "0312345678"),
        ("phone", "03-1234-567"),
        ("phone", "０３-1234-5678"),
        ("phone", "110"),
        ("phone", "+81 3-1234-5678"),
        ("phone", "03-1234-5678 ext. 12"),
        ("phone", "+1 123"),
        ("corporate-number", "8000012010039"),
        ("my-number", "123456789012"),
        ("my-number", "１２３４５６７８９０１８"),
        ("email", "a@b"),
        ("email", "a b@example.jp"),
        ("email", "a@example.jp,b@example.jp"),
        ("date", "2026-02-29"),
        ("date", "2026-4-1"),
        ("date", "20260401"),
        ("date", "２０２６-04-01"),
        ("year-month", "2026-13"),
        ("time", "24:00"),
        ("time", "9:00"),
        ("bank-kana", "ｱ" * 31),
        ("line", "a\nb"),
        ("line", "a\x00b"),
    ],
)
def test_other_writings_are_refused(kind, value):
    assert not accepts(kind, value)


def test_formats_ask_nothing_of_other_types():
    assert all(accepts(kind, 12) and accepts(kind, None) for kind in FORMAT_CHECKER.checkers)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        ("postal-code", "〒１００－０００１", "1000001"),
        ("postal-code", "100ー0001", "1000001"),
        ("phone", "０３（１２３４）５６７８", "03-1234-5678"),
        ("phone", "09012345678", "090-1234-5678"),
        ("phone", "03-1234-5678（内線１２）", "03-1234-5678 内線12"),
        ("phone", "+81 3 1234 5678 ext. 12", "03-1234-5678 内線12"),
        ("phone", "０１０−１−６５０−２５３−００００", "+1 650-253-0000"),
        ("phone", "+44(0)20 7031 3000", "+44 20 7031 3000"),
        ("phone", "+81 3 5253 5111", "03-5253-5111"),
        ("phone", "03−5253−5111", "03-5253-5111"),
        ("kana", "ﾀｶｻｷ　ｲﾁﾛｳ", "タカサキ イチロウ"),
        ("kana", "がっこう", "ガッコウ"),
        ("kana", "セ-ラ", "セーラ"),
        ("bank-kana", "カ）タカサキショウジ", "ｶ)ﾀｶｻｷｼﾖｳｼﾞ"),
        ("bank-kana", "ヴィラ・ハウス", "ｳﾞｲﾗ.ﾊｳｽ"),
        ("date", "令和８年４月１日", "2026-04-01"),
        ("date", "R元.5.1", "2019-05-01"),
        ("date", "昭和64年1月7日", "1989-01-07"),
        ("date", "2026/4/1", "2026-04-01"),
        ("date", "20260401", "2026-04-01"),
        ("year-month", "２０２６年４月", "2026-04"),
        ("time", "午後1時30分", "13:30"),
        ("time", "９：０５", "09:05"),
        ("integer", "１，０００円", "1000"),
        ("integer", "−５", "-5"),
        ("integer", "007", "7"),
        ("number", "3.50", "3.50"),
        ("email", " Sato@Example.JP ", "Sato@example.jp"),
        ("corporate-number", "8-0000-1201-0038", "8000012010038"),
        ("block", "１２３ー４−５ ハイツ２", "123-4-5 ハイツ2"),
        ("block", "センター1", "センター1"),
        ("textarea", "一行目\r\n二行目\r", "一行目\n二行目"),
        ("name", "  佐藤\t花子 ", "佐藤 花子"),
        ("name", "山\u202e田\u200b\ufeff", "山田"),
        ("name", "か\u3099", "が"),
    ],
)
def test_what_people_type_becomes_the_stored_writing(kind, typed, stored):
    assert normalise(kind, typed) == stored


@pytest.mark.parametrize("name", ["髙﨑", "𠮷野", "葛󠄀城", "辻󠄁", "ｱﾝ", "㈱", "Ｊｏｈｎ", "神\ufa19", "👨‍👩‍👧", "क्‍ष"])
def test_names_keep_every_character(name):
    assert normalise("name", name) == name
    assert normalise("textarea", name) == name


def test_invisible_joiner_between_letters_goes():
    assert normalise("name", "山\u200d田") == "山田"


def test_unreadable_input_stays_recognisable():
    assert normalise("date", "きのう") == "きのう"
    assert normalise("phone", "12345") == "12345"
    assert normalise("integer", "たくさん") == "たくさん"
    assert normalise("date", "令和元年4月30日") == "令和元年4月30日"


@settings(max_examples=600, deadline=None)
@given(
    st.sampled_from(sorted(WRITINGS)),
    st.text()
    | st.text(
        "０１２90-ー−() +年月日令和RH/.:時分午後〒,円ｱﾞ゛ヴアがか\u3099\u200d\u200b\r\n@aZ\u3000葛󠄀é\u0301", max_size=14
    ),
)
def test_normalising_twice_changes_nothing(kind, typed):
    once = normalise(kind, typed)
    assert normalise(kind, once) == once


@settings(deadline=None)
@given(st.text("0123456789", min_size=12, max_size=12), st.integers(1, 9))
def test_one_wrong_digit_of_a_corporate_number_is_found(base, shift):
    right = corporate_number_check_digit(base)
    wrong = (right + shift) % 10
    assert accepts("corporate-number", f"{right}{base}")
    assert wrong == right or not accepts("corporate-number", f"{wrong}{base}")
