"""What a builder is told about explanations before a form can be published."""

from typing import Any

import pytest

import schemas
from schemas import Problem
from schemas.links import is_link, picture
from tests.schemas.test_form_checks import FORM

PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
NOTE = {"kind": "notice", "title": "手数料", "text": "[決まり](https://example.jp/)", "when": {"fee": {"minimum": 1}}}
PICTURE = {"kind": "image", "image": PIXEL, "alt": "鑑札の絵"}


def told(block: dict[str, Any], placed: str = "note", **more: Any) -> list[tuple[str, str]]:
    """Where and what is wrong with a form that explains something on its first page."""
    first, *others = FORM["pages"]
    pages = [{**first, "fields": [*first["fields"], {"content": placed}]}, *others]
    return _told({**FORM, "pages": pages, "content": {"note": block}, **more})


def _told(form: dict[str, Any]) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in schemas.check(form)]


@pytest.mark.parametrize(
    "block",
    [
        NOTE,
        PICTURE,
        {"kind": "text", "text": "説明", "when": {"/rows": {"minItems": 1}}},
        {"kind": "details", "title": "詳しく", "text": "説明"},
        {"kind": "link", "title": "条例", "url": "/procedures/dog_registration/"},
        {"kind": "link", "title": "電話", "url": "tel:03-1234-5678", "x-note": "ours"},
    ],
)
def test_explanations_of_every_kind_can_be_published(block: dict[str, Any]) -> None:
    assert told(block) == []


@pytest.mark.parametrize(
    ("block", "at", "code"),
    [
        ({**PICTURE, "alt": ""}, "/alt", "definition_required"),
        ({"kind": "image", "image": PIXEL}, "/alt", "definition_required"),
        ({**PICTURE, "image": "data:image/svg+xml;base64,AAAA"}, "/image", "content_image"),
        ({**PICTURE, "image": "data:image/png;base64,AAAA"}, "/image", "content_image"),
        ({**PICTURE, "image": "https://example.jp/a.png"}, "/image", "content_image"),
        ({**NOTE, "text": "[x](javascript:alert)"}, "/text", "content_link"),
        ({"kind": "link", "title": "x", "url": "http://example.jp/"}, "/url", "content_link"),
        ({**NOTE, "when": {"color": {"const": 1}}}, "/when/color", "check_unknown_fact"),
        ({**NOTE, "when": {"registered": {"const": True}}}, "/when/registered", "check_unknown_fact"),
        ({**NOTE, "when": {"fee": {"minimum": "x"}}}, "/when/fee/minimum", "schema_shape"),
        ({"kind": "text", "text": "説明", "tone": "info"}, "/tone", "definition_unknown"),
        ({"kind": "movie"}, "/kind", "definition_choice"),
    ],
)
def test_what_cannot_be_shown_is_refused(block: dict[str, Any], at: str, code: str) -> None:
    assert (f"/content/note{at}", code) in told(block)


def test_explanations_and_pages_must_know_each_other() -> None:
    assert told(NOTE, placed="other") == [
        ("/content/note", "content_on_no_page"),
        ("/pages/0/fields/3", "content_unknown"),
    ]
    alone = [*FORM["pages"], {"key": "end", "title": "終わり", "fields": [{"content": "note"}]}]
    assert _told({**FORM, "pages": alone, "content": {"note": NOTE}}) == [("/pages/2", "content_alone")]
    assert ("/pages/0/fields/3", "definition_required") in [
        (p[:17], c)
        for p, c in _told(
            {**FORM, "pages": [{**FORM["pages"][0], "fields": [*FORM["pages"][0]["fields"], {}]}, FORM["pages"][1]]}
        )
    ]


def test_translated_texts_are_checked_too() -> None:
    translated = {"en": {"/content/note/image": "data:text/html;base64,AAAA"}}
    assert told(PICTURE, translations=translated) == [
        ("/translations/en/~1content~1note~1image", "content_image"),
    ]


def test_what_is_said_can_be_acted_on() -> None:
    said = Problem("/content/note/url", "content_link", {"address": "http://x.jp"})
    assert "https://" in said.message("ja") and "http://x.jp" in said.message("en")


@pytest.mark.parametrize(
    "address", ["https://a.jp", "https://a.jp/b?c#d", "/x", "mailto:a@b.jp", "tel:+81-3-1234-5678"]
)
def test_addresses_that_may_be_linked_to(address: str) -> None:
    assert is_link(address)


@pytest.mark.parametrize(
    "address", ["", "//a.jp", "/\\a.jp", "javascript:x", "https://u@a.jp", "https:// a.jp", "data:,x", "https://"]
)
def test_addresses_that_may_not(address: str) -> None:
    assert not is_link(address)


def test_a_picture_that_is_too_large_is_none() -> None:
    assert picture(PIXEL) is not None
    assert picture(PIXEL[:-8] + "A" * 700_000) is None
