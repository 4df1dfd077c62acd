"""The key ring (鍵束): encryption of personal data at rest, keyed hashes for finding it, and the fields that use both.

A sealed value is ``length of key id · key id · 96-bit nonce · AES-256-GCM ciphertext with tag`` (NIST SP 800-38D).
Authenticated besides the text are the key id, the model and field, and – where the primary key is a UUID made before
the row is written – the row.  A value moved to another field, or to another row of such a table, does not decrypt.
A *purpose* keeps one sort of data under keys derived for it alone: what holds the keys of another cannot read it.
"""

import hmac
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.checks import CheckMessage
from django.db import models
from django.db.models.query_utils import DeferredAttribute

NONCE = 12


class Unreadable(Exception):
    """A sealed value was altered, moved, or sealed with a key that the ring no longer holds."""


class Sealed(bytes):
    """Ciphertext as it stands in the database."""


def ring() -> Mapping[str, bytes]:
    """The keys by id; the first encrypts, every one decrypts."""
    keys: Mapping[str, bytes] = settings.KEY_RING
    return keys


def current_key_id() -> str:
    return next(iter(ring()))


def encrypt(plain: bytes, aad: bytes, purpose: str = "") -> bytes:
    """Seal ``plain`` with the first key of the ring; ``aad`` says where it belongs and must be given again to read.

    With a ``purpose`` the key is one derived from that key for this purpose (RFC 5869).
    """
    key_id = current_key_id()
    header = bytes([len(key_id)]) + key_id.encode("ascii")
    nonce = os.urandom(NONCE)
    return header + nonce + _cipher(_key_for(ring()[key_id], purpose)).encrypt(nonce, plain, header + aad)


def decrypt(sealed: bytes, aad: bytes, purpose: str = "") -> bytes:
    """What was sealed for this place; raises Unreadable if anything about it is not as it was."""
    key_id, start = key_id_of(sealed), 1 + sealed[0]
    key = ring().get(key_id)
    if key is None:
        raise Unreadable(f"the ring holds no key {key_id!r}")
    nonce, text = sealed[start : start + NONCE], sealed[start + NONCE :]
    try:
        return _cipher(_key_for(key, purpose)).decrypt(nonce, text, sealed[:start] + aad)
    except (InvalidTag, ValueError) as wrong:
        raise Unreadable("a sealed value was altered or moved") from wrong


def key_id_of(sealed: bytes) -> str:
    """Which key of the ring sealed this."""
    try:
        return bytes(sealed[1 : 1 + sealed[0]]).decode("ascii")
    except (IndexError, UnicodeDecodeError) as wrong:
        raise Unreadable("not a sealed value") from wrong


def reencrypt(sealed: bytes, aad: bytes, purpose: str = "") -> bytes:
    """The same text under the ring's first key; unchanged if it is there already."""
    if key_id_of(sealed) == current_key_id():
        return sealed
    return encrypt(decrypt(sealed, aad, purpose), aad, purpose)


def reencrypt_table(model: type[models.Model]) -> int:
    """Bring every encrypted column of a table under the ring's first key; how many rows were rewritten.

    May be interrupted and repeated.  An old key may leave the ring once this returns 0 for every table.
    """
    fields = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedField)]
    rows = model._base_manager.only("pk", *(field.attname for field in fields))
    return sum(_reencrypt_row(row, fields) for row in rows.iterator(chunk_size=500))


def _reencrypt_row(row: models.Model, fields: "list[EncryptedField]") -> bool:
    before = {field.attname: row.__dict__[field.attname] for field in fields if row.__dict__[field.attname] is not None}
    kept = [field for field in fields if field.attname in before]
    after = {f.attname: Sealed(reencrypt(before[f.attname], f.aad(row), f.purpose)) for f in kept}
    if after == before:
        return False
    # where the old text still stands: a row that was saved meanwhile is under the current key already
    models.QuerySet(type(row)).filter(pk=row.pk, **before).update(**after)
    return True


def keyed_hash(text: str, purpose: str) -> str:
    """HMAC-SHA256 in hex, under a key derived for this purpose from the ring's first key (RFC 5869)."""
    return _keyed_hash(ring()[current_key_id()], text, purpose)


def keyed_hashes(text: str, purpose: str) -> list[str]:
    """The hash under every key of the ring: what to look for while rows still stand under an older key."""
    return [_keyed_hash(key, text, purpose) for key in ring().values()]


def _keyed_hash(key: bytes, text: str, purpose: str) -> str:
    return hmac.digest(_derived(key, purpose), text.encode(), "sha256").hex()


@lru_cache(maxsize=64)
def _derived(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"keyed hash:" + purpose.encode()).derive(key)


def _key_for(key: bytes, purpose: str) -> bytes:
    return _derived_cipher_key(key, purpose) if purpose else key


@lru_cache(maxsize=16)
def _derived_cipher_key(key: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"encryption:" + purpose.encode()).derive(key)


@lru_cache(maxsize=16)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


class SealedAttribute(DeferredAttribute):
    """Decrypts at first reading, so that lists of rows cost nothing and a copied row fails where it is read."""

    field: "EncryptedField"

    def __get__(self, instance: models.Model | None, owner: type | None = None) -> Any:
        value = super().__get__(instance, owner)
        if isinstance(value, Sealed) and instance is not None:
            value = instance.__dict__[self.field.attname] = self.field.unseal(value, instance)
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        instance.__dict__[self.field.attname] = value


class EncryptedField(models.BinaryField):
    """A column that holds ciphertext only.  ``values()`` gives the ciphertext; ``update()`` with plain text is refused,
    because only a row being saved knows the key it is bound to.  ``purpose``: see encrypt()."""

    descriptor_class = SealedAttribute
    _pyi_private_set_type: Any  # what type checkers take the attribute for
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, purpose: str = "", **kwargs: Any) -> None:
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"purpose": self.purpose} if self.purpose else {})

    def to_bytes(self, value: Any) -> bytes:
        raise NotImplementedError

    def from_bytes(self, plain: bytes) -> Any:
        raise NotImplementedError

    def aad(self, instance: models.Model) -> bytes:
        """Where the value belongs: field, and row if its key is known before it is written."""
        place = f"{self.model._meta.label_lower}.{self.attname}"
        return (f"{place}:{instance.pk}" if isinstance(self.model._meta.pk, models.UUIDField) else place).encode()

    def unseal(self, sealed: Sealed, instance: models.Model) -> Any:
        return self.from_bytes(decrypt(sealed, self.aad(instance), self.purpose))

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        return Sealed(encrypt(self.to_bytes(value), self.aad(model_instance), self.purpose))

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise TypeError(f"{self} is encrypted: write it by saving its row")
        return super().get_db_prep_value(value, connection, prepared)

    def _check_str_default_value(self) -> list[CheckMessage]:
        """Here the default is what will be encrypted, so it may well be text."""
        return []

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self} is encrypted: use the database's own backup")


class EncryptedJSONField(EncryptedField):
    """Anything that JSON can say, encrypted."""

    def to_bytes(self, value: Any) -> bytes:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, plain: bytes) -> Any:
        return json.loads(plain)


class EncryptedTextField(EncryptedField):
    """Text, encrypted; kept to the code point (no normalisation), so that names keep their variant selectors."""

    _pyi_private_set_type: str
    _pyi_private_get_type: str

    def to_bytes(self, value: str) -> bytes:
        return value.encode()

    def from_bytes(self, plain: bytes) -> str:
        return plain.decode()
