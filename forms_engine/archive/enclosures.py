"""The files inside an archive copy (同封ファイル), and whether they agree with each other.

What the chain of decisions proves rests on the seal: the public keys that it is checked with stand in the same file.
"""

import base64
import io
import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pikepdf

from forms_engine.archive.content import DECISIONS, SUBMISSION, revision_name, sha256
from forms_engine.archive.report import DecisionReading, Finding, Receipt
from schemas.canonical import canonical
from workflows.signatures import ChainBroken, verify_chain

#: Bytes beyond which a file inside is not unpacked.
LARGEST = 128 * 1024**2


class Damaged(Exception):
    """Something inside cannot be what it claims to be; carries the finding."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.finding = Finding(code, params)


def read_enclosures(data: bytes) -> dict[str, bytes]:
    """The files inside, by name.  Raises Damaged."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if pdf.is_encrypted:
                raise Damaged("encrypted")
            return {name: _unpacked(pdf.attachments[name].obj.EF.F) for name in pdf.attachments}
    except pikepdf.PasswordError as locked:
        raise Damaged("encrypted") from locked
    except Damaged:
        raise
    except Exception as wrong:  # what a file from outside can break with is not ours to list
        raise Damaged("unreadable") from wrong


def _unpacked(stream: pikepdf.Object) -> bytes:
    """The content, if it is not one of those that unpack without end."""
    raw = stream.read_raw_bytes()
    if "/Filter" not in stream:
        return raw
    if stream.Filter != pikepdf.Name.FlateDecode or "/DecodeParms" in stream:
        raise Damaged("unreadable")
    content = zlib.decompressobj().decompress(raw, LARGEST + 1)
    if len(content) > LARGEST:
        raise Damaged("too_large")
    return content


@dataclass(frozen=True)
class ContentReading:
    """What the files inside say about each other."""

    findings: list[Finding]
    receipt: Receipt | None = None
    decisions: Sequence[DecisionReading] = ()


def read_content(enclosures: Mapping[str, bytes]) -> ContentReading:
    try:
        revisions = _revisions(enclosures)
        receipt = _receipt(revisions[-1], sha256(enclosures[SUBMISSION]))
    except Damaged as damaged:
        return ContentReading([damaged.finding])
    findings = _attachment_findings(enclosures, revisions)
    digests = [sha256(canonical(revision)) for revision in revisions]
    try:
        return ContentReading(findings, receipt, _decisions(enclosures, digests))
    except Damaged as damaged:
        return ContentReading([*findings, damaged.finding], receipt)


def _revisions(enclosures: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Every submission from the first to the last, each in its canonical form.  Raises Damaged."""
    last = _submission(enclosures, SUBMISSION)
    count = last.get("revision")
    if not isinstance(count, int) or not 1 <= count <= 1000:
        raise Damaged("submission_damaged", name=SUBMISSION)
    return [*(_submission(enclosures, revision_name(number, count)) for number in range(1, count)), last]


def _submission(enclosures: Mapping[str, bytes], name: str) -> dict[str, Any]:
    if name not in enclosures:
        raise Damaged("submission_missing", name=name)
    try:
        document = json.loads(enclosures[name])
        if not isinstance(document, dict) or canonical(document) != enclosures[name]:
            raise Damaged("submission_damaged", name=name)
    except (ValueError, RecursionError) as wrong:
        raise Damaged("submission_damaged", name=name) from wrong
    return document


def _receipt(document: Mapping[str, Any], digest: str) -> Receipt:
    try:
        return Receipt(
            number=str(document["receipt_number"]),
            form=str(document["form"]),
            form_version=int(document["form_version"]),
            revision=int(document["revision"]),
            submitted_at=_moment(document["submitted_at"]),
            digest=digest,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise Damaged("submission_damaged", name=SUBMISSION) from wrong


def _moment(text: Any) -> datetime:
    at = datetime.fromisoformat(str(text))
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _attachment_findings(enclosures: Mapping[str, bytes], revisions: Sequence[Mapping[str, Any]]) -> list[Finding]:
    """Each attachment that was submitted must be inside, and nothing else may be but the form that was answered."""
    records = {DECISIONS, *(revision_name(number, len(revisions)) for number in range(1, len(revisions) + 1))}
    inside = {name: sha256(data) for name, data in enclosures.items() if name not in records}
    submitted = {digest: name for revision in revisions for digest, name in _attachments(revision)}
    missing = [Finding("attachment_missing", {"name": n}) for d, n in submitted.items() if d not in inside.values()]
    known = {*submitted, *(str(revision.get("form_digest")) for revision in revisions)}
    unknown = [Finding("attachment_unknown", {"name": n}) for n, d in inside.items() if d not in known]
    return [*missing, *unknown]


def _attachments(revision: Mapping[str, Any]) -> list[tuple[str, str]]:
    entries = revision.get("attachments")
    found = entries if isinstance(entries, list) else []
    return [(str(entry.get("sha256")), str(entry.get("name"))) for entry in found if isinstance(entry, dict)]


def _decisions(enclosures: Mapping[str, bytes], digests: Sequence[str]) -> list[DecisionReading]:
    """Who decided what, if every signature holds.  Raises Damaged."""
    if DECISIONS not in enclosures:
        raise Damaged("decisions_missing")
    try:
        document = json.loads(enclosures[DECISIONS])
        payloads = verify_chain(document, digests[0], digests)
        entries = document["decisions"]
        return [_decision(payload, entry) for payload, entry in zip(payloads, entries, strict=True)]
    except ChainBroken as broken:
        raise _why(broken, document, digests) from broken
    except Exception as wrong:  # any shape of JSON may stand here
        raise Damaged("decisions_damaged") from wrong


def _why(broken: ChainBroken, document: Mapping[str, Any], digests: Sequence[str]) -> Damaged:
    """A chain that holds by itself, on content that is not here, tells that the content was exchanged."""
    claims = [_claim(entry) for entry in document["decisions"]]
    subjects = {str(claim.get("subject_sha256")) for claim in claims}
    try:
        verify_chain(document, str(claims[0].get("prev")) if claims else "", subjects)
    except ChainBroken:
        return Damaged("decisions_broken", number=broken.number)
    return (
        Damaged("decisions_broken", number=broken.number) if subjects <= set(digests) else Damaged("submission_changed")
    )


def _claim(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What a decision says, believed as it stands."""
    try:
        payload = entry["jws"].split(".")[1]
        return dict(json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))))
    except (IndexError, KeyError, TypeError, ValueError, AttributeError):
        return {}


def _decision(payload: Mapping[str, Any], entry: Mapping[str, Any]) -> DecisionReading:
    return DecisionReading(
        number=int(payload["number"]),
        step=str(entry.get("step_title") or payload["step"]),
        post=str(payload["post"]),
        name=str(payload["actor_name"]),
        outcome=str(payload["outcome"]),
        at=_moment(payload["at"]),
        is_by_rule=str(payload["actor"]).startswith("rule:"),
    )
