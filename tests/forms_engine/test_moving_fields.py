"""Lists, entries and alternatives, which residents change with buttons that work without a script."""

from typing import Any

from forms_engine.fields import Asking, Question, control_of
from forms_engine.fields.control import Posted, Sheet
from forms_engine.forms import form_for
from forms_engine.spec import FormSpec
from schemas.effective import effective
from schemas.pointers import MISSING

NAMES = {"type": "array", "title": "名前", "items": {"type": "string"}}
PAIR = {"type": "array", "prefixItems": [{"type": "string"}, {"type": "integer"}], "items": {"type": "string"}}
FREE = {"type": "object", "title": "設定", "additionalProperties": {"type": "integer"}}
CONTACT_DOCUMENT = {
    "title": "連絡先",
    "oneOf": [
        {"title": "電話", "type": "object", "properties": {"note": {"type": "string"}, "phone": {"type": "string"}}},
        {"title": "郵便", "type": "object", "properties": {"note": {"type": "string"}, "zip": {"type": "string"}}},
    ],
}

CONTACT = effective(CONTACT_DOCUMENT, {})


def posted(schema: dict[str, Any], texts: dict[str, str]) -> tuple[Any, Posted]:
    """The control at /field with what was sent to it, settled."""
    control, sent = (
        control_of(Question("/field", schema, Asking())),
        Posted({name: [one] for name, one in texts.items()}),
    )
    control.settle(sent)
    return control, sent


def rows(*names: str) -> dict[str, str]:
    return {"/field~rows": str(len(names))} | {f"/field/{place}": name for place, name in enumerate(names)}


def test_a_row_moves_up_and_down_by_its_buttons() -> None:
    control, sent = posted(NAMES, rows("a", "b", "c") | {"_up": "/field/2"})
    assert control.read(sent) == ["a", "c", "b"]
    control, sent = posted(NAMES, rows("a", "b", "c") | {"_down": "/field/0"})
    assert control.read(sent) == ["b", "a", "c"]


def test_a_row_moves_once_however_often_the_page_is_read() -> None:
    control, sent = posted(NAMES, rows("a", "b") | {"_up": "/field/1"})
    control.settle(sent)
    assert control.read(sent) == ["b", "a"]


def test_the_first_row_cannot_move_up_nor_the_last_one_down() -> None:
    assert posted(NAMES, rows("a", "b") | {"_up": "/field/0"})[1].first("/field/0") == "a"
    assert posted(NAMES, rows("a", "b") | {"_down": "/field/1"})[1].first("/field/1") == "b"


def test_a_row_of_fixed_meaning_keeps_its_place_when_one_before_it_is_blank() -> None:
    control, sent = posted(PAIR, rows("", "7", "x") | {"_up": "/field/2", "_remove": "/field/1"})
    assert control.read(sent) == [None, 7, "x"]


def test_a_row_is_added_after_the_fixed_ones() -> None:
    _control, sent = posted(PAIR, rows("", "") | {"_add": "/field"})
    assert sent.first("/field~rows") == "3"


def test_a_row_is_added_inside_a_row_that_is_still_blank() -> None:
    nested = {"type": "array", "items": {"type": "object", "properties": {"tags": NAMES}}}
    _control, sent = posted(nested, {"/field~rows": "2", "/field/0/tags~rows": "0", "_add": "/field/1/tags"})
    assert (sent.first("/field~rows"), sent.first("/field/1/tags~rows")) == ("2", "1")


def test_entries_are_names_with_their_values() -> None:
    texts = {"/field/~entries~rows": "1", "/field/~entries/0/key": "歳", "/field/~entries/0/value": "７"}
    control, sent = posted(FREE, texts)
    assert control.read(sent) == {"歳": 7}
    assert control.text({"歳": 7}) == "歳 7"


def test_an_entry_is_refused_when_its_name_is_taken_or_missing() -> None:
    spec = FormSpec.load({"type": "object", "properties": {"field": FREE}})
    texts = {"/field/~entries~rows": "3"} | {f"/field/~entries/{place}/value": str(place) for place in range(3)}
    texts |= {"/field/~entries/0/key": "a", "/field/~entries/1/key": "a", "/field/~entries/2/key": ""}
    form = form_for(spec, spec.pages[0].key, {}, data=texts)
    assert form.errors.keys() == {"/field/~entries"}
    assert "「a」" in form.errors["/field/~entries"][0] and len(form.errors["/field/~entries"]) == 2


def test_what_is_wrong_with_an_entry_is_said_in_its_row() -> None:
    spec = FormSpec.load({"type": "object", "properties": {"field": FREE}})
    texts = {"/field/~entries~rows": "1", "/field/~entries/0/key": "a", "/field/~entries/0/value": "x"}
    assert form_for(spec, spec.pages[0].key, {}, data=texts).errors.keys() == {"/field/~entries/0/value"}


def test_choosing_another_alternative_keeps_what_both_ask_for() -> None:
    control, sent = posted(
        CONTACT, {"/field~choice": "1", "/field/note": "夜に", "/field/phone": "1", "/field/zip": "2"}
    )
    assert control.read(sent) == {"note": "夜に", "zip": "2"}


def test_alternatives_are_chosen_by_their_titles_and_nothing_is_chosen_at_first() -> None:
    control = control_of(Question("/field", CONTACT, Asking()))
    html = str(control.html(Sheet(Posted(control.typed(MISSING)))))
    assert all(f">{title}</option>" in html for title in ("電話", "郵便"))
    assert 'name="/field/phone"' not in html


def test_what_a_document_proposes_is_shown_until_somebody_has_answered() -> None:
    spec = FormSpec.load({"type": "object", "properties": {"a": {"type": "string", "default": "ja"}, "b": {}}})
    key = spec.pages[0].key
    assert form_for(spec, key, {}).typed()["/a"] == ["ja"]
    assert form_for(spec, key, {"b": "x"}).typed()["/a"] == [""]


def test_a_secret_is_not_shown_while_it_is_typed() -> None:
    control = control_of(Question("/field", {"type": "string", "writeOnly": True}, Asking()))
    assert 'type="password"' in str(control.html(Sheet(Posted(control.typed("x")))))
