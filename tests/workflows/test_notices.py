"""Staff are told that something waits for them, by a link and never by data, as often as each of them wants."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.core import mail
from django.db import connections
from django.test import override_settings
from django.urls import reverse
from django.utils.timezone import get_current_timezone, localtime, now

from tests.workflows.conftest import waiting_task
from workflows import audit, notices
from workflows.cases import Case
from workflows.decisions import decide
from workflows.notices import StaffNotice, choose_rhythm, notify_staff
from workflows.staff import PERMISSION, Department, Role, StaffMember

pytestmark = pytest.mark.django_db
BACKGROUND = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
Opened = Callable[..., Case]


@pytest.fixture
def reachable(organisation: None) -> None:
    """Everybody has a mail address."""
    for member in StaffMember.objects.all():
        member.email = f"{member.username}@city.example"
        member.save(update_fields=["email"])


def recipients() -> list[str]:
    return [address for message in mail.outbox for address in message.to]


def test_who_holds_the_post_is_told_when_a_task_arrives(reachable: None, opened: Opened, ito, sato) -> None:
    case = opened()
    assert recipients() == ["sato@city.example"]  # 伊藤 has no address
    assert case.reference in mail.outbox[0].body
    assert reverse("approver:case", args=[case.public_id]) in mail.outbox[0].body
    decide(waiting_task(case), "approved", sato)
    assert recipients() == ["sato@city.example", "yoshino@city.example"]


def test_the_same_is_told_once(reachable: None, opened: Opened) -> None:
    task = waiting_task(opened())
    notify_staff(task, "arrived")
    assert len(mail.outbox) == 1
    notify_staff(task, "overdue")
    assert "期限を過ぎた処理" in mail.outbox[1].body


def test_nobody_is_told_of_an_own_application(reachable: None, opened: Opened, sato: StaffMember) -> None:
    opened(applicant=sato)
    assert mail.outbox == []


def test_who_wants_no_mail_gets_none(reachable: None, opened: Opened, sato: StaffMember) -> None:
    choose_rhythm(sato, "never")
    opened()
    assert mail.outbox == [] and not StaffNotice.objects.exists()


@pytest.mark.parametrize("rhythm", ["hourly", "daily"])
def test_a_digest_is_one_mail_about_what_still_waits(reachable, opened: Opened, sato, rhythm: str) -> None:
    choose_rhythm(sato, rhythm)
    cases = [opened() for _ in range(3)]
    assert mail.outbox == [] and notices.sweep() == 0
    decide(waiting_task(cases[0]), "approved", sato)
    StaffNotice.objects.update(due_at=now())
    assert [notices.sweep(), notices.sweep()] == [1, 0]
    (digest,) = [message for message in mail.outbox if message.to == [sato.email]]
    assert "2件" in digest.subject and digest.body.count("■") == 2


def test_a_daily_digest_leaves_in_the_morning_and_an_hourly_at_the_hour(reachable, sato: StaffMember) -> None:
    evening = datetime(2026, 11, 24, 17, 20, tzinfo=get_current_timezone())
    with mock.patch("django.utils.timezone.now", return_value=evening):
        choose_rhythm(sato, "daily")
        daily = localtime(notices._moment(sato))
        choose_rhythm(sato, "hourly")
        hourly = localtime(notices._moment(sato))
    assert (daily.day, daily.hour, daily.minute) == (25, 8, 0)
    assert (hourly.day, hourly.hour, hourly.minute) == (24, 18, 0)


def test_choosing_how_often_is_audited_and_checked(sato: StaffMember) -> None:
    choose_rhythm(sato, "daily")
    assert audit.AuditEntry.objects.get(verb="choose_rhythm").detail == {"rhythm": "daily"}
    with pytest.raises(ValueError, match="sometimes"):
        choose_rhythm(sato, "sometimes")


def test_who_left_before_the_mail_did_is_not_told(reachable: None, opened: Opened, sato: StaffMember) -> None:
    with override_settings(TASKS=BACKGROUND):
        opened()
    StaffMember.objects.filter(pk=sato.pk).update(is_active=False)
    notices.sweep()
    assert mail.outbox == [] and not StaffNotice.objects.exists()


def test_a_crash_after_the_task_arrived_loses_no_mail(reachable: None, opened: Opened) -> None:
    with override_settings(TASKS=BACKGROUND):
        opened()
    StaffNotice.objects.all().take()  # and the worker dies
    assert notices.sweep() == 0
    StaffNotice.objects.update(taken_at=now() - timedelta(hours=1))
    assert notices.sweep() == 1 and len(mail.outbox) == 1


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_workers_send_one_mail(reachable: None, opened: Opened, sato: StaffMember) -> None:
    with override_settings(TASKS=BACKGROUND):
        for _ in range(3):
            opened()
    ready = threading.Barrier(4)

    def work() -> None:
        ready.wait()
        notices.deliver_to.call(sato.pk)
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    [worker.start() for worker in workers]
    [worker.join() for worker in workers]
    assert len(mail.outbox) == 1 and mail.outbox[0].body.count("■") == 3


def test_staff_choose_on_their_desk_how_often_they_are_told(client_of: Callable, sato: StaffMember) -> None:
    browser, at = client_of("sato"), reverse("approver:notices")
    assert "毎朝1回まとめて" in browser.get(at).content.decode()
    assert browser.post(at, {"rhythm": "daily"}).url == at
    assert sato.notice_preference.rhythm == "daily"
    assert browser.post(at, {"rhythm": "sometimes"}).status_code == 422


@pytest.mark.parametrize("mail_address", ["", "a@city.example"])
def test_somebody_is_reachable_exactly_where_a_holder_has_an_address(opened: Opened, mail_address: str) -> None:
    StaffMember.objects.update(email="")
    StaffMember.objects.filter(username="sato").update(email=mail_address)
    task = waiting_task(opened())
    departments, roles = Department.objects.values_list("key", flat=True), Role.objects.values_list("key", flat=True)
    for key in [f"{department}/{role}" for department in [*departments, "*"] for role in [*roles, "*"]]:
        task.owner_permission = PERMISSION + key
        holders = StaffMember.objects.holding(key).exclude(email="")
        assert notices._is_reachable(task) == holders.exists()
