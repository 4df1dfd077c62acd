"""Builders at work on a draft: every edit is kept, can be taken back, and overwrites nobody."""

import json

import pytest
from django.utils.timezone import now

import schemas
from forms_engine import edits, manuscripts
from forms_engine.edits import Edit
from forms_engine.manuscripts import EditConflict, Manuscript, ManuscriptExists
from schemas.editing import CommandRefused
from tests.forms_engine.at_once import all_at_once
from workflows.audit import AuditEntry

TITLE = {"do": "retitle_field", "field": "dog_name", "title": "犬の呼び名"}
AT = "/schema/properties/dog_name/title"


@pytest.fixture
def draft(organisation):
    return manuscripts.begin(schemas.starter("forms", "dog_registration"), "environment")


def title_of(draft):
    return Manuscript.objects.get(pk=draft.pk).document["schema"]["properties"]["dog_name"]["title"]


def test_edit_is_kept_with_who_made_it(draft, sato):
    draft = manuscripts.edit(draft, TITLE, sato)
    assert title_of(draft) == "犬の呼び名"
    (edit,) = edits.history(draft)
    assert (edit.by, edit.verb) == (sato, "retitle_field")


def test_all_edits_taken_back_give_the_start_byte_for_byte(draft, sato):
    start = draft.text
    commands = [TITLE, {"do": "add_page", "title": "写真"}, {"do": "duplicate_field", "field": "breed"}]
    for command in commands:
        draft = manuscripts.edit(draft, command, sato)
    end = draft.text
    while manuscripts.undo(draft):
        pass
    assert Manuscript.objects.get().text == start
    while manuscripts.redo(draft):
        pass
    assert Manuscript.objects.get().text == end


def test_edit_after_undo_goes_another_way(draft, sato):
    manuscripts.edit(draft, TITLE, sato)
    manuscripts.undo(draft)
    manuscripts.edit(draft, {"do": "retitle_form", "title": "犬の届"}, sato)
    assert manuscripts.redo(draft) is None
    assert Manuscript.objects.get().title == "犬の届"


def test_edit_that_changes_nothing_leaves_no_trace(draft, sato):
    assert manuscripts.edit(draft, {**TITLE, "title": "犬の名"}, sato).standing == 0


def test_refused_command_leaves_the_draft_alone(draft, sato):
    with pytest.raises(CommandRefused):
        manuscripts.edit(draft, {"do": "delete_field", "field": "vaccinated"}, sato)
    assert Manuscript.objects.get().serial == 0


def test_second_builder_does_not_overwrite_what_was_just_changed(draft, sato, yoshino):
    manuscripts.edit(draft, TITLE, sato, seen={AT: "犬の名"})
    with pytest.raises(EditConflict) as conflict:
        manuscripts.edit(draft, {**TITLE, "title": "犬の愛称"}, yoshino, seen={AT: "犬の名"})
    assert (conflict.value.value, conflict.value.by) == ("犬の呼び名", sato)
    assert title_of(draft) == "犬の呼び名"


def test_builders_working_on_different_fields_both_keep_their_edits(draft, sato, yoshino):
    manuscripts.edit(draft, TITLE, sato, seen={AT: "犬の名"})
    breed = {"do": "retitle_field", "field": "breed", "title": "犬種"}
    draft = manuscripts.edit(draft, breed, yoshino, seen={"/schema/properties/breed/title": "犬の種類"})
    assert title_of(draft) == "犬の呼び名"
    assert draft.document["schema"]["properties"]["breed"]["title"] == "犬種"


def test_definition_is_worked_on_in_one_place(draft):
    with pytest.raises(ManuscriptExists) as exists:
        manuscripts.begin(schemas.starter("forms", "dog_registration"), "general")
    assert exists.value.draft == draft


def test_whole_document_is_put_in_as_one_edit(draft, sato):
    manuscripts.replace(draft, schemas.starter("forms", "facility_use"), sato)
    manuscripts.undo(draft)
    assert json.loads(Manuscript.objects.get().text) == schemas.starter("forms", "dog_registration")


def test_draft_and_its_end_are_audited(draft, sato):
    manuscripts.edit(draft, TITLE, sato)
    manuscripts.discard(draft, sato)
    verbs = [entry.verb for entry in AuditEntry.objects.filter(target="form:dog_registration")]
    assert verbs == ["begin_manuscript", "discard_manuscript"]


def test_edit_costs_few_statements(draft, sato, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        manuscripts.edit(draft, TITLE, sato, seen={AT: "犬の名"})


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_twenty_edits_at_once_are_all_kept(draft):
    added = all_at_once(20, lambda number: manuscripts.edit(draft, {"do": "add_page", "title": f"画面{number}"}))
    assert [one for one in added if isinstance(one, Exception)] == []
    found = Manuscript.objects.get()
    assert [edit.number for edit in found.edits.all()] == list(range(1, 21))
    assert len(found.document["pages"]) == 20 + len(schemas.starter("forms", "dog_registration")["pages"])


def typed(draft, by, *titles, typing="a-visit"):
    for title in titles:
        draft = manuscripts.edit(draft, {**TITLE, "title": title}, by, typing=typing)
    return draft


def test_keystrokes_of_one_visit_are_one_edit_and_taken_back_together(draft, sato):
    start = draft.text
    draft = typed(draft, sato, "犬", "犬の", "犬の呼び名")
    assert title_of(draft) == "犬の呼び名" and draft.standing == 1
    assert manuscripts.undo(draft, sato).by == sato
    assert Manuscript.objects.get().text == start
    manuscripts.redo(draft, sato)
    assert title_of(draft) == "犬の呼び名"


def test_text_that_was_empty_for_a_moment_keeps_what_belongs_to_it(draft, sato):
    command = {"do": "set_consent", "field": "privacy_consent", "part": "text"}
    draft = manuscripts.edit(draft, {**command, "value": "市が使います。"}, sato)
    draft = manuscripts.edit(draft, {**command, "part": "title", "value": "個人情報の使い方"}, sato)
    consents = draft.document["consents"]
    for value in ("", "市", "市が使います。"):
        draft = manuscripts.edit(draft, {**command, "value": value}, sato, typing="a-visit")
    assert draft.document["consents"] == consents and draft.standing == 2


def test_typing_back_what_was_there_is_no_edit_at_all(draft, sato):
    start = draft.text
    draft = typed(draft, sato, "犬の", "犬の名")
    assert (draft.text, draft.standing, draft.can_undo()) == (start, 0, False)


def test_another_visit_another_person_and_a_pause_each_begin_another_edit(draft, sato, takasaki):
    draft = typed(draft, sato, "い", typing="one")
    draft = typed(draft, sato, "いぬ", typing="two")
    draft = typed(draft, takasaki, "いぬの", typing="two")
    Edit.objects.update(at=now() - 2 * edits.PAUSE)
    draft = typed(draft, takasaki, "いぬのな", typing="two")
    assert draft.standing == 4


def test_typing_on_after_undo_goes_another_way(draft, sato):
    draft = typed(draft, sato, "い", "いぬ", typing="one")
    draft = typed(draft, sato, "いぬの", typing="two")
    manuscripts.undo(draft, sato)
    draft = typed(Manuscript.objects.get(), sato, "いぬさん", typing="one")
    assert manuscripts.redo(draft) is None and draft.standing == 1
    manuscripts.undo(draft, sato)
    assert title_of(draft) == "犬の名"
