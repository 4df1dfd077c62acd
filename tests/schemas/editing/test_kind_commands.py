"""A field becomes one of another kind: what stays, what goes and is said, and what stands in the way."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from schemas.editing import CommandRefused, applied, changes, edited, reversed_changes
from schemas.editing.field_kinds import FAMILIES, TITLES, kind_of
from schemas.editing.homes import homes
from schemas.editing.kind_commands import lost
from schemas.editing.usage import dangling

EMPTY = {
    "form": "parking",
    "title": "駐車場の申込み",
    "schema": {"type": "object", "properties": {}},
    "pages": [{"key": "page-1", "title": "はじめに", "fields": []}],
    "procedure": schemas.starter("forms", "dog_registration")["procedure"],
}
HELP = {"do": "present_field", "field": "asked", "aspect": "help", "value": "くわしく"}
TITLE = {"do": "translate", "language": "en", "address": "/schema/properties/asked/title", "text": "Asked"}
PART = {"number": "integer", "partial_date": "date"}


def done(document, *commands):
    for command in commands:
        document = edited(document, command)
    return document


def changed(part, field="asked"):
    return {"do": "change_field", "field": field, "part": part}


def form_with(kind, *commands):
    added = {"do": "add_field", "part": PART.get(kind, kind), "page": "page-1", "key": "asked", "title": "たずねる"}
    return done(EMPTY, added, *([changed(kind)] if kind in PART else []), HELP, TITLE, *commands)


PAIRS = [(one, other) for family in FAMILIES for one in family for other in family if one != other]


@pytest.mark.parametrize(("before", "after"), PAIRS)
def test_title_help_and_translation_stay_and_the_change_can_be_taken_back(before, after):
    document = form_with(before)
    there = edited(document, changed(after))
    schema, shown = there["schema"]["properties"]["asked"], there["presentation"]["asked"]
    assert kind_of(schema, shown) == after and schemas.check(there) == []
    assert (schema["title"], shown["help"]) == ("たずねる", "くわしく")
    assert there["translations"]["en"]["/schema/properties/asked/title"] == "Asked"
    assert applied(there, reversed_changes(changes(document, there))) == document


def test_length_stays_among_texts_and_is_named_where_it_goes():
    document = form_with("text", {"do": "limit_field", "field": "asked", "word": "maxLength", "value": 30})
    assert edited(document, changed("textarea"))["schema"]["properties"]["asked"]["maxLength"] == 30
    assert "最大の文字数" in lost(document, edited(document, changed("choice")), "asked")
    assert "the greatest length" in lost(document, edited(document, changed("choice")), "asked", "en")


def test_fraction_is_no_limit_of_a_whole_number():
    document = form_with("number", {"do": "limit_field", "field": "asked", "word": "maximum", "value": 1.5})
    after = edited(document, changed("integer"))
    assert "maximum" not in after["schema"]["properties"]["asked"] and lost(document, after, "asked") == ["数の範囲"]


def test_condition_stays_where_its_answer_can_still_be_given():
    more = {"do": "add_field", "part": "text", "page": "page-1", "key": "why", "title": "理由"}
    show = {"do": "show_when", "fields": ["why"], "by": "asked", "when": {"const": "a"}}
    document = form_with("choice", more, show)
    there = edited(document, changed("text"))
    assert there["schema"]["allOf"] == document["schema"]["allOf"]
    other = form_with("text", more, {**show, "when": {"const": "自由な答え"}})
    with pytest.raises(CommandRefused) as refused:
        edited(other, changed("choice"))
    assert "「理由」を出す条件" in refused.value.problem.message()


def test_choices_conditions_and_translations_stay_where_one_choice_becomes_several_and_back():
    more = {"do": "add_field", "part": "text", "page": "page-1", "key": "why", "title": "理由"}
    show = {"do": "show_when", "fields": ["why"], "by": "asked", "when": {"const": "a"}}
    titled = {"do": "translate", "language": "en", "address": "/schema/properties/asked/oneOf/0/title", "text": "One"}
    document = form_with("choice", more, show, titled)
    there = edited(document, changed("choices"))
    assert (
        there["schema"]["properties"]["asked"]["items"]["oneOf"] == document["schema"]["properties"]["asked"]["oneOf"]
    )
    assert there["schema"]["allOf"][0]["if"]["properties"]["asked"] == {"contains": {"const": "a"}}
    assert there["translations"]["en"]["/schema/properties/asked/items/oneOf/0/title"] == "One"
    assert schemas.check(there) == [] and lost(document, there, "asked") == []
    back = edited(there, changed("choice"))
    assert back["schema"] == document["schema"] and back["translations"] == document["translations"]


def test_several_choices_do_not_become_one_where_a_condition_counts_them():
    more = {"do": "add_field", "part": "text", "page": "page-1", "key": "why", "title": "理由"}
    show = {"do": "show_when", "fields": ["why"], "by": "asked", "when": {"minItems": 2}}
    with pytest.raises(CommandRefused) as refused:
        edited(form_with("choices", more, show), changed("choice"))
    assert "「理由」を出す条件" in refused.value.problem.message()


def test_calculation_that_would_no_longer_fit_is_named():
    document = form_with(
        "date",
        {"do": "add_field", "part": "calculated", "page": "page-1", "key": "age", "title": "年齢"},
        {"do": "calculate", "field": "age", "expression": {"age": [{"var": "/asked"}]}},
    )
    with pytest.raises(CommandRefused) as refused:
        edited(document, changed("partial_date"))
    assert "計算「年齢」の「AGE(たずねる)」" in refused.value.problem.message()


@pytest.mark.parametrize(("kind", "part"), [("text", "date"), ("boolean", "text"), ("file", "text"), ("text", "x")])
def test_kind_of_another_shape_is_refused_in_words(kind, part):
    with pytest.raises(CommandRefused) as refused:
        edited(form_with(kind), changed(part))
    assert "新しい項目を加えてください" in refused.value.problem.message()


def test_column_of_a_table_changes_its_kind_too():
    table = {"do": "add_field", "part": "table", "page": "page-1", "key": "rows", "title": "世帯員"}
    after = done(EMPTY, table, changed("textarea", "/rows/*/name"))
    assert "format" not in after["schema"]["properties"]["rows"]["items"]["properties"]["name"]


@pytest.mark.parametrize("name", ["dog_registration", "facility_use", "moving_in", "grant_application"])
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_any_changes_of_kind_leave_a_form_that_can_be_published_and_can_be_taken_back(name, data):
    document = start = schemas.starter("forms", name)
    made, before = [], schemas.check(start)
    fields = [key for home in homes(start) for key in home.properties]
    for _ in range(data.draw(st.integers(1, 5))):
        field, part = data.draw(st.sampled_from(fields)), data.draw(st.sampled_from(sorted(TITLES)))
        try:
            after = edited(document, changed(part, field))
        except CommandRefused:
            continue
        made, document = [*made, changes(document, after)], after
        assert schemas.check(document) == before and dangling(document) == []
    for one in reversed(made):
        document = applied(document, reversed_changes(one))
    assert json.dumps(document) == json.dumps(start)


def test_amount_in_a_table_is_an_amount_and_so_is_its_copy():
    table = {"do": "add_field", "part": "table", "page": "page-1", "key": "rows", "title": "支出の部"}
    column = {"do": "add_column", "field": "rows", "part": "money", "title": "予算額"}
    after = done(EMPTY, table, column, {"do": "duplicate_column", "field": "/rows/*/money"})
    assert after["presentation"] == {"/rows/*/money": {"unit": "円"}, "/rows/*/money_2": {"unit": "円"}}
    assert done(after, *({"do": "delete_column", "field": f"/rows/*/{key}"} for key in ("money", "money_2"))) == done(
        EMPTY, table
    )
