"""What is wrong with a calculation names the calculation and the part of it, as a builder reads both."""

import pytest

import schemas

FORM = {
    "form": "copies",
    "title": "証明書の請求",
    "schema": {
        "type": "object",
        "properties": {
            "copies": {"type": "integer", "title": "通数"},
            "by_mail": {"type": "boolean", "title": "郵送"},
            "born": {"type": "string", "format": "date", "title": "生年月日"},
            "name": {"type": "string", "title": "氏名"},
            "fee": {"type": "integer", "title": "手数料", "readOnly": True},
        },
    },
    "procedure": schemas.starter("forms", "dog_registration")["procedure"],
}


def var(key):
    return {"var": f"/{key}"}


def said(source, language="ja", key="fee", **more):
    problem = schemas.check({**FORM, "calculations": {key: source}, **more})[0]
    return problem.message(language)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ({"+": [{"*": [var("by_mail"), 300]}, 10]}, "計算「手数料」の「郵送 * 300」：「*」には数を渡してください"),
        (
            {"if": [{"<": [var("born"), 3]}, 1, 0]},
            "計算「手数料」の「生年月日 < 3」：「<」で比べるものの種類が違います",
        ),
        ({"+": [{"age": [var("copies")]}, 1]}, "計算「手数料」の「AGE(通数)」：「AGE」には"),
        ({"*": [var("copies"), 1.5]}, "計算「手数料」の「通数 * 1.5」：計算の結果が「手数料」の種類(整数)に合いません"),
        ({"*": [var("cat"), 3]}, "計算「手数料」に使う「/cat」という項目がありません"),
        ({"cook": [var("copies")]}, "計算「手数料」：「cook」という計算はありません"),
        ({"age": []}, "計算「手数料」：「AGE」に渡すものの数が違います"),
        ({"+": [var("fee"), 1]}, "計算が互いを使い合っていて終わりません(手数料"),
    ],
)
def test_problem_names_the_calculation_and_the_part(source, words):
    assert words in said(source)


def test_calculation_that_no_page_shows_is_named_by_its_own_name():
    source, titles = {"+": [var("name"), 1]}, {"calculation": "枚数の合計"}
    assert said(source, key="calculation", **{"x-titles": titles}).startswith("計算「枚数の合計」の「氏名 + 1」：")


def test_part_that_no_formula_writes_is_named_with_what_stands_around_it_or_by_its_operator():
    kept = {"filter": [var("name"), var("copies")]}
    assert "計算「手数料」の「" in said({"count": kept})


def test_problem_is_said_in_english_too():
    assert said({"*": [var("by_mail"), 300]}, "en") == "Calculation “手数料”, at “郵送 * 300”: “*” needs a number"


def test_long_part_is_cut_off():
    source = {"+": [var("copies")] * 40 + [var("by_mail")]}
    assert "…」：「+」には" in said(source)
