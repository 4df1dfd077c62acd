"""What changed between two versions, said so that a section chief can say yes to it."""

import copy

import pytest

import schemas
from schemas.differences import differences
from schemas.editing import edited


@pytest.fixture
def form():
    return schemas.starter("forms", "dog_registration")


def said(before, after, language="ja"):
    return [one.message(language) for one in differences(before, after)]


@pytest.mark.parametrize("kind", ["forms", "workflows"])
def test_nothing_is_said_where_nothing_changed(kind):
    for name in schemas.starters(kind):
        document = schemas.starter(kind, name)
        assert differences(document, copy.deepcopy(document)) == []


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        ({"do": "retitle_form", "title": "犬の届"}, "見出しを「犬の登録申請書」から「犬の届」に変えました"),
        ({"do": "add_page", "title": "写真"}, "画面「写真」を加えました"),
        ({"do": "retitle_field", "field": "breed", "title": "犬種"},
         "項目「犬種」の見出しを「犬の種類」から「犬種」に変えました"),
        ({"do": "require_field", "field": "features", "required": True}, "項目「体格・特徴」を必須にしました"),
        ({"do": "require_field", "field": "breed", "required": False}, "項目「犬の種類」を任意にしました"),
        ({"do": "limit_field", "field": "breed", "word": "maxLength", "value": 20},
         "項目「犬の種類」の最大の文字数を「60」から「20」に変えました"),
        ({"do": "delete_field", "field": "features"}, "項目「体格・特徴」をなくしました"),
        ({"do": "duplicate_field", "field": "breed"}, "項目「犬の種類」を加えました"),
        ({"do": "show_when", "fields": ["features"], "by": "is_transfer", "when": {"const": True}},
         "項目「体格・特徴」を出す条件を変えました"),
        ({"do": "calculate", "field": "fee", "expression": 3000}, "計算「手数料」を変えました"),
        ({"do": "set_procedure", "name": "period", "value": {"working_days": 9}},
         "手続の標準処理期間（開庁日）を「3」から「9」に変えました"),
        ({"do": "translate", "language": "en", "address": "/title", "text": "Dogs"}, "翻訳（en）を1か所変えました"),
    ],
)  # fmt: skip
def test_each_edit_is_said_in_words(form, command, sentence):
    assert sentence in said(form, edited(form, command))


def test_choice_added_and_removed_are_named(form):
    choices = [{"value": "male", "title": "オス"}, {"title": "分からない"}]
    after = edited(form, {"do": "set_choices", "field": "dog_sex", "choices": choices})
    assert said(form, after)[:2] == [
        "項目「犬の性別」に選択肢を加えました（分からない）",
        "項目「犬の性別」の選択肢をなくしました（メス）",
    ]


def test_changed_route_is_said_step_by_step():
    before = schemas.starter("workflows", "facility_use")
    after = copy.deepcopy(before)
    after["steps"][0]["table"][0]["title"] = "登録団体"
    after["steps"][1]["working_days"] = 5
    after["steps"][2]["cases"][0]["steps"] = []
    assert said(before, after)[:3] == [
        "段階「自動承認」の規則「登録団体」を変えました",
        "段階「審査」の期限を変えました",
        "段階「減免の審査」をなくしました",
    ]


def test_every_sentence_is_said_in_english_too(form):
    other = schemas.starter("forms", "facility_use") | {"form": "dog_registration"}
    assert all(one for one in said(form, other, "en"))
