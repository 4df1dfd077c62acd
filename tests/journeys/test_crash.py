"""Web and worker are killed at any moment: nothing that was acknowledged is lost, and nothing happens twice."""

import http.client
import random
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.browser import Browser
from tests.journeys.office import Office

APPLICATIONS = 12
RECEIPT = re.compile(r"R\d+-\d{6}")

DRAFTS = """
import copy
from forms_engine import applications, definitions
from tests.forms_engine.answers import dog, dog_of_a_company
made = []
for number in range(%d):
    application = applications.start(definitions.current("dog_registration"))
    applications.save_answers(application, dog() if number & 1 else dog_of_a_company())
    made.append([str(application.pk), application.access_code])
print(json.dumps(made))
"""

RECORDS = """
from forms_engine.applications import Application
from forms_engine.archive import copies, verification
from workflows.cases import Case
from workflows.decisions import Decision
print(json.dumps([
    {
        "id": str(application.pk),
        "receipt": application.receipt_number,
        "revisions": application.revisions.count(),
        "cases": Case.objects.of(application).count(),
        "closed": application.is_closed,
        "decisions": Decision.objects.filter(case__reference=application.receipt_number).count(),
        "copy": application.is_closed and verification.verify(copies.read(application.archive_copy)).ok,
    }
    for application in Application.objects.all()
]))
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = Office(tmp_path)
    yield opened
    opened.kill()


def submit(port: int, pk: str, code: str) -> str:
    """What a resident does: opens the saved link, agrees, sends, reads the receipt number."""
    browser = Browser(port)
    browser.get(f"/resume/{pk}/{code}/")
    browser.get(f"/applications/{pk}/check/")
    page = browser.post(f"/applications/{pk}/submission/", [("consent", "on")])
    found = RECEIPT.search(page)
    assert found, page
    return found[0]


def residents(office: Office, drafts: list[list[str]], receipts: dict[str, str], closing: threading.Event) -> None:
    """Every resident tries until the office has given a receipt; a broken connection means: try again."""
    waiting = [draft for draft in drafts if draft[0] not in receipts]
    for pk, code in waiting:
        while not closing.is_set():
            try:
                receipts[pk] = submit(office.port, pk, code)
                break
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)


def chief(office: Office, receipts: dict[str, str], decided: set[str], closing: threading.Event) -> None:
    """The reviewer and the chief decide what has arrived, by command, while the office is killed around them."""
    while not closing.is_set():
        for receipt in set(receipts.values()) - decided:
            if all(
                office.manage("decide", receipt, "approved", "--as", login, check=False).returncode == 0
                for login in ("sato", "takasaki")
            ):
                decided.add(receipt)
        time.sleep(0.2)


def test_killing_web_and_worker_at_any_moment_loses_nothing(office: Office) -> None:
    drafts = office.ask(DRAFTS % APPLICATIONS)
    receipts: dict[str, str] = {}
    decided: set[str] = set()
    closing = threading.Event()
    people = [threading.Thread(target=residents, args=(office, drafts[n::3], receipts, closing)) for n in range(3)]
    people.append(threading.Thread(target=chief, args=(office, receipts, decided, closing)))
    for person in people:
        person.start()
    for _ in range(4):
        office.open()
        time.sleep(random.uniform(0.3, 2.0))  # noqa: S311 – any moment will do
        office.kill()
    office.open()
    for person in people[:3]:
        person.join(120)
    closing.set()
    people[3].join(60)
    for receipt in sorted(set(receipts.values())):
        for login in ("sato", "takasaki"):
            office.manage("decide", receipt, "approved", "--as", login, check=False)
    office.kill()
    finish_background_work(office)
    assert_nothing_lost_and_nothing_twice(office, receipts)


def finish_background_work(office: Office) -> None:
    """A dead worker's rows stay *running*: the sweep finds what they were to do, another worker does it."""
    office.manage("sweep", "--patience", "0")
    office.manage("db_worker", "--batch", "--no-reload")


def assert_nothing_lost_and_nothing_twice(office: Office, receipts: dict[str, str]) -> None:
    records = office.ask(RECORDS)
    assert {record["id"]: record["receipt"] for record in records} == receipts
    assert len(set(receipts.values())) == APPLICATIONS
    for record in records:
        assert record["revisions"] == record["cases"] == 1, record
        assert record["closed"] and record["copy"], record
        assert record["decisions"] in (1, 2), record
    assert office.manage("verify_audit").returncode == 0
