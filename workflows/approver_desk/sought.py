"""What is sought (探しもの): what an approver typed, sealed, so that no name of a resident stands in an address.

Addresses end up in the logs of proxies and in browsers' histories.  Only who typed it can read it again.
"""

import unicodedata
from base64 import urlsafe_b64decode, urlsafe_b64encode

from workflows.keyring import Unreadable, decrypt, encrypt
from workflows.staff import StaffMember

PURPOSE, LONGEST = "sought", 100


def words_of(typed: str) -> str:
    """What was typed, in one width and without needless blanks."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())[:LONGEST]


def sealed(words: str, member: StaffMember) -> str:
    """The words as they may stand in an address; nothing for nothing."""
    return urlsafe_b64encode(encrypt(words.encode(), _place(member), PURPOSE)).decode("ascii") if words else ""


def opened(text: str, member: StaffMember) -> str:
    """The words again; nothing of what is not readable to this member."""
    try:
        return decrypt(urlsafe_b64decode(text), _place(member), PURPOSE).decode() if text else ""
    except (Unreadable, ValueError, IndexError):
        return ""


def _place(member: StaffMember) -> bytes:
    return f"approver.sought:{member.pk}".encode("ascii")
