"""What exists on a form for the answers so far, and nothing else."""

import copy
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.effective import effective, plan_of, prune
from schemas.possible import possible
from schemas.validation import is_valid
from tests.schemas.generated import answers, filled, forms

DOG = {
    "type": "object",
    "properties": {
        "owner": {"$ref": "#/$defs/person", "title": "飼い主"},
        "vaccinated": {"type": "boolean", "title": "注射"},
        "fee": {"type": "integer", "readOnly": True},
    },
    "required": ["owner", "vaccinated"],
    "allOf": [
        {
            "if": {"properties": {"vaccinated": {"const": True}}, "required": ["vaccinated"]},
            "then": {
                "properties": {"vaccinated_on": {"type": "string", "format": "date"}},
                "required": ["vaccinated_on"],
            },
        }
    ],
    "$defs": {
        "person": {
            "type": "object",
            "title": "人",
            "properties": {"name": {"type": "string"}, "age": {"type": "integer"}, "school": {"type": "string"}},
            "required": ["name"],
            "if": {"properties": {"age": {"maximum": 18}}, "required": ["age"]},
            "then": {"required": ["school"]},
            "else": {"properties": {"school": False}},
        }
    },
    "unevaluatedProperties": False,
}
PET = {
    "type": "object",
    "properties": {"name": {"type": "string"}},
    "oneOf": [
        {
            "properties": {"kind": {"const": "dog", "title": "犬"}, "tag": {"type": "string"}},
            "required": ["kind", "tag"],
        },
        {"properties": {"kind": {"const": "cat", "title": "猫"}, "indoor": {"type": "boolean"}}, "required": ["kind"]},
    ],
}


def test_fields_stand_in_the_order_they_are_declared():
    assert list(effective(DOG, {"vaccinated": True})["properties"]) == ["owner", "vaccinated", "fee", "vaccinated_on"]


def test_field_of_a_condition_appears_and_is_required_only_while_it_holds():
    assert "vaccinated_on" not in effective(DOG, {})["properties"]
    assert "vaccinated_on" not in effective(DOG, {"vaccinated": False})["required"]
    assert "vaccinated_on" in effective(DOG, {"vaccinated": True})["required"]


def test_reference_keeps_the_title_that_stands_beside_it():
    owner = effective(DOG, {})["properties"]["owner"]
    assert owner["title"] == "飼い主"
    assert owner["required"] == ["name"]
    assert "$ref" not in owner and "allOf" not in owner


def test_group_is_resolved_with_its_own_answers():
    child = effective(DOG, {"owner": {"age": 10}})["properties"]["owner"]
    assert "school" in child["required"]
    adult = effective(DOG, {"owner": {"age": 40}})["properties"]["owner"]
    assert "school" not in adult["properties"]


def test_undecided_alternative_shows_only_its_question():
    form = effective(PET, {})
    assert list(form["properties"]) == ["name", "kind"]
    assert form["properties"]["kind"]["oneOf"] == [{"const": "dog", "title": "犬"}, {"const": "cat", "title": "猫"}]
    assert form["required"] == ["kind"]


def test_decided_alternative_shows_its_fields_and_still_every_choice():
    form = effective(PET, {"kind": "dog"})
    assert list(form["properties"]) == ["name", "kind", "tag"]
    assert len(form["properties"]["kind"]["oneOf"]) == 2
    assert form["required"] == ["kind", "tag"]


def test_labelled_choices_are_no_alternative():
    choice = {"oneOf": [{"const": "a", "title": "あ"}, {"const": "b", "title": "い"}]}
    assert effective({"type": "object", "properties": {"x": choice}}, {})["properties"]["x"] == choice


def test_one_of_two_contacts_is_asked_for_without_requiring_both():
    schema = {
        "type": "object",
        "properties": {"phone": {"type": "string"}, "email": {"type": "string"}},
        "anyOf": [{"required": ["phone"]}, {"required": ["email"]}],
    }
    assert effective(schema, {})["required"] == []
    assert list(effective(schema, {"phone": "1"})["properties"]) == ["phone", "email"]


def test_dependent_fields_follow_the_answer_they_depend_on():
    schema = {
        "type": "object",
        "properties": {"agent": {"type": "string"}, "proof": {"type": "string"}},
        "dependentRequired": {"agent": ["proof"]},
        "dependentSchemas": {"agent": {"properties": {"relation": {"type": "string"}}, "required": ["relation"]}},
    }
    assert effective(schema, {})["required"] == []
    assert effective(schema, {"agent": "A"})["required"] == ["proof", "relation"]


def test_rows_are_resolved_one_by_one():
    schema = {
        "type": "object",
        "properties": {"rows": {"type": "array", "items": {"$ref": "#/$defs/row"}}},
        "$defs": {
            "row": {
                "type": "object",
                "properties": {"k": {"type": "string"}},
                "if": {"properties": {"k": {"const": "a"}}, "required": ["k"]},
                "then": {"properties": {"z": {"type": "string"}}},
            }
        },
    }
    items = effective(schema, {})["properties"]["rows"]["items"]
    assert list(effective(items, {"k": "a"})["properties"]) == ["k", "z"]
    assert prune(schema, {"rows": [{"k": "a", "z": "1"}, {"k": "b", "z": "1"}]}) == {
        "rows": [{"k": "a", "z": "1"}, {"k": "b"}]
    }


def test_first_items_are_pruned_by_schemas_of_their_own():
    first = {"type": "object", "additionalProperties": {"type": "string"}}
    items = {"type": "object", "properties": {"a": {}}}
    schema = {"type": "object", "properties": {"b": {"type": "array", "prefixItems": [first], "items": items}}}
    assert prune(schema, {"b": [{"k": "x"}, {"k": "x", "a": 1}]}) == {"b": [{"k": "x"}, {"a": 1}]}


def test_tighter_limit_of_two_counts():
    schema = {
        "type": "object",
        "properties": {"n": {"type": "number", "maximum": 10, "minimum": 1}},
        "allOf": [{"properties": {"n": {"type": "integer", "maximum": 5, "title": "数"}}}],
    }
    assert effective(schema, {})["properties"]["n"] == {"type": "integer", "maximum": 5, "minimum": 1, "title": "数"}


def test_household_of_households_ends():
    schema = {
        "type": "object",
        "properties": {"home": {"$ref": "#/$defs/home"}},
        "$defs": {
            "home": {"type": "object", "properties": {"inner": {"$ref": "#/$defs/home"}, "n": {"type": "string"}}}
        },
    }
    inner = effective(schema, {})["properties"]["home"]["properties"]["inner"]
    assert inner["properties"]["n"] == {"type": "string"}


def test_hidden_answer_that_hid_another_lets_it_come_back():
    schema = {
        "type": "object",
        "properties": {"a": {"type": "boolean"}},
        "allOf": [
            {"if": {"properties": {"a": {"const": True}}, "required": ["a"]}, "then": {"properties": {"b": {}}}},
            {"if": {"required": ["b"]}, "else": {"properties": {"c": {}}}},
        ],
    }
    assert prune(schema, {"a": False, "b": 1, "c": 2}) == {"a": False, "c": 2}


def test_conditions_that_contradict_each_other_end():
    schema = {
        "type": "object",
        "properties": {},
        "allOf": [
            {"if": {"required": ["b"]}, "else": {"properties": {"a": {}}}},
            {"if": {"required": ["a"]}, "then": {"properties": {"b": {}}}},
        ],
    }
    pruned = prune(schema, {"a": 1, "b": 1})
    assert prune(schema, pruned) == pruned


def test_free_object_keeps_what_it_holds():
    schema = {"type": "object", "properties": {"free": {"type": "object"}}}
    assert prune(schema, {"free": {"a": {"b": 1}}, "x": 1}) == {"free": {"a": {"b": 1}}}


def test_neither_schema_nor_answers_are_changed():
    schema, given_answers = copy.deepcopy(DOG), {"owner": {"age": 3, "x": 1}, "nothing": 1}
    before = copy.deepcopy(given_answers)
    effective(schema, given_answers)
    prune(schema, given_answers)
    assert schema == DOG and given_answers == before


def test_changed_schema_is_another_schema():
    schema = copy.deepcopy(PET)
    effective(schema, {})
    schema["properties"]["more"] = {"type": "string"}
    assert "more" in effective(schema, {})["properties"]


def test_possible_schema_has_the_fields_of_all_branches():
    assert set(possible(DOG)["properties"]) == {"owner", "vaccinated", "fee", "vaccinated_on"}
    assert set(possible(PET)["properties"]) == {"name", "kind", "tag", "indoor"}


def test_forty_fields_take_less_than_a_millisecond():
    names = [f"f{n}" for n in range(30)]
    rules = [
        {
            "if": {"properties": {n: {"const": "a"}}, "required": [n]},
            "then": {"properties": {f"g{n}": {"type": "string"}}},
        }
        for n in names[:10]
    ]
    schema = {"type": "object", "properties": {n: {"type": "string", "title": n} for n in names}, "allOf": rules}
    everything = dict.fromkeys(names, "a")
    assert len(effective(schema, everything)["properties"]) == 40
    rounds = []
    for _ in range(20):
        start = time.perf_counter()
        effective(schema, everything)
        rounds.append(time.perf_counter() - start)
    assert min(rounds) < 0.001


@settings(max_examples=150, deadline=None)
@given(forms(), st.data())
def test_form_filled_as_it_asks_is_valid_and_misses_each_required_field(schema, data):
    complete = filled(data.draw, schema, effective)
    assert is_valid(schema, complete)
    for name in effective(schema, complete)["required"]:
        rest = {key: value for key, value in complete.items() if key != name}
        assert not is_valid(schema, rest)


@settings(max_examples=150, deadline=None)
@given(forms(), st.data())
def test_answers_of_hidden_fields_are_dropped_and_the_rest_is_still_valid(schema, data):
    complete = filled(data.draw, schema, effective)
    hidden = possible(schema)["properties"].keys() - effective(schema, complete)["properties"].keys()
    with_extras = {**complete, **dict.fromkeys(hidden - {"kind"}, "a")}
    assert prune(schema, with_extras) == complete


@settings(max_examples=300, deadline=None)
@given(forms(), answers())
def test_pruning_twice_changes_nothing(schema, given_answers):
    once = prune(schema, given_answers)
    assert prune(schema, once) == once
    assert once.keys() <= effective(schema, once)["properties"].keys()


@settings(max_examples=300, deadline=None)
@given(forms(), answers() | st.lists(answers(), max_size=2))
def test_whether_anything_would_be_dropped_is_known_without_dropping_it(schema, given_answers):
    plan = plan_of(schema)
    assert plan.is_whole(given_answers) == (plan.kept(given_answers, given_answers) == given_answers)
