"""The resident reads what really happened, in the procedure's own words."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from forms_engine import applications, submission
from forms_engine.applications import Application
from forms_engine.definitions import publish
from forms_engine.withdrawals import LONGEST
from tests.forms_engine import documents
from tests.forms_engine.conftest import decide_as, read_again
from tests.forms_engine.test_resident_desk import holding
from workflows.cases import Case
from workflows.staff import StaffMember

Filled = Callable[..., Application]
WORDS = {"approved": "許可", "refused": "不許可"}


def steps(application: Application, language: str = "ja") -> list[tuple[str, str]]:
    return [(one.title, one.state) for one in read_again(application).progress(language)]


@pytest.fixture
def permit(room: Any) -> Callable[..., Application]:
    """A form whose outcomes have names of their own, submitted."""
    procedure = {**documents.ROOM["procedure"], "outcome_words": WORDS, "payment": "窓口で払ってください。"}
    english = {**documents.ROOM["translations"]["en"], "/procedure/outcome_words/approved": "Permitted"}
    version = publish({**documents.ROOM, "procedure": procedure, "translations": {"en": english}})

    def submit(**answers: Any) -> Application:
        draft = applications.start(version)
        return submission.submit(applications.save_answers(draft, {**documents.ANSWERS, **answers}))

    return submit


def test_automatic_approval_claims_no_review_and_no_decision_of_a_person(submitted: Filled) -> None:
    application = submitted(group_id="F-00001")
    assert steps(application) == [("受付", "done"), ("自動審査", "done"), ("完了", "done")]
    assert read_again(application).progress("ja")[1].note == "承認：自動で決まりました"


def test_people_review_and_decide_each_on_their_day(submitted: Filled, sato: StaffMember, yoshino: StaffMember) -> None:
    application = submitted()
    reviewed = decide_as(sato, application, "approved")
    assert steps(application)[1:3] == [("審査", "done"), ("決裁", "current")]
    decided = decide_as(yoshino, application, "approved")
    done = read_again(application).progress("ja")
    assert [one.title for one in done] == ["受付", "審査", "決裁", "完了"]
    assert done[1].at == reviewed.at <= decided.at


def test_the_outcome_is_called_as_the_procedure_calls_it(permit: Filled, client: Client) -> None:
    application = holding(client, permit(group_id="F-00001"))
    assert application.status("ja") == "許可"
    assert application.status("en") == "Permitted"
    for name in ("follow", "done"):
        html = client.get(reverse(f"resident:{name}", args=[application.pk])).content.decode()
        assert "許可" in html and "承認" not in html
        assert "1,200円" in html and "窓口で払ってください。" in html


def test_a_refusal_is_called_so_and_asks_for_no_money(
    permit: Filled, client: Client, sato: StaffMember, yoshino: StaffMember
) -> None:
    application = holding(client, permit())
    decide_as(sato, application, "approved")
    decide_as(yoshino, application, "refused", comment="目的に合いません")
    html = client.get(reverse("resident:follow", args=[application.pk])).content.decode()
    assert "不許可" in html and "窓口で払ってください。" not in html


def test_the_resident_reads_by_when_it_is_decided_and_that_it_is_late(permit: Filled, client: Client) -> None:
    application = holding(client, permit())
    url = reverse("resident:follow", args=[application.pk])
    assert "までにお知らせする予定です。" in client.get(url).content.decode()
    Case.objects.of(application).update(due_on="2020-01-06")
    assert "2020年1月6日（月）までにお知らせする予定でしたが、遅れています。" in client.get(url).content.decode()


def test_withdrawing_asks_why_and_tells_the_office(submitted: Filled, client: Client) -> None:
    application = holding(client, submitted())
    url = reverse("resident:withdraw", args=[application.pk])
    assert 'name="reason"' in client.get(url).content.decode()
    client.post(url, {"reason": " 日程が変わったため " + "あ" * LONGEST})
    told = read_again(application).read_out("ja")[-1]
    assert told.title == "取下げ" and told.rows[0].text.startswith("日程が変わったため")
    assert steps(application) == [("受付", "done"), ("取下げ", "done")]


def test_nobody_has_to_say_why(submitted: Filled, client: Client) -> None:
    application = holding(client, submitted())
    client.post(reverse("resident:withdraw", args=[application.pk]))
    assert [one.title for one in read_again(application).read_out("ja")][-1] != "取下げ"


def test_the_receipt_is_handed_to_its_resident_only(submitted: Filled, draft: Filled, client: Client) -> None:
    url = reverse("resident:receipt", args=[submitted().pk])
    assert client.get(url).status_code == 404
    mine, unfinished = holding(client, submitted(rooms=["room_b"])), holding(client, draft())
    response = client.get(reverse("resident:receipt", args=[mine.pk]))
    assert response.content.startswith(b"%PDF-")
    assert response["Cache-Control"] == "private, no-store"
    check = reverse("resident:check", args=[unfinished.pk])
    assert client.get(reverse("resident:receipt", args=[unfinished.pk])).url == check
