"""The text that people agree to, written at its field: the form's own, under a version, and back to the shared one."""

import pytest

import schemas
from schemas.consents import unversioned, with_texts
from schemas.editing import CommandRefused, applied, changes, edited, reversed_changes
from schemas.vocabulary import vocabulary

SHARED = vocabulary()["x-consents"]["privacy"]
EMPTY = {
    "form": "parking",
    "title": "駐車場の申込み",
    "schema": {"type": "object", "properties": {}},
    "pages": [{"key": "page-1", "title": "はじめに", "fields": []}],
    "procedure": schemas.starter("forms", "dog_registration")["procedure"],
}


def said(field, part, value):
    return {"do": "set_consent", "field": field, "part": part, "value": value}


def done(document, *commands):
    for command in commands:
        document = edited(document, command)
    return document


@pytest.fixture
def form():
    """A form with a pledge (誓約) and the shared consent."""
    parts = [{"do": "add_field", "part": part, "page": "page-1"} for part in ("pledge", "consent")]
    return done(EMPTY, *parts)


def test_pledge_gets_a_text_of_its_own_that_can_be_published(form):
    after = done(form, said("pledge", "text", "暴力団員ではありません。"), said("pledge", "title", "誓約"))
    assert after["consents"] == {"pledge": {"version": "1", "title": "誓約", "text": "暴力団員ではありません。"}}
    assert after["schema"]["properties"]["pledge"]["x-consent"] == {"text": "pledge"}
    assert schemas.check(after) == []


def test_shared_text_becomes_the_forms_own_and_its_translation_goes_where_it_says_something_else(form):
    after = done(form, said("consent", "text", "審査だけに使います。"))
    assert after["consents"]["privacy"] == {**SHARED, "text": "審査だけに使います。"}
    assert "/consents/privacy/title" in after["translations"]["en"]
    assert "/consents/privacy/text" not in after["translations"]["en"]


def test_text_taken_away_leaves_the_form_as_it_was(form):
    for field in ("pledge", "consent"):
        after = done(form, said(field, "text", "文章"), said(field, "version", "2"), said(field, "text", " "))
        assert (after["schema"], after.get("consents")) == (form["schema"], None)
        assert applied(after, reversed_changes(changes(form, after))) == form


def test_changed_text_is_published_under_a_new_version_only(form):
    before = with_texts(done(form, said("pledge", "text", "税金を納めています。")))
    changed = done(before, said("pledge", "text", "税金を滞納していません。"))
    (problem,) = unversioned(before, changed)
    assert "「文章の版」を新しい版の名前(日付など)に変えてください" in problem.message("ja")
    assert "“Version of the text”" in problem.message("en")
    assert not list(unversioned(before, done(changed, said("pledge", "version", "2026-11-26"))))


def test_text_goes_with_the_last_field_that_asks_to_agree_to_it(form):
    twice = done(form, said("pledge", "text", "文章"), {"do": "duplicate_field", "field": "pledge"})
    once = done(twice, {"do": "delete_field", "field": "pledge"})
    assert once["consents"]["pledge"]["text"] == "文章"
    after = done(once, {"do": "delete_field", "field": "pledge_2"})
    assert "consents" not in after
    assert applied(after, reversed_changes(changes(once, after))) == once


def test_text_that_two_fields_ask_to_agree_to_is_not_taken_away(form):
    twice = done(form, said("pledge", "text", "文章"), {"do": "duplicate_field", "field": "pledge"})
    with pytest.raises(CommandRefused) as refused:
        edited(twice, said("pledge", "text", ""))
    assert "ほかの同意・誓約の項目でも使われている" in refused.value.problem.message()


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (said("pledge", "version", " "), "入力してください"),
        (said("pledge", "version", "1" * 41), "40文字まで"),
        (said("pledge", "colour", "red"), "colour"),
        (said("name", "text", "文章"), "同意・誓約を求める項目ではありません"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(form, command, words):
    form = done(form, {"do": "add_field", "part": "text", "page": "page-1", "key": "name"})
    with pytest.raises(CommandRefused) as refused:
        edited(form, command)
    assert words in refused.value.problem.message()
