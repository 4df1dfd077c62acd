"""Calculations written as in a spreadsheet: read into JsonLogic, written back, refused in words."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import schemas
from schemas.calculations import check, evaluate
from schemas.editing import edited
from schemas.formulas import FormulaRefused, Names, read_formula, write_formula

FORM = {
    "form": "copies",
    "title": "証明書の請求",
    "schema": {
        "type": "object",
        "properties": {
            "copies": {"type": "integer", "title": "通数"},
            "by_mail": {"type": "boolean", "title": "郵送"},
            "delivery": {
                "type": "string",
                "title": "受取方法（希望）",
                "oneOf": [{"const": "counter", "title": "窓口"}, {"const": "mail", "title": "郵送する"}],
            },
            "rows": {
                "type": "array",
                "title": "収入の部",
                "items": {"type": "object", "properties": {"amount": {"type": "integer", "title": "予算額"}}},
            },
            "costs": {
                "type": "array",
                "title": "支出の部",
                "items": {"type": "object", "properties": {"amount": {"type": "integer", "title": "予算額"}}},
            },
            "born": {"type": "string", "format": "date", "title": "生年月日"},
            "fee": {"type": "integer", "title": "手数料", "readOnly": True},
        },
    },
}
NAMES = Names(FORM)


@pytest.mark.parametrize(
    ("formula", "answers", "result"),
    [
        ("通数 * 300 + IF(郵送, 110, 0)", {"copies": 2, "by_mail": True}, 710),
        ("=通数*300+IF(郵送,110,0)", {"copies": 2, "by_mail": False}, 600),
        ("＝（通数＋１）×３００", {"copies": 2}, 900),
        ("-通数 + 10 - 3 - 2", {"copies": 1}, 4),
        ("10 - (3 - 2)", {}, 9),
        ("通数 / 4 * 4", {"copies": 3}, 3),
        ("ROUNDDOWN(通数 * 1234, -3)", {"copies": 2}, 2000),
        ("切上げ(通数 * 8%)", {"copies": 20}, 2),
        ('IF(「受取方法（希望）」 = "郵送する", 110, 0)', {"delivery": "mail"}, 110),
        ('SWITCH(「受取方法（希望）」, "窓口", 0, "郵送する", 110)', {"delivery": "mail"}, 110),
        ('SWITCH(郵送, "はい", 110, 5)', {"by_mail": False}, 5),
        ("SUM(収入の部.予算額) - SUM(支出の部.予算額)", {"rows": [{"amount": 5}, {"amount": 3}], "costs": []}, 8),
        ("SUM(収入の部.予算額 * 収入の部.予算額 * 2)", {"rows": [{"amount": 5}, {"amount": 3}]}, 68),
        ("SUM((収入の部.予算額 - 1) * 3)", {"rows": [{"amount": 5}, {"amount": 3}]}, 18),
        ("COUNT(収入の部)", {"rows": [{}, {}]}, 2),
        ("年齢(生年月日)", {"born": "2000-11-25"}, 26),
        ("IFBLANK(通数, 1)", {}, 1),
        ("AND(通数 >= 1, NOT(通数 > 10))", {"copies": 10}, True),
    ],
)
def test_formula_means_what_a_spreadsheet_would(formula, answers, result):
    logic = read_formula(formula, NAMES)
    calculations = {"result": logic}
    assert check(calculations, FORM["schema"]) == []
    assert evaluate(calculations, answers, FORM["schema"], date(2026, 11, 25)) == {"result": result}


@pytest.mark.parametrize(
    ("formula", "words", "part"),
    [
        ("", "計算式を入力してください", ""),
        ("通数 * ", "途中で終わっています", ""),
        ("通数 300", "「300」がここに来るのはおかしい", "300"),
        ("通教 * 300", "「通教」という項目はありません。「通数」のことですか", "通教"),
        ("予算額", "複数あります（収入の部.予算額・支出の部.予算額）", "予算額"),
        ("ROUNDDWN(通数)", "「ROUNDDOWN」のことですか", "ROUNDDWN(通数)"),
        ("IF(郵送)", "IF に渡すものの数が違います", "IF(郵送)"),
        ("ROUND(通数, 2)", "ROUND の桁は", "ROUND(通数, 2)"),
        ('「受取方法（希望）」 = "速達"', "「速達」という選択肢はありません（窓口・郵送する）", '"速達"'),
        ("通数 @ 3", "「@」がここに来る", "@"),
        ("(" * 3000, "長すぎます", "(" * 1000),
    ],
)
def test_formula_that_cannot_be_read_is_answered_in_words_at_the_place(formula, words, part):
    with pytest.raises(FormulaRefused) as refused:
        read_formula(formula, NAMES)
    assert words in refused.value.problem.message()
    assert formula[refused.value.start : refused.value.end] == part


def test_renamed_field_changes_how_a_formula_reads_and_nothing_else():
    form = {**FORM, "pages": [], "calculations": {"fee": read_formula("通数 * 300", NAMES)}}
    renamed = edited(form, {"do": "retitle_field", "field": "copies", "title": "必要な枚数"})
    assert renamed["calculations"] == form["calculations"]
    assert write_formula(renamed["calculations"]["fee"], Names(renamed)) == "必要な枚数 * 300"


@pytest.mark.parametrize("formula", ["MIN(通数 * 50%, 300000)", "通数 * 8.5%", "SUM(収入の部.予算額 * 50%)"])
def test_percentage_stands_as_it_was_typed(formula):
    assert write_formula(read_formula(formula, NAMES), NAMES) == formula


def listed(logic):
    """JsonLogic with every argument in a list: both ways of writing mean the same."""
    if isinstance(logic, list):
        return [listed(one) for one in logic]
    if not isinstance(logic, dict):
        return logic
    ((operator, given),) = logic.items()
    if operator == "lookup":
        return {operator: [listed(given[0]), given[1], *map(listed, given[2:])]}
    return {operator: [listed(one) for one in (given if isinstance(given, list) else [given])]}


@pytest.mark.parametrize("name", schemas.starters("forms"))
def test_calculations_of_the_starters_are_written_as_formulas_and_read_back(name):
    form = schemas.starter("forms", name)
    names = Names(form)
    for logic in form.get("calculations", {}).values():
        formula = write_formula(logic, names)
        assert formula is None or listed(read_formula(formula, names)) == listed(logic)


COLUMN = {"map": [{"var": ["/costs"]}, {"var": ["/amount"]}]}
LEAVES = (
    st.integers(-1000, 1000)
    | st.floats(0.5, 99, allow_nan=False).map(lambda number: round(number, 2) + 0.001)
    | st.sampled_from([{"var": ["/copies"]}, {"var": ["/by_mail"]}, {"var": ["/copies", 1]}, "mail", True, False])
    | st.just(COLUMN)
)


def combined(inner):
    two = st.tuples(inner, inner).map(list)
    return (
        st.builds(lambda sign, given: {sign: given}, st.sampled_from(["-", "/", "==", "!=", "<", ">="]), two)
        | st.builds(lambda name, given: {name: given}, st.sampled_from(["+", "*", "and", "or", "sum", "max"]), two)
        | st.tuples(inner, inner, inner).map(lambda given: {"if": list(given)})
        | inner.map(lambda one: {"!": [one]})
        | inner.map(lambda one: {"floor": [one, 1000]})
        | two.map(lambda given: {"days_between": given})
    )


@given(st.recursive(LEAVES, combined, max_leaves=12))
def test_what_is_written_is_read_back_as_the_same(logic):
    formula = write_formula(logic, NAMES)
    assert formula is not None or "map" in json.dumps(logic)
    assert formula is None or listed(read_formula(formula, NAMES)) == joined(listed(logic))


@pytest.mark.parametrize("logic", [
    {"-": [COLUMN, COLUMN]}, {"*": [COLUMN, 2]}, {"+": [{"+": [1, 2]}, COLUMN]}, {"/": [3, COLUMN]},
])  # fmt: skip
def test_columns_as_a_whole_are_never_written_as_a_formula_that_goes_row_by_row(logic):
    assert write_formula(logic, NAMES) is None
    assert write_formula({"sum": [COLUMN]}, NAMES) == "SUM(支出の部.予算額)"


def joined(logic):
    """(a + b) + c is read as one sum of three: they mean the same."""
    if isinstance(logic, list):
        return [joined(one) for one in logic]
    if not isinstance(logic, dict):
        return logic
    ((operator, given),) = logic.items()
    first, *rest = given = [joined(one) for one in given]
    if operator in ("+", "*") and isinstance(first, dict) and operator in first:
        given = [*first[operator], *rest]
    return {operator: given}
