"""How a resident (住民) comes back to an application: its access code, and a limit on guessing it.

The code is derived from the application's id with the key ring and stored nowhere: who reads the database, or a backup
of it, cannot open anybody's application.
"""

import hmac
import unicodedata
from datetime import timedelta
from uuid import UUID

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from workflows import keyring

#: Crockford's base 32: no letter that can be taken for a digit, no U.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 16
BITS = 5 * LENGTH
MISREADINGS = str.maketrans("OIL", "011")
PURPOSE = "access code"

WINDOW = timedelta(minutes=15)
GUESSES = 10


class TooManyGuesses(Exception):
    """The code of this application was given wrongly too often; it can be tried again after WINDOW."""


class Guess(models.Model):
    """Wrong access codes given for one application (照会番号の誤り) since a moment."""

    application_id = models.UUIDField(primary_key=True)
    since = models.DateTimeField(default=now)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("照会番号の誤り")

    def __str__(self) -> str:
        return f"{self.application_id}: {self.count}"


def code_of(application_id: UUID) -> str:
    """The access code as it is shown, in groups of four: 80 bits, ``7K2M-9QXA-…``."""
    return _grouped(_encoded(keyring.keyed_hash(str(application_id), PURPOSE)))


def matches(application_id: UUID, code: str) -> bool:
    """Whether this is the code; small letters, blanks, hyphens, full width and O, I, L for 0, 1, 1 are forgiven.

    A code given out under an older key holds as long as that key is in the ring.  Compared in constant time.
    """
    given = _normalised(code).encode()
    codes = [_encoded(hashed).encode() for hashed in keyring.keyed_hashes(str(application_id), PURPOSE)]
    return any([hmac.compare_digest(given, known) for known in codes])


def admit(application_id: UUID, code: str) -> bool:
    """Whether the code opens the application.  A wrong one is counted; raises TooManyGuesses after GUESSES of them.

    The right one is let in all the same: nobody can lock a resident out by guessing at 80 bits.
    """
    if matches(application_id, code):
        return True
    if Guess.objects.filter(pk=application_id, count__gte=GUESSES, since__gt=now() - WINDOW).exists():
        raise TooManyGuesses
    _count(application_id)
    return False


def _count(application_id: UUID) -> None:
    """One statement each, so that guesses made at the same time are all counted."""
    Guess.objects.filter(pk=application_id, since__lte=now() - WINDOW).update(since=now(), count=0)
    if not Guess.objects.filter(pk=application_id).update(count=models.F("count") + 1):
        Guess.objects.bulk_create([Guess(application_id=application_id)], ignore_conflicts=True)
        Guess.objects.filter(pk=application_id).update(count=models.F("count") + 1)


def forget_guesses() -> int:
    """Delete the counts that no longer hinder anybody; how many."""
    return Guess.objects.filter(since__lte=now() - WINDOW).delete()[0]


def _encoded(hashed: str) -> str:
    number = int(hashed, 16) >> (4 * len(hashed) - BITS)
    return "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(LENGTH)))


def _grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).upper().translate(MISREADINGS)
    return "".join(char for char in plain if char in ALPHABET)
