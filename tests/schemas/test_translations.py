"""Which texts of a form lack a translation, and the table in which translators work."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import schemas
from schemas.translation_tables import exported, imported, merged, neutral, restored, rewritten
from schemas.translations import report, sources

DOG = schemas.starter("forms", "dog_registration")
TEXT = (Path(schemas.__file__).parent / "forms" / "dog_registration.json").read_text()


def changed(**translations: Any) -> dict[str, Any]:
    document = copy.deepcopy(DOG)
    document["translations"].update(translations)
    return document


def lacking(document: dict[str, Any], language: str, *earlier: dict[str, Any]) -> dict[str, str]:
    texts = report(document, [language], earlier)
    return {text.pointer: text.state for text in texts if text.state != "present"}


def cells(document: dict[str, Any], *languages: str) -> list[str]:
    return exported(document, languages).split("\r\n")


@pytest.mark.parametrize("kind", ["forms", "workflows"])
def test_every_text_that_a_starter_translates_is_one_that_is_asked_for(kind: str) -> None:
    for name in schemas.starters(kind):
        document = schemas.starter(kind, name)
        asked = dict(sources(document))
        assert all(address in asked for texts in document["translations"].values() for address in texts)


def test_a_language_that_nobody_began_lacks_everything() -> None:
    assert set(lacking(DOG, "vi").values()) == {"missing"}
    assert len(lacking(DOG, "vi")) == len(dict(sources(DOG)))


def test_a_text_of_blanks_is_empty_and_one_whose_source_changed_is_outdated() -> None:
    before, after = changed(), changed(vi={"/title": "  "})
    after["description"] = "新しい説明"
    assert lacking(after, "vi")["/title"] == "empty"
    assert lacking(after, "en", before) == {"/description": "outdated"}
    after["translations"]["en"]["/description"] = "New description"
    assert lacking(after, "en", before) == {}


def test_fields_may_be_called_like_the_words_of_the_language() -> None:
    field = {"type": "string", "title": "題", "enum": ["title"], "default": "title", "examples": ["例"]}
    document = {"schema": {"type": "object", "properties": {"title": field, "enum": field, "default": field}}}
    assert [address for address, _text in sources(document)] == [
        f"/schema/properties/{name}/title" for name in ("title", "enum", "default")
    ]


@pytest.mark.parametrize("language", ["zh-Hans", "vi", "pt-BR", "ko", "tl", "fil", "zh-Hant-TW", "es-419"])
def test_a_form_may_be_translated_into_any_language(language: str) -> None:
    assert list(schemas.check(changed(**{language: {"/title": "X"}}))) == []


@pytest.mark.parametrize("language", ["ja", "Chinese", "EN", "zh-hans", "pt_BR", "en-"])
def test_what_is_no_language_is_refused_in_words(language: str) -> None:
    (problem,) = schemas.check(changed(**{language: {"/title": "X"}}))
    assert f"「{language}」は言語の書き方ではありません" in problem.message()


@given(st.text())
def test_no_cell_is_a_formula_and_every_text_comes_back(text: str) -> None:
    assert not neutral(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert restored(neutral(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+81", "-3", "@SUM(A1)", "'=1", "''=1", 'a"b,c\nd', "'plain"])
def test_every_text_survives_the_way_to_a_translator_and_back(text: str) -> None:
    document = changed(vi={"/title": text})
    document["description"] = text
    found = imported(document, exported(document, ["vi"]))
    assert found.problems == [] and found.texts == {"vi": {"/title": text}}


def test_a_table_read_in_unchanged_changes_no_byte() -> None:
    found = imported(DOG, exported(DOG, ["en", "ja-easy", "vi"]))
    assert found.problems == [] and rewritten(TEXT, merged(DOG, found.texts)) == TEXT


def test_new_texts_change_the_translations_and_nothing_else() -> None:
    after = rewritten(TEXT, merged(DOG, {"vi": {"/title": "Đăng ký chó"}}))
    before, after_lines = TEXT.splitlines(), after.splitlines()
    assert [line.strip(" ,") for line in after_lines if line not in before][:2] == [
        '"vi": {',
        '"/title": "Đăng ký chó"',
    ]
    assert json.loads(after)["translations"]["vi"] == {"/title": "Đăng ký chó"}
    assert {key: value for key, value in json.loads(after).items() if key != "translations"} == {
        key: value for key, value in DOG.items() if key != "translations"
    }


def test_a_definition_without_translations_gets_them_at_its_end() -> None:
    text = '{"form": "x", "title" : "題" }\n'
    assert json.loads(rewritten(text, {"en": {"/title": "T"}})) == {
        "form": "x",
        "title": "題",
        "translations": {"en": {"/title": "T"}},
    }
    assert rewritten(text, {"en": {"/title": "T"}}).startswith('{"form": "x", "title" : "題",')


def test_rows_that_do_not_fit_are_told_by_their_numbers_and_left_out() -> None:
    head, first, *_rest = cells(DOG, "vi")
    table = "\r\n".join([head, first + "Đăng ký", "/nowhere,title,どこか,x", "/description,description,別の原文,x", ""])
    found = imported(DOG, table)
    assert found.texts == {"vi": {"/title": "Đăng ký"}}
    assert [(number, problem.code) for number, problem in found.problems] == [(3, "table_unknown"), (4, "table_source")]
    assert DOG["description"] in found.problems[1][1].message()


def test_a_table_with_other_columns_is_refused() -> None:
    assert [problem.code for _row, problem in imported(DOG, "ja,en\r\n犬,dog\r\n").problems] == ["table_header"]
    head = cells(DOG, "Vietnamese")[0]
    assert [problem.code for _row, problem in imported(DOG, head).problems] == ["translation_language"]
