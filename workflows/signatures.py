"""Signatures of decisions (電子署名): each decision is a compact JWS (RFC 7515; Ed25519 as in RFC 8037 and RFC 9864)
over canonical JSON (RFC 8785), and names the SHA-256 of the one before it: none can be changed, left out or slipped in.

Members sign with keys of their own, made when they first decide and kept wrapped under settings.SIGNING_KEK; rules sign
with the office's.  Anything with a ``kid`` and a ``sign`` can be a signer, say a key that stays in its token (PKCS#11).
"""

import base64
import hashlib
import json
import os
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Any, Protocol

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models, transaction
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from schemas.canonical import canonical
from workflows.staff import StaffMember

ALGORITHM = "Ed25519"
TYPE = "decision+jws"
NONCE = 12
#: Seconds for which a process keeps an unwrapped key at hand.
KEPT = 60.0


class SigningKey(models.Model):
    """A key pair (署名鍵) under its key id; without an owner, the office's for rules.  The private half is wrapped."""

    id = models.CharField(primary_key=True, max_length=64)
    owner = models.ForeignKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="signing_keys")
    public = models.CharField(max_length=43)
    wrapped = models.BinaryField()
    created = models.DateTimeField(_("作成日時"), default=now)

    class Meta:
        verbose_name = verbose_name_plural = _("署名鍵")

    def __str__(self) -> str:
        return self.id


class Signer(Protocol):
    """Whoever can sign under a key id."""

    @property
    def kid(self) -> str: ...

    def sign(self, message: bytes) -> bytes: ...


@dataclass(frozen=True)
class KeptKey:
    """A signer whose key is unwrapped in this process."""

    kid: str
    private: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        return self.private.sign(message)


_kept: dict[int | None, tuple[float, KeptKey]] = {}


def signer_of(owner: StaffMember | None) -> Signer:
    """The signer of a member, or of the office's rules; makes their key if they have none yet."""
    pk = owner.pk if owner else None
    until, kept = _kept.get(pk, (0.0, None))
    if kept is not None and monotonic() < until:
        return kept
    return _keep_once_committed(pk, _unwrap(_key_of(owner)))


def _keep_once_committed(pk: int | None, signer: KeptKey) -> KeptKey:
    """A key whose making is rolled back must not be signed with again: nobody would know its public half."""
    transaction.on_commit(lambda: _kept.__setitem__(pk, (monotonic() + KEPT, signer)))
    return signer


def _key_of(owner: StaffMember | None) -> SigningKey:
    key = SigningKey.objects.filter(owner=owner).order_by("-created", "-id").first()
    return key or _make_key(f"staff-{owner.pk}.1" if owner else "office-rules.1", owner)


def _make_key(kid: str, owner: StaffMember | None) -> SigningKey:
    """Two processes may make it at once: the primary key lets one win, and both use that one."""
    private = Ed25519PrivateKey.generate()
    key, _made = SigningKey.objects.get_or_create(
        id=kid,
        defaults={
            "owner": owner,
            "public": _text(private.public_key().public_bytes_raw()),
            "wrapped": _wrap(private, kid),
        },
    )
    return key


def _wrap(private: Ed25519PrivateKey, kid: str) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(settings.SIGNING_KEK).encrypt(nonce, private.private_bytes_raw(), kid.encode())


def _unwrap(key: SigningKey) -> KeptKey:
    wrapped = bytes(key.wrapped)
    raw = AESGCM(settings.SIGNING_KEK).decrypt(wrapped[:NONCE], wrapped[NONCE:], key.id.encode())
    return KeptKey(key.id, Ed25519PrivateKey.from_private_bytes(raw))


def sign(payload: Mapping[str, Any], owner: StaffMember | None, previous: str) -> str:
    """The payload as a compact JWS that names the one before it (``prev``); without an owner, the office signs."""
    signer = signer_of(owner)
    header = canonical({"alg": ALGORITHM, "kid": signer.kid, "typ": TYPE})
    content = f"{_text(header)}.{_text(canonical({**payload, 'prev': previous}))}"
    return f"{content}.{_text(signer.sign(content.encode()))}"


def digest_of(jws: str) -> str:
    """What the next decision in the chain names this one by."""
    return hashlib.sha256(jws.encode()).hexdigest()


def public_keys(kids: Collection[str]) -> dict[str, str]:
    """The public halves (base64url, RFC 8037 "x") of these keys."""
    return dict(SigningKey.objects.filter(pk__in=kids).values_list("pk", "public"))


def kid_of(jws: str) -> str:
    """Under which key this was signed, as it says itself."""
    return str(json.loads(_bytes(jws.split(".")[0]))["kid"])


class ChainBroken(Exception):
    """The chain does not hold; ``number`` is the first decision that does not fit, or one past the last."""

    def __init__(self, number: int, reason: str) -> None:
        super().__init__(f"decision {number}: {reason}")
        self.number, self.reason = number, reason


def verify_chain(document: Mapping[str, Any], first: str, subjects: Collection[str]) -> list[dict[str, Any]]:
    """What was signed, decision by decision, if all of it holds; raises ChainBroken otherwise.

    ``document`` is decisions.chain() as archived, ``first`` the digest of the first revision, ``subjects`` those of all
    revisions, any of which a decision may stand on.  Needs nothing else: no database, no keys of ours.
    """
    previous, payloads = first, []
    for number, entry in enumerate(document["decisions"], start=1):
        payload = _opened(entry["jws"], document["keys"], number)
        _check_place(payload, previous, subjects, number)
        _check_words(entry, payload, number)
        previous = digest_of(entry["jws"])
        payloads.append(payload)
    if document["head"] != previous:
        raise ChainBroken(len(payloads) + 1, "the last decision is not the head of the chain")
    return payloads


def _opened(jws: str, keys: Mapping[str, str], number: int) -> dict[str, Any]:
    """The payload, if the signature is that of the key it names."""
    try:
        header, payload, signature = jws.split(".")
        named = json.loads(_bytes(header))
        if named["alg"] != ALGORITHM:
            raise ChainBroken(number, f"unknown algorithm {named['alg']}")
        key = Ed25519PublicKey.from_public_bytes(_bytes(keys[named["kid"]]))
        key.verify(_bytes(signature), f"{header}.{payload}".encode())
        return dict(json.loads(_bytes(payload)))
    except (InvalidSignature, KeyError, TypeError, ValueError) as wrong:
        raise ChainBroken(number, "the signature does not fit") from wrong


def _check_place(payload: Mapping[str, Any], previous: str, subjects: Collection[str], number: int) -> None:
    if payload.get("prev") != previous:
        raise ChainBroken(number, "a decision before it is missing or was exchanged")
    if payload.get("subject_sha256") not in subjects:
        raise ChainBroken(number, "it stands on content that is not here")


def _check_words(entry: Mapping[str, Any], payload: Mapping[str, Any], number: int) -> None:
    """What a reader sees beside the signature must be what was signed."""
    for name in payload.keys() & entry.keys():
        if payload[name] != entry[name]:
            raise ChainBroken(number, f"{name} is not what was signed")
    for name in ("comment", "remarks", "explanation", "conditions", "entries"):
        if name in entry and digest_of_content(entry[name]) != payload.get(f"{name}_sha256"):
            raise ChainBroken(number, f"{name} is not what was signed")


def digest_of_content(content: Any) -> str | None:
    """How a payload stands for what it does not spell out; None for nothing."""
    return hashlib.sha256(canonical(content)).hexdigest() if content else None


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
