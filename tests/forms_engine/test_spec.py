"""A form as it stands for the answers, in each language."""

from typing import Any

import schemas
from forms_engine.spec import FormSpec

DOG: dict[str, Any] = {
    "form": "dog",
    "title": "犬の登録",
    "schema": {
        "type": "object",
        "properties": {
            "owner": {
                "type": "object",
                "title": "飼い主",
                "properties": {"name": {"type": "string", "title": "氏名"}},
                "required": ["name"],
            },
            "vaccinated": {"type": "boolean", "title": "注射は済みましたか"},
            "copies": {"type": "integer", "title": "部数"},
            "fee": {"type": "integer", "title": "手数料", "readOnly": True},
        },
        "required": ["owner", "vaccinated"],
        "allOf": [
            {
                "if": {"properties": {"vaccinated": {"const": True}}, "required": ["vaccinated"]},
                "then": {
                    "properties": {"vaccinated_on": {"type": "string", "format": "date", "title": "注射した日"}},
                    "required": ["vaccinated_on"],
                },
            }
        ],
    },
    "pages": [
        {"key": "owner", "title": "飼い主", "fields": ["owner"]},
        {"key": "dog", "title": "犬", "fields": ["vaccinated", "fee"]},
        {"key": "shot", "title": "注射", "fields": ["vaccinated_on"]},
    ],
    "presentation": {"vaccinated": {"help": "今年度の分です", "easy": "ことしの ぶんです"}},
    "calculations": {"fee": {"*": [{"var": "/copies"}, 300]}},
    "translations": {"en": {"/pages/1/title": "Dog", "/schema/properties/vaccinated/title": "Is it vaccinated?"}},
}
SPEC = FormSpec.load(DOG)


def pages(answers: dict[str, Any], language: str = "ja") -> list[str]:
    return [page.title for page in SPEC.standing(answers, language).pages()]


def test_a_page_without_a_question_is_left_out() -> None:
    assert pages({"vaccinated": True}) == ["飼い主", "犬", "注射"]
    assert "vaccinated_on" not in SPEC.standing({"vaccinated": False}).schema["properties"]


def test_a_field_that_no_page_names_is_asked_on_the_last_page() -> None:
    assert SPEC.pages[-1].fields == ("vaccinated_on", "copies")


def test_texts_are_in_the_language_asked_for_and_in_japanese_where_there_is_none() -> None:
    assert pages({}, "en")[:2] == ["飼い主", "Dog"]
    control = SPEC.standing({}, "en").controls("dog")["vaccinated"]
    assert control.question.title == "Is it vaccinated?"
    assert SPEC.standing({}, "ja-easy").controls("dog")["vaccinated"].question.help == "ことしの ぶんです"
    assert SPEC.standing({}, "fr").controls("dog")["vaccinated"].question.title == "注射は済みましたか"


def test_the_same_outcome_of_all_conditions_is_the_same_standing() -> None:
    one, other = SPEC.standing({"vaccinated": True, "copies": 1}), SPEC.standing({"vaccinated": True, "copies": 2})
    assert one is other and one is not SPEC.standing({"vaccinated": False})


def test_what_decides_about_other_questions_is_known() -> None:
    controls = SPEC.standing({}).controls("dog")
    assert controls["vaccinated"].question.controls
    assert SPEC.standing({}).controls("shot")["copies"].question.controls is False
    assert SPEC.recalculating(SPEC.pages[1]) == {"/copies"}


def test_any_json_schema_is_a_form_with_a_page_for_each_group() -> None:
    plain = FormSpec.load(
        {
            "title": "A",
            "type": "object",
            "properties": {
                "one": {"type": "string"},
                "person": {"type": "object", "title": "人", "properties": {"name": {"type": "string"}}},
                "two": {"type": "integer"},
            },
        }
    )
    assert [(page.title, page.fields) for page in plain.pages] == [
        ("A", ("one",)),
        ("人", ("person",)),
        ("A", ("two",)),
    ]


def test_a_page_may_take_files_even_before_the_field_is_there() -> None:
    schema = {
        "type": "object",
        "properties": {"sure": {"type": "boolean"}},
        "if": {"properties": {"sure": {"const": True}}},
        "then": {"properties": {"proof": {"type": "object", "x-vocabulary": "file", "properties": {}}}},
    }
    spec = FormSpec.load(schema)
    assert spec.takes_files(spec.pages[0].key) and not SPEC.takes_files("owner")


def test_a_page_looks_only_at_what_its_own_checks_are_about() -> None:
    spec = FormSpec.load(schemas.starter("forms", "dog_registration"))
    standing = spec.standing({"owner_kind": "person"})
    owner, dog = standing.checks("owner", "error"), standing.checks("dog", "warning")
    assert owner.facts == {"days_since_owner_birth"} and dog.facts == {"dog_age_days"}
    assert {spec.document["checks"][place]["key"] for place in dog.places} == {"dog_too_young", "dog_very_old"}
    assert standing.checks("contact", "error").places == frozenset()
