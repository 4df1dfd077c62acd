"""A workflow drawn as BPMN is the same workflow when it is read again, and OMG's own schema finds nothing wrong."""

from functools import cache
from importlib.resources import files

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

import schemas
from schemas.bpmn import bpmn_of, read_bpmn
from tests.workflows.routes import routes


@cache
def omg_schema() -> etree.XMLSchema:
    """BPMN20.xsd, which the test dependency SpiffWorkflow ships."""
    return etree.XMLSchema(file=str(files("SpiffWorkflow") / "bpmn/parser/schema/BPMN20.xsd"))


def assert_valid(text: str) -> None:
    omg_schema().assertValid(etree.fromstring(text.encode()))


@pytest.mark.parametrize("name", schemas.starters("workflows"))
def test_every_starter_comes_back_as_it_was(name):
    document = schemas.starter("workflows", name)
    text = bpmn_of(document)
    assert_valid(text)
    read = read_bpmn(text)
    assert read.document == document
    assert read.remarks == []


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(routes())
def test_any_route_comes_back_as_it_was(document):
    text = bpmn_of(document)
    assert_valid(text)
    assert read_bpmn(text.encode()).document == document


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1))
def test_any_title_survives(title):
    step = {"key": "decide", "kind": "decision", "title": title, "by": {"role": "mayor"}, "x-note": {title: [title]}}
    document = {"workflow": "one", "title": title, "steps": [step]}
    text = bpmn_of(document)
    assert_valid(text)
    assert read_bpmn(text).document == document


PART = {"key": "p", "kind": "workflow", "workflow": "part", "version": 2}
RULES = {
    "key": "rules",
    "kind": "rules",
    "table": [{"key": "a", "title": "少額", "outcome": "approved", "when": {"fee": {"maximum": 1}}}],
}
ACTION = {"key": "send", "kind": "action", "title": "送付", "do": "webhook", "to": "register", "facts": ["/fee"]}
DECIDE = {"key": "decide", "kind": "decision", "title": "決裁", "by": {"role": "mayor"}}
INSIDE = {"key": "p__a", "kind": "approval", "title": "確認", "by": {"role": "reviewer"}}


@pytest.mark.parametrize(
    "step",
    [PART, {**PART, "steps": [INSIDE]}, RULES, ACTION, {"key": "c", "kind": "choice", "cases": []}],
    ids=["part", "part taken over", "rules", "action", "empty choice"],
)
def test_rare_steps_come_back_too(step):
    document = {"workflow": "rare", "title": "まれ", "four_eyes": True, "x-note": {"a": 1}, "steps": [step, DECIDE]}
    text = bpmn_of(document)
    assert_valid(text)
    assert read_bpmn(text).document == document


def test_choice_with_ways_that_are_alike_keeps_each_of_them():
    when = {"fee": {"maximum": 1}}
    cases = [
        {"when": when, "steps": []},
        {"when": when, "title": "同じ", "steps": []},
        {"otherwise": True, "steps": []},
    ]
    document = {"workflow": "alike", "title": "同じ", "steps": [{"key": "c", "kind": "choice", "cases": cases}, DECIDE]}
    assert read_bpmn(bpmn_of(document)).document == document


def test_ids_stay_when_a_step_is_put_in():
    before = bpmn_of({"workflow": "one", "title": "一", "steps": [DECIDE]})
    after = bpmn_of({"workflow": "one", "title": "一", "steps": [INSIDE, DECIDE]})
    ids = [set(etree.fromstring(text.encode()).xpath("//@id")) for text in (before, after)]
    assert ids[0] <= ids[1]
