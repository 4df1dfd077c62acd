"""The drafting desk (起案): staff draft internal procedures with the same wizard; residents never see them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

import schemas
from forms_engine import applications, submission
from forms_engine import definitions as forms
from forms_engine.applications import Application
from forms_engine.archive.record import content_of
from forms_engine.definitions import FormVersion
from tests.forms_engine.test_starters import attached
from tests.schemas.answers import variants
from workflows import audit
from workflows import definitions as workflows
from workflows.cases import Case
from workflows.decisions import decide
from workflows.staff import StaffMember

Browser = Callable[[str], Client]
KEY = "purchase_request"


@pytest.fixture
def purchases(municipality: None) -> FormVersion:
    """物品購入伺, as the office offers it to its staff."""
    workflows.publish(schemas.starter("workflows", KEY))
    return forms.publish(schemas.starter("forms", KEY))


@pytest.fixture
def drafted(purchases: FormVersion, sato: StaffMember) -> Callable[..., Application]:
    """``drafted("mayor")``: a purchase drafted by 佐藤 花子 and sent."""

    def send(variant: str = "section_chief", **changes: Any) -> Application:
        application = applications.start(purchases, applied_by=sato)
        given = {**json.loads(json.dumps(variants(KEY, localdate())[variant])), **changes}
        applications.save_answers(application, attached(application, given))
        return submission.submit(application, sato)

    return send


def test_staff_begin_a_draft_and_go_on_with_it_later(purchases: FormVersion, client_of: Browser) -> None:
    browser = client_of("sato")
    assert "物品購入伺" in browser.get(reverse("drafting:overview")).content.decode()
    answer = browser.post(reverse("drafting:start", args=[KEY]))
    draft = Application.objects.get()
    assert (draft.is_internal, draft.applied_by) == (True, StaffMember.objects.get(username="sato"))
    assert "/pages/" in answer.url
    elsewhere = client_of("sato")
    assert elsewhere.get(answer.url).status_code == 403  # that browser does not hold it yet
    assert elsewhere.get(reverse("drafting:go_on", args=[draft.pk]), follow=True).status_code == 200


def test_residents_never_see_an_internal_procedure(
    purchases: FormVersion, client: Client, drafted: Callable[..., Application]
) -> None:
    application = drafted()
    assert "物品購入伺" not in client.get("/").content.decode()
    assert client.get(reverse("resident:procedure", args=[KEY])).status_code == 404
    assert client.post(reverse("resident:start", args=[KEY])).status_code == 404
    assert client.get(reverse("resident:follow", args=[application.pk])).status_code == 404
    link = reverse("resident:resume", args=[application.pk, application.access_code])
    assert client.get(link).status_code == 404
    given = {"receipt_number": application.receipt_number, "code": application.access_code}
    assert client.post(reverse("resident:find_application"), given).status_code == 422


def test_drafting_desk_is_for_staff(purchases: FormVersion, client: Client) -> None:
    for url in (reverse("drafting:overview"), reverse("drafting:start", args=[KEY])):
        assert client.post(url).status_code in (302, 405)
    assert client.get(reverse("drafting:overview")).url.startswith(reverse("login"))
    assert not Application.objects.exists()


def test_what_residents_apply_for_is_not_drafted(published: None, client_of: Browser) -> None:
    assert client_of("sato").post(reverse("drafting:start", args=["dog_registration"])).status_code == 404


def test_drafts_of_others_are_not_there(drafted: Callable[..., Application], client_of: Browser) -> None:
    application = drafted()
    for name in ("go_on", "copy", "discard"):
        url, browser = reverse(f"drafting:{name}", args=[application.pk]), client_of("takasaki")
        assert (browser.get(url) if name == "go_on" else browser.post(url)).status_code == 404


def test_route_follows_department_and_amount_of_the_answers(drafted: Callable[..., Application]) -> None:
    waits = Case.objects.of(drafted()).get().open_tasks()[0]
    assert waits.key == "general/reviewer"
    case = Case.objects.of(drafted("mayor")).get()
    assert case.drafted_by == StaffMember.objects.get(username="sato")
    assert [task.step for task in case.open_tasks()] == ["accounts"]


def test_drafter_takes_back_changes_and_sends_again(drafted: Callable[..., Application], client_of: Browser) -> None:
    application, browser = drafted(), client_of("sato")
    case = Case.objects.of(application).get()
    browser.post(reverse("approver:act_on_case", args=[case.public_id, "pull_back"]))
    page = browser.get(reverse("approver:case", args=[case.public_id])).content.decode()
    assert "手元に戻っています" in page
    browser.get(reverse("drafting:go_on", args=[application.pk]))
    applications.save_answers(application, {"title": "事務用椅子の購入について（修正）"})
    browser.post(reverse("resident:submit", args=[application.pk]))
    assert Case.objects.of(application).get().open_tasks()[0].step == "accounts"
    assert application.revisions.count() == 2


def test_drafter_copies_an_earlier_one_without_its_files(
    drafted: Callable[..., Application], client_of: Browser
) -> None:
    source = drafted()
    client_of("sato").post(reverse("drafting:copy", args=[source.pk]))
    copy = Application.objects.get(submitted_at=None)
    assert copy.answers["title"] == source.standing_answers()["title"]
    assert copy.answers["items"] == source.standing_answers()["items"]
    assert "quotations" not in copy.answers


def test_discarded_draft_is_gone_and_on_record(purchases: FormVersion, client_of: Browser) -> None:
    browser = client_of("sato")
    browser.post(reverse("drafting:start", args=[KEY]))
    browser.post(reverse("drafting:discard", args=[Application.objects.get().pk]))
    assert not Application.objects.exists()
    assert audit.AuditEntry.objects.latest("number").verb == "discard_draft"


def test_sent_drafts_cannot_be_discarded(drafted: Callable[..., Application], client_of: Browser) -> None:
    application = drafted()
    assert client_of("sato").post(reverse("drafting:discard", args=[application.pk])).status_code == 404
    assert Application.objects.filter(pk=application.pk).exists()


def holder(task: Any) -> Any:
    """Somebody for whom the task waits, not the drafter."""
    return StaffMember.objects.holding(task.key).exclude(username="sato")[0]


def test_approvers_read_of_a_drafter_and_of_no_appeal_and_so_does_the_copy(
    drafted: Callable[..., Application], client_of: Browser
) -> None:
    application = drafted()
    case = Case.objects.of(application).get()
    while not (task := case.open_tasks()[0]).human_step.is_decision:
        decide(task, "approved", holder(task))
    browser = client_of(holder(task).username)
    page = browser.get(reverse("approver:case", args=[case.public_id])).content.decode()
    assert "理由を起案者に通知します" in page and "申請者" not in page
    wish = {"outcome": "refused", "comment": "予算がないため"}
    letter = browser.post(reverse("approver:decide", args=[task.public_id]), wish).content.decode()
    assert "この起案は" in letter and "審査請求" not in letter
    browser.post(reverse("approver:decide", args=[task.public_id]), {**wish, "confirmed": "yes"})
    content = content_of(Application.objects.get(pk=application.pk))
    assert (content.outcome, content.instruction, content.party) == ("refused", (), "起案者")
