"""What an archive copy says, free of tables and settings: plain values that document.draw() sets on pages."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from typing import Any

from workflows.routable import Section

#: Names of the enclosures that verification reads.
SUBMISSION = "submission.json"
DECISIONS = "decisions.json"
#: The form as it was published, with every question and explanation; its digest is in the submission.
FORM = "form.json"
LONGEST_NAME = 80
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')


@dataclass(frozen=True)
class Enclosure:
    """A file inside the file.  ``relationship`` after ISO 19005-3 Annex E: Source, Data, Supplement."""

    name: str
    media_type: str
    data: bytes
    relationship: str
    description: str


@dataclass(frozen=True)
class DecisionLine:
    """One decision as a person reads it.  ``name`` is empty where a rule decided: then ``post`` is the rule's title.
    ``is_void`` says that a return made it void."""

    step: str
    post: str
    name: str
    outcome: str
    at: datetime
    to_applicant: str = ""
    explanation: Sequence[str] = ()
    is_void: bool = False


@dataclass(frozen=True)
class RevisionLine:
    """One submission (提出版) and the digest of its canonical JSON."""

    number: int
    submitted_at: datetime
    digest: str


@dataclass(frozen=True)
class AttachmentLine:
    """One attached file: for which item, what it is called there and in this file (size in bytes)."""

    label: str
    name: str
    enclosed_as: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True)
class ConsentLine:
    """One text that the applicant agreed to, in full, with its version and digest."""

    title: str
    version: str
    text: str
    sha256: str


@dataclass(frozen=True)
class SignatureLine:
    """One drawn signature: for which item, how it was made, and its picture (PNG), empty where a name was typed."""

    label: str
    words: str
    signs: str
    picture: bytes = b""


@dataclass(frozen=True)
class Content:
    """One archive copy.  ``outcome`` is the stored word, ``outcome_title`` the procedure's
    own (許可); ``reasons`` and ``instruction`` (教示) belong to a refusal; staff drafted what ``is_internal``."""

    title: str
    municipality: str
    addressee: str
    receipt_number: str
    form_version: int
    submitted_at: datetime
    closed_at: datetime
    outcome: str
    sections: Sequence[Section]
    decisions: Sequence[DecisionLine]
    revisions: Sequence[RevisionLine]
    digest: str
    attachments: Sequence[AttachmentLine] = ()
    consents: Sequence[ConsentLine] = ()
    signatures: Sequence[SignatureLine] = ()
    enclosures: Sequence[Enclosure] = ()
    reasons: str = ""
    instruction: Sequence[str] = ()
    outcome_title: str = ""
    is_internal: bool = False

    @property
    def party(self) -> str:
        """What the person is called for whom it was decided."""
        return "起案者" if self.is_internal else "申請者"


def texts(thing: Any) -> Iterator[str]:
    """Every text that stands in a value of this module."""
    if isinstance(thing, str):
        yield thing
    elif is_dataclass(thing) and not isinstance(thing, Enclosure):
        for field in fields(thing):
            yield from texts(getattr(thing, field.name))
    elif isinstance(thing, list | tuple):
        for item in thing:
            yield from texts(item)


def revision_name(number: int, last: int) -> str:
    """What a revision's JSON is called inside the file: the last one is the submission itself."""
    return SUBMISSION if number == last else f"submission-r{number}.json"


def enclosed_names(attachments: Sequence[Mapping[str, Any]]) -> list[str]:
    """File names for attachments inside the file: numbered, so that they are unique, and safe to save anywhere."""
    return [f"attachment-{number:02}-{safe_name(entry['name'])}" for number, entry in enumerate(attachments, 1)]


def safe_name(name: str) -> str:
    """A name without path, control and direction characters, short enough for any file system, with its ending kept."""
    plain = UNSAFE.sub("_", unicodedata.normalize("NFC", name)).encode("utf-8", "replace").decode().strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 8:
        stem, dot, ending = plain, "", ""
    return f"{stem[: LONGEST_NAME - len(ending)]}{dot}{ending}" or "file"


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
