"""Deliveries (外部送付): what a step of kind "action" sends to another system or writes into a folder.

Each is a row, written with the step that orders it, and sent by a background task until it arrives.  A definition only
names where to: addresses, keys and folders stand in the settings, so that nobody can make the office call elsewhere.
"""

import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django_tasks import task as background

from workflows import audit
from workflows.cases import Case
from workflows.spec import AsideStep

#: Minutes after which a delivery is tried again; after the last it is given up, and found by ``failed()``.
RETRIES = (1, 5, 30, 120, 720)
TIMEOUT = 10.0
CLAIMED = timedelta(minutes=2)
SIGNATURE = "X-Kakanai-Signature"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self) -> "DeliveryQuerySet":
        """Those to be tried now."""
        return self.filter(arrived_at=None, given_up_at=None, next_at__lte=now())

    def failed(self) -> "DeliveryQuerySet":
        """Those given up."""
        return self.exclude(given_up_at=None)


class Delivery(models.Model):
    """One of them (外部送付).  Its body is made when it is sent, from the case as it then stands, and not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="deliveries")
    step = models.CharField(_("段階"), max_length=150)
    ordered_at = models.DateTimeField(_("依頼日時"), default=now)
    next_at = models.DateTimeField(_("次の送付"), default=now)
    attempts = models.PositiveSmallIntegerField(_("回数"), default=0)
    arrived_at = models.DateTimeField(_("送付日時"), null=True, blank=True)
    given_up_at = models.DateTimeField(_("断念日時"), null=True, blank=True)
    problem = models.CharField(_("送れなかった理由"), max_length=100, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("外部送付")
        ordering = ["ordered_at"]
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=models.Q(arrived_at=None, given_up_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.step}"


class NotDelivered(Exception):
    """It did not arrive; the message is a word or two without anybody's data."""


class NoRedirect(HTTPRedirectHandler):
    """An answer must not send us to an address that nobody allowed."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def order(case: Case, step: AsideStep) -> Delivery:
    """Write down that this is to be sent, and have it sent once the transaction stands."""
    delivery = Delivery.objects.create(case=case, step=step.key)
    send_delivery.enqueue(str(delivery.pk))
    return delivery


@background()
def send_delivery(delivery_id: str) -> None:
    """Try once.  What has arrived already is not sent again, by however many workers at once."""
    send(delivery_id)


def send(delivery_id: str) -> bool:
    """Whether it has arrived by this try.  No transaction is open while the other side takes its time."""
    if not _claim(delivery_id):
        return False
    delivery = Delivery.objects.select_related("case").get(pk=delivery_id)
    step = delivery.case.spec.step(delivery.step)
    assert isinstance(step, AsideStep)  # noqa: S101 – what ordered it
    try:
        _hand_over(delivery, step)
    except NotDelivered as problem:
        return _put_off(delivery, str(problem))
    return _arrived(delivery, step)


def _claim(delivery_id: str) -> bool:
    """Of several workers exactly one tries; if it dies in doing so, another may a little later."""
    waiting = Delivery.objects.due().filter(pk=delivery_id)
    return waiting.update(next_at=now() + CLAIMED) == 1


@transaction.atomic
def _arrived(delivery: Delivery, step: AsideStep) -> bool:
    delivery.arrived_at, delivery.problem = now(), ""
    delivery.attempts += 1
    delivery.save(update_fields=["arrived_at", "problem", "attempts"])
    target = f"case:{delivery.case.public_id}"
    audit.record("deliver", target, None, step=step.key, do=step.do, to=str(step.to[0]), attempts=delivery.attempts)
    return True


def _put_off(delivery: Delivery, problem: str) -> bool:
    """Later, and at last not at all."""
    delivery.problem = problem[:100]
    if delivery.attempts < len(RETRIES):
        delivery.next_at = now() + timedelta(minutes=RETRIES[delivery.attempts])
    else:
        delivery.given_up_at = now()
    delivery.attempts += 1
    delivery.save(update_fields=["problem", "next_at", "given_up_at", "attempts"])
    return False


def send_due() -> int:
    """Try all that are to be tried again now; how many of them arrived.  Part of the sweep."""
    return sum(send(str(pk)) for pk in list(Delivery.objects.due().values_list("pk", flat=True)))


def _hand_over(delivery: Delivery, step: AsideStep) -> None:
    body = json.dumps(content(delivery, step), ensure_ascii=False, sort_keys=True).encode()
    named: Mapping[str, Any] = settings.WEBHOOKS if step.do == "webhook" else settings.EXPORT_FOLDERS
    if step.to[0] not in named:
        raise NotDelivered(f"{step.to[0]} is not in the settings")
    if step.do == "webhook":
        _post(named[step.to[0]], body, delivery)
    else:
        _write(Path(named[step.to[0]]), body, delivery)


def content(delivery: Delivery, step: AsideStep) -> dict[str, Any]:
    """What is sent: the case by its names, and of its facts those that the step lists."""
    case = delivery.case
    facts = {name: case.facts[name] for name in step.facts if name in case.facts}
    return {
        "delivery": str(delivery.pk),
        "case": str(case.public_id),
        "reference": case.reference,
        "department": case.department_key,
        "workflow": case.spec.key,
        "workflow_version": case.flow_class.number,
        "step": step.key,
        "outcome": case.outcome,
        "facts": facts,
    }


def signature(secret: str, body: bytes, at: int) -> str:
    """``t=…,v1=…``: the hexadecimal HMAC-SHA-256 (RFC 2104) of time, a full stop and body, so that none is replayed."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


def _post(target: Any, body: bytes, delivery: Delivery) -> None:
    headers = {"Content-Type": "application/json", SIGNATURE: signature(target["secret"], body, int(now().timestamp()))}
    request = Request(target["url"], body, {**headers, "Idempotency-Key": str(delivery.pk)})  # noqa: S310 – settings
    try:
        with build_opener(NoRedirect).open(request, timeout=TIMEOUT):
            return
    except (URLError, OSError, ValueError) as problem:
        raise NotDelivered(f"{type(problem).__name__} {getattr(problem, 'code', '')}".strip()) from problem


def _write(folder: Path, body: bytes, delivery: Delivery) -> None:
    """Whole or not at all: whoever watches the folder never reads half a file."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = folder / f".{delivery.pk}.part"
        unfinished.write_bytes(body)
        unfinished.replace(folder / f"{delivery.pk}.json")
    except OSError as problem:
        raise NotDelivered(type(problem).__name__) from problem
