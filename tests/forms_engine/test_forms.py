"""A resident fills in one page: what is asked, what is understood, what is said about it."""

import io
import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict
from hypothesis import given, settings
from hypothesis import strategies as st

import schemas
from forms_engine.forms import PageForm, form_for, pages_for
from forms_engine.spec import FormSpec
from schemas import Problem
from schemas.validation import problems
from tests.forms_engine import documents
from tests.forms_engine.test_spec import DOG

TODAY = date(2026, 11, 24)
ROOM = FormSpec.load(documents.ROOM)
CHECKED = FormSpec.load(
    {
        **DOG,
        "checks": [
            {"key": "many", "when": {"fee": {"minimum": 3000}}, "message": "部数が多すぎます。", "field": "/copies"},
            {
                "key": "some",
                "when": {"fee": {"minimum": 900}},
                "message": "窓口が混み合います。",
                "field": "/copies",
                "kind": "warning",
            },
        ],
        "pages": [{"key": "all", "title": "全部", "fields": ["owner", "vaccinated", "vaccinated_on", "copies", "fee"]}],
    }
)
OWNER = {"/owner/name": ["山田"]}


def page(data: dict[str, Any] | None = None, answers: dict[str, Any] | None = None, **more: Any) -> PageForm:
    return form_for(CHECKED, "all", answers or {}, data=data, today=TODAY, **more)


def test_an_answer_that_brings_up_a_question_shows_it_without_scolding() -> None:
    form = page({**OWNER, "/vaccinated": ["true"], "/copies": ["2"], "_seen": ["/owner/name /vaccinated /copies /fee"]})
    assert not form.is_valid() and form.is_new and form.errors == {}
    assert 'name="/vaccinated_on~year"' in form.html and 'value="2"' in form.html and form.summary == []
    assert form.to_save() == {"owner": {"name": "山田"}, "vaccinated": True, "vaccinated_on": None, "copies": 2}


def test_a_question_that_was_seen_and_left_blank_is_asked_for() -> None:
    boxes = {f"/vaccinated_on~{part}": [""] for part in ("year", "month", "day")}
    form = page(
        {**OWNER, **boxes, "/vaccinated": ["true"], "_seen": ["/owner/name /vaccinated /vaccinated_on /copies"]}
    )
    assert form.errors == {"/vaccinated_on": ["注射した日を入力してください"]}
    assert form.summary == [("/vaccinated_on", "注射した日を入力してください")]


def test_everything_posted_at_once_is_understood_at_once() -> None:
    form = page({**OWNER, "/vaccinated": ["true"], "/vaccinated_on": ["令和8年4月1日"]})
    assert form.is_valid()
    assert form.answers() == {"owner": {"name": "山田"}, "vaccinated": True, "vaccinated_on": "2026-04-01"}


def test_what_was_typed_stays_on_the_page_when_it_is_wrong_and_out_of_the_draft() -> None:
    form = page({**OWNER, "/vaccinated": ["false"], "/copies": ["たくさん"]})
    assert not form.is_valid() and 'value="たくさん"' in form.html
    assert "部数" in form.errors["/copies"][0]
    assert form.to_save()["copies"] is None and form.to_save()["owner"] == {"name": "山田"}


def test_other_pages_lacks_are_not_this_pages_errors() -> None:
    form = form_for(ROOM, "applicant", {}, data={"/applicant/family_name": ["髙﨑"], "/applicant/given_name": ["花"]})
    assert form.is_valid() and problems(ROOM.schema, form.answers()) != []


def test_a_hidden_answer_comes_back_when_its_question_does() -> None:
    saved = {"owner": {"name": "山田"}, "vaccinated": False, "vaccinated_on": "2026-04-01"}
    hidden = page({**OWNER, "/vaccinated": ["false"]}, saved)
    assert "vaccinated_on" not in hidden.to_save()
    again = page({**OWNER, "/vaccinated": ["true"]}, saved)
    assert again.is_valid() and again.answers()["vaccinated_on"] == "2026-04-01"


def test_calculated_values_are_shown_and_never_taken_from_the_browser() -> None:
    form = page({**OWNER, "/vaccinated": ["false"], "/copies": ["2"], "/fee": ["1"]})
    assert ">600</output>" in form.html and "fee" not in form.to_save()


def test_the_forms_own_checks_are_said_at_their_field() -> None:
    typed = {**OWNER, "/vaccinated": ["false"]}
    assert page({**typed, "/copies": ["10"]}).errors == {"/copies": ["部数が多すぎます。"]}
    warned = page({**typed, "/copies": ["3"]})
    assert warned.is_valid() and "窓口が混み合います。" in warned.html


def test_a_refresh_draws_the_page_again_without_judging_it() -> None:
    form = page({"/vaccinated": ["true"], "_refresh": ["1"]})
    assert not form.is_valid() and form.errors == {} and "/vaccinated_on~year" in form.html


def test_messages_name_the_field_in_the_residents_language() -> None:
    form = page({"/vaccinated": [""]}, language="en")
    assert form.errors["/vaccinated"] == ["Choose Is it vaccinated?"]


def test_pages_follow_from_the_answers() -> None:
    assert [one.key for one in pages_for(ROOM, {})] == ["applicant", "use", "sales"]


def test_a_group_that_comes_up_is_announced_once() -> None:
    parts = {name: {"type": "string", "title": name} for name in ("a", "b", "c")}
    group = {"type": "object", "title": "連絡先", "properties": parts, "required": ["a"]}
    when = {
        "if": {"properties": {"yes": {"const": True}}, "required": ["yes"]},
        "then": {"properties": {"more": group}},
    }
    schema = {"type": "object", "properties": {"yes": {"type": "boolean"}}, "allOf": [when]}
    pages = [{"key": "all", "title": "全部", "fields": ["yes", "more"]}]
    spec = FormSpec.load({"form": "x", "schema": schema, "pages": pages})
    form = form_for(spec, "all", {}, data={"/yes": ["true"], "_seen": ["/yes"]})
    assert form.is_new and not form.is_valid()
    assert form.html.count("新しい質問です") - form.html.count(" hidden>新しい質問です") == 1


# Corrections


def test_only_remarked_fields_can_be_changed_in_a_correction() -> None:
    saved = {"owner": {"name": "山田"}, "vaccinated": False, "copies": 2}
    form = page(
        {"/owner/name": ["別人"], "/copies": ["3"], "/vaccinated": ["true"]}, saved, only=frozenset({"/copies"})
    )
    assert form.answers() == {"owner": {"name": "山田"}, "vaccinated": False, "copies": 3}
    assert 'name="/owner/name"' not in form.html and "山田" in form.html and 'name="/copies"' in form.html


def test_a_question_that_a_correction_brings_up_is_open_too() -> None:
    saved = {"owner": {"name": "山田"}, "vaccinated": False}
    form = page({"/vaccinated": ["true"]}, saved, only=frozenset({"/vaccinated"}))
    assert not form.is_valid() and 'name="/vaccinated_on~year"' in form.html


def test_the_remark_stands_at_its_field() -> None:
    form = page(None, {"copies": 2}, only=frozenset({"/copies"}), remarks={"/copies": "1部にしてください"})
    assert re.search(r'field__remark" id="/copies~remark">1部にしてください', form.html)


def test_one_cell_of_a_table_is_open_and_rows_neither_come_nor_go() -> None:
    saved = {**documents.ANSWERS, "equipment": [{"item": "机", "count": 1}, {"item": "椅子", "count": 2}]}
    data = {
        "/equipment/0/item": ["机"],
        "/equipment/0/count": ["5"],
        "_remove": ["/equipment/1"],
        "/equipment/1/count": ["9"],
    }
    form = form_for(ROOM, "use", saved, data=data, only=frozenset({"/equipment/0/count"}), today=TODAY)
    assert form.answers()["equipment"] == [{"item": "机", "count": 5}, {"item": "椅子", "count": 2}]
    assert "_remove" not in form.html and 'name="/equipment/0/count"' in form.html


# Files


def selling(files: dict[str, list[Any]], **more: Any) -> PageForm:
    data = {"/sales": ["true"]}
    return form_for(ROOM, "sales", documents.ANSWERS, data=data, files=MultiValueDict(files), today=TODAY, **more)


def test_an_upload_becomes_a_file_answer() -> None:
    upload = SimpleUploadedFile("計画.pdf", b"%PDF-1.7", "application/pdf")
    found = selling({"/plan": [upload]}).answers()["plan"]
    assert found["name"] == "計画.pdf" and found["size"] == 8 and len(found["sha256"]) == 64


def test_a_refused_upload_is_said_at_its_field() -> None:
    refused = Problem("/plan", "attachment", {"texts": {"ja": "PDFを添付してください"}})
    form = selling({"/plan": [io.BytesIO(b"x")]}, attach=lambda *_: refused)
    assert form.errors["/plan"] == ["PDFを添付してください"]


# What goes in comes out

NAMES = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=8).filter(str.strip)
TEXT = st.text("山田髙﨑ab c1-", min_size=1, max_size=10).map(str.strip).filter(bool)
LEAVES: list[tuple[dict[str, Any], st.SearchStrategy[Any]]] = [
    ({"type": "string"}, TEXT),
    ({"type": "string", "format": "date"}, st.dates(date(1000, 1, 1)).map(date.isoformat)),
    ({"type": "integer"}, st.integers(-(2**53) + 1, 2**53 - 1)),
    ({"type": "number"}, st.floats(-1e6, 1e6, allow_nan=False).map(lambda x: round(x, 3)).filter(lambda x: x != 0)),
    ({"type": "boolean"}, st.booleans()),
    ({"enum": ["a", "b", 1, "1", True, None]}, st.sampled_from(["a", "b", 1, "1", True, None])),
    ({}, st.recursive(st.none() | st.booleans() | TEXT | st.integers(-99, 99), lambda one: st.lists(one, max_size=3))),
    ({"type": "array", "items": {"enum": ["x", "y", "z"]}}, st.sampled_from([["x"], ["x", "z"], ["y", "z"]])),
    ({"type": "array", "items": {"type": "integer"}}, st.lists(st.integers(0, 99), min_size=1, max_size=3)),
]


@st.composite
def filled_schemas(draw: st.DrawFn, depth: int = 2) -> tuple[dict[str, Any], dict[str, Any]]:
    """A small object schema and answers to all of it."""
    properties: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    for name in draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)):
        if depth and draw(st.booleans()):
            inner, value = draw(filled_schemas(depth - 1))
            properties[name], answers[name] = draw(
                st.sampled_from([(inner, value), ({"type": "array", "items": inner}, [value, value])])
            )
        else:
            schema, values = draw(st.sampled_from(LEAVES))
            properties[name], answers[name] = schema, draw(values)
    return {
        "type": "object",
        "properties": properties,
        "required": draw(st.sampled_from([[], list(properties)])),
    }, answers


@settings(max_examples=150, deadline=None)
@given(filled_schemas())
def test_answers_shown_and_sent_back_come_back_unchanged(filled: tuple[dict[str, Any], dict[str, Any]]) -> None:
    schema, answers = filled
    spec = FormSpec.load(schema)
    found: dict[str, Any] = {}
    for one in spec.pages:
        typed = form_for(spec, one.key, answers, today=TODAY).typed()
        found |= form_for(spec, one.key, {}, data=typed, today=TODAY).answers()
    assert found == answers


@settings(max_examples=60, deadline=None)
@given(filled_schemas())
def test_every_control_on_a_page_has_a_name_and_a_label(filled: tuple[dict[str, Any], dict[str, Any]]) -> None:
    spec = FormSpec.load(filled[0])
    for one in spec.pages:
        html = form_for(spec, one.key, filled[1], today=TODAY).html
        named = set(re.findall(r'<(?:input|select|textarea)[^>]*? id="([^"]+)"', html))
        labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
        assert named - labelled <= set(re.findall(r'<label[^>]*>[^<]*<(?:input|select)[^>]*? id="([^"]+)"', html))


@pytest.mark.parametrize("name", ["use", "sales"])
def test_the_room_form_comes_back_unchanged(name: str) -> None:
    saved = {**documents.ANSWERS, "equipment": [{"item": "机", "count": 1}]}
    typed = form_for(ROOM, name, saved, today=TODAY).typed()
    form = form_for(ROOM, name, saved, data=typed, today=TODAY)
    assert form.is_valid(), form.errors
    kept = {key: answer for key, answer in form.to_save().items() if answer is not None}
    assert kept == {key: saved[key] for key in kept}


@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
@pytest.mark.parametrize("name", schemas.starters("forms"))
def test_every_page_of_every_starter_can_be_shown(name: str, language: str) -> None:
    spec = FormSpec.load(schemas.starter("forms", name))
    for one in spec.pages:
        form = form_for(spec, one.key, {}, language=language, data={}, today=TODAY)
        form.is_valid()
        titles = [control.question.title for control in form.controls.values()]
        assert all(titles) and not set(titles) & set(one.fields), titles
        assert all(control.question.name in form.html for control in form.units())
