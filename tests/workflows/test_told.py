"""A step that notifies (通知): staff whom it names get a mail with the link, and nothing of the case."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from tests.workflows import documents
from workflows.cases import Case
from workflows.notices import StaffNotice, notify_about
from workflows.staff import StaffMember

Opened = Callable[..., Case]
TELL: dict[str, Any] = {"key": "tell", "kind": "notify", "title": "連絡", "to": [{"role": "unit_chief"}, "applicant"]}
ROUTE = {"workflow": "telling", "title": "連絡つき", "steps": [TELL, documents.REVIEW, documents.DECIDE]}


@pytest.fixture
def reachable(takasaki: StaffMember, settings) -> StaffMember:
    """髙﨑 一郎, with an address to write to."""
    settings.EMAIL_HOST = settings.EMAIL_HOST or "mail.example"
    takasaki.email = "takasaki@example.jp"
    takasaki.save()
    return takasaki


def test_who_is_named_by_the_step_gets_the_link(opened: Opened, reachable: StaffMember) -> None:
    case = opened(ROUTE)
    told = [message for message in mail.outbox if message.to == ["takasaki@example.jp"]]
    assert len(told) == 1
    assert str(case.public_id) in told[0].body and "案件のお知らせ" in told[0].body
    assert StaffNotice.objects.get(kind="told").case == case


def test_applicants_among_the_staff_and_those_who_left_are_not_told(opened: Opened, reachable: StaffMember) -> None:
    case = opened(applicant=reachable)
    assert notify_about(case, [reachable], "told") == 0
    reachable.is_active = False
    reachable.save()
    assert notify_about(opened(), [reachable], "told") == 0
