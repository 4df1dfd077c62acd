"""What a builder does to a form, step by step, and what is refused in words."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from schemas.editing import COMMANDS, CommandRefused, applied, changes, edited, reversed_changes, uses
from schemas.editing.homes import home_of, homes
from schemas.editing.palette import PALETTE
from schemas.editing.usage import dangling

EMPTY = {
    "form": "parking",
    "title": "駐車場の申込み",
    "schema": {"type": "object", "properties": {}},
    "pages": [{"key": "page-1", "title": "はじめに", "fields": []}],
}
NEVER = {"page_unknown_field", "presentation_unknown_field", "translation_of_nothing", "schema_required_unknown"}


def done(document, *commands):
    for command in commands:
        document = edited(document, command)
    return document


@pytest.fixture
def form():
    """A form with a name, a question and what it decides."""
    return done(
        EMPTY,
        {"do": "add_field", "part": "person", "page": "page-1"},
        {"do": "add_field", "part": "boolean", "page": "page-1", "title": "郵送を希望しますか", "key": "by_mail"},
        {"do": "add_field", "part": "address", "page": "page-1", "title": "送り先", "key": "send_to"},
        {"do": "show_when", "fields": ["send_to"], "by": "by_mail", "when": {"const": True}},
    )


def test_shared_word_is_added_as_a_reference_and_required(form):
    assert form["schema"]["properties"]["person"]["$ref"] == "vocabulary.schema.json#/$defs/person"
    assert form["schema"]["required"] == ["person"]


@pytest.mark.parametrize("part", PALETTE)
def test_every_part_of_the_palette_makes_a_field_that_can_be_published(part):
    document = done(EMPTY, {"do": "add_field", "part": part, "page": "page-1"})
    document["procedure"] = schemas.starter("forms", "dog_registration")["procedure"] | {"my_number_basis": "9-1"}
    codes = {problem.code for problem in schemas.check(document)}
    assert codes <= {"definition_unknown"}, codes


def test_field_shown_by_an_answer_moves_into_its_branch_with_its_requirement(form):
    assert home_of(form, "send_to").at == "/schema/allOf/0/then"
    assert form["schema"]["allOf"][0]["then"]["required"] == ["send_to"]
    assert form["schema"]["allOf"][0]["if"] == {"properties": {"by_mail": {"const": True}}, "required": ["by_mail"]}


def test_field_shown_always_again_leaves_no_empty_branch(form):
    document = done(form, {"do": "show_always", "field": "send_to"})
    assert "allOf" not in document["schema"]
    assert "send_to" in document["schema"]["required"]


def test_question_cannot_depend_on_what_depends_on_it(form):
    with pytest.raises(CommandRefused) as refused:
        edited(form, {"do": "show_when", "fields": ["by_mail"], "by": "send_to", "when": {}})
    assert "送り先" not in refused.value.problem.message()
    assert "郵送を希望しますか" in refused.value.problem.message()


def test_field_in_use_is_not_deleted_and_its_uses_are_named(form):
    with pytest.raises(CommandRefused) as refused:
        edited(form, {"do": "delete_field", "field": "by_mail"})
    assert refused.value.problem.message() == (
        "この項目はほかの所で使われています（「送り先」を出す条件）。先にそちらを変えてください"
    )
    assert [use.pointer for use in refused.value.uses] == ["/schema/allOf/0/if"]


def test_condition_is_lifted_and_then_the_field_can_go(form):
    document = done(form, {"do": "remove_condition", "by": "by_mail"}, {"do": "delete_field", "field": "by_mail"})
    assert [name for home in homes(document) for name in home.properties] == ["person", "send_to"]
    assert document["pages"][0]["fields"] == ["person", "send_to"]


def test_deleted_page_leaves_its_fields_on_the_one_before(form):
    document = done(form, {"do": "add_page", "title": "次"}, {"do": "move_field", "field": "send_to", "page": "page-2"})
    assert done(document, {"do": "delete_page", "page": "page-2"})["pages"] == form["pages"]


def test_copy_of_a_field_takes_its_translations_along(form):
    document = done(
        form,
        {"do": "translate", "language": "en", "address": "/schema/properties/by_mail/title", "text": "By mail?"},
        {"do": "duplicate_field", "field": "by_mail"},
    )
    assert document["translations"]["en"]["/schema/properties/by_mail_2/title"] == "By mail?"
    assert document["pages"][0]["fields"] == ["person", "by_mail", "by_mail_2", "send_to"]


def test_translation_follows_a_choice_that_changes_its_place():
    choices = [{"value": "a", "title": "自宅"}, {"value": "b", "title": "窓口"}]
    document = done(
        EMPTY,
        {"do": "add_field", "part": "choice", "page": "page-1", "key": "where"},
        {"do": "set_choices", "field": "where", "choices": choices},
        {"do": "translate", "language": "en", "address": "/schema/properties/where/oneOf/0/title", "text": "Home"},
        {"do": "set_choices", "field": "where", "choices": [{"title": "支所"}, *reversed(choices)]},
    )
    assert document["translations"]["en"] == {"/schema/properties/where/oneOf/2/title": "Home"}
    assert document["schema"]["properties"]["where"]["oneOf"][0] == {"const": "choice_2", "title": "支所"}


@pytest.mark.parametrize(
    "command",
    [
        {},
        {"do": "explode"},
        {"do": "add_page"},
        {"do": "add_page", "title": " "},
        {"do": "add_page", "title": "x", "colour": "red"},
        {"do": "add_field", "part": "text", "page": "page-1", "key": "By Mail"},
        {"do": "add_field", "part": "text", "page": "page-1", "key": "person"},
        {"do": "add_field", "part": "spaceship", "page": "page-1"},
        {"do": "move_field", "field": "nobody", "page": "page-1"},
        {"do": "delete_page", "page": "page-1"},
        {"do": "set_choices", "field": "person", "choices": []},
        {"do": "limit_field", "field": "person", "word": "$ref", "value": "#"},
        {"do": "calculate", "field": "fee", "expression": {"+": [{"var": "/fee"}, 1]}},
        {"do": "translate", "language": "en", "address": "/nowhere", "text": "x"},
    ],
)
def test_command_that_does_not_fit_is_refused_in_words_and_changes_nothing(form, command):
    before = copy.deepcopy(form)
    with pytest.raises(CommandRefused) as refused:
        edited(form, command)
    assert refused.value.problem.message("ja") != refused.value.problem.message("en")
    assert form == before


def test_uses_name_calculations_checks_and_verifications():
    form = schemas.starter("forms", "facility_use")
    workflow = schemas.starter("workflows", "facility_use")
    kinds = {use.kind for name in ("use_date", "sales", "headcount") for use in uses(form, name, workflow)}
    assert {"calculation", "fact", "rule"} <= kinds
    assert all(use.message() for use in uses(form, "use_date", workflow))


def fields_of(document):
    return [name for home in homes(document) for name in home.properties]


@st.composite
def commands(draw, document):
    """Any command, mostly one that fits."""
    pages = [page["key"] for page in document["pages"]] + ["nowhere"]
    fields = [*fields_of(document), "nobody"]
    small, words = st.integers(0, 4), st.sampled_from(["氏名", "住所", "", "郵送 希望"])
    arguments = {
        "page": st.sampled_from(pages), "field": st.sampled_from(fields), "by": st.sampled_from(fields),
        "fields": st.lists(st.sampled_from(fields), min_size=1, max_size=2, unique=True), "to": small, "at": small,
        "title": words, "description": words, "text": words, "part": st.sampled_from(list(PALETTE)),
        "key": st.sampled_from(["", "own_key"]), "required": st.booleans(), "when": st.just({"const": True}),
        "language": st.sampled_from(["en", "ja-easy"]), "aspect": st.sampled_from(["help", "unit"]), "value": words,
        "address": st.sampled_from(["/title", *(f"/schema/properties/{name}/title" for name in fields)]),
        "word": st.just("maxLength"), "name": st.just("fee"), "expression": st.just({"var": "/person"}),
        "choices": st.just([{"title": "はい"}, {"title": "いいえ", "value": "no"}]),
    }  # fmt: skip
    name = draw(st.sampled_from(sorted(COMMANDS)))
    needed = COMMANDS[name].__code__.co_varnames[1 : COMMANDS[name].__code__.co_argcount]
    return {"do": name, **{one: draw(arguments[one]) for one in needed}}


@pytest.mark.parametrize("name", [None, "dog_registration", "facility_use"])
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_any_edits_leave_nothing_dangling_and_can_all_be_taken_back(name, data):
    start = EMPTY if name is None else schemas.starter("forms", name)
    document, history = start, []
    for _ in range(data.draw(st.integers(1, 12))):
        try:
            after = edited(document, data.draw(commands(document)))
        except CommandRefused:
            continue
        history.append(json.loads(json.dumps([one.as_json() for one in changes(document, after)])))
        document = after
        assert dangling(document) == []
    assert {problem.code for problem in schemas.check(document)} & NEVER == set()
    for made in reversed(history):
        document = applied(document, reversed_changes([schemas.editing.Change(*one) for one in made]))
    assert json.dumps(document, ensure_ascii=False) == json.dumps(start, ensure_ascii=False)
