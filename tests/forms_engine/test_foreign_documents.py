"""What must hold for every document of every office, and not only for those that somebody thought of."""

from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from forms_engine.forms import form_for, pages_for
from forms_engine.spec import FormSpec
from schemas.adoption import adopted, wrapped
from schemas.effective import effective, prune
from schemas.formats import FORMAT_CHECKER
from schemas.validation import is_valid, problems
from tests.schemas.generated_documents import answer_to, documents

MANY = settings(max_examples=60, deadline=None)


def answered(data: Any, document: dict[str, Any]) -> dict[str, Any]:
    """Answers to a document: an object, right or wrong."""
    found = answer_to(data.draw, document)
    return found if isinstance(found, dict) else {}


@MANY
@given(documents(), st.data())
def test_our_verdict_is_that_of_the_standard(document: dict[str, Any], data: Any) -> None:
    answers, definition = answered(data, document), adopted(document)
    held = wrapped(definition, answers)
    verdict = Draft202012Validator(document, format_checker=FORMAT_CHECKER).is_valid(answers)
    assert is_valid(definition["schema"], held) == verdict
    found = problems(definition["schema"], held)
    assert (found == []) == verdict
    assert all(problem.message(language, "x") for problem in found for language in ("ja", "ja-easy", "en"))


@MANY
@given(documents(), st.data())
def test_every_page_is_drawn_and_answers_come_back_unchanged(document: dict[str, Any], data: Any) -> None:
    definition = adopted(document)
    spec = FormSpec.load(definition)
    answers = prune(spec.schema, wrapped(definition, answered(data, document)))
    assume(is_valid(spec.schema, answers))
    found: dict[str, Any] = {}
    for page in pages_for(spec, answers):
        shown = form_for(spec, page.key, answers)
        assert str(shown.html)
        found |= form_for(spec, page.key, answers, data={**shown.typed(), "_seen": shown.shown}).answers()
    assert found == answers


@MANY
@given(documents(), st.data())
def test_wrong_answers_are_drawn_with_what_is_wrong(document: dict[str, Any], data: Any) -> None:
    definition = adopted(document)
    spec = FormSpec.load(definition)
    answers = wrapped(definition, answered(data, document))
    for page in pages_for(spec, answers):
        shown = form_for(spec, page.key, answers)
        sent = form_for(spec, page.key, answers, data={**shown.typed(), "_seen": shown.shown})
        assert str(sent.html)
        assert all(message for _id, message in sent.summary)
        assert sent.to_save().keys() <= shown.controls.keys() | sent.controls.keys()


@MANY
@given(documents(), st.data())
def test_what_the_form_requires_the_standard_requires(document: dict[str, Any], data: Any) -> None:
    schema = adopted(document)["schema"]
    answers = wrapped(adopted(document), answered(data, document))
    assume(is_valid(schema, answers))
    for name in effective(schema, answers)["required"]:
        assert not is_valid(schema, {key: value for key, value in answers.items() if key != name})


@MANY
@given(documents(), st.data())
def test_pruning_and_adopting_twice_change_nothing(document: dict[str, Any], data: Any) -> None:
    definition = adopted(document)
    answers = prune(definition["schema"], wrapped(definition, answered(data, document)))
    assert prune(definition["schema"], answers) == answers
    if "x-wrapped" not in definition:
        assert adopted(definition["schema"])["schema"] == definition["schema"]
