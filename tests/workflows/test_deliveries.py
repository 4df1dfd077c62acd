"""What an action sends to another system: only where the settings allow, signed, again and again until it arrives."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.workflows import documents
from tests.workflows.conftest import read_again, waiting_task
from workflows.cases import Case
from workflows.decisions import decide
from workflows.deliveries import RETRIES, SIGNATURE, Delivery, send, send_due
from workflows.staff import StaffMember

Opened = Callable[..., Case]
SECRET = "shared between two systems"


class Listener(HTTPServer):
    """Another system on this machine; answers as it is told, and remembers what it was sent."""

    answer = 200

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], bytes]] = []
        super().__init__(("127.0.0.1", 0), Answering)


class Answering(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((dict(self.headers), body))
        self.send_response(self.server.answer)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def other(settings: Any) -> Iterator[Listener]:
    """The system that the name "ledger" stands for."""
    listener = Listener()
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{listener.server_port}/cases"
    settings.WEBHOOKS = {"ledger": {"url": url, "secret": SECRET}}
    yield listener
    listener.shutdown()
    listener.server_close()


def acting(**action: Any) -> dict[str, Any]:
    step = {"key": "tell", "kind": "action", "title": "台帳へ", "do": "webhook", "to": "ledger", **action}
    return {"workflow": "acting", "title": "連携", "steps": [documents.DECIDE, step]}


def decided(opened: Opened, yoshino: StaffMember, **action: Any) -> Delivery:
    """A case that was approved, with what is to be sent about it."""
    case = opened(acting(**action), answers={"fee": 5000, "name": "佐藤"})
    decide(waiting_task(case), "approved", yoshino)
    assert read_again(case).outcome == "approved"
    return case.deliveries.get()


def again(delivery: Delivery) -> Delivery:
    """As if the time for the next try had come."""
    Delivery.objects.filter(pk=delivery.pk).update(next_at=delivery.ordered_at)
    send(str(delivery.pk))
    return Delivery.objects.get(pk=delivery.pk)


def test_case_is_told_signed_and_with_the_listed_facts_only(
    opened: Opened, yoshino: StaffMember, other: Listener
) -> None:
    delivery = decided(opened, yoshino, facts=["fee"])
    assert delivery.arrived_at
    headers, body = other.received[0]
    assert json.loads(body)["facts"] == {"fee": 5000}
    at, told = headers[SIGNATURE].removeprefix("t=").split(",v1=")
    assert hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest() == told
    assert headers["Idempotency-Key"] == str(delivery.pk)


def test_what_arrived_is_not_sent_again(opened: Opened, yoshino: StaffMember, other: Listener) -> None:
    again(decided(opened, yoshino))
    assert send_due() == 0
    assert len(other.received) == 1


@pytest.mark.parametrize("answer", [500, 302, 404])
def test_it_is_tried_again_and_at_last_given_up(
    opened: Opened, yoshino: StaffMember, other: Listener, answer: int
) -> None:
    other.answer = answer
    delivery = decided(opened, yoshino)
    assert not delivery.arrived_at
    assert str(answer) in delivery.problem
    for _ in RETRIES:
        delivery = again(delivery)
    assert delivery.given_up_at
    assert list(Delivery.objects.failed()) == [delivery]
    assert len(other.received) == 1 + len(RETRIES)


def test_it_arrives_once_the_other_side_is_back(opened: Opened, yoshino: StaffMember, other: Listener) -> None:
    other.answer = 503
    delivery = decided(opened, yoshino)
    other.answer = 200
    assert again(delivery).arrived_at


def test_definition_cannot_send_where_the_settings_do_not_allow(
    opened: Opened, yoshino: StaffMember, other: Listener
) -> None:
    delivery = decided(opened, yoshino, to="elsewhere")
    assert "not in the settings" in delivery.problem
    assert other.received == []


def test_file_is_written_whole_into_its_folder(
    opened: Opened, yoshino: StaffMember, settings: Any, tmp_path: Path
) -> None:
    settings.EXPORT_FOLDERS = {"core": str(tmp_path / "out")}
    delivery = decided(opened, yoshino, do="file", to="core", facts=["fee"])
    assert [path.name for path in (tmp_path / "out").iterdir()] == [f"{delivery.pk}.json"]
    assert json.loads((tmp_path / "out" / f"{delivery.pk}.json").read_text())["outcome"] == "approved"
