"""What one form was told fits into another by its meaning, never by its label."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_engine.prefill import Meaning, leaves, matches, taken

NAME = {"type": "string", "title": "姓"}
PERSON = {"x-vocabulary": "person", "type": "object", "properties": {"family_name": NAME, "given_name": NAME}}
SURNAME_ONLY = {**PERSON, "properties": {"family_name": NAME}}
OWNER = {"family_name": "髙﨑", "given_name": "葛󠄀子"}


def form(**fields):
    return {"type": "object", "properties": fields}


def carried(known, answers, wanted):
    return taken(matches(known, answers, wanted))


def test_the_same_person_in_the_same_role_is_taken_over():
    assert carried(form(owner=PERSON), {"owner": OWNER}, form(owner=PERSON)) == {"owner": OWNER}


def test_the_same_label_means_nothing():
    plain = {"type": "string", "title": "姓"}
    assert carried(form(name=plain), {"name": "髙﨑"}, form(name=plain)) == {}


def test_another_role_is_another_person():
    assert carried(form(owner=PERSON), {"owner": OWNER}, form(child=PERSON)) == {}


def test_a_role_of_its_own_outweighs_the_name_of_the_field():
    applicant = {**PERSON, "x-role": "applicant"}
    assert carried(form(owner=applicant), {"owner": OWNER}, form(applicant=PERSON)) == {"applicant": OWNER}
    assert carried(form(owner=applicant), {"owner": OWNER}, form(owner=PERSON)) == {}


def test_only_what_is_asked_for_is_taken():
    assert carried(form(owner=PERSON), {"owner": OWNER}, form(owner=SURNAME_ONLY)) == {"owner": {"family_name": "髙﨑"}}


def test_what_stands_in_a_group_is_found_there_and_put_there():
    inside = form(household=form(head=PERSON))
    found = matches(inside, {"household": {"head": OWNER}}, inside)
    assert [(one.source, one.target, one.meaning) for one in found] == [
        ("/household/head", "/household/head", Meaning("person", "head"))
    ]
    assert taken(found) == {"household": {"head": OWNER}}


@pytest.mark.parametrize(
    "field",
    [
        {"x-vocabulary": "my_number", "type": "string"},
        {"x-vocabulary": "person", "type": "string", "format": "my-number-reference"},
        {"x-vocabulary": "drawn_signature", "type": "object", "properties": {"id": NAME}},
        {"x-vocabulary": "consent", "const": True},
        {"x-vocabulary": "file", "type": "object", "properties": {"id": NAME}},
        {"x-vocabulary": "agent", "type": "object", "properties": {"applicant_type": NAME}},
        {"x-vocabulary": "person", "type": "string", "readOnly": True},
        {"x-vocabulary": "person", "type": "string", "x-kind": "my-number"},
        {"x-vocabulary": "person", "type": "string", "x-kind": "signature"},
        {"x-vocabulary": "person", "type": "string", "writeOnly": True},
    ],
)
def test_numbers_consents_signatures_and_files_stay_where_they_were_given(field):
    answer = {"id": "1", "applicant_type": "self"} if field.get("type") == "object" else "1"
    assert carried(form(it=field), {"it": answer}, form(it=field)) == {}
    person = {**PERSON, "properties": {**PERSON["properties"], "secret": field}}
    told = {"owner": {**OWNER, "secret": answer}}
    assert carried(form(owner=person), told, form(owner=person)) == {"owner": OWNER}


def test_a_my_number_stays_even_where_it_stands_as_plain_text():
    number = f"my-number:{uuid.uuid4()}"
    assert carried(form(owner=PERSON), {"owner": {**OWNER, "given_name": number}}, form(owner=PERSON)) == {
        "owner": {"family_name": "髙﨑"}
    }


def test_rows_of_a_table_belong_to_nobody_in_particular():
    table = {"type": "array", "items": PERSON}
    assert carried(form(children=table), {"children": [OWNER]}, form(children=table)) == {}


WORDS = st.sampled_from(["person", "address", "my_number", "consent", ""])
ROLES = st.dictionaries(st.sampled_from(["owner", "child", "a/b", "c~d"]), WORDS, max_size=4)


@given(ROLES, ROLES)
def test_nothing_comes_from_nowhere_and_nothing_is_changed(known, wanted):
    def schema(words):
        return form(**{name: {"type": "string", "x-vocabulary": word} for name, word in words.items()})

    answers = {name: f"{name}/{word}" for name, word in known.items()}
    before = dict(answers)
    for match in matches(schema(known), answers, schema(wanted)):
        assert match.answer in answers.values()
        assert match.meaning.vocabulary not in ("my_number", "consent", "")
    assert answers == before


def test_every_single_answer_is_named_by_its_pointer():
    assert dict(leaves({"a/b": {"c": 1}, "d": [2]}, "/x")) == {"/x/a~1b/c": 1, "/x/d": [2]}
