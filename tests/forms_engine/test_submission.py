from uuid import UUID

import pytest
from django.db import connection
from django.utils.timezone import localdate

from forms_engine import applications, attachments, receipts, submission, vault
from forms_engine.applications import Application, Revision
from forms_engine.frozen import Frozen
from forms_engine.receipts import ReceiptCounter
from forms_engine.reservations import Reservation
from schemas.canonical import digest
from tests.forms_engine.at_once import all_at_once
from tests.forms_engine.conftest import PDF, decide_as, read_again, upload
from workflows.audit import AuditEntry
from workflows.cases import Case


def with_plan(draft, **answers):
    """A draft that sells things, with its plan attached."""
    application = draft(sales=True, goods="菓子", **answers)
    file = attachments.attach(application, "/plan", upload())
    return applications.save_answers(application, {"plan": file})


@pytest.mark.django_db
def test_a_complete_draft_arrives_with_number_revision_case_and_audit(draft):
    application = submission.submit(draft(group_id="F-99999"))
    revision, case = application.revisions.get(), Case.objects.of(application).get()
    assert application.receipt_number == receipts.normalised(f"R{receipts.fiscal_year(localdate()) - 2018}-1")
    assert revision.digest == digest(revision.document()) == application.signed_content()["sha256"]
    assert (case.reference, case.title, case.department_key) == (
        application.reference,
        "会議室使用申請書",
        "environment",
    )
    assert case.is_open and case.due_on
    assert AuditEntry.objects.filter(verb="submit", target=f"application:{application.pk}").count() == 1


@pytest.mark.django_db
def test_submitting_again_gives_the_same_application(draft):
    application = draft()
    first, second = submission.submit(application), submission.submit(application)
    assert first == second and first.receipt_number == second.receipt_number
    assert Revision.objects.count() == Case.objects.count() == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_twenty_double_clicks_at_once_make_one_application(draft):
    application = draft()
    results = all_at_once(20, lambda _n: submission.submit(Application.objects.get(pk=application.pk)).receipt_number)
    assert set(results) == {read_again(application).receipt_number}
    assert Revision.objects.count() == Case.objects.count() == 1
    assert ReceiptCounter.objects.get().last == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_numbers_given_at_the_same_time_have_no_gap(draft):
    drafts = [draft(use_date=f"2026-12-{day:02}") for day in range(1, 13)]
    results = all_at_once(12, lambda number: submission.submit(drafts[number]).receipt_number)
    assert sorted(int(number[-6:]) for number in results) == list(range(1, 13))


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_of_two_who_book_one_room_at_once_one_is_approved_and_one_waits_for_a_person(draft):
    drafts = [draft(group_id="F-00001") for _number in range(6)]
    results = all_at_once(6, lambda number: submission.submit(drafts[number]).outcome)
    assert sorted(results) == ["", "", "", "", "", "approved"]
    assert Reservation.objects.held().count() == 1


@pytest.mark.django_db
def test_a_failed_submission_leaves_the_number_for_the_next(draft):
    with pytest.raises(submission.Incomplete):
        submission.submit(draft(use_date="2027-01-01"))
    assert submission.submit(draft()).receipt_number.endswith("-000001")


@pytest.mark.django_db
def test_what_is_missing_is_named_with_its_page(draft):
    application = draft(use_date=None, applicant={"family_name": "髙﨑"})
    with pytest.raises(submission.Incomplete) as incomplete:
        submission.submit(application)
    pages = incomplete.value.by_page()
    assert [problem.pointer for problem in pages["applicant"]] == ["/applicant/given_name"]
    assert [problem.pointer for problem in pages["use"]] == ["/use_date"]
    assert read_again(application).is_draft and not Case.objects.exists()


@pytest.mark.django_db
def test_the_form_s_own_checks_stop_a_submission_and_warnings_do_not(draft, submitted):
    submitted()
    with pytest.raises(submission.Incomplete) as incomplete:
        submission.submit(draft(use_date="2027-01-01"))
    assert [problem.message() for problem in incomplete.value.problems] == ["休館日です。"]
    assert submitted(starts="10:00").receipt_number


@pytest.mark.django_db
def test_the_server_calculates_and_ignores_what_the_browser_sent(draft):
    application = submission.submit(draft(fee=1))
    assert application.latest_revision().answers["fee"] == 1200


@pytest.mark.django_db
def test_answers_of_fields_that_are_hidden_are_not_submitted(draft):
    application = submission.submit(draft(sales=False, goods="菓子"))
    assert "goods" not in application.latest_revision().answers
    assert "goods" not in application.answers


@pytest.mark.django_db
def test_a_number_too_large_for_json_is_refused_and_not_an_error(draft):
    with pytest.raises(submission.Incomplete):
        submission.submit(draft(equipment=[{"item": "机", "count": 2**60}]))


@pytest.mark.django_db
def test_a_registered_group_is_approved_at_once_and_holds_the_room(submitted):
    application = submitted(group_id="ｆ－００００１")
    assert (application.outcome, application.is_closed) == ("approved", True)
    assert application.reservations.held().get().resource == "room_a"


@pytest.mark.django_db
def test_a_registration_that_has_run_out_leaves_it_to_a_person(submitted):
    assert submitted(group_id="F-00002").outcome == ""


@pytest.mark.django_db
def test_a_file_of_somebody_else_is_refused(draft):
    mine, theirs = draft(sales=True, goods="菓子"), draft(sales=True, goods="菓子")
    applications.save_answers(mine, {"plan": attachments.attach(theirs, "/plan", upload())})
    with pytest.raises(submission.Incomplete) as incomplete:
        submission.submit(mine)
    assert [(p.pointer, p.code) for p in incomplete.value.problems] == [("/plan", "attachment_missing")]


@pytest.mark.django_db
@pytest.mark.parametrize("lie", [{"sha256": "0" * 64}, {"size": 1}, {"media_type": "image/png"}, {"name": "x.pdf"}])
def test_a_file_answer_that_does_not_fit_its_file_is_refused(draft, lie):
    application = with_plan(draft)
    applications.save_answers(application, {"plan": {**application.answers["plan"], **lie}})
    with pytest.raises(submission.Incomplete):
        submission.submit(application)


@pytest.mark.django_db(transaction=True)
def test_files_that_no_answer_names_are_dropped(draft):
    application = with_plan(draft)
    extra = attachments.attach(application, "/plan", upload(PDF + b"%%EOF"))
    submission.submit(application)
    assert [str(kept.pk) for kept in application.attachments.all()] == [application.answers["plan"]["id"]]
    assert not vault.has(UUID(extra["id"]))


@pytest.mark.django_db
def test_a_revision_never_changes(submitted):
    revision = submitted().latest_revision()
    with pytest.raises(Frozen):
        revision.save()
    with pytest.raises(Frozen):
        revision.delete()
    with pytest.raises(Frozen):
        Revision.objects.filter(pk=revision.pk).update(number=7)


@pytest.mark.django_db
def test_a_correction_takes_the_remarked_answer_and_nothing_else(submitted, sato):
    application = submitted()
    decide_as(sato, application, "correction", remarks={"/applicant/given_name": "字が違います"})
    application = read_again(application)
    assert application.open_pointers() == {"/applicant/given_name"}
    applications.save_answers(
        application, {"applicant": {"family_name": "別人", "given_name": "葛子"}, "use_date": "2026-12-24"}
    )
    application = submission.submit(application)
    latest = application.latest_revision()
    assert latest.number == 2 and application.open_correction() is None
    assert latest.answers["applicant"] == {"family_name": "髙﨑", "given_name": "葛子"}
    assert latest.answers["use_date"] == "2026-11-24"
    assert Case.objects.of(application).get().content_sha256 == latest.digest


@pytest.mark.django_db
def test_correcting_twice_at_once_makes_one_revision(submitted, sato):
    application = submitted()
    decide_as(sato, application, "correction", remarks={"/group_id": "番号をご確認ください"})
    applications.save_answers(application, {"group_id": "F-3"})
    submission.submit(application)
    submission.submit(application)
    assert [revision.number for revision in application.revisions.all()] == [1, 2]


@pytest.mark.django_db
def test_a_correction_may_answer_what_the_new_answer_brings_up(submitted, sato):
    application = submitted()
    decide_as(sato, application, "correction", remarks={"/sales": "販売があると聞いています"})
    application = read_again(application)
    applications.save_answers(application, {"sales": True, "goods": "菓子"})
    assert {"/sales", "/goods", "/plan"} <= application.open_pointers()
    applications.save_answers(application, {"plan": attachments.attach(application, "/plan", upload())})
    application = submission.submit(application)
    answers = application.latest_revision().answers
    assert (answers["sales"], answers["goods"], answers["fee"]) == (True, "菓子", 3550)


@pytest.mark.django_db(transaction=True)
def test_the_file_of_an_earlier_revision_is_kept_when_it_is_replaced(draft, sato):
    application = submission.submit(with_plan(draft))
    decide_as(sato, application, "correction", remarks={"/plan": "読めません"})
    new = attachments.attach(application, "/plan", upload(PDF + b"\n%%EOF"))
    applications.save_answers(application, {"plan": new})
    application = submission.submit(application)
    assert application.attachments.count() == 2
    assert application.latest_revision().document()["attachments"][0]["sha256"] == new["sha256"]


@pytest.mark.django_db
def test_a_resident_withdraws_until_it_is_decided_and_the_room_is_free_again(submitted):
    application = submitted()
    withdrawn = submission.withdraw(application)
    assert withdrawn.withdrawn_at and withdrawn.outcome == "withdrawn" and withdrawn.is_closed
    assert not Reservation.objects.held().exists()
    assert submission.withdraw(application).withdrawn_at == withdrawn.withdrawn_at


@pytest.mark.django_db
def test_what_is_decided_or_never_submitted_cannot_be_withdrawn(draft, submitted):
    with pytest.raises(submission.WithdrawalRefused):
        submission.withdraw(draft())
    with pytest.raises(submission.WithdrawalRefused) as refused:
        submission.withdraw(submitted(group_id="F-00001"))
    assert "取り下げられません" in str(refused.value)


@pytest.mark.django_db
def test_a_refusal_gives_the_room_back_and_an_approval_takes_it(submitted, sato, yoshino):
    first, second = submitted(), submitted(starts="11:00", ends="13:00")
    assert not second.reservations.held().exists()
    for application, outcome in ((first, "refused"), (second, "approved")):
        decide_as(sato, application, "approved")
        decide_as(yoshino, application, outcome, comment="使用目的が合わないため")
    assert not first.reservations.held().exists()
    assert second.reservations.held().count() == 1


@pytest.mark.django_db
def test_submitting_costs_few_queries(draft, django_assert_max_num_queries):
    application = draft()
    with django_assert_max_num_queries(60):
        submission.submit(application)
    assert connection.vendor
