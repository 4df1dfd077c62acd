"""What a builder is told before a form can be published."""

import copy

import pytest

import schemas
from schemas import Problem, checks_of
from schemas.pointers import MISSING, lookup

FORM = {
    "form": "dog_registration",
    "title": "犬の登録申請書",
    "schema": {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {
            "dog_name": {"type": "string", "title": "犬の名前", "maxLength": 40},
            "vaccinated": {"type": "boolean", "title": "注射"},
            "room": {"type": "string", "title": "部屋"},
            "use_date": {"type": "string", "format": "date", "title": "使用日"},
            "fee": {"type": "integer", "title": "手数料", "readOnly": True},
            "rows": {
                "type": "array",
                "title": "表",
                "items": {"type": "object", "properties": {"n": {"type": "string"}}},
            },
        },
        "required": ["dog_name", "vaccinated"],
        "allOf": [
            {
                "if": {"properties": {"vaccinated": {"const": True}}, "required": ["vaccinated"]},
                "then": {
                    "properties": {"vaccinated_on": {"type": "string", "format": "date", "title": "注射した日"}},
                    "required": ["vaccinated_on"],
                },
            }
        ],
        "unevaluatedProperties": False,
    },
    "pages": [
        {"key": "dog", "title": "犬", "fields": ["dog_name", "vaccinated", "vaccinated_on"]},
        {"key": "use", "title": "使用", "fields": ["room", "use_date", "rows"]},
    ],
    "presentation": {"dog_name": {"help": "呼び名", "x-anything": 1}, "/rows/0/n": {"widget": "text"}},
    "calculations": {
        "fee": {"+": [3000, {"if": [{"var": "/vaccinated"}, 550, 0]}]},
        "days": {"days_between": ["2026-04-01", {"var": "/use_date"}]},
    },
    "facts": {
        "room_free": {
            "kind": "reservation",
            "resources": ["/room"],
            "date": "/use_date",
            "from": "/room",
            "to": "/room",
        },
        "registered": {"kind": "register", "register": "groups", "value": "/dog_name"},
    },
    "checks": [
        {
            "key": "late",
            "when": {"days": {"exclusiveMinimum": 30}},
            "message": "30日以内です",
            "field": "/use_date",
            "kind": "warning",
        }
    ],
    "procedure": {
        "kind": "application",
        "mode": "online_complete",
        "identity": "L1",
        "workflow": "section_chief",
        "department": "environment",
        "period": {"working_days": 3},
        "retention_years": 5,
        "fee": "3,000円",
        "audience": "飼い主",
        "needed": ["注射済証"],
        "categories": ["くらし"],
        "life_events": ["ペット"],
        "keywords": ["犬"],
        "legal_basis": "狂犬病予防法 第4条",
    },
    "translations": {
        "en": {"/title": "Dog registration", "/checks/0/message": "Within 30 days"},
        "ja-easy": {"/title": "犬"},
    },
    "x-note": "anything",
}


def broken(pointer, value):
    """The form with one place changed; None removes it."""
    document = copy.deepcopy(FORM)
    *path, last = pointer.strip("/").split("/")
    place = document
    for part in path:
        place = place[int(part)] if isinstance(place, list) else place[part]
    if value is None:
        del place[last]
    else:
        place[int(last) if isinstance(place, list) else last] = value
    return document


def test_complete_form_may_be_published():
    assert schemas.check(FORM) == []


def test_form_needs_no_pages():
    assert schemas.check(broken("/pages", None)) == []


@pytest.mark.parametrize("fee", ["無料", 300, 0.5])
def test_fee_is_text_or_number(fee):
    assert schemas.check(broken("/procedure/fee", fee)) == []


@pytest.mark.parametrize(
    ("at", "value", "pointer", "code"),
    [
        ("/colour", "red", "/colour", "definition_unknown"),
        ("/title", None, "/title", "definition_required"),
        ("/form", "犬", "/form", "definition_key"),
        ("/pages/0/fields", [], "/pages/0/fields", "definition_empty"),
        ("/procedure", None, "/procedure/kind", "definition_required"),
        ("/procedure/retention_years", None, "/procedure/retention_years", "definition_required"),
        ("/procedure/mode", "by_fax", "/procedure/mode", "definition_choice"),
        ("/procedure/period/working_days", "3日", "/procedure/period/working_days", "definition_type_integer"),
        ("/translations/French", {}, "/translations/French", "translation_language"),
        ("/facts/room_free/date", None, "/facts/room_free/date", "definition_required"),
        ("/schema/properties/room/type", "text", "/schema/properties/room/type", "schema_shape"),
        ("/schema/properties/room/maxLenght", 3, "/schema/properties/room/maxLenght", "schema_unknown_word"),
        (
            "/schema/properties/room/$ref",
            "vocabulary.schema.json#/$defs/nobody",
            "/schema/properties/room/$ref",
            "schema_reference",
        ),
        ("/schema/properties/room/$ref", "https://example.com/x", "/schema/properties/room/$ref", "schema_reference"),
        ("/schema/properties/room/format", "zip", "/schema/properties/room/format", "schema_format"),
        ("/schema/properties/room/pattern", "^(a+)+$", "/schema/properties/room/pattern", "pattern_slow"),
        ("/schema/properties/room/title", None, "/schema/properties/room", "field_without_title"),
        ("/schema/required", ["dog_name", "cat_name"], "/schema", "schema_required_unknown"),
        ("/schema/allOf/0/then/required", ["cat"], "/schema", "schema_required_unknown"),
        ("/pages/1/key", "dog", "/pages/1/key", "definition_repeated_key"),
        ("/pages/1/fields", ["room"], "/pages", "field_on_no_page"),
        ("/pages/1/fields/0", "dog_name", "/pages/1/fields/0", "field_on_two_pages"),
        ("/pages/1/fields/0", "cat", "/pages/1/fields/0", "page_unknown_field"),
        ("/presentation/cat", {}, "/presentation/cat", "presentation_unknown_field"),
        ("/calculations/fee", {"+": [1, {"var": "/room"}]}, "/calculations/fee", "calculation_kind"),
        ("/facts/fee", {"kind": "register", "register": "r", "value": "/room"}, "/facts/fee", "fact_name_taken"),
        ("/facts/registered/value", "/cat", "/facts/registered/value", "fact_unknown_field"),
        ("/checks/0/when", {"cat": {"const": 1}}, "/checks/0/when/cat", "check_unknown_fact"),
        ("/checks/0/when", {"fee": {"minimum": "a"}}, "/checks/0/when/fee/minimum", "schema_shape"),
        ("/checks/0/field", "/cat", "/checks/0/field", "check_unknown_field"),
    ],
)
def test_mistake_is_found_where_it_is(at, value, pointer, code):
    found = schemas.check(broken(at, value))
    assert (pointer, code) in {(problem.pointer, problem.code) for problem in found}
    for problem in found:
        assert problem.message() and problem.message("en") and "{" not in problem.message().replace("{ }", "")


def test_translation_of_nothing_is_found():
    document = copy.deepcopy(FORM)
    document["translations"]["en"]["/pages/9/title"] = "x"
    assert [problem.code for problem in schemas.check(document)] == ["translation_of_nothing"]


def test_something_else_is_no_definition():
    for document in ({}, [], None, "form"):
        assert [problem.code for problem in schemas.check(document)] == ["definition_kind"]


def test_check_of_the_form_speaks_in_the_applicants_language():
    (found,) = checks_of(FORM, {"days": 31})
    assert found == Problem("/use_date", "check", found.params)
    assert (found.message(), found.message("en"), found.message("ja-easy")) == (
        "30日以内です",
        "Within 30 days",
        "30日以内です",
    )
    assert found.params["kind"] == "warning"
    assert (
        checks_of(FORM, {"days": 31}, "error") == []
        and checks_of(FORM, {"days": 30}) == []
        and checks_of(FORM, {}) == []
    )


def test_checks_at_other_places_are_not_asked():
    (found,) = checks_of(FORM, {"days": 31})
    place = next(number for number, one in enumerate(FORM["checks"]) if one["key"] == found.params["key"])
    assert checks_of(FORM, {"days": 31}, places={place}) == [found]
    assert checks_of(FORM, {"days": 31}, places={place + 1}) == []


def test_pointers_of_problems_lead_into_the_document():
    document = broken("/pages/1/fields/0", "cat")
    assert all(lookup(document, problem.pointer) is not MISSING for problem in schemas.check(document))
