"""A document that somebody hands over becomes a form, or it is said in words why it cannot."""

import copy

import pytest

from schemas import AdoptionRefused, adopted, check
from schemas.adoption import humanised, unwrapped, wrapped
from schemas.validation import is_valid

PLAIN = {"title": "Dog", "type": "object", "properties": {"dogName": {"type": "string"}}, "required": ["dogName"]}
NAMES = [f"n{number}" for number in range(9)]
TANGLE = {
    "$ref": "#/$defs/n0",
    "$defs": {
        one: {"type": "object", "properties": {name: {"$ref": f"#/$defs/{name}"} for name in NAMES}} for one in NAMES
    },
}


def nested(depth):
    schema = {"type": "string"}
    for _ in range(depth):
        schema = {"type": "object", "properties": {"a": schema}}
    return schema


def test_a_document_gets_a_name_titles_and_a_procedure():
    form = adopted(PLAIN)
    assert (form["form"], form["title"]) == ("dog", "Dog")
    assert form["schema"]["properties"]["dogName"]["title"] == "Dog name"
    assert check(form) == []


def test_the_document_itself_is_not_changed():
    before = copy.deepcopy(PLAIN)
    adopted(PLAIN)["schema"]["properties"]["dogName"]["title"] = "other"
    assert before == PLAIN


@pytest.mark.parametrize("document", [{"type": "string"}, {"type": "array", "items": {}}, {}, True, {"enum": [1, 2]}])
def test_what_is_no_object_is_asked_for_in_one_field(document):
    form = adopted(document)
    assert check(form) == []
    assert unwrapped(form, wrapped(form, "x")) == "x"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (False, "schema_nothing"),
        ([], "schema_shape"),
        ({"type": "object", "properties": []}, "schema_shape"),
        ({"$schema": "http://json-schema.org/draft-03/schema#"}, "schema_draft"),
        ({"$ref": "#/$defs/nothing"}, "schema_reference"),
        ({"$ref": "https://example.org/elsewhere.json"}, "schema_reference"),
        ({"$ref": "#"}, "schema_circular"),
        ({"allOf": [{"$ref": "#/$defs/a"}], "$defs": {"a": {"anyOf": [{"$ref": "#"}, {}]}}}, "schema_circular"),
        (nested(3000), "schema_too_deep"),
    ],
)
def test_what_nobody_could_fill_in_is_refused_in_words(document, code):
    with pytest.raises(AdoptionRefused) as refused:
        adopted(document)
    assert refused.value.problem.code == code
    assert all(refused.value.problem.message(language) for language in ("ja", "en"))


def test_definitions_that_all_refer_to_each_other_are_unfolded_less_deep():
    assert check(adopted(TANGLE)) == []


def test_words_of_others_become_annotations_and_labels():
    field = {
        "enum": ["a", "b"],
        "enumNames": ["A!", "B!"],
        "ui:widget": "radio",
        "format": "data-url",
        "pattern": r"^\w\d$",
    }
    found = adopted({"type": "object", "properties": {"x": field}})["schema"]["properties"]["x"]
    assert found["oneOf"] == [{"const": "a", "title": "A!"}, {"const": "b", "title": "B!"}]
    assert (found["x-ui:widget"], found["x-format"]) == ("radio", "data-url")
    assert found["pattern"] == "^[A-Za-z0-9_][0-9]$"


@pytest.mark.parametrize("place", ["definitions", "components"])
def test_references_find_their_way_to_where_others_keep_their_definitions(place):
    document = {"type": "object", "properties": {"a": {"$ref": f"#/{place}/s"}}, place: {"s": {"type": "string"}}}
    form = adopted({"$schema": "https://json-schema.org/draft/2020-12/schema", **document})
    assert check(form) == []
    assert is_valid(form["schema"], {"a": "x"}) and not is_valid(form["schema"], {"a": 1})


def test_read_only_fields_are_given_by_the_office_where_their_value_is_known_and_asked_for_elsewhere():
    form = adopted({"type": "object", "properties": {"a": {"readOnly": True, "default": "x"}, "b": {"readOnly": True}}})
    assert form["calculations"] == {"a": "x"}
    assert "readOnly" not in form["schema"]["properties"]["b"]


def test_keys_read_as_words():
    assert [humanised(key) for key in ("firstName", "date_of_birth", "氏名", "SSN", "x")] == [
        "First name",
        "Date of birth",
        "氏名",
        "SSN",
        "X",
    ]
