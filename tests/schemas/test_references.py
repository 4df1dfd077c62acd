"""References into the form and into the shared vocabulary."""

import pytest
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from schemas.effective import Plan
from schemas.fragments import fragment
from schemas.references import closed
from schemas.vocabulary import REGISTRY

VOCABULARY = {
    "$id": "vocabulary.schema.json",
    "$defs": {
        "postal_code": {"type": "string", "format": "postal-code", "title": "郵便番号"},
        "address": {
            "type": "object",
            "title": "住所",
            "properties": {
                "postal_code": {"$ref": "#/$defs/postal_code"},
                "city": {"type": "string", "title": "市区町村"},
            },
            "required": ["postal_code", "city"],
        },
        "agent": {
            "type": "object",
            "title": "代理人",
            "properties": {
                "home": {"$ref": "#/$defs/address"},
                "office": {"$ref": "vocabulary.schema.json#/$defs/address", "title": "事務所"},
            },
        },
    },
}
SHARED = Registry().with_resource("vocabulary.schema.json", DRAFT202012.create_resource(VOCABULARY))


def resolved(schema, answers=None):
    return Plan(fragment(closed(schema, SHARED))).resolved(answers or {})


def form(**properties):
    return {"type": "object", "properties": properties}


def test_field_from_the_vocabulary_says_where_it_comes_from():
    field = resolved(form(a={"$ref": "vocabulary.schema.json#/$defs/address", "title": "犬の所在地"}))["properties"][
        "a"
    ]
    assert (field["x-vocabulary"], field["title"]) == ("address", "犬の所在地")
    assert field["required"] == ["postal_code", "city"]
    assert field["properties"]["postal_code"]["x-vocabulary"] == "postal_code"


def test_vocabulary_may_refer_to_itself_with_and_without_its_name():
    agent = resolved(form(a={"$ref": "vocabulary.schema.json#/$defs/agent"}))["properties"]["a"]
    assert agent["x-vocabulary"] == "agent"
    assert [agent["properties"][name]["x-vocabulary"] for name in ("home", "office")] == ["address", "address"]
    assert [agent["properties"][name]["title"] for name in ("home", "office")] == ["住所", "事務所"]


def test_form_narrows_what_it_takes_from_the_vocabulary():
    schema = form(
        a={
            "$ref": "vocabulary.schema.json#/$defs/address",
            "properties": {"city": {"enum": ["本市"]}},
            "required": ["block"],
        }
    )
    address = resolved(schema)["properties"]["a"]
    assert list(address["properties"]) == ["postal_code", "city"], "in the order of the vocabulary"
    city = address["properties"]["city"]
    assert city == {"enum": ["本市"], "type": "string", "title": "市区町村"}


def test_definition_of_the_form_is_no_vocabulary():
    schema = form(a={"$ref": "#/$defs/name"}) | {"$defs": {"name": {"type": "string", "title": "名前"}}}
    assert resolved(schema)["properties"]["a"] == {"type": "string", "title": "名前"}


def test_form_with_its_own_address_still_finds_the_vocabulary():
    assert (
        REGISTRY.resolver("https://city.example/forms/dog").lookup("vocabulary.schema.json").contents["$defs"]
        is not None
    )


def test_reference_to_nothing_is_an_error_and_nothing_is_fetched():
    for reference in ("#/$defs/nobody", "https://example.com/schema.json", "vocabulary.schema.json#/$defs/nobody"):
        with pytest.raises(Unresolvable):
            closed(form(a={"$ref": reference}))
