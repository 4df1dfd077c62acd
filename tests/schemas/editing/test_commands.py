"""What a builder does to a form, step by step, and what is refused in words."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from schemas.editing import COMMANDS, CommandRefused, applied, changes, edited, reversed_changes, uses
from schemas.editing.content_commands import BEGUN
from schemas.editing.field_kinds import TITLES
from schemas.editing.homes import address_within, home_of, homes, inside
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
    document["procedure"] = schemas.starter("forms", "dog_registration")["procedure"] | {"my_number_basis": "annex-16"}
    codes = {problem.code for problem in schemas.check(document)}
    assert codes == set()


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


TABLE = {"do": "add_field", "part": "table", "page": "page-1", "key": "members", "title": "世帯員"}
AGE = {"do": "add_column", "field": "members", "part": "integer", "title": "年齢"}


def test_column_of_a_table_is_named_limited_and_required_like_any_field():
    at = "/members/*/integer"
    document = done(
        EMPTY,
        TABLE,
        AGE,
        {"do": "limit_field", "field": at, "word": "maximum", "value": 120},
        {"do": "require_field", "field": at, "required": True},
        {"do": "present_field", "field": at, "aspect": "unit", "value": "歳"},
        {"do": "move_column", "field": at, "to": 0},
    )
    items = document["schema"]["properties"]["members"]["items"]
    assert list(items["properties"]) == ["integer", "name"]
    assert items["properties"]["integer"] == {"type": "integer", "minimum": 0, "title": "年齢", "maximum": 120}
    assert items["required"] == ["name", "integer"]
    assert document["presentation"] == {at: {"unit": "歳"}}
    document["procedure"] = schemas.starter("forms", "dog_registration")["procedure"]
    assert schemas.check(document) == []


def test_column_in_use_is_not_deleted():
    sum_of_ages = {"reduce": [{"var": "/members"}, {"+": [{"var": "/accumulator"}, {"var": "/current/integer"}]}, 0]}
    document = done(EMPTY, TABLE, AGE, {"do": "calculate", "field": "ages", "expression": sum_of_ages})
    with pytest.raises(CommandRefused) as refused:
        edited(document, {"do": "delete_column", "field": "/members/*/integer"})
    assert [use.kind for use in refused.value.uses] == ["calculation"]


def test_deleted_column_takes_its_presentation_along_and_the_last_one_stays():
    at = "/members/*/integer"
    unit = {"do": "present_field", "field": at, "aspect": "unit", "value": "歳"}
    document = done(EMPTY, TABLE)
    assert done(document, AGE, unit, {"do": "delete_column", "field": at}) == document
    with pytest.raises(CommandRefused):
        edited(document, {"do": "delete_column", "field": "/members/*/name"})


def test_explanation_stands_between_fields_and_is_shown_for_an_answer(form):
    document = done(
        form,
        {"do": "add_content", "kind": "notice", "page": "page-1", "at": 2},
        {"do": "set_content", "content": "notice", "part": "title", "value": "送料がかかります"},
        {"do": "show_content_when", "content": "notice", "by": "by_mail", "when": {"const": True}},
    )
    assert document["pages"][0]["fields"] == ["person", "by_mail", {"content": "notice"}, "send_to"]
    assert document["content"]["notice"]["when"] == {"by_mail": {"const": True}}
    assert "content" in {use.kind for use in uses(document, "by_mail")}


def test_condition_is_lifted_from_explanations_too(form):
    document = done(
        form,
        {"do": "add_content", "kind": "text", "page": "page-1"},
        {"do": "show_content_when", "content": "text", "by": "by_mail", "when": {"const": True}},
        {"do": "remove_condition", "by": "by_mail"},
        {"do": "delete_field", "field": "by_mail"},
    )
    assert "when" not in document["content"]["text"]


def test_deleted_explanation_leaves_nothing_behind(form):
    document = done(form, {"do": "add_content", "kind": "link", "page": "page-1"})
    assert done(document, {"do": "delete_content", "content": "link"}) == form


def test_exactly_the_chosen_fields_are_asked_for_an_answer(form):
    show = {"do": "show_for", "by": "by_mail", "when": {"const": True}}
    document = done(form, {**show, "fields": ["person"]})
    assert home_of(document, "person").conditions and not home_of(document, "send_to").conditions
    assert done(document, {**show, "fields": []})["schema"].get("allOf") is None


def test_check_speaks_about_answers_and_never_without_a_condition(form):
    document = done(
        form, {"do": "add_check", "message": "郵送はできません", "fact": "by_mail", "when": {"const": True}}
    )
    assert document["checks"] == [
        {
            "key": "check",
            "when": {"by_mail": {"const": True}},
            "message": "郵送はできません",
            "kind": "error",
            "field": "/by_mail",
        }
    ]
    with pytest.raises(CommandRefused):
        edited(document, {"do": "check_when", "check": "check", "fact": "by_mail"})
    assert done(document, {"do": "delete_check", "check": "check"}) == form


def test_notice_with_no_words_of_its_own_says_the_usual_ones(form):
    own = {"do": "set_notice", "kind": "receipt", "part": "subject", "text": "受け付けました"}
    document = done(form, own)
    assert document["notices"] == {"receipt": {"subject": "受け付けました"}}
    assert done(document, {**own, "text": ""}) == form


def fields_of(document):
    return [name for home in homes(document) for name in home.properties]


def columns_of(document):
    """The addresses of what stands within tables and groups."""
    found = ((home, name, inside(home, name)) for home in homes(document) for name in home.properties)
    return [address_within(home, name, one) for home, name, inner in found if inner for one in inner.properties]


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
        "content": st.sampled_from([*document.get("content", {}), "nothing"]), "fact": st.sampled_from(fields),
        "check": st.sampled_from([*(one["key"] for one in document.get("checks", ())), "nothing"]),
        "side": st.sampled_from(["from", "until"]), "against": st.sampled_from(["", "today", "day", *fields]),
        "day": st.just("2027-03-31"), "days": st.integers(-7, 14),
        "message": words, "kind": st.sampled_from([*BEGUN, "receipt"]),
    }  # fmt: skip
    name = draw(st.sampled_from(sorted(COMMANDS)))
    if name.endswith("_column") or draw(st.booleans()):
        arguments["field"] = st.sampled_from([*fields, *columns_of(document)])
    if name in ("set_content", "set_notice", "set_check", "set_consent"):
        arguments["part"] = st.sampled_from(["text", "title", "body", "message", "version"])
    if name == "change_field":
        arguments["part"] = st.sampled_from([*TITLES, "spaceship"])
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
