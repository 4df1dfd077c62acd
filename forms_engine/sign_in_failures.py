"""Failed sign-ins (ログイン失敗), counted so that guessing passwords is slow.

Counted are failures for a login from one address, for a login, and for an address; above the limit within a quarter
of an hour, passwords are not even looked at.  Login and address are kept as keyed hashes only.
"""

from datetime import timedelta
from typing import Self

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from workflows.keyring import keyed_hash

WINDOW = timedelta(minutes=15)
LIMITS = {"pair": 5, "login": 20, "address": 50}


class FailureQuerySet(models.QuerySet["SignInFailure"]):
    def recent(self) -> Self:
        return self.filter(at__gt=now() - WINDOW)


class SignInFailure(models.Model):
    """One wrong password (ログイン失敗)."""

    login = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField(default=now)

    objects = FailureQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("ログイン失敗")
        indexes = [
            models.Index(fields=["login", "at"], name="sign_in_login"),
            models.Index(fields=["address", "at"], name="sign_in_address"),
        ]

    def __str__(self) -> str:
        return f"{self.at}"


def is_locked(login: str, address: str) -> bool:
    """Whether so many attempts failed lately that none is let through."""
    login, address = _hashed(login, address)
    failures = SignInFailure.objects.recent()
    counts = {
        "pair": failures.filter(login=login, address=address),
        "login": failures.filter(login=login),
        "address": failures.filter(address=address),
    }
    return any(rows[: LIMITS[kind]].count() >= LIMITS[kind] for kind, rows in counts.items())


def note_failure(login: str, address: str) -> None:
    """Count a failed attempt; what no longer counts is cleared away."""
    hashed_login, hashed_address = _hashed(login, address)
    SignInFailure.objects.create(login=hashed_login, address=hashed_address)
    SignInFailure.objects.filter(at__lte=now() - WINDOW).delete()


def forget(login: str, address: str) -> None:
    """After the right password: this login's failures from this address no longer count."""
    hashed_login, hashed_address = _hashed(login, address)
    SignInFailure.objects.filter(login=hashed_login, address=hashed_address).delete()


def _hashed(login: str, address: str) -> tuple[str, str]:
    return keyed_hash(login.casefold(), "sign-in login"), keyed_hash(address, "sign-in address")
