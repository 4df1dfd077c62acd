"""Verification (検証): whether an archive copy is as it was sealed, by whom, and who decided what.

Needs nothing but the file and the certificates that are trusted: no database, no keys.  Any input gives a report.
"""

import io
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from asn1crypto import cms
from asn1crypto import x509 as asn1
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import DocumentSecurityStore, validate_pdf_signature
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from forms_engine.archive.enclosures import Damaged, read_content, read_enclosures
from forms_engine.archive.report import Finding, Report, SealReading
from forms_engine.archive.seal import trust_roots as own_roots

#: Bytes beyond which a file is not even tried.
LARGEST = 1024**3
#: How a signature stands in the file: hexadecimal digits, always the capital ones.
WRITTEN = re.compile(rb"<[0-9A-F]+>")
#: Both uses make a valid seal; certificates of officials have one or the other.
USAGE = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)


def verify(data: bytes, trust_roots: Iterable[bytes] | None = None) -> Report:
    """Everything that can be said about a file.

    ``trust_roots`` are certificates (DER) that a seal must lead up to; those of this office if none are given.  Raises
    seal.SealMissing where this office has none.
    """
    if len(data) > LARGEST:
        return Report([Finding("too_large")])
    try:
        enclosures = read_enclosures(data)
    except Damaged as damaged:
        return Report([damaged.finding])
    roots = own_roots() if trust_roots is None else list(trust_roots)
    seal, findings = _read_seal(data, roots)
    content = read_content(enclosures)
    return Report([*findings, *content.findings], seal, content.receipt, content.decisions)


def _read_seal(data: bytes, trust_roots: list[bytes]) -> tuple[SealReading | None, list[Finding]]:
    """The first signature of the file, and what is wrong with it."""
    try:
        reader = PdfFileReader(io.BytesIO(data))
        signature = next(iter(reader.embedded_regular_signatures), None)
        if signature is None:
            return None, [Finding("seal_missing")]
        reading, findings = _judged(signature, _validated(reader, signature, trust_roots))
        return reading, findings if findings or _is_tight(data, signature) else [Finding("altered")]
    except Exception:  # a signature that was tampered with breaks the reader in any way it likes
        return None, [Finding("seal_unreadable")]


def _is_tight(data: bytes, signature: EmbeddedPdfSignature) -> bool:
    """No byte of the gap that the signature lies in, and so cannot cover, is other than its writer left it."""
    _, start, end, _ = signature.byte_range
    gap = data[start:end]
    if WRITTEN.fullmatch(gap) is None:
        return False
    content = bytes.fromhex(gap[1:-1].decode())
    info = cms.ContentInfo.load(content)
    rest = content[len(info.dump()) :].strip(b"\0")
    return not rest and info.contents.endswith(info["content"].dump()) and _is_plain(info["content"])


def _is_plain(signed: cms.SignedData) -> bool:
    """The few entries that no signature covers are as every detached one has them (RFC 5652 §5.1, §5.3)."""
    (signer,) = signed["signer_infos"]
    kinds = (signed["version"].native, signer["version"].native, signed["encap_content_info"].native)
    algorithms = [algorithm.dump() for algorithm in signed["digest_algorithms"]]
    plain = ("v1", "v1", {"content_type": "data", "content": None})
    return kinds == plain and algorithms == [signer["digest_algorithm"].dump()]


def _validated(reader: PdfFileReader, signature: EmbeddedPdfSignature, trust_roots: list[bytes]) -> PdfSignatureStatus:
    """As of now; where a trusted timestamp shows when it was sealed, as of then."""
    status = _status(reader, signature, trust_roots, None)
    stamp = _trusted_stamp(status)
    return status if status.trusted or stamp is None else _status(reader, signature, trust_roots, stamp)


def _status(
    reader: PdfFileReader, signature: EmbeddedPdfSignature, trust_roots: list[bytes], at: datetime | None
) -> PdfSignatureStatus:
    options: dict[str, Any] = {
        "trust_roots": [asn1.Certificate.load(root) for root in trust_roots],
        "allow_fetching": False,
        "revocation_mode": "soft-fail",
        **({"moment": at, "best_signature_time": at} if at else {}),
    }
    try:
        context = DocumentSecurityStore.read_dss(reader).as_validation_context(options)
    except NoDSSFoundError:
        context = ValidationContext(**options)
    return validate_pdf_signature(signature, context, key_usage_settings=USAGE)


def _trusted_stamp(status: PdfSignatureStatus) -> datetime | None:
    stamp = status.timestamp_validity
    return stamp.timestamp if stamp is not None and stamp.intact and stamp.valid and stamp.trusted else None


def _judged(signature: EmbeddedPdfSignature, status: PdfSignatureStatus) -> tuple[SealReading, list[Finding]]:
    stamp = _trusted_stamp(status)
    is_whole = _covers_everything(status)
    reading = SealReading(
        holder=_holder(signature.signer_cert),
        at=stamp or status.signer_reported_dt,
        is_stamped=stamp is not None,
        is_intact=status.intact and status.valid and is_whole,
        is_trusted=status.trusted,
    )
    findings = [] if status.intact and status.valid else [Finding("altered")]
    if not is_whole:
        findings.append(Finding("appended"))
    if not status.trusted:
        findings.append(Finding(_distrust(signature.signer_cert), {"holder": reading.holder}))
    return reading, findings


def _covers_everything(status: PdfSignatureStatus) -> bool:
    """Nothing stands behind the signature but what long-term validation adds (ETSI EN 319 142-1 §5.5)."""
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return True
    kept = status.modification_level in (ModificationLevel.NONE, ModificationLevel.LTA_UPDATES)
    return bool(kept and status.docmdp_ok and status.coverage == SignatureCoverageLevel.ENTIRE_REVISION)


def _distrust(certificate: asn1.Certificate) -> str:
    is_current = certificate.not_valid_before <= datetime.now(UTC) < certificate.not_valid_after
    return "seal_untrusted" if is_current else "seal_expired"


def _holder(certificate: asn1.Certificate) -> str:
    """Organisation and common name."""
    names = certificate.subject.native
    return " ".join(str(names[key]) for key in ("organization_name", "common_name") if names.get(key))
