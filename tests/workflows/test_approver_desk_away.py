"""Being away: announced with period and reason, taken back; who may stand in, and what was decided meanwhile."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from tests.workflows import documents
from tests.workflows.conftest import waiting_task
from workflows.cases import Case
from workflows.decisions import decide
from workflows.delegations import Absence
from workflows.staff import StaffMember

Opened = Callable[..., Case]
Browser = Callable[[str], Client]
ROUTE = {**documents.LINE, "steps": [documents.REVIEW, {**documents.DECIDE, "substitutes": [{"role": "unit_chief"}]}]}


def announce(browser: Client, since: str, until: str, reason: str = "出張") -> HttpResponse:
    return browser.post(reverse("approver:away"), {"since": since, "until": until, "reason": reason})


def shown(browser: Client) -> str:
    return browser.get(reverse("approver:away")).content.decode()


def test_absence_is_announced_seen_and_taken_back(organisation: None, client_of: Browser) -> None:
    browser, today = client_of("yoshino"), localdate()
    assert announce(browser, str(today), str(today + timedelta(days=2))).status_code == 302
    absence = Absence.objects.get()
    assert (absence.announced_by.username, absence.reason) == ("yoshino", "出張")
    assert "いま不在です" in shown(browser)
    browser.post(reverse("approver:cancel_absence", args=[absence.pk]))
    assert not Absence.objects.on(today).exists()
    assert "これからの不在は届け出ていません" in shown(browser)


def test_what_is_wrong_with_an_absence_is_said_and_nothing_typed_is_lost(
    organisation: None, client_of: Browser
) -> None:
    browser, today = client_of("yoshino"), localdate()
    wrong = announce(browser, str(today + timedelta(days=3)), str(today))
    assert wrong.status_code == 422
    assert "不在の末日は初日より後" in wrong.content.decode()
    assert f'value="{today + timedelta(days=3)}"' in wrong.content.decode()
    assert announce(browser, "きのう", "2020-01-01", "").content.decode().count("field__error") == 3
    assert not Absence.objects.exists()


def test_absence_of_another_cannot_be_taken_back(organisation: None, client_of: Browser) -> None:
    announce(client_of("yoshino"), str(localdate()), str(localdate()))
    url = reverse("approver:cancel_absence", args=[Absence.objects.get().pk])
    assert client_of("takasaki").post(url).status_code == 404


def test_substitute_day(opened: Opened, client_of: Browser, sato: StaffMember) -> None:
    """The chief is away, his deputy decides in his place, and the chief reads it when he is back."""
    case, chief, deputy = opened(ROUTE), client_of("yoshino"), client_of("takasaki")
    decide(waiting_task(case), "approved", sato)
    assert "環境課 係長" in shown(chief)
    announce(chief, str(localdate()), str(localdate()))
    assert case.reference in deputy.get(reverse("approver:queue"), {"tray": "substitutable"}).content.decode()
    deputy.post(reverse("approver:decide", args=[waiting_task(case).public_id]), {"outcome": "approved"})
    page = shown(chief)
    assert "あなたに代わって決裁されたもの" in page and case.reference in page
    chief.post(reverse("approver:read", args=[case.open_readings()[0].public_id]))
    shown(chief)  # says that it was read
    assert case.reference not in shown(chief)
