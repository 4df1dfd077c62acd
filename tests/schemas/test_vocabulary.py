"""The shared vocabulary can be trusted by every form that refers to it."""

import copy
import json
import re

import pytest
from jsonschema import Draft202012Validator

from schemas.effective import effective
from schemas.formats import FORMAT_CHECKER
from schemas.pointers import lookup
from schemas.schema_checks import schema_trouble
from schemas.validation import problems
from schemas.vocabulary import REGISTRY, vocabulary

NAMES = sorted(vocabulary()["$defs"])
HARD_NAMES = ["髙﨑", "𠮷野", "葛\U000e0100城"]
PERSON = {
    "family_name": "髙﨑",
    "given_name": "葛\U000e0100子",
    "family_name_kana": "タカサキ",
    "given_name_kana": "カツコ",
    "date_of_birth": "1980-12-31",
}
ADDRESS = {"postal_code": "1000001", "prefecture": "東京都", "city": "千代田区", "town": "千代田", "block": "1-1"}
FILE = {
    "id": "3f2b8f0e-6c1d-4a53-9d59-1e0f3a7f9c11",
    "name": "委任状.pdf",
    "media_type": "application/pdf",
    "size": 20480,
    "sha256": "0" * 64,
}
CORPORATION = {
    "org_name": "株式会社𠮷野",
    "representative": "代表取締役 髙﨑 一郎",
    "person_in_charge": "葛\U000e0100城 誠",
}
BANK = {
    "bank_code": "0001",
    "branch_code": "001",
    "account_type": "ordinary",
    "account_number": "0123456",
    "account_holder_kana": "ﾀｶｻｷ ｶﾂｺ",
}
AGENT = {
    "applicant_type": "agent",
    "agent_name": "𠮷野 恵",
    "agent_address": ADDRESS,
    "agent_relation": "child",
    "power_of_attorney": FILE,
}
ACCEPTED = [
    ("person", PERSON),
    ("person", PERSON | {"name_substitute": "高崎 葛子"}),
    ("sex", 2),
    ("address", ADDRESS | {"building": "グリーンハイツ101"}),
    ("contact", {"phone": "03-1234-5678"}),
    ("agent", {"applicant_type": "self"}),
    ("agent", AGENT),
    ("corporation", CORPORATION),
    ("bank_account", BANK),
    ("file", FILE),
    ("consent", True),
    ("my_number", "my-number:0b9c0a5e-6f1c-4a61-8a52-0d5f3a7a9d11"),
]
REFUSED = [
    ("person", PERSON | {"family_name": ""}, ["/family_name"]),
    ("person", PERSON | {"family_name": "髙\n﨑"}, ["/family_name"]),
    ("person", PERSON | {"given_name": "葛" * 81}, ["/given_name"]),
    ("person", PERSON | {"given_name_kana": "かつこ"}, ["/given_name_kana"]),
    ("person", PERSON | {"date_of_birth": "1981-02-29"}, ["/date_of_birth"]),
    ("person", PERSON | {"sex": 1}, ["/sex"]),
    ("address", ADDRESS | {"postal_code": "100-0001"}, ["/postal_code"]),
    ("address", ADDRESS | {"prefecture": "東京"}, ["/prefecture"]),
    ("contact", {"phone": "123"}, ["/phone"]),
    ("contact", {"email": "a@b.jp"}, ["/phone"]),
    ("agent", {"applicant_type": "self", "agent_name": "𠮷野 恵"}, ["/agent_name"]),
    ("agent", AGENT | {"power_of_attorney": FILE | {"media_type": "text/html"}}, ["/power_of_attorney"]),
    ("agent", AGENT | {"applicant_type": "legal_representative"}, ["/legal_rep_proof", "/power_of_attorney"]),
    ("corporation", CORPORATION | {"corporate_number": "1234567890123"}, ["/corporate_number"]),
    ("bank_account", BANK | {"account_holder_kana": "タカサキ"}, ["/account_holder_kana"]),
    ("file", {key: FILE[key] for key in FILE if key != "sha256"}, ["/sha256"]),
    ("file", FILE | {"path": "/etc/passwd"}, ["/path"]),
    ("consent", False, [""]),
    ("my_number", "123456789018", [""]),
]


def reference(name):
    return {"$ref": f"vocabulary.schema.json#/$defs/{name}"}


def without_translations():
    return {key: value for key, value in vocabulary().items() if key != "translations"}


def parts_with_type(schema, at):
    """Every part of the vocabulary that describes a single value, with its pointer."""
    if not isinstance(schema, dict):
        return
    if isinstance(schema.get("type"), str) and schema["type"] != "object":
        yield at, schema
    for key in ("$defs", "properties"):
        for name, inner in schema.get(key, {}).items():
            yield from parts_with_type(inner, f"{at}/{key}/{name}")
    for place, inner in enumerate(schema.get("allOf", [])):
        yield from parts_with_type(inner["then"], f"{at}/allOf/{place}/then")


def titles_in(node, at=""):
    """Every text that a person reads, with its pointer."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, value in pairs:
        is_agreed_to = key == "text" and at.startswith("/x-consents/")
        if isinstance(value, str) and (key in ("title", "description") or is_agreed_to):
            yield f"{at}/{key}"
        yield from titles_in(value, f"{at}/{key}")


def test_vocabulary_is_sound_in_every_validator():
    found = schema_trouble(without_translations(), "")
    assert [(problem.pointer, problem.message()) for problem in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_each_part_resolves_and_says_what_it_means(name):
    schema = {"type": "object", "properties": {"part": reference(name)}}
    part = effective(schema, {})["properties"]["part"]
    assert part["x-vocabulary"] == name
    assert part["title"]
    assert all(inner.get("title") for inner in part.get("properties", {}).values())


@pytest.mark.parametrize(("name", "answer"), ACCEPTED)
def test_good_answers_are_accepted(name, answer):
    assert problems(reference(name), answer) == []


@pytest.mark.parametrize(("name", "answer", "pointers"), REFUSED)
def test_bad_answers_are_refused_where_they_are_wrong(name, answer, pointers):
    plain = Draft202012Validator(reference(name), registry=REGISTRY, format_checker=FORMAT_CHECKER)
    assert not plain.is_valid(answer)
    assert sorted({problem.pointer for problem in problems(reference(name), answer)}) == pointers


@pytest.mark.parametrize("name", HARD_NAMES)
def test_names_keep_the_characters_that_people_have(name):
    assert problems(reference("person"), PERSON | {"family_name": name}) == []


def test_every_single_value_has_a_limit():
    texts = [(at, one) for at, one in parts_with_type(vocabulary(), "") if one["type"] == "string"]
    assert [at for at, one in texts if not {"maxLength", "enum", "oneOf"} & one.keys()] == []


def test_prefectures_are_complete_and_in_the_order_of_jis_x_0401():
    listed = vocabulary()["$defs"]["address"]["properties"]["prefecture"]["enum"]
    assert len(set(listed)) == 47
    assert [listed[number - 1] for number in (1, 13, 27, 40, 47)] == ["北海道", "東京都", "大阪府", "福岡県", "沖縄県"]


def test_a_form_may_narrow_a_file_and_ask_for_more_of_a_contact():
    plan = reference("file") | {"properties": {"size": {"maximum": 1000}}}
    form = {"type": "object", "properties": {"plan": plan}}
    assert [problem.pointer for problem in problems(form, {"plan": FILE})] == ["/plan"]
    assert problems(form, {"plan": FILE | {"size": 1000}}) == []
    asked = reference("contact") | {"required": ["email"]}
    assert [problem.pointer for problem in problems(asked, {"phone": "03-1234-5678"})] == ["/email"]


@pytest.mark.parametrize("language", ["en", "ja-easy"])
def test_every_text_is_translated_and_nothing_else(language):
    assert set(vocabulary()["translations"][language]) == set(titles_in(without_translations()))


def test_translations_are_of_texts_that_exist():
    for texts in vocabulary()["translations"].values():
        assert [address for address in texts if not isinstance(lookup(vocabulary(), address), str)] == []


def test_english_is_english():
    japanese = re.compile("[ぁ-んァ-ヶ]")
    assert [text for text in vocabulary()["translations"]["en"].values() if japanese.search(text)] == []


def test_vocabulary_is_never_changed_by_reading_it():
    before = copy.deepcopy(vocabulary())
    effective({"type": "object", "properties": {name: reference(name) for name in NAMES}}, {})
    assert json.dumps(vocabulary()) == json.dumps(before)
