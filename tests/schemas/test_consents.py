"""Texts that people agree to: where they come from, and that one cannot change unnoticed."""

import copy

import pytest
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st

import schemas
from schemas.consents import digest_of, given, unversioned, versions_of, with_texts
from schemas.effective import effective

OWN = {"version": "1", "title": "誓約", "text": "暴力団員ではありません。"}
FORM = {
    "form": "pledge",
    "title": "誓約書",
    "schema": {
        "type": "object",
        "properties": {
            "privacy": {"$ref": "vocabulary.schema.json#/$defs/consent"},
            "pledge": {"type": "boolean", "title": "誓約します", "const": True, "x-consent": {"text": "pledge"}},
        },
    },
    "consents": {"pledge": OWN},
    "procedure": schemas.starter("forms", "dog_registration")["procedure"],
    "translations": {"en": {"/consents/pledge/text": "No member of a gang."}},
}


def test_a_text_of_the_vocabulary_is_taken_into_the_form_in_every_language() -> None:
    whole = with_texts(FORM)
    assert set(whole["consents"]) == {"pledge", "privacy"} and "consents" in FORM and len(FORM["consents"]) == 1
    assert (
        "/consents/privacy/text" in whole["translations"]["en"] and whole["translations"]["en"]["/consents/pledge/text"]
    )
    assert with_texts(whole) == whole and schemas.check(whole) == []


def test_a_form_may_have_its_own_text_in_the_place_of_the_shared_one() -> None:
    own = {**FORM, "consents": {"pledge": OWN, "privacy": OWN}}
    assert with_texts(own)["consents"]["privacy"] == OWN


def test_what_is_agreed_to_names_version_and_digest() -> None:
    whole, answers = with_texts(FORM), {"privacy": True}
    (one,) = given(versions_of(whole), effective(whole["schema"], answers), answers)
    assert one.document() == {
        "field": "/privacy",
        "text": "privacy",
        "version": whole["consents"]["privacy"]["version"],
        "sha256": digest_of(whole, "privacy"),
    }
    assert given(versions_of(whole), effective(whole["schema"], {}), {}) == []


def test_a_text_that_is_nowhere_stops_publication() -> None:
    lacking = {key: value for key, value in FORM.items() if key not in ("consents", "translations")}
    assert [problem.code for problem in schemas.check(lacking)] == ["consent_text_missing"]


@settings(deadline=None, max_examples=40)
@generated(st.text(min_size=1, max_size=30), st.sampled_from(["title", "text"]))
def test_a_changed_text_needs_a_version_of_its_own(words: str, part: str) -> None:
    changed = copy.deepcopy(FORM)
    changed["consents"]["pledge"][part] = words
    is_same = words == OWN[part]
    assert [problem.code for problem in unversioned(FORM, changed)] == [] if is_same else ["consent_unversioned"]
    changed["consents"]["pledge"]["version"] = "2"
    assert not list(unversioned(FORM, changed))


def test_a_changed_translation_is_a_changed_text_too() -> None:
    changed = {**FORM, "translations": {"en": {"/consents/pledge/text": "Something else."}}}
    assert digest_of(changed, "pledge") != digest_of(FORM, "pledge")
    assert [problem.pointer for problem in unversioned(FORM, changed)] == ["/consents/pledge/version"]


@pytest.mark.parametrize("missing", ["version", "title", "text"])
def test_a_text_has_version_title_and_words(missing: str) -> None:
    half = {**FORM, "consents": {"pledge": {key: OWN[key] for key in OWN if key != missing}}}
    assert schemas.check(half)
