"""The approver desk in a real browser: a purchase of IT goods up to the mayor, a queue cleared by keyboard, a phone."""

import json

import pytest
from django.utils.timezone import localdate

import schemas
from forms_engine import applications, submission
from forms_engine import definitions as forms
from forms_engine.applications import Application
from tests.forms_engine.answers import dog_of_a_company
from tests.forms_engine.test_starters import attached
from tests.journeys.people import choose, leave, sign_in, verified
from tests.schemas.answers import variants
from workflows import definitions as workflows
from workflows.cases import Case
from workflows.staff import StaffMember

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
KEY = "purchase_request"


@pytest.fixture
def purchase(municipality: None) -> Application:
    """佐藤 花子's draft of computers for 8,250,000 yen, with everything filled in."""
    workflows.publish(schemas.starter("workflows", KEY))
    version = forms.publish(schemas.starter("forms", KEY))
    draft = applications.start(version, applied_by=StaffMember.objects.get(username="sato"))
    answers = json.loads(json.dumps(variants(KEY, localdate())["mayor"]))
    answers |= {"includes_it": True, "it_details": "窓口の端末。庁内LANに接続。"}
    return applications.save_answers(draft, attached(draft, answers))


def waits_for(application: Application) -> list[tuple[str, StaffMember]]:
    """Each step that waits, and somebody who may act on it."""
    tasks = Case.objects.of(application).get().open_tasks()
    sato = StaffMember.objects.get(username="sato")
    return [(task.lane, StaffMember.objects.holding(task.key).exclude(pk=sato.pk).first()) for task in tasks]


def test_it_purchase_goes_through_consultation_to_the_mayor(purchase: Application, page, look) -> None:
    sign_in(page, "sato")
    page.get_by_role("link", name="起案", exact=True).click()
    look(page)
    page.get_by_role("link", name="物品購入伺").click()
    page.wait_for_url("**/pages/**")
    page.goto(f"/applications/{purchase.pk}/check/")
    page.get_by_role("button", name="この内容で").click()
    page.wait_for_url("**/approver/cases/**")
    look(page)
    leave(page)
    posts = []
    while waiting := waits_for(purchase):
        lane, member = waiting[0]
        posts.append(member.get_username())
        sign_in(page, member.get_username())
        page.goto(f"/approver/?tray={'consultations' if lane == 'consulted' else 'mine'}")
        look(page)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url("**/approver/cases/**")
        look(page)
        choose(page, "approved")
        leave(page)
    purchase.refresh_from_db()
    assert purchase.outcome == "approved"
    assert posts[-1] == "mayor"
    assert len(posts) == 4  # accounts, chief, IT Policy, mayor
    sign_in(page, "mayor")
    report = verified(page, f"/staff/applications/{purchase.pk}/copy.pdf")
    assert report.ok, report.lines("ja")
    assert len(report.decisions) == 4 and "市長" in report.decisions[-1].post


@pytest.fixture
def many(published: None) -> list[Application]:
    """Seven dogs of a company, on which people decide."""
    version = forms.current("dog_registration")
    drafts = [applications.start(version) for _number in range(7)]
    return [submission.submit(applications.save_answers(draft, dog_of_a_company())) for draft in drafts]


def test_queue_is_cleared_by_keyboard_alone(many: list[Application], page, look) -> None:
    sign_in(page, "sato")
    look(page)
    for key in ("j", "x", "j", "x"):
        page.keyboard.press(key)
    assert page.locator('[name="task"]:checked').count() == 2
    page.keyboard.press("a")
    assert page.locator('[name="task"]:checked').count() == 7
    page.get_by_role("button", name="まとめて承認").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="まとめて処理する内容を確かめる").wait_for()
    look(page)
    page.get_by_role("button", name="7件を処理する").focus()
    page.keyboard.press("Enter")
    page.get_by_text("7件のうち7件を処理しました").wait_for()
    look(page)
    page.goto("/approver/")
    assert "処理を待っている案件はありません" in page.locator("main").inner_text()


def test_desk_fits_a_phone(many: list[Application], phone, look) -> None:
    sign_in(phone, "sato")
    for address in ("/approver/", "/approver/?tray=drafted", "/approver/away/", "/drafting/"):
        phone.goto(address)
        look(phone)
    phone.goto("/approver/")
    phone.locator("a[data-case]").first.click()
    phone.wait_for_url("**/approver/cases/**")
    look(phone)
