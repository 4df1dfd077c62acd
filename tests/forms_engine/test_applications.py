import pytest

import schemas
from forms_engine import applications, residents, submission
from forms_engine.applications import Application, NotEditable
from forms_engine.fact_titles import titles_of
from forms_engine.spec import FormSpec
from schemas.canonical import canonical
from tests.forms_engine.conftest import decide_as, read_again

pytestmark = pytest.mark.django_db
TABLE = [{"item": "机", "count": 12}, {"item": "椅子", "count": 30}]


def texts(sections):
    return {row.pointer: row.text for section in sections for row in section.rows}


def states(application):
    return [(step.title, step.state) for step in application.progress("ja")]


def test_answers_are_unreadable_in_the_database(draft):
    draft(group_id="F-00001")
    (sealed,) = Application.objects.values_list("answers", flat=True)
    assert "髙﨑".encode() not in sealed and b"F-00001" not in sealed


def test_answers_moved_to_another_application_do_not_open(draft):
    mine, theirs = draft(), draft()
    sealed = Application.objects.filter(pk=theirs.pk).values("answers")[:1]
    Application.objects.filter(pk=mine.pk).update(answers=sealed)
    with pytest.raises(Exception, match="altered or moved"):
        assert read_again(mine).answers


def test_names_come_back_to_the_code_point(draft):
    assert read_again(draft()).answers["applicant"] == {"family_name": "髙﨑", "given_name": "葛󠄀子"}


def test_two_tabs_lose_nothing_to_each_other(draft):
    one = draft()
    other = read_again(one)
    applications.save_answers(one, {"group_id": "F-1"})
    applications.save_answers(other, {"sales": True, "equipment": None})
    answers = read_again(one).answers
    assert (answers["group_id"], answers["sales"]) == ("F-1", True)


def test_what_was_submitted_cannot_be_written_over(submitted):
    application = submitted()
    with pytest.raises(NotEditable):
        applications.save_answers(application, {"group_id": "F-1"})
    assert application.open_pointers() == frozenset()


def test_adjectives_tell_drafts_from_open_and_closed(draft, submitted):
    filled, waiting, closed = draft(), submitted(), submitted(group_id="F-00001", use_date="2026-12-01")
    of = Application.objects
    assert set(of.drafts()) == {filled} and set(of.submitted()) == {waiting, closed}
    assert set(of.open()) == {waiting} and set(of.closed()) == {closed}


def test_a_session_holds_only_the_ids_it_holds(draft):
    mine, _theirs = draft(), draft()
    assert list(Application.objects.held_by([str(mine.pk), "no id", ""])) == [mine]
    assert not Application.objects.held_by([]).exists()


def test_the_read_out_says_answers_in_words(submitted):
    application = submitted(sales=False, equipment=TABLE, rooms=["room_a", "room_b"])
    said = texts(application.read_out("ja"))
    assert said["/applicant/family_name"] == "髙﨑"
    assert said["/rooms"] == "会議室A、会議室B"
    assert said["/use_date"] == "2026年11月24日（令和8年）"
    assert said["/sales"] == "いいえ" and said["/fee"] == "1,200円"
    assert said["/equipment/1/item"] == "椅子" and said["/equipment/1/count"] == "30"
    assert said["/group_id"] == "（記入なし）"
    assert "/goods" not in said


def test_the_read_out_has_a_section_for_each_page_and_names_groups_and_lines(submitted):
    sections = submitted(equipment=TABLE).read_out("ja")
    labels = {row.pointer: row.label for section in sections for row in section.rows}
    assert [section.title for section in sections] == ["申請者", "使用の内容", "販売"]
    assert labels["/applicant/given_name"] == "申請者／名" and labels["/equipment/0/item"] == "備品 1／品名"


def test_the_read_out_speaks_english(submitted):
    sections = submitted().read_out("en")
    assert sections[0].title == "Applicant"
    row = next(row for section in sections for row in section.rows if row.pointer == "/use_date")
    assert (row.label, row.text) == ("Date of use", "24 November 2026")


def test_after_a_correction_the_approver_sees_what_changed(submitted, sato):
    application = submitted(equipment=TABLE)
    decide_as(sato, application, "correction", remarks={"/equipment": "数が多すぎます", "/group_id": "番号は？"})
    applications.save_answers(application, {"equipment": TABLE[:1], "group_id": "F-7"})
    rows = {row.pointer: row for section in submission.submit(application).read_out("ja") for row in section.rows}
    assert rows["/group_id"].changed_from == "（記入なし）" and rows["/group_id"].text == "F-7"
    assert rows["/equipment/1/item"].changed_from == "椅子" and rows["/equipment/1/item"].text == "（削除）"
    assert rows["/equipment/0/item"].changed_from is None and rows["/use_date"].changed_from is None


def test_while_a_correction_is_written_the_approver_still_sees_what_was_submitted(submitted, sato):
    application = submitted()
    decide_as(sato, application, "correction", remarks={"/group_id": "番号は？"})
    applications.save_answers(application, {"group_id": "F-00001"})
    application = read_again(application)
    assert texts(application.read_out("ja"))["/group_id"] == "（記入なし）"
    assert texts(application.preview("ja"))["/group_id"] == "F-00001"
    assert application.facts()["group_registered"] is False


def test_the_preview_shows_what_would_be_submitted(draft):
    said = texts(draft(sales=True, fee=1).preview("ja"))
    assert said["/fee"] == "3,550円" and said["/plan"] == "（添付なし）" and said["/goods"] == "（記入なし）"


def test_facts_are_answers_calculations_and_what_the_office_verified(submitted):
    facts = submitted(group_id="F-00001").facts()
    assert facts["use_date"] == "2026-11-24" and facts["fee"] == 1200
    assert facts["room_free"] is True and facts["group_registered"] is True


def test_facts_have_titles_and_choices_too(submitted):
    titles = submitted().fact_titles("ja")
    assert titles["sales"] == "物品を販売しますか" and titles["rooms=room_b"] == "会議室B"
    assert titles["/applicant/family_name"] == "申請者／姓"
    assert titles["group_registered"] == "団体の登録"
    assert submitted(starts="08:00").fact_titles("en")["room_free"] == "Room is free"


def test_the_document_of_a_revision_is_plain_canonical_json(submitted):
    revision = submitted().latest_revision()
    document = revision.document()
    assert list(document) == [
        "form", "form_version", "form_digest", "receipt_number", "revision", "submitted_at", "answers", "attachments",
    ]  # fmt: skip
    assert "髙﨑".encode() in canonical(document) and "葛󠄀子".encode() in canonical(document)
    assert document == read_again(revision.application).latest_revision().document()


def test_a_draft_has_everything_before_it(draft):
    assert {state for _title, state in states(draft())} == {"waiting"}
    assert draft().status("ja") == "作成中"


def test_progress_follows_the_case(submitted, sato, yoshino):
    application = submitted()
    assert states(application)[:3] == [("受付", "done"), ("審査", "current"), ("決裁", "waiting")]
    decide_as(sato, application, "approved")
    assert states(application)[:3] == [("受付", "done"), ("審査", "done"), ("決裁", "current")]
    assert application.status("ja") == "決裁中"
    decide_as(yoshino, application, "approved")
    application = read_again(application)
    assert [state for _title, state in states(application)] == ["done"] * 4
    assert application.status("ja") == "承認" and application.progress("ja")[2].note == "承認"


def test_a_correction_shows_in_progress_and_status(submitted, sato):
    application = submitted()
    decide_as(sato, application, "correction", comment="書類をご確認ください")
    application = read_again(application)
    assert application.status("ja") == "補正待ち" and application.progress("ja")[1].note == "補正をお願いしています"
    assert application.open_correction().comment == "書類をご確認ください" and application.open_pointers() == {""}


def test_a_withdrawn_application_ends_so(submitted):
    application = submission.withdraw(submitted())
    assert states(application) == [("受付", "done"), ("取下げ", "done")] and application.status("ja") == "取下げ"


def test_number_and_code_together_find_it_however_they_are_written(submitted):
    application = submitted()
    number, code = application.receipt_number, application.access_code
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number.lower())
    assert applications.find(number, code) == application
    assert applications.find(f" {wide} ", code.lower().replace("-", " ")) == application
    assert applications.find(number.replace("-00000", "-"), code) == application
    assert applications.find(number, "WRONG") is None and applications.find("R8-999999", code) is None


def test_guessing_a_code_is_stopped(submitted):
    application = submitted()
    for _guess in range(residents.GUESSES):
        assert applications.find(application.receipt_number, "0000") is None
    with pytest.raises(residents.TooManyGuesses):
        applications.find(application.receipt_number, "0000")
    assert applications.find(application.receipt_number, application.access_code) == application


def test_a_saved_link_leads_back_to_the_draft(draft):
    application = draft()
    assert applications.resume(application.pk, application.access_code) == application
    assert applications.resume(application.pk, draft().access_code) is None


def test_who_applies_himself_does_not_decide(room, sato, takasaki):
    application = applications.start(room, applied_by=sato)
    assert application.is_applicant(sato) and not application.is_applicant(takasaki)
    assert not applications.start(room).is_applicant(sato)


def test_closing_is_announced_in_the_same_transaction(submitted):
    heard = []
    receiver = lambda sender, application, **kwargs: heard.append(application.pk)  # noqa: E731
    applications.closed.connect(receiver)
    try:
        application = submitted(group_id="F-00001")
    finally:
        applications.closed.disconnect(receiver)
    assert heard == [application.pk]


def test_below_the_heading_of_a_group_its_name_is_not_said_again(submitted):
    rows = [row for section in submitted(equipment=TABLE).read_out("ja") for row in section.rows]
    said = {row.pointer: (row.group, row.name) for row in rows}
    assert said["/applicant/given_name"] == ("申請者", "名")
    assert said["/equipment/0/item"] == ("備品 1", "品名") and said["/use_date"] == ("", "使用日")


def test_field_that_the_answers_do_not_bring_up_is_called_by_its_title():
    spec = FormSpec.load(schemas.starter("forms", "disaster_certificate"))
    assert titles_of(spec, {}, "ja")["self_assessment_consent"] == "自己判定方式に同意します"
