"""The texts of notices: what can be put into them, and what never is."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import schemas
from schemas.placeholders import filled, names_in


def complaints(notices: dict[str, Any], **translations: dict[str, str]) -> list[str]:
    """What a builder is told who publishes the dog registration with these notices."""
    document = copy.deepcopy(schemas.starter("forms", "dog_registration"))
    document["notices"] = notices
    for language, texts in translations.items():
        document["translations"].setdefault(language, {}).update(texts)
    return [f"{problem.pointer} {problem.message()}" for problem in schemas.check(document)]


def test_a_text_may_name_what_every_application_has() -> None:
    body = "{手続名} {受付番号} {期限} {リンク} {市} {title} {receipt_number} {due} {link} {municipality}"
    assert complaints({"receipt": {"subject": "{受付番号}", "body": body}}) == []


def test_an_unknown_placeholder_is_named_with_those_that_there_are() -> None:
    (told,) = complaints({"receipt": {"subject": "{氏名}様"}})
    assert told.startswith("/notices/receipt/subject 「氏名」という差し込みはありません") and "{受付番号}" in told


@pytest.mark.parametrize("pointer", ["/contact/phone", "/address", "/dog_name", "/owner/family_name"])
def test_what_somebody_wrote_about_a_person_never_stands_in_a_mail(pointer: str) -> None:
    (told,) = complaints({"approved": {"body": f"{{{pointer}}}"}})
    assert "メールには書けません" in told or "項目がありません" in told


@pytest.mark.parametrize("pointer", ["/owner_kind", "/acquired_on", "/fee"])
def test_choices_days_and_amounts_may_stand_in_a_mail(pointer: str) -> None:
    assert complaints({"approved": {"body": f"{{{pointer}}}"}}) == []


def test_a_field_that_its_author_marked_as_sensitive_may_not() -> None:
    document = copy.deepcopy(schemas.starter("forms", "dog_registration"))
    document["notices"] = {"approved": {"body": "{/owner_kind}"}}
    document["schema"]["properties"]["owner_kind"]["x-sensitive"] = True
    assert [problem.code for problem in schemas.check(document)] == ["notice_personal_field"]


@pytest.mark.parametrize(
    ("notices", "words"),
    [
        ({"draft_link": {"body": "続けてください"}}, "{リンク} が必要です"),
        ({"receipt": {"body": "{受付番号"}}, "波かっこ"),
        ({"receipt": {"subject": "1行目\n2行目"}}, "1行で"),
        ({"birthday": {"body": "x"}}, "ここでは使えません"),
    ],
)
def test_bad_notices_are_refused_in_words(notices: dict[str, Any], words: str) -> None:
    (told,) = complaints(notices)
    assert words in told


def test_a_translated_notice_is_checked_like_the_notice() -> None:
    notices = {"draft_link": {"body": "{リンク}"}}
    told = complaints(notices, en={"/notices/draft_link/body": "Hello {name}"})
    assert len(told) == 2 and all("/translations/en/~1notices~1draft_link~1body" in one for one in told)


def test_a_line_whose_value_is_not_known_is_left_out() -> None:
    assert filled("A {市}\nB {期限}\nC", {"municipality": "X", "due": ""}) == "A X\nC"


@given(st.text(), st.text(min_size=1).filter(lambda text: "\n" not in text))
def test_what_is_filled_in_is_never_read_as_a_placeholder(text: str, value: str) -> None:
    filled_in = filled("[{市}]", {"municipality": value})
    assert filled_in == f"[{value}]"
    assert names_in(text.replace("{", "").replace("}", "")) == []
