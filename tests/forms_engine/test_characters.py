"""A name that cannot be printed is accepted as it is, and its owner is told in time."""

import pytest
from django.test import Client

from forms_engine.forms import PageForm, form_for
from forms_engine.resident_desk.characters import advice, unprintable
from forms_engine.spec import FormSpec

WHO = FormSpec.load(
    {
        "type": "object",
        "properties": {
            "who": {"$ref": "vocabulary.schema.json#/$defs/person"},
            "also": {
                "type": "array",
                "title": "世帯",
                "items": {"$ref": "vocabulary.schema.json#/$defs/household_member"},
            },
        },
        "required": ["who"],
    }
)
PRIVATE = "\ue000"


def page(**typed: str) -> PageForm:
    return form_for(WHO, "page-who", {}, data={f"/who/{key}": [text] for key, text in typed.items()})


@pytest.mark.parametrize("text", ["髙﨑 花子", "𠮷野", "山田", "Maria da Silva Santos", "ﾀｶｻｷ"])
def test_names_that_the_archive_can_print(text: str) -> None:
    assert unprintable([text]) == []


@pytest.mark.parametrize(("text", "found"), [(f"山{PRIVATE}", [PRIVATE]), ("가나", ["가", "나"])])
def test_characters_that_no_face_has_are_named(text: str, found: list[str]) -> None:
    assert unprintable([text, "山田"]) == found
    (said,) = advice({"who": {"family_name": text}, "n": 1, "also": [{"x": "山"}]}, "ja")
    assert found[0] in said and "代わりの漢字" in said


def test_a_script_may_ask_while_a_name_is_typed(client: Client) -> None:
    assert client.post("/characters/", {"text": f"山{PRIVATE}"}).json() == {"unprintable": [PRIVATE]}
    assert client.post("/characters/", {}).json() == {"unprintable": []}
    assert client.get("/characters/").status_code == 405
    assert Client(enforce_csrf_checks=True).post("/characters/", {"text": "山"}).status_code == 403


def test_the_substitute_is_out_of_the_way_until_it_is_used() -> None:
    closed, used = page(family_name="山").html, page(name_substitute="高崎").html
    assert "<details" in closed and " open>" not in closed and " open>" in used


def test_every_character_of_a_name_is_kept() -> None:
    typed = {"family_name": f"葛\U000e0100{PRIVATE}", "given_name": "神\ufa19", "family_name_kana": "かつﾗｷﾞ"}
    assert page(**typed).answers()["who"] == typed | {"family_name_kana": "カツラギ"}


@pytest.mark.parametrize("name", ["Maria da Conceição", "O'Brien-Smith Jr.", "Nguyễn Thị", "Ánh " * 15, "يوسف", "ⅢＡ"])
def test_foreign_names_are_accepted_as_they_are_written(name: str) -> None:
    form = page(family_name=name, given_name=name)
    assert form.answers()["who"]["family_name"] == name.strip()
    assert "/who/family_name" not in form.errors and "/who/given_name" not in form.errors


def test_a_table_of_household_members_asks_the_same_of_each() -> None:
    html = form_for(WHO, WHO.pages[-1].key, {}, data={"_add": ["/also"]}).html
    assert 'name="/also/0/name_substitute"' in html and 'data-field="/also/0~substitute"' in html
    assert "世帯主との続柄" in html
