"""What residents type into each kind of field, what is stored of it, and what they read."""

from typing import Any

import pytest

from forms_engine.fields import KINDS, Asking, Question, control_of, kind_of, text_of
from forms_engine.fields.control import Posted, Sheet
from forms_engine.fields.file import size_words
from forms_engine.readout import words
from schemas.partial_dates import is_partial_date
from schemas.pointers import MISSING

FILE = {"type": "object", "x-vocabulary": "file", "title": "証明書", "properties": {"id": {"type": "string"}}}
DATE = {"type": "string", "format": "date", "title": "生年月日"}
LETTERS = {"oneOf": [{"const": "a", "title": "あ"}, {"const": "b", "title": "い"}]}


def asked(schema: dict[str, Any], required: bool = True, **presentation: Any) -> Any:
    """The control that asks for an answer of the schema at /field."""
    return control_of(Question("/field", schema, Asking(presentation={"/field": presentation}), required))


def answer(schema: dict[str, Any], typed: Any, required: bool = True, **presentation: Any) -> Any:
    """What is understood when this is typed; a dict where the control has several boxes."""
    boxes = typed if isinstance(typed, dict) else {"": typed}
    texts = {f"/field{part}": text if isinstance(text, list) else [text] for part, text in boxes.items()}
    return asked(schema, required, **presentation).read(Posted(texts))


def html(schema: dict[str, Any], given: Any = MISSING, errors: tuple[str, ...] = (), **presentation: Any) -> str:
    """The field as a page shows it with this answer."""
    control = asked(schema, **presentation)
    answers = {} if given is MISSING else {"field": given}
    return control.html(Sheet(Posted(control.typed(given)), answers, errors={"/field": list(errors)} if errors else {}))


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


@pytest.mark.parametrize(
    ("boxes", "stored"),
    [
        ({"~era": "昭和", "~year": "６４", "~month": "1", "~day": "7"}, "1989-01-07"),
        ({"~era": "平成", "~year": "1", "~month": "1", "~day": "8"}, "1989-01-08"),
        ({"~era": "大正", "~year": "15", "~month": "12", "~day": "25"}, "1926-12-25"),
        ({"~era": "昭和", "~year": "1", "~month": "12", "~day": "25"}, "1926-12-25"),
        ({"~era": "令和", "~year": "元", "~month": "5", "~day": "1"}, "2019-05-01"),
        ({"~era": "西暦", "~year": "2026", "~month": "04", "~day": "1"}, "2026-04-01"),
        ({"~era": "西暦", "~year": "昭和50年5月1日", "~month": "", "~day": ""}, "1975-05-01"),
        ({"~era": "西暦", "~year": "昭和50年5月1日", "~month": "5", "~day": "1"}, "1975-05-01"),
        ({"~era": "昭和", "~year": "50年", "~month": "5月", "~day": "１日"}, "1975-05-01"),
        ({"": "2026/4/1"}, "2026-04-01"),
        ({"~era": "西暦", "~year": "", "~month": "", "~day": ""}, MISSING),
    ],
)
def test_dates_are_understood_in_both_calendars(boxes: dict[str, str], stored: Any) -> None:
    assert answer(DATE, boxes) == stored


@pytest.mark.parametrize(
    "boxes",
    [
        {"~era": "昭和", "~year": "64", "~month": "1", "~day": "8"},
        {"~era": "明治", "~year": "5", "~month": "12", "~day": "1"},
        {"~era": "令和", "~year": "99", "~month": "4", "~day": "1"},
        {"~era": "昭和", "~year": "-5", "~month": "4", "~day": "1"},
        {"~era": "昭和", "~year": "50", "~month": "1-2", "~day": "1"},
        {"~era": "西暦", "~year": "2026", "~month": "2", "~day": "29"},
        {"~era": "西暦", "~year": "75", "~month": "5", "~day": "1"},
        {"~era": "西暦", "~year": "2026", "~month": "", "~day": "1"},
    ],
)
def test_a_day_that_is_not_in_the_calendar_is_no_date_and_is_kept_as_typed(boxes: dict[str, str]) -> None:
    control, posted = asked(DATE), Posted({f"/field{part}": [text] for part, text in boxes.items()})
    found = control.read(posted)
    assert kind_of(DATE, {}).matches(DATE, {})
    assert control.complaint(posted, (), found)["ja"].startswith("{label}")


def test_a_date_is_read_in_both_calendars() -> None:
    assert text_of(Question("/d", DATE), "2026-04-01") == "2026年4月1日（令和8年4月1日）"
    assert "2026年4月1日（令和8年4月1日）" in html(DATE, "2026-04-01")


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


@pytest.mark.parametrize("month", ["-1", "1-2", "+3"])
def test_a_sign_in_the_month_is_not_taken_for_another_month(month: str) -> None:
    assert answer(DATE, {"~era": "西暦", "~year": "2020", "~month": month, "~day": "5"}) != "2020-12-05"
    assert not str(answer(DATE, {"~era": "西暦", "~year": "2020", "~month": month, "~day": "5"})).startswith("2020-0")


@pytest.mark.parametrize("boxes", [("1975/5/1", "6", "1"), ("S50.5.1", "5", "2"), ("1975-5-1", "x", "")])
def test_a_whole_date_beside_another_month_or_day_is_none(boxes: tuple[str, str, str]) -> None:
    typed = dict(zip(("~year", "~month", "~day"), boxes, strict=True))
    found = answer(DATE, typed | {"~era": "西暦"})
    assert not is_partial_date(found)
    posted = Posted({f"/field{part}": [text] for part, text in typed.items()})
    assert "食い違" in asked(DATE).complaint(posted, (), found)["ja"]


KNOWN = {"type": "string", "format": "partial-date", "title": "亡くなった日"}


@pytest.mark.parametrize(
    ("boxes", "stored"),
    [
        (("昭和", "50", "5", "1", "", ""), "1975-05-01"),
        (("昭和", "50", "5", "", "", "1"), "1975-05"),
        (("昭和", "50", "", "", "1", ""), "1975"),
        (("昭和", "50年", "", "", "1", "1"), "1975"),
        (("西暦", "1945", "8", "", "", "1"), "1945-08"),
        (("西暦", "S20", "8", "", "", "1"), "1945-08"),
        (("西暦", "昭和20年8月15日", "", "", "", ""), "1945-08-15"),
    ],
)
def test_a_day_is_known_as_far_as_somebody_says_so(boxes: tuple[str, ...], stored: str) -> None:
    parts = ("~era", "~year", "~month", "~day", "~no_month", "~no_day")
    assert answer(KNOWN, dict(zip(parts, boxes, strict=True))) == stored
    control = asked(KNOWN)
    again = Posted(control.typed(stored))
    assert control.answer(again, (), stored) == stored and control.read(again) == stored


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        (("昭和", "50", "5", "", "", ""), "わからないときは"),
        (("西暦", "1975", "", "", "", ""), "わからないときは"),
        (("西暦", "昭和50年5月", "", "", "", ""), "わからないときは"),
        (("昭和", "50", "5", "1", "", "1"), "空にして"),
        (("昭和", "50", "5", "", "1", ""), "空にして"),
        (("昭和", "", "5", "", "", "1"), "わからないときは"),
        (("昭和", "64", "2", "", "", "1"), "わからないときは"),
        (("昭和", "50", "2", "30", "", ""), "実際にある日付"),
    ],
)
def test_what_is_unknown_is_never_concluded_from_a_blank_box(boxes: tuple[str, ...], said: str) -> None:
    parts = ("~era", "~year", "~month", "~day", "~no_month", "~no_day")
    posted = Posted({f"/field{part}": [text] for part, text in zip(parts, boxes, strict=True)})
    control = asked(KNOWN)
    found = control.read(posted)
    assert not is_partial_date(found) and said in control.complaint(posted, (), found)["ja"]


def test_months_and_unknown_days_are_read_in_both_calendars() -> None:
    month = {"type": "string", "format": "year-month"}
    assert text_of(Question("/field", month), "2026-04") == "2026年4月（令和8年4月）"
    assert text_of(Question("/field", KNOWN), "1975-05") == "1975年5月（昭和50年5月）、日は不明"
    assert text_of(Question("/field", KNOWN), "1989") == "1989年（昭和64年・平成元年）、月日は不明"
    assert text_of(Question("/field", KNOWN), "1860-03-01") == "1860年3月1日"
    english = Question("/field", KNOWN, Asking(language="en"))
    assert text_of(english, "1975-05") == "1975-05 (昭和50年5月), day unknown"
    assert "日は不明" in html(KNOWN, "1975-05") and 'name="/field~no_day" value="1" checked' in html(KNOWN, "1975-05")


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
