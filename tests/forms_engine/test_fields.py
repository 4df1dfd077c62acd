"""What residents type into each kind of field, what is stored of it, and what they read."""

from typing import Any

import pytest

from forms_engine.fields import KINDS, Asking, Question, control_of, kind_of, text_of
from forms_engine.fields.control import Posted, Sheet
from forms_engine.fields.file import size_words
from forms_engine.readout import words
from schemas.pointers import MISSING
from tests.forms_engine.asking import answer, asked, html

FILE = {"type": "object", "x-vocabulary": "file", "title": "証明書", "properties": {"id": {"type": "string"}}}
DATE = {"type": "string", "format": "date", "title": "生年月日"}
LETTERS = {"oneOf": [{"const": "a", "title": "あ"}, {"const": "b", "title": "い"}]}


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        ("text", {"type": "string"}),
        ("textarea", {"type": "string", "maxLength": 1000}),
        ("kana", {"type": "string", "format": "kana"}),
        ("integer", {"type": ["integer", "null"]}),
        ("money", {"type": "integer", "x-kind": "money"}),
        ("date", DATE),
        ("year_month", {"type": "string", "format": "year-month"}),
        ("time", {"type": "string", "format": "time"}),
        ("choice", {"type": "string", **LETTERS}),
        ("choices", {"type": "array", "items": LETTERS}),
        ("boolean", {"type": "boolean"}),
        ("consent", {"type": "boolean", "const": True}),
        ("phone", {"type": "string", "format": "phone"}),
        ("email", {"type": "string", "format": "email"}),
        ("postal_code", {"type": "string", "format": "postal-code"}),
        ("corporate_number", {"type": "string", "format": "corporate-number"}),
        ("bank_account", {"type": "string", "format": "account-number"}),
        ("file", FILE),
        ("file", {"type": "array", "items": FILE}),
        ("table", {"type": "array", "items": {"type": "object", "properties": {"item": {"type": "string"}}}}),
        ("table", {"type": "array", "items": {"type": "string"}}),
        ("group", {"type": "object", "properties": {"family_name": {"type": "string"}}}),
        ("calculated", {"type": "integer", "readOnly": True}),
        ("choice", {"type": "null"}),
        ("anything", {}),
        ("alternative", {"type": ["string", "integer"]}),
    ],
)
def test_every_schema_finds_its_kind(kind: str, schema: dict[str, Any]) -> None:
    assert kind_of(schema, {}) is KINDS[kind]


@pytest.mark.parametrize(
    ("schema", "typed", "stored"),
    [
        ({"type": "string"}, "髙﨑　𠮷", "髙﨑　𠮷"),
        ({"type": "string"}, "葛󠄀城", "葛󠄀城"),
        ({"type": "string", "format": "kana"}, "たかさき ﾊﾅｺ", "タカサキ ハナコ"),
        ({"type": "integer"}, "１，２００", 1200),
        ({"type": "integer"}, "十二", "十二"),
        ({"type": "number"}, "1.50", 1.5),
        ({"type": "integer", "x-kind": "money"}, "3,000円", 3000),
        ({"type": "string", "format": "phone"}, "０３（５２５３）５１１１", "03-5253-5111"),
        ({"type": "string", "format": "email"}, "Ｈanako@Example.JP", "Hanako@example.jp"),
        ({"type": "string", "format": "postal-code"}, "〒１００−８９２６", "1008926"),
        ({"type": "string", "format": "account-number"}, "12345", "0012345"),
        ({"type": "string", "format": "time"}, "午後1時30分", "13:30"),
        ({"type": "string", "format": "year-month"}, "2026年4月", "2026-04"),
        ({"type": "boolean"}, "false", False),
        ({"enum": [1, "1", None]}, '"1"', "1"),
        ({"enum": [1, "1", None]}, "null", None),
        ({}, '{"a": [1]}', {"a": [1]}),
        ({}, "ふつうの文", "ふつうの文"),
        ({"type": ["integer", "null"]}, "", None),
        ({"type": "string"}, "　", MISSING),
    ],
)
def test_typing_is_forgiven_and_stored_one_way(schema: dict[str, Any], typed: str, stored: Any) -> None:
    assert answer(schema, typed) == stored


def test_money_and_choices_are_read_as_people_write_them() -> None:
    assert text_of(Question("/m", {"type": "integer", "x-kind": "money"}), 3550) == "3,550円"
    assert text_of(Question("/c", {"type": "string", **LETTERS}), "b") == "い"
    assert text_of(Question("/c", {"type": "array", "items": LETTERS}), ["a", "b"]) == "あ、い"
    assert size_words(3_355_443) == "3.2MB"


def test_few_choices_are_radio_buttons_and_many_a_select() -> None:
    many = {"enum": [str(number) for number in range(6)]}
    assert 'type="radio"' in html({"type": "string", **LETTERS}, "b") and "<select" in html(many)
    assert "<select" in html({"type": "string", **LETTERS}, widget="select")
    assert 'value="b" checked' in html({"type": "string", **LETTERS}, "b")


def test_an_optional_yes_or_no_can_be_taken_back_once_it_was_given() -> None:
    control = asked({"type": "boolean", "title": "同居"}, required=False)
    blank, given = (control.html(Sheet(Posted(control.typed(one)), {})) for one in (MISSING, True))
    assert blank.count('type="radio"') == 2 and given.count('type="radio"') == 3 and "答えを取り消す" in given
    assert html({"type": "boolean"}, True).count('type="radio"') == 2
    assert answer({"type": "boolean"}, "", required=False) is MISSING


def test_label_requirement_help_control_and_error_stand_in_this_order() -> None:
    shown = html({"type": "string", "title": "犬の名前"}, "ポチ", ("犬の名前は…",), help="呼び名です", example="ハチ")
    places = [
        shown.index(part) for part in ("犬の名前", "※必須", "呼び名です", "例：ハチ", 'value="ポチ"', "＊犬の名前は…")
    ]
    assert places == sorted(places)
    assert 'aria-describedby="/field~error /field~help"' in shown and 'aria-invalid="true"' in shown


def test_nothing_a_person_or_a_form_says_becomes_markup() -> None:
    title = {"type": "string", "title": '<b>"題&'}
    shown = html(title, '"><script>', ("<i>",), help="<u>") + html({"enum": ["<x>", "y"], "title": "t"}, "<x>")
    assert not any(tag in shown for tag in ("<b>", "<script>", "<i>", "<u>", "<x>"))


def test_names_of_controls_are_pointers_that_html_allows() -> None:
    control = control_of(Question("/a b%", {"type": "string"}))
    assert control.name == "/a%20b%25"
    assert 'id="/a%20b%25"' in control.html(Sheet(Posted()))


def test_an_untouched_answer_stays_exactly_as_it_was_saved() -> None:
    for schema, saved in (
        ({"type": "string"}, " x "),
        ({"type": "integer"}, 1.0),
        ({"type": "array", "items": LETTERS}, ["b", "a"]),
    ):
        control = asked(schema)
        assert control.answer(Posted(control.typed(saved)), (), saved) == saved


def test_an_optional_group_left_blank_is_no_answer_and_a_required_one_is_an_empty_one() -> None:
    person = {"type": "object", "properties": {"name": {"type": "string"}, "born": DATE, "agrees": {"type": "boolean"}}}
    blank = Posted({"/field/name": [""], "/field/born~era": ["西暦"]})
    assert asked(person, required=False).answer(blank, (), MISSING) is MISSING
    assert asked(person).answer(blank, (), MISSING) == {}


def test_only_the_applicants_own_fields_are_offered_for_autofill() -> None:
    schema = {"type": "object", "x-vocabulary": "person", "properties": {"family_name": {"type": "string"}}}
    own, other = (Question("/who", schema, Asking(own=frozenset(names))) for names in (["who"], []))
    assert 'autocomplete="family-name"' in control_of(own).html(Sheet(Posted()))
    assert 'autocomplete="off"' in control_of(other).html(Sheet(Posted()))


def test_a_consent_that_is_not_given_is_no_answer() -> None:
    schema = {"type": "boolean", "const": True}
    assert answer(schema, "true") is True and answer(schema, "") is MISSING


def test_every_answer_of_a_table_renews_what_is_calculated_from_the_table() -> None:
    asking = Asking(controlling=frozenset({"/goods"}))
    inside, beside = (Question(pointer, {}, asking) for pointer in ("/goods/\x00row0\x00/count", "/goods_note"))
    assert inside.controls and not beside.controls


# Bank accounts

PARTS = ("bank_code", "branch_code", "account_type", "account_number")
BANK: dict[str, Any] = {
    "type": "object",
    "title": "口座",
    "x-vocabulary": "bank_account",
    "properties": {key: {"type": "string", "title": key} for key in PARTS},
}


def passbook(symbol: str, number: str) -> tuple[Any, str]:
    """What is understood of a passbook, and the page that is shown then."""
    control = asked(BANK)
    posted = Posted({"/field~yucho_symbol": [symbol], "/field~yucho_digits": [number]})
    control.settle(posted)
    return control.answer(posted, (), MISSING), control.html(Sheet(posted))


def test_a_passbook_of_the_post_bank_fills_in_the_account() -> None:
    found, shown = passbook("11940", "12345671")
    assert found == dict(zip(PARTS, ("9900", "198", "ordinary", "1234567"), strict=True))
    assert "振込用の番号" in shown and "＊" not in shown and 'value="198"' in shown


def test_a_passbook_that_cannot_be_read_is_said_so_and_stays_typed() -> None:
    found, shown = passbook("11940", "12345678")
    assert found == {} and "もう一度入力してください" in shown and 'value="12345678"' in shown


def test_money_is_shown_with_separators_and_read_with_and_without() -> None:
    money = {"type": "integer", "x-kind": "money"}
    assert 'value="1,234,567"' in html(money, 1234567) and "円" in html(money, 1234567)
    assert [answer(money, text) for text in ("１，２３４円", "¥1,234", "1234")] == [1234] * 3


# Tables

TABLE: dict[str, Any] = {
    "type": "array",
    "title": "備品",
    "items": {"type": "object", "properties": {"item": {"type": "string"}, "count": {"type": "integer"}}},
}


def rows_after(texts: dict[str, str], required: bool = False) -> tuple[Any, Posted]:
    control, posted = asked(TABLE, required), Posted({name: [text] for name, text in texts.items()})
    control.settle(posted)
    return control.answer(posted, (), MISSING), posted


def test_blank_rows_are_left_out_and_the_others_close_up() -> None:
    found, _ = rows_after({"/field~rows": "3", "/field/0/item": "", "/field/1/item": "机", "/field/2/count": "2"})
    assert found == [{"item": "机"}, {"count": 2}]


def test_a_row_is_removed_by_its_button_and_added_by_the_tables() -> None:
    two = {"/field~rows": "2", "/field/0/item": "机", "/field/1/item": "椅子"}
    assert rows_after({**two, "_remove": "/field/0"})[0] == [{"item": "椅子"}]
    found, posted = rows_after({**two, "_add": "/field"})
    assert len(found) == 2 and posted.first("/field~rows") == "3"


def test_one_more_row_comes_below_those_that_are_still_blank() -> None:
    control, posted = asked(TABLE), Posted({"/field~rows": ["2"], "/field/1/item": [""], "_add": ["/field"]})
    for _ in range(2):  # a page may be read more than once
        control.settle(posted)
        assert posted.first("/field~rows") == "3"


@pytest.mark.parametrize(("button", "rows"), [("_refresh", "2"), ("_postal", "2"), ("_next", "1")])
def test_a_new_row_stays_while_an_answer_above_it_brings_up_questions(button: str, rows: str) -> None:
    control, posted = asked(TABLE), Posted({"/field~rows": ["2"], "/field/0/item": ["机"], button: ["1"]})
    for _ in range(2):
        control.settle(posted)
        assert posted.first("/field~rows") == rows


def test_rows_of_single_answers_are_asked_one_by_one() -> None:
    control = asked({"type": "array", "items": {"type": "integer"}})
    posted = Posted(control.typed([3, 4]))
    assert control.read(posted) == [3, 4]
    assert 'name="/field/1" value="4"' in control.html(Sheet(posted, {"field": [3, 4]}))


def test_a_table_says_how_many_rows_even_to_a_client_that_does_not_count() -> None:
    assert rows_after({"/field/0/item": "机", "/field/1/item": "椅子"})[0] == [{"item": "机"}, {"item": "椅子"}]


# Files


def test_attached_files_are_listed_and_can_be_removed() -> None:
    one = {"id": "u1", "name": "<証明>.pdf", "size": 2048, "media_type": "application/pdf", "sha256": "0"}
    assert "&lt;証明&gt;.pdf" in html(FILE, one) and 'name="/field~remove" value="u1"' in html(FILE, one)
    control = asked({"type": "array", "items": FILE}, required=False)
    posted = Posted({"/field~remove": ["u1"]}, attached={"/field": [{**one, "id": "u2"}]})
    assert [file["id"] for file in control.answer(posted, (), [one])] == ["u2"]
    assert control.answer(Posted(), (), [one]) == [one]


def test_a_file_answer_is_never_taken_from_the_browser() -> None:
    posted = Posted({"/field": ['{"id": "somebody-elses"}'], "/field/id": ["somebody-elses"]})
    assert asked(FILE).answer(posted, (), MISSING) is MISSING


@pytest.mark.parametrize(
    ("schema", "typed", "stored"),
    [
        ({"type": "integer"}, "３人", 3),
        ({"type": "integer"}, "1,200 人", 1200),
        ({"type": "integer"}, "３匹", "3匹"),
        ({"type": "number"}, "1.5人", 1.5),
        ({"type": "integer", "x-kind": "money"}, "1,000人", 1000),
    ],
)
def test_the_unit_of_a_number_may_be_typed_behind_it(schema: dict[str, Any], typed: str, stored: Any) -> None:
    assert answer(schema, typed, unit="人") == stored
    assert "人</span>" in html(schema, unit="人")


def test_a_year_is_no_amount() -> None:
    year = {"type": "integer", "title": "年度", "x-kind": "year"}
    assert text_of(Question("/field", year), 2027) == words(2027, year, {}, "ja") == "2027"
    people = {"type": "integer", "title": "人数"}
    assert text_of(Question("/field", people), 2027) == words(2027, people, {}, "ja") == "2,027"


def test_a_table_speaks_of_what_its_rows_are() -> None:
    member = {"type": "object", "title": "世帯員", "properties": {"name": {"type": "string", "title": "名"}}}
    titled = html({"type": "array", "title": "世帯", "items": member}, [{"name": "花"}])
    assert "世帯員を追加する" in titled and "世帯員 1を削除する" in titled and ">世帯員 1</legend>" in titled
    plain = html({"type": "array", "title": "世帯", "items": {"type": "string"}}, ["花"])
    assert "行を追加する" in plain and "1件目" in plain
    table = Question("/field", {"type": "array", "title": "Household", "items": {"type": "string"}}, Asking("en"))
    assert "Entry 1<" in control_of(table).html(Sheet(Posted({"/field~rows": ["1"]}), {"field": ["花"]}))
