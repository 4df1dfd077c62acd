"""Staff bring a form description from another program and get a form that asks for exactly the same answers."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft7Validator
from jsonschema.validators import validator_for

import schemas
from schemas.effective import effective, prune
from schemas.formats import FORMAT_CHECKER
from schemas.problems import TEXTS
from schemas.validation import is_valid
from tests.schemas.dialects.corpus_files import CORPUS, adopted, original

SAMPLES: list[Any] = ["", "a", "abcde", "123-45-6789", 0, 1, 1.5, -3, 200, True, False, None, [], ["a"], {}, {"a": 1}]
#: Fields whose answers are other values here than in the original: files; and patterns that were set aside.
ELSEWHERE = {"rjsf_widgets": {"file", "files"}, "rjsf_patterns": {"back", "slow", "middle"}}
#: "schema" of these is no valid schema at all, or of a value that is no object.
UNJUDGED = {"schema_careless", "schema_single_value", "schema_draft4"}
JUDGED = [name for name in CORPUS if original(name) and name not in UNJUDGED]


@pytest.mark.parametrize("name", CORPUS)
def test_document_is_recognised_and_can_be_published(name: str) -> None:
    form = adopted(name)
    assert form.dialect == CORPUS[name]["dialect"]
    assert schemas.check(form.document) == []


@pytest.mark.parametrize("name", CORPUS)
def test_what_could_not_stay_is_told_in_words(name: str) -> None:
    remarks = adopted(name).remarks
    assert set(CORPUS[name]["says"]) <= {remark.code for remark in remarks}
    for remark in remarks:
        assert remark.code in TEXTS and remark.message("ja") and "{" not in remark.message("en")


@pytest.mark.parametrize("name", CORPUS)
def test_answers_are_judged_as_the_original_does(name: str) -> None:
    schema = adopted(name).document["schema"]
    assert all(is_valid(schema, answers) for answers in CORPUS[name]["valid"])
    assert not any(is_valid(schema, answers) for answers in CORPUS[name]["invalid"])


@pytest.mark.parametrize("name", JUDGED)
def test_the_corpus_itself_is_right_about_the_original(name: str) -> None:
    reference = reference_of(original(name))
    assert all(reference.is_valid(answers) for answers in CORPUS[name]["valid"])
    assert not any(reference.is_valid(answers) for answers in CORPUS[name]["invalid"])


@pytest.mark.parametrize("name", JUDGED)
def test_every_mutation_of_an_answer_is_judged_as_the_original_does(name: str) -> None:
    ours, judged = adopted(name).document["schema"], 0
    for answers in CORPUS[name]["valid"]:
        for mutated in mutations(answers):
            if not ELSEWHERE.get(name, set()) & mutated.keys() and prune(ours, mutated) == mutated:
                judged += 1
                expected = reference_of(without_hidden(original(name), ours, mutated)).is_valid(mutated)
                assert is_valid(ours, mutated) == expected, mutated
    assert judged or not CORPUS[name]["valid"]


@pytest.mark.parametrize("name", [name for name in CORPUS if "hidden" in CORPUS[name]])
def test_fields_whose_rule_hides_them_are_absent_and_not_required(name: str) -> None:
    ours = adopted(name).document["schema"]
    for case in CORPUS[name]["hidden"]:
        answers, shown = case["answers"], effective(ours, case["answers"])["properties"]
        assert not set(case["fields"]) & shown.keys()
        relaxed = without_hidden(original(name), ours, answers)
        assert is_valid(ours, answers) == reference_of(relaxed).is_valid(answers)
        assert prune(ours, {**answers, case["fields"][0]: "x"}) == answers


def reference_of(schema: Any) -> Any:
    """The reference validator of a schema; old words without "$schema" mean draft 7, as in both libraries."""
    return validator_for(schema, Draft7Validator)(schema, format_checker=FORMAT_CHECKER)


def without_hidden(schema: Any, ours: Any, answers: Any) -> Any:
    """The original, in which nothing is required that a rule hides for these answers."""
    shown = effective(ours, answers)["properties"]
    relaxed = copy.deepcopy(schema)
    if "required" in relaxed:
        relaxed["required"] = [name for name in relaxed["required"] if name in shown]
    return relaxed


def mutations(answers: Any) -> Iterator[Any]:
    """The answers with each value in turn taken away or replaced by what may or may not be allowed there."""
    if isinstance(answers, dict):
        for key, value in answers.items():
            rest = {name: one for name, one in answers.items() if name != key}
            yield rest
            yield from ({**rest, key: sample} for sample in SAMPLES)
            yield from ({**rest, key: mutated} for mutated in mutations(value))
    elif isinstance(answers, list):
        for place, value in enumerate(answers):
            yield answers[:place] + answers[place + 1 :]
            yield from ([*answers[:place], mutated, *answers[place + 1 :]] for mutated in mutations(value))
