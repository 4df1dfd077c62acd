"""A field is asked with one answer of a question, or with several of them."""

import pytest

import schemas
from schemas.editing import edited
from schemas.editing.homes import home_of

WHOLE = schemas.starter("forms", "dog_registration")
EMPTY = {name: WHOLE[name] for name in ("form", "title", "procedure")} | {
    "schema": {"$schema": WHOLE["schema"]["$schema"], "type": "object", "properties": {}},
    "pages": [{"key": "page-1", "title": "申請の区分", "fields": []}],
}


@pytest.fixture
def form():
    """A kind of application (a, b), and the number of a former permit."""
    added = {"do": "add_field", "page": "page-1", "required": True}
    document = edited(EMPTY, {**added, "part": "choice", "title": "申請の区分"})
    return edited(document, {**added, "part": "text", "title": "これまでの許可の番号"})


def shown(document, answer, *fields):
    command = {"do": "show_for", "by": "choice", "when": {"const": answer}, "fields": list(fields)}
    return edited(document, command)


def test_field_that_two_answers_show_is_asked_with_either(form):
    document = shown(shown(form, "b", "text"), "a", "text")
    assert home_of(document, "text").conditions[0]["properties"] == {"choice": {"enum": ["a", "b"]}}
    assert schemas.check(document) == []
    assert shown(document, "b") == shown(form, "a", "text")


def test_field_that_no_answer_shows_any_more_is_always_asked(form):
    document = shown(shown(shown(form, "a", "text"), "b", "text"), "a")
    assert shown(document, "b") == form
