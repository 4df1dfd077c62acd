"""A bundle arrives as it was sent, or not at all."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from schemas.bundles import Bundle, BundleRefused, read, written


def starter(name):
    titles = {"departments": {"environment": "環境課"}, "roles": {}}
    return Bundle("となり市", schemas.starter("forms", name), [schemas.starter("workflows", name)], titles)


def text_of(document):
    return json.dumps(document, ensure_ascii=False)


@pytest.mark.parametrize("name", schemas.starters("forms"))
def test_every_starter_comes_out_byte_for_byte_as_it_went_in(name):
    sent = starter(name)
    arrived = read(written(sent))
    assert [text_of(one) for one in arrived.documents] == [text_of(one) for one in sent.documents]
    assert written(arrived) == written(sent)


@settings(max_examples=40)
@given(st.text(max_size=30), st.text(alphabet="あ髙𠮷葛\U000e0100x", max_size=8))
def test_whatever_texts_a_form_has_they_arrive(description, title):
    form = {**schemas.starter("forms", "tax_certificate"), "title": f"証{title}", "description": f"説{description}"}
    arrived = read(written(Bundle("となり市", form)))
    assert text_of(arrived.form) == text_of(form)


@settings(max_examples=40)
@given(st.integers(min_value=0), st.sampled_from('0123456789abcdefあ{}[]"x'))
def test_file_with_any_character_changed_is_refused_or_says_the_same(place, character):
    text = written(starter("tax_certificate"))
    place %= len(text)
    changed = text[:place] + character + text[place + 1 :]
    try:
        assert json.loads(changed) == json.loads(text)
        read(changed)
    except (AssertionError, ValueError):
        with pytest.raises(BundleRefused):
            read(changed)


def test_reordered_fields_are_noticed_though_the_canonical_form_is_the_same():
    whole = json.loads(written(starter("dog_registration")))
    form = whole["form"]["document"]
    form["schema"]["properties"] = dict(reversed(form["schema"]["properties"].items()))
    with pytest.raises(BundleRefused, match="書き換えられている"):
        read(text_of(whole))


@pytest.mark.parametrize("text", ["", "[]", "{}", "nothing", '{"kakanai_bundle": true}', '{"kakanai_bundle": 1}'])
def test_what_is_no_bundle_is_refused(text):
    with pytest.raises(BundleRefused, match="一式のファイルではありません"):
        read(text)


def test_newer_format_is_refused_in_words():
    with pytest.raises(BundleRefused, match="新しい版"):
        read('{"kakanai_bundle": 2}')


def test_names_are_changed_in_routes_and_procedure_and_nowhere_else():
    sent = starter("road_occupancy")
    ours = sent.renamed({"departments": {"planning": "kikaku"}, "roles": {"reviewer": "clerk"}})
    route = text_of(ours.workflows)
    assert '"planning"' not in route
    assert '"kikaku"' in route
    assert '"role": "clerk"' in route
    assert ours.form["schema"] == sent.form["schema"]
    assert sent.renamed({}) == sent
