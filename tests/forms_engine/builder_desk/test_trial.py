"""Formulas are tried as they are typed, and the definition is checked as it is typed."""

import json

import pytest

from forms_engine import manuscripts
from forms_engine.manuscripts import Manuscript
from schemas.editing import edited

EMPTY = {"form": "copies", "title": "写しの交付", "schema": {"type": "object", "properties": {}}, "procedure": {}}


@pytest.fixture
def copies(organisation):
    """Copies by mail, with a fee."""
    document = {**EMPTY, "pages": [{"key": "page-1", "title": "はじめ", "fields": []}]}
    for part, title, key in (
        ("integer", "通数", "number"),
        ("boolean", "郵送", "by_mail"),
        ("calculated", "手数料", "fee"),
    ):
        document = edited(document, {"do": "add_field", "part": part, "page": "page-1", "title": title, "key": key})
    return manuscripts.begin(document, "environment")


def tried(browser, draft, formula, **samples):
    posted = {"field": "fee", "formula": formula, **{f"trial__{key}": value for key, value in samples.items()}}
    return browser.post(f"/builder/drafts/{draft.pk}/trial/", posted).content.decode()


def test_formula_shows_its_result_for_sample_answers(builder, copies):
    formula = "通数 * 300 + IF(郵送, 110, 0)"
    assert "<strong>410</strong>" in tried(builder, copies, formula)
    assert "<strong>1,200</strong>" in tried(builder, copies, formula, number="4", by_mail="False")
    assert Manuscript.objects.get().serial == 0


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("通数 *", "途中で終わっています"),
        ("枚数 * 3", "「枚数」という項目はありません"),
        ('通数 * "a"', "計算「手数料」の「通数 * &quot;a&quot;」：「*」には数を渡してください"),
        ("", "計算式を入力"),
    ],
)
def test_what_is_wrong_with_a_formula_is_said_in_words(builder, copies, formula, words):
    assert words in tried(builder, copies, formula)


def source(browser, draft, text, serial=0):
    return browser.post(f"/builder/drafts/{draft.pk}/source/", {"source": text, "serial": serial})


def test_definition_is_saved_as_one_edit(builder, copies):
    text = json.dumps({**copies.document, "title": "写し"}, ensure_ascii=False)
    assert source(builder, copies, text).status_code == 302
    assert Manuscript.objects.get().title == "写し" and Manuscript.objects.get().standing == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"form": "other"}', '{"form": "copies", "pages": [1], "schema": {}}', "[" * 9000]
)
def test_text_that_is_no_definition_is_refused_and_stays_in_the_page(builder, copies, text):
    response = source(builder, copies, text)
    assert response.status_code == 422 and response.context["source"] == text
    assert Manuscript.objects.get().serial == 0


def test_definition_that_somebody_else_changed_meanwhile_is_not_overwritten(builder, copies):
    text = json.dumps(copies.document)
    manuscripts.edit(copies, {"do": "retitle_form", "title": "先に変えた名前"})
    response = source(builder, copies, text)
    assert response.status_code == 422 and "先に変えた名前" in response.context["source_now"]


def test_findings_name_the_line(builder, copies):
    text = '{\n"form": "copies",\n"title" 5}'
    found = builder.post(f"/builder/drafts/{copies.pk}/source/check/", {"source": text}).content.decode()
    assert "3行目" in found


def test_preview_shows_the_page_in_any_language_and_follows_answers(builder, copies):
    at = "/schema/properties/number/title"
    manuscripts.edit(copies, {"do": "translate", "language": "vi", "address": at, "text": "Số bản"})
    address = f"/builder/drafts/{copies.pk}/pages/page-1/"
    assert "Số bản" in builder.get(address, {"language": "vi"}).content.decode()
    posted = builder.post(address, {"number": "x"})
    assert posted.status_code == 200 and "frame-ancestors 'self'" in posted.headers["Content-Security-Policy"]
    assert builder.get(f"/builder/drafts/{copies.pk}/pages/nowhere/").status_code in (200, 404)
