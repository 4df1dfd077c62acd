"""The shared vocabulary can be trusted by every form that refers to it."""

import pytest

from schemas.effective import effective
from schemas.pointers import lookup
from schemas.schema_checks import schema_trouble
from schemas.vocabulary import vocabulary

NAMES = sorted(vocabulary()["$defs"])


def test_vocabulary_is_sound_in_every_validator():
    found = schema_trouble({key: value for key, value in vocabulary().items() if key != "translations"}, "")
    assert [(problem.pointer, problem.message()) for problem in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_part_resolves_and_says_what_it_means(name):
    schema = {"type": "object", "properties": {"part": {"$ref": f"vocabulary.schema.json#/$defs/{name}"}}}
    part = effective(schema, {})["properties"]["part"]
    assert part["x-vocabulary"] == name
    assert part["title"]
    assert all(inner.get("title") for inner in part.get("properties", {}).values() if "file" not in name)


def test_translations_are_of_texts_that_exist():
    for texts in vocabulary().get("translations", {}).values():
        assert [address for address in texts if not isinstance(lookup(vocabulary(), address), str)] == []
