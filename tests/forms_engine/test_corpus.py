"""Whatever JSON Schema document an office is handed, residents can fill it in and its owner accepts what they send."""

import re
from typing import Any

import lxml.html
import pytest

import schemas
from forms_engine.forms import PageForm, form_for, pages_for
from schemas.pointers import MISSING
from schemas.validation import is_valid
from tests.forms_engine.corpus import NAMES, entry, held, reference, spec

VALID = [(name, place) for name in NAMES for place in range(len(entry(name)["valid"]))]
INVALID = [(name, place) for name in NAMES for place in range(len(entry(name)["invalid"]))]


def pages(name: str, answers: dict[str, Any], **more: Any) -> list[PageForm]:
    """The form of every page that these answers leave something to ask on."""
    return [form_for(spec(name), page.key, answers, **more) for page in pages_for(spec(name), answers)]


def unlabelled(html: str) -> list[str]:
    """The inputs that no label names, neither around them nor by their id."""
    page = lxml.html.fromstring(html)
    named = {label.get("for") for label in page.iter("label")}
    inputs = [one for one in page.iter("input", "select", "textarea") if one.get("type") != "hidden"]
    around = [one for one in inputs if not any(above.tag == "label" for above in one.iterancestors())]
    return [one.get("name") for one in around if one.get("id") not in named and not one.get("aria-label")]


def given(answer: Any) -> Any:
    """An answer without members that say null: an optional question left blank says the same."""
    if isinstance(answer, dict):
        return {key: given(one) for key, one in answer.items() if one is not None}
    return [given(one) for one in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize("name", NAMES)
def test_the_office_can_publish_it(name: str) -> None:
    assert schemas.check(spec(name).document) == []


@pytest.mark.parametrize(("name", "place"), VALID)
def test_its_owner_and_we_accept_the_same_answers(name: str, place: int) -> None:
    answers = entry(name)["valid"][place]
    assert reference(name).is_valid(answers)
    assert is_valid(spec(name).schema, held(name, answers))


@pytest.mark.parametrize(("name", "place"), INVALID)
def test_its_owner_and_we_refuse_the_same_answers(name: str, place: int) -> None:
    answers = entry(name)["invalid"][place]
    assert not reference(name).is_valid(answers)
    assert not is_valid(spec(name).schema, held(name, answers))


@pytest.mark.parametrize(("name", "place"), VALID)
def test_answers_shown_and_sent_back_come_back_unchanged(name: str, place: int) -> None:
    answers = held(name, entry(name)["valid"][place])
    found: dict[str, Any] = {}
    for shown in pages(name, answers):
        sent = form_for(spec(name), shown.context.page_key, answers, data={**shown.typed(), "_seen": shown.shown})
        assert sent.errors == {}
        found |= sent.answers()
    assert found == answers


@pytest.mark.parametrize(("name", "place"), VALID)
def test_answers_typed_for_the_first_time_are_understood(name: str, place: int) -> None:
    answers = held(name, entry(name)["valid"][place])
    for shown in pages(name, answers):
        for key, control in shown.controls.items():
            if control.kind not in ("calculated",):
                read, expected = given(control.read(shown.posted)), given(answers.get(key, MISSING))
                assert read == expected or (read is MISSING and expected is None)


@pytest.mark.parametrize("name", NAMES)
def test_each_control_has_a_label(name: str) -> None:
    for answers in [{}, *(held(name, one) for one in entry(name)["valid"])]:
        for shown in pages(name, answers):
            html = str(shown.html)
            assert unlabelled(html) == []
            assert not re.search(r'<(label|legend)[^>]*>\s*<span class="field__requirement', html)


@pytest.mark.parametrize(("name", "place"), INVALID)
def test_what_is_refused_is_said_on_a_page_in_words(name: str, place: int) -> None:
    answers = held(name, entry(name)["invalid"][place])
    for shown in pages(name, answers):
        assert all(message for _id, message in shown.summary)
        sent = form_for(spec(name), shown.context.page_key, answers, data=shown.typed())
        assert all(message for _id, message in sent.summary)
