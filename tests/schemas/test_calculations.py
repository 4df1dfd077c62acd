"""What the server computes: exact, the same every time, silent about what is missing."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.calculations import check, evaluate, program
from tests.schemas.generated import VALUES

TODAY = date(2026, 12, 26)
SCHEMA = {
    "type": "object",
    "properties": {
        "vaccinated": {"type": "boolean"},
        "born": {"type": "string", "format": "date"},
        "start": {"type": "string", "format": "time"},
        "end": {"type": "string", "format": "time"},
        "room": {"type": "string", "enum": ["hall", "kitchen"]},
        "note": {"type": "string"},
        "rate": {"type": "number"},
        "fee": {"type": "integer", "readOnly": True},
        "due": {"type": "string", "format": "date", "readOnly": True},
        "rows": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "price": {"type": "integer"},
                    "count": {"type": "integer"},
                    "sold_on": {"type": "string", "format": "date"},
                },
            },
        },
    },
}


def var(pointer, *default):
    return {"var": [pointer, *default]}


def result(expression, answers=None, today=TODAY):
    return evaluate({"x": expression}, answers or {}, SCHEMA, today).get("x")


@pytest.mark.parametrize(
    ("expression", "answers", "expected"),
    [
        ({"+": [3000, {"if": [var("/vaccinated"), 550, 0]}]}, {"vaccinated": True}, 3550),
        ({"-": [5]}, {}, -5),
        ({"*": [var("/rate"), 3]}, {"rate": 0.1}, 0.3),
        ({"/": [7, 2]}, {}, 3.5),
        ({"/": [6, 2]}, {}, 3),
        ({"%": [7, 4]}, {}, 3),
        ({"floor": [1980, 100]}, {}, 1900),
        ({"ceil": [{"/": [1, 3]}]}, {}, 1),
        ({"round": [{"/": [5, 2]}]}, {}, 3),
        ({"round": [-2.5]}, {}, -3),
        (
            {"sum": {"map": [var("/rows"), {"*": [var("/price"), var("/count", 1)]}]}},
            {"rows": [{"price": 5, "count": 2}, {"price": 7}]},
            17,
        ),
        ({"sum": {"map": [var("/rows"), var("/price")]}}, {"rows": []}, 0),
        ({"count": {"filter": [var("/rows"), {">": [var("/price"), 6]}]}}, {"rows": [{"price": 5}, {"price": 7}]}, 1),
        (
            {"count": {"filter": [var("/rows"), {"<": [var("/sold_on"), var("/born@1")]}]}},
            {"rows": [{"sold_on": "2020-01-01"}], "born": "2021-01-01"},
            1,
        ),
        ({"min": [3, 1, 2]}, {}, 1),
        (
            {"max": {"map": [var("/rows"), var("/sold_on")]}},
            {"rows": [{"sold_on": "2020-01-01"}, {"sold_on": "2021-01-01"}]},
            "2021-01-01",
        ),
        ({"in": [var("/room"), ["hall", "garden"]]}, {"room": "hall"}, True),
        ({"in": [1, [True]]}, {}, False),
        ({"today": []}, {}, "2026-12-26"),
        ({"age": [var("/born")]}, {"born": "2008-12-27"}, 17),
        ({"age": [var("/born")]}, {"born": "2008-12-26"}, 18),
        ({"days_between": ["2026-12-01", {"today": []}]}, {}, 25),
        ({"hours_between": [var("/start"), var("/end")]}, {"start": "09:00", "end": "10:30"}, 1.5),
        ({"add_days": [{"today": []}, 30]}, {}, "2027-01-25"),
        ({"add_working_days": [{"today": []}, 3]}, {}, "2027-01-05"),
        ({"fiscal_year": var("/born")}, {"born": "2026-03-31"}, 2025),
        ({"weekday": [{"today": []}]}, {}, 6),
        ({"is_holiday": "2026-09-22"}, {}, True),
        ({"lookup": [var("/room"), {"hall": 1200, "kitchen": 800}]}, {"room": "hall"}, 1200),
        ({"lookup": [[var("/room"), "night"], {"hall": {"day": 1, "night": 2}}, 0]}, {"room": "hall"}, 2),
        ({"lookup": [var("/room"), {"hall": 1}, 99]}, {"room": "kitchen"}, 99),
        ({"lookup": [var("/vaccinated"), {"true": 1, "false": 2}]}, {"vaccinated": False}, 2),
        ({"present": var("/note")}, {"note": ""}, False),
        ({"present": var("/note")}, {"note": "x"}, True),
        ({"!": [var("/vaccinated")]}, {"vaccinated": False}, True),
        ({"or": [var("/vaccinated"), {"==": [1, 1]}]}, {}, True),
        ({"and": [{"==": [1, 2]}, var("/vaccinated")]}, {}, False),
        ({"<=": ["09:00", var("/start"), "17:00"]}, {"start": "12:00"}, True),
        ({"!=": [var("/vaccinated"), True]}, {"vaccinated": False}, True),
        ({"==": [1, 1.0]}, {}, True),
    ],
)
def test_operators(expression, answers, expected):
    found = result(expression, answers)
    assert found == expected and type(found) is type(expected)
    assert check({"x": expression}, SCHEMA) == []


@pytest.mark.parametrize(
    "expression",
    [
        {"+": [1, var("/rate")]},
        {"/": [1, 0]},
        {"%": [1, 0]},
        {"age": [var("/born")]},
        {"or": [var("/vaccinated"), {"==": [1, 2]}]},
        {"lookup": [var("/room"), {"garden": 1}]},
        {"min": {"map": [var("/rows"), var("/price")]}},
        {"var": "/rows/7/price"},
        {"add_days": ["2026-01-01", 99999999999]},
        {"add_working_days": ["2026-01-01", 999999]},
    ],
)
def test_without_what_it_needs_there_is_no_result(expression):
    assert evaluate({"x": expression, "y": {"+": [1, 1]}}, {"rows": []}, SCHEMA, TODAY) == {"y": 2}


def test_calculations_use_each_other_in_any_order():
    calculations = {"total": {"+": [var("/part"), 1]}, "part": {"*": [2, var("/rate")]}}
    assert check(calculations, SCHEMA) == []
    assert evaluate(calculations, {"rate": 2}, SCHEMA, TODAY) == {"part": 4, "total": 5}


def test_sent_value_of_a_calculated_field_is_ignored():
    calculations = {"fee": {"+": [1, var("/rate")]}, "twice": {"*": [2, var("/fee")]}}
    assert evaluate(calculations, {"fee": 1}, SCHEMA, TODAY) == {}
    assert evaluate(calculations, {"fee": 1, "rate": 2}, SCHEMA, TODAY) == {"fee": 3, "twice": 6}


def test_person_born_on_leap_day_is_older_on_the_first_of_march():
    assert result({"age": ["2004-02-29", "2022-02-28"]}) == 17
    assert result({"age": ["2004-02-29", "2022-03-01"]}) == 18


@pytest.mark.parametrize(
    ("calculations", "pointer", "code"),
    [
        ({"a": {"+": [1, var("/note")]}}, "/a", "calculation_kind"),
        ({"a": {"if": [var("/vaccinated"), {"age": 3}, 0]}}, "/a/if/1", "calculation_kind"),
        ({"a": var("/nothing")}, "/a", "calculation_unknown_field"),
        ({"a": {"sum": {"map": [var("/rows"), var("/nothing")]}}}, "/a/sum/map/1", "calculation_unknown_field"),
        ({"a": {"plus": [1]}}, "/a", "calculation_operator"),
        ({"a": {"age": []}}, "/a", "calculation_arguments"),
        ({"a": {"if": [True, 1]}}, "/a", "calculation_arguments"),
        ({"a": {"+": [1, 2], "-": [1]}}, "/a", "calculation_one_operator"),
        ({"a": {"<": [var("/born"), 3]}}, "/a", "calculation_same_kind"),
        ({"a": {"==": [var("/vaccinated"), "yes"]}}, "/a", "calculation_same_kind"),
        ({"a": var("/b"), "b": var("/a")}, "/a", "calculation_circle"),
        ({"a": var("/a")}, "/a", "calculation_circle"),
        ({"room": {"today": []}}, "/room", "calculation_not_read_only"),
        ({"fee": {"/": [3, 2]}}, "/fee", "calculation_result"),
        ({"due": {"+": [3, 2]}}, "/due", "calculation_result"),
        ({"a": {"!": [{"+": [1, 1]}]}}, "/a", "calculation_kind"),
        ({"a": {"filter": [var("/rows"), var("/price")]}}, "/a", "calculation_kind"),
        ({"a": {"count": var("/note")}}, "/a", "calculation_kind"),
    ],
)
def test_mistakes_are_found_before_publication(calculations, pointer, code):
    found = check(calculations, SCHEMA)
    assert (pointer, code) in {(problem.pointer, problem.code) for problem in found}
    assert all(problem.message() and problem.message("en") for problem in found)


def test_calculated_field_may_use_fields_of_any_branch_and_verified_facts():
    schema = {
        **SCHEMA,
        "allOf": [{"if": {"required": ["room"]}, "then": {"properties": {"heads": {"type": "integer"}}}}],
    }
    assert check({"fee": {"*": [100, var("/heads", 1)]}}, schema) == []
    assert check({"ok": {"and": [var("/room_free"), True]}}, schema, {"room_free": {"type": "boolean"}}) == []


EXPRESSIONS = st.recursive(
    VALUES.filter(lambda value: not isinstance(value, dict))
    | st.builds(var, st.sampled_from(["/rate", "/rows", "/born", "/note", "/zz"])),
    lambda inner: st.builds(
        lambda name, arguments: {name: arguments},
        st.sampled_from(
            [
                "+",
                "/",
                "age",
                "sum",
                "map",
                "min",
                "count",
                "if",
                "in",
                "<",
                "==",
                "lookup",
                "and",
                "add_days",
                "hours_between",
                "floor",
            ]
        ),
        st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(EXPRESSIONS, st.dictionaries(st.sampled_from(["rate", "rows", "born", "note"]), VALUES))
def test_no_expression_and_no_answers_make_it_fail(expression, answers):
    found = evaluate({"x": expression}, answers, SCHEMA, TODAY)
    assert found == evaluate({"x": expression}, answers, SCHEMA, TODAY)
    check({"x": expression}, SCHEMA)


def test_a_list_that_nobody_filled_counts_as_empty_where_the_calculation_says_so():
    rule = {"fee": {"sum": [{"map": [{"var": ["/rows", []]}, {"var": "/price"}]}]}}
    assert check(rule, SCHEMA) == []
    assert evaluate(rule, {}, SCHEMA, TODAY) == {"fee": 0}


CHAIN = {
    "fourth": {"+": [var("/third"), var("/rate")]},
    "second": {"+": [var("/first"), 1]},
    "apart": {"*": [var("/rate"), 3]},
    "third": {"+": [var("/second", 0), var("/first")]},
    "first": {"+": [var("/rate"), 1]},
}


@given(st.sets(st.sampled_from(sorted(CHAIN))), st.dictionaries(st.just("rate"), st.integers(0, 9)))
def test_a_part_of_the_calculations_gives_what_the_whole_gives(wanted, answers):
    whole, part = program(CHAIN), program(CHAIN).only(frozenset(wanted))
    found, expected = part.run(answers, TODAY), whole.run(answers, TODAY)
    assert {name: found.get(name) for name in wanted} == {name: expected.get(name) for name in wanted}
    assert "apart" in wanted or "apart" not in found


def test_a_part_still_takes_no_calculated_value_from_the_answers():
    assert program(CHAIN).only(frozenset({"second"})).run({"first": 100, "rate": 1}, TODAY)["second"] == 3
