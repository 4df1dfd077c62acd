"""Registers (台帳): lists that the office keeps, such as registered groups, against which an answer can be verified."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from schemas.pointers import lookup
from schemas.writing import HYPHENS, folded
from workflows import audit, keyring
from workflows.staff import StaffMember

PURPOSE = "register:"


class Register(models.Model):
    """One list (台帳)."""

    key = models.SlugField(_("記号"), unique=True)
    title = models.CharField(_("名称"), max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = _("台帳")
        ordering = ["key"]

    def __str__(self) -> str:
        return self.title

    @classmethod
    @transaction.atomic
    def load(cls, document: Mapping[str, Any], by: StaffMember | None = None) -> "Register":
        """Bring a register to what the document says; repeating it changes nothing.

        ``{"key", "title", "entries": [{"code", "valid_until"?: "2027-03-31"}]}``: entries not named are removed.
        """
        register, _created = cls.objects.update_or_create(key=document["key"], defaults={"title": document["title"]})
        register._put(document["entries"])
        audit.record("load_register", f"register:{register.key}", by, entries=len(document["entries"]))
        return register

    def _put(self, entries: Iterable[Mapping[str, Any]]) -> None:
        named = {_hash(self.key, entry["code"]): _until(entry) for entry in entries}
        self.entries.exclude(code_hash__in=named).delete()
        for code_hash, valid_until in named.items():
            self.entries.update_or_create(code_hash=code_hash, defaults={"valid_until": valid_until})


class RegisterEntry(models.Model):
    """One line of a register (登録): only a keyed hash of its code, so the list cannot be read out of the database."""

    register = models.ForeignKey(Register, models.CASCADE, related_name="entries")
    code_hash = models.CharField(max_length=64)
    valid_until = models.DateField(_("有効期限"), null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("登録")
        constraints = [models.UniqueConstraint(fields=["register", "code_hash"], name="register_entry_code")]

    def __str__(self) -> str:
        return f"{self.register} {self.code_hash[:8]}"


def is_registered(key: str, code: str, on: date) -> bool:
    """Whether the register holds this code on that day, whatever the width, blanks and hyphens it is written with."""
    hashes = keyring.keyed_hashes(_plain(code), PURPOSE + key)
    valid = models.Q(valid_until=None) | models.Q(valid_until__gte=on)
    return RegisterEntry.objects.filter(valid, register__key=key, code_hash__in=hashes).exists()


def fact(provider: Mapping[str, Any], answers: Mapping[str, Any], on: date) -> bool:
    """The fact of ``{"kind": "register", "register": key, "value": pointer}``: false while nothing is answered."""
    code = lookup(answers, provider["value"], default=None)
    return isinstance(code, str) and bool(code) and is_registered(provider["register"], code, on)


def _hash(key: str, code: str) -> str:
    return keyring.keyed_hash(_plain(code), PURPOSE + key)


def _plain(code: str) -> str:
    return "".join(HYPHENS.sub("-", folded(code)).upper().split())


def _until(entry: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(entry["valid_until"]) if entry.get("valid_until") else None
