"""Residents are told by mail, once, in their language, and nothing that they wrote stands in it."""

import copy
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connections, transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.timezone import now

from forms_engine import applications, notices, submission
from forms_engine.applications import Application
from forms_engine.definitions import publish
from forms_engine.notices import KINDS, Notice, TooManyLinks
from forms_engine.spec import FormSpec
from tests.forms_engine import documents
from tests.forms_engine.conftest import decide_as
from workflows import audit, dispatch
from workflows.cases import Case

pytestmark = pytest.mark.django_db
CONTACT = {"phone": "03-1234-5678", "email": "hanako@example.jp"}
BACKGROUND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def with_contact(**more: Any) -> dict[str, Any]:
    """The meeting room's form that asks for a contact."""
    document = copy.deepcopy(documents.ROOM)
    document["schema"]["properties"]["contact"] = {"$ref": "vocabulary.schema.json#/$defs/contact", "title": "連絡先"}
    document["pages"][0]["fields"].append("contact")
    return document | more


@pytest.fixture
def draft(room: Any) -> Callable[..., Application]:
    """``draft(notices={…})``: a filled draft of the form with this in its definition."""

    def fill(language: str = "ja", contact: Any = CONTACT, **more: Any) -> Application:
        application = applications.start(publish(with_contact(**more)), language)
        return applications.save_answers(application, documents.ANSWERS | {"contact": contact})

    return fill


@pytest.fixture
def submitted(draft: Callable[..., Application]) -> Callable[..., Application]:
    return lambda *args, **more: submission.submit(draft(*args, **more))


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox]


def test_a_resident_hears_of_everything_that_happens(submitted, sato, yoshino) -> None:
    application = submitted()
    decide_as(sato, application, "correction", comment="直してください", remarks={"/use_date": "日付"})
    submission.submit(application.pk)
    decide_as(sato, application, "approved")
    decide_as(yoshino, application, "approved")
    number = application.reference
    assert [subject.rpartition("】")[2] for subject in subjects()] == [
        f"申請を受け付けました（{number}）",
        f"申請の内容について確認してください（{number}）",
        f"申請が承認されました（{number}）",
    ]
    assert {tuple(message.to) for message in mail.outbox} == {("hanako@example.jp",)}


def test_a_refusal_says_how_to_appeal_whatever_the_form_says(submitted, sato, yoshino) -> None:
    application = submitted(notices={"refused": {"body": "残念ですが、承認できませんでした。"}})
    decide_as(sato, application, "approved")
    decide_as(yoshino, application, "refused", comment="改修工事のためです。")
    body = mail.outbox[-1].body
    assert "残念ですが" in body and "審査請求をすることができます" in body and "訴え" in body
    assert "改修工事" not in body


def test_a_withdrawal_is_confirmed(submitted) -> None:
    submission.withdraw(submitted())
    assert "取下げを受け付けました" in subjects()[-1]


def test_no_mail_holds_what_was_written_or_what_opens_an_application(submitted, sato, yoshino) -> None:
    application = submitted()
    decide_as(sato, application, "correction", comment="秘密の理由", remarks={"/use_date": "秘密の指摘"})
    submission.withdraw(application)
    everything = "\n".join(f"{message.subject}{message.body}" for message in mail.outbox)
    for personal in ("髙﨑", "葛󠄀子", "1234", "秘密", application.access_code, str(application.pk)):
        assert personal not in everything
    assert reverse("resident:find_application") in everything


@pytest.mark.parametrize(
    ("language", "words"),
    [("ja", "申請を受け付け"), ("ja-easy", "申しこみを うけつけ"), ("en", "We received"), ("vi", "うけつけ")],
)
def test_mail_comes_in_the_language_of_the_application(submitted, language: str, words: str) -> None:
    submitted(language)
    assert words in mail.outbox[0].body


def test_a_form_brings_its_own_texts_and_their_translations(submitted) -> None:
    own = {"receipt": {"subject": "{受付番号} 会議室", "body": "使用日は{/use_date}、使用料は{/fee}です。"}}
    english = {"/title": "Room", "/notices/receipt/body": "Your day: {/use_date}. Fee: {/fee}."}
    application = submitted("en", notices=own, translations={"en": english})
    assert subjects() == [f"{application.reference} 会議室"]
    assert mail.outbox[0].body.startswith("Your day: 24 November 2026. Fee: 1,200")


def test_without_an_address_there_is_no_mail_and_the_receipt_says_so(draft) -> None:
    application = submission.submit(draft(contact={"phone": "03-1234-5678"}))
    client = Client()
    client.post(
        reverse("resident:find_application"), {"receipt_number": application.reference, "code": application.access_code}
    )
    page = client.get(reverse("resident:done", args=[application.pk])).content.decode()
    assert mail.outbox == [] and not Notice.objects.exists()
    assert "メールではお知らせしません" in page


def test_an_office_without_mail_writes_no_notice(draft) -> None:
    with override_settings(MAIL={}):
        submission.submit(draft())
    assert not Notice.objects.exists()


def test_what_is_rolled_back_is_not_mailed(draft) -> None:
    application = draft()
    with override_settings(TASKS=BACKGROUND), pytest.raises(ZeroDivisionError), transaction.atomic():
        submission.submit(application)
        raise ZeroDivisionError
    assert not Notice.objects.exists() and notices.sweep() == 0


def test_the_recipient_is_encrypted_and_sending_is_audited(submitted) -> None:
    submitted()
    (sealed,) = Notice.objects.values_list("letter", flat=True)
    assert b"hanako" not in bytes(sealed)
    entry = audit.AuditEntry.objects.filter(verb="send_notice").get()
    assert entry.detail["kind"] == "receipt" and "hanako" not in str(entry.detail)


class Down(EmailBackend):
    """A mail server that cannot be reached."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("hanako@example.jp")


def test_a_failed_mail_is_tried_again_later_and_given_up_in_the_end(submitted) -> None:
    with override_settings(EMAIL_BACKEND=f"{__name__}.Down"):
        application = submitted()
        row = application.notices.get()
        assert (row.attempts, row.reason, row.sent_at) == (1, "ConnectionRefusedError", None)
        assert row.due_at > now() and notices.sweep() == 0
        for _ in dispatch.BACK_OFF:
            Notice.objects.update(due_at=now())
            assert notices.sweep() == 1
    row.refresh_from_db()
    assert row.failed_at and row.attempts == len(dispatch.BACK_OFF) + 1 and notices.sweep() == 0
    assert "hanako" not in row.reason


def test_a_mail_that_failed_once_arrives_once(submitted) -> None:
    with override_settings(EMAIL_BACKEND=f"{__name__}.Down"):
        submitted()
    Notice.objects.update(due_at=now())
    assert [notices.sweep(), notices.sweep()] == [1, 0] and len(mail.outbox) == 1


def test_what_a_dead_worker_had_taken_is_taken_again_under_the_same_message_id(draft) -> None:
    with override_settings(TASKS=BACKGROUND):
        submission.submit(draft())
    (row,) = Notice.objects.all().take()
    assert notices.sweep() == 0
    assert notices.sweep(patience=timedelta(0)) == 0 or mail.outbox == []
    Notice.objects.update(taken_at=now() - dispatch.STALE)
    assert notices.sweep() == 1
    assert str(row.pk) in mail.outbox[0].extra_headers["Message-ID"]


def test_staff_see_on_the_case_what_was_sent_and_what_was_not(submitted, client_of) -> None:
    with override_settings(EMAIL_BACKEND=f"{__name__}.Down"):
        application = submitted()
    case = reverse("approver:case", args=[Case.objects.of(application).get().public_id])
    assert "送れませんでした（ConnectionRefusedError）" in client_of("sato").get(case).content.decode()
    Notice.objects.update(due_at=now())
    notices.sweep()
    assert "に送信" in client_of("sato").get(case).content.decode()


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(draft) -> None:
    with override_settings(TASKS=BACKGROUND):
        rows = [submission.submit(draft()).notices.get() for _ in range(3)]
    ready = threading.Barrier(3)

    def work() -> None:
        ready.wait()
        for row in rows:
            notices.deliver.call(str(row.pk))
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert len(mail.outbox) == 3 and {row.attempts for row in Notice.objects.all()} == {1}


@pytest.mark.both
def test_one_cause_writes_one_notice(submitted) -> None:
    application = submitted()
    notices.write(application, "receipt")
    assert application.notices.count() == 1 and len(mail.outbox) == 1


def test_the_link_of_a_draft_goes_only_where_its_resident_asks(draft) -> None:
    application = draft()
    assert notices.send_draft_link(application, "phone@example.jp")
    assert mail.outbox[0].to == ["phone@example.jp"] and application.access_code in mail.outbox[0].body
    notices.remind(application, date(2026, 12, 24))
    notices.remind(application, date(2026, 12, 24))
    assert [message.to for message in mail.outbox] == [["phone@example.jp"]] * 2
    assert "2026年12月24日（木）に消えます" in mail.outbox[1].body


def test_nobody_is_reminded_who_did_not_ask_for_the_link(draft) -> None:
    assert not notices.remind(draft(), date(2026, 12, 24)) and mail.outbox == []


def test_a_draft_does_not_become_a_mail_cannon(draft) -> None:
    application = draft()
    for _ in range(notices.MOST_LINKS):
        notices.send_draft_link(application, "a@example.jp")
    with pytest.raises(TooManyLinks):
        notices.send_draft_link(application, "a@example.jp")


def test_resident_asks_for_the_link_on_the_saved_page(draft) -> None:
    application, client = draft(), Client()
    client.get(reverse("resident:resume", args=[application.pk, application.access_code]))
    at = reverse("resident:mail_link", args=[application.pk])
    wrong = client.post(at, {"email": "hanako@"})
    told = wrong.content.decode()
    assert wrong.status_code == 422 and "name@example.jp" in told and "hanako@" in told
    assert "リンクをメールで送ります" in client.post(at, {"email": "hanako@example.jp"}, follow=True).content.decode()
    assert mail.outbox[0].to == ["hanako@example.jp"]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["ja", "ja-easy", "en"])
def test_every_notice_can_be_previewed(kind: str, language: str) -> None:
    spec = FormSpec.load(with_contact(notices={"receipt": {"body": "{/use_date} {/sales} {/fee}"}}))
    letter = notices.preview(spec, kind, language)
    assert letter.subject and "{" not in letter.subject + letter.body
    assert ("Use of a meeting room" in letter.body) == (language == "en" and kind != "receipt")


def test_a_title_with_a_line_break_cannot_forge_a_header(submitted) -> None:
    submitted(title="会議室\r\nBcc: everybody@example.jp", notices={"receipt": {"subject": "{手続名}"}})
    assert subjects() == ["会議室 Bcc: everybody@example.jp"] and mail.outbox[0].bcc == []
