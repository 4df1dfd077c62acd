"""A route edited step by step: nothing is lost, everything can be taken back, what does not fit is said in words."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from schemas.editing import Change, CommandRefused, applied, changes, edited, reversed_changes
from schemas.editing.commands import ROUTE_COMMANDS
from schemas.editing.route_palette import ROUTE_PALETTE
from schemas.editing.staff_palette import STAFF_PALETTE
from schemas.editing.step_commands import every_step

EMPTY = {"workflow": "parking", "title": "駐車場", "steps": []}


def done(document, *commands):
    for command in commands:
        document = edited(document, command)
    return document


@pytest.fixture
def route():
    """Somebody checks; a choice leads to a consultation or to nothing; the chief decides."""
    return done(
        EMPTY,
        {"do": "add_step", "kind": "approval"},
        {"do": "add_step", "kind": "choice"},
        {"do": "add_step", "kind": "consultation", "into": "choice", "branch": 0},
        {"do": "set_members", "step": "consultation", "members": [{"by": {"role": "section_chief"}}]},
        {"do": "set_branch", "step": "choice", "branch": 0, "title": "高額", "when": {"fee": {"minimum": 10000}}},
        {"do": "add_step", "kind": "decision"},
    )


def keys_of(document):
    return [step["key"] for step in every_step(document["steps"])]


def test_route_built_from_the_palette_can_be_published(route):
    assert keys_of(route) == ["approval", "choice", "consultation", "decision"]
    assert [problem.message() for problem in schemas.check(route)] == []


@pytest.mark.parametrize("kind", ROUTE_PALETTE)
def test_every_kind_of_step_can_be_added_to_a_route(route, kind):
    document = edited(route, {"do": "add_step", "kind": kind, "at": 1})
    assert document["steps"][1]["kind"] == kind
    codes = {problem.code for problem in schemas.check(document)}
    assert not any(code.startswith("definition_unknown") for code in codes), codes


def test_step_moves_with_all_that_is_in_it(route):
    document = edited(route, {"do": "move_step", "step": "choice", "at": 0})
    assert keys_of(document) == ["choice", "consultation", "approval", "decision"]


def test_step_is_not_moved_into_itself(route):
    with pytest.raises(CommandRefused) as refused:
        edited(route, {"do": "move_step", "step": "choice", "into": "choice", "branch": 1})
    assert refused.value.problem.message() == "段階を、その中へ移すことはできません"


def test_copied_block_has_keys_of_its_own_and_its_translations(route):
    at = "/steps/1/cases/0/steps/0/title"
    document = done(
        route,
        {"do": "translate", "language": "en", "address": at, "text": "Consult"},
        {"do": "duplicate_step", "step": "choice"},
    )
    assert len(set(keys_of(document))) == len(keys_of(document)) == 6
    assert document["translations"]["en"]["/steps/2/cases/0/steps/0/title"] == "Consult"


def test_new_branch_stands_before_otherwise_which_stays(route):
    document = edited(route, {"do": "add_branch", "step": "choice"})
    assert [case.get("otherwise", False) for case in document["steps"][1]["cases"]] == [False, False, True]
    with pytest.raises(CommandRefused):
        edited(document, {"do": "delete_branch", "step": "choice", "branch": 2})


def test_rule_table_is_filled_cell_by_cell(route):
    document = done(
        route,
        {"do": "add_step", "kind": "rules", "at": 0},
        {"do": "set_cell", "step": "rules", "rule": "rule", "fact": "fee", "when": {"maximum": 3000}},
        {"do": "set_rule", "step": "rules", "rule": "rule", "name": "legal_basis", "value": "手数料条例 第3条"},
        {"do": "add_rule", "step": "rules", "title": "市の行事"},
        {"do": "set_cell", "step": "rules", "rule": "rule_1", "fact": "city_event", "when": {"const": True}},
        {"do": "move_rule", "step": "rules", "rule": "rule_1", "to": 0},
    )
    assert [row["key"] for row in document["steps"][0]["table"]] == ["rule_1", "rule"]
    assert [problem.message() for problem in schemas.check(document)] == []


@pytest.mark.parametrize(
    "command",
    [
        {"do": "add_page", "title": "画面"},
        {"do": "add_step", "kind": "magic"},
        {"do": "retitle_step", "step": "nobody", "title": "x"},
        {"do": "retitle_step", "step": "approval", "title": " "},
        {"do": "set_step", "step": "approval", "name": "key", "value": "other"},
        {"do": "set_members", "step": "consultation", "members": []},
        {"do": "set_cell", "step": "approval", "rule": "rule", "fact": "fee", "when": {}},
        {"do": "add_step", "kind": "approval", "into": "choice", "branch": 7},
    ],
)
def test_command_that_does_not_fit_is_refused_in_words_and_changes_nothing(route, command):
    before = copy.deepcopy(route)
    with pytest.raises(CommandRefused) as refused:
        edited(route, command)
    assert refused.value.problem.message("ja") != refused.value.problem.message("en")
    assert route == before


def test_who_decides_is_one_or_a_table_never_both(route):
    rows = [{"when": {"fee": {"minimum": 5}}, "by": {"role": "mayor"}}, {"otherwise": True, "by": {"role": "reviewer"}}]
    several = edited(route, {"do": "set_authority", "step": "decision", "rows": rows})
    assert [problem.message() for problem in schemas.check(several)] == []
    assert edited(several, {"do": "set_authority", "step": "decision"})["steps"][2]["by"] == {"role": "reviewer"}


@st.composite
def commands(draw, document):
    keys = st.sampled_from([*keys_of(document), "nobody"])
    small = st.integers(0, 3)
    arguments = {
        "kind": st.sampled_from(list(ROUTE_PALETTE)), "into": st.just("") | keys, "step": keys, "branch": small,
        "at": small, "to": small, "title": st.sampled_from(["審査", "", "決裁"]),
        "rows": st.just([{"otherwise": True, "by": {"role": "mayor"}}]),
        "name": st.sampled_from(["working_days", "legal_basis", "title", "minimum"]), "value": st.integers(1, 9),
        "when": st.just({"fee": {"maximum": 5}}), "rule": st.sampled_from(["rule", "rule_1"]), "fact": st.just("fee"),
        "members": st.just([{"by": {"role": "reviewer"}}]), "language": st.just("en"), "text": st.just("Step"),
        "address": st.sampled_from(["/title", "/steps/0/title", "/steps/0/staff_fields/properties/money/title"]),
        "part": st.sampled_from([*STAFF_PALETTE, "magic"]), "required": st.booleans(),
        "field": st.sampled_from(["money", "choice", "text", "text_2", "building_damage", "nothing"]),
        "choices": st.just([{"value": "choice_2", "title": "乙"}, {"value": "", "title": "丙"}]),
    }  # fmt: skip
    name = draw(st.sampled_from(sorted(ROUTE_COMMANDS)))
    code = ROUTE_COMMANDS[name].__code__
    return {"do": name, **{one: draw(arguments[one]) for one in code.co_varnames[1 : code.co_argcount]}}


@pytest.mark.parametrize("name", [None, *schemas.starters("workflows")[:3]])
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_any_edits_can_all_be_taken_back(name, data):
    start = EMPTY if name is None else schemas.starter("workflows", name)
    document, history = start, []
    for _ in range(data.draw(st.integers(1, 12))):
        try:
            after = edited(document, data.draw(commands(document)))
        except CommandRefused:
            continue
        history.append(json.loads(json.dumps([one.as_json() for one in changes(document, after)])))
        document = after
        assert len(set(keys_of(document))) == len(keys_of(document))
    schemas.check(document)
    for made in reversed(history):
        document = applied(document, reversed_changes([Change(*one) for one in made]))
    assert json.dumps(document) == json.dumps(start)
