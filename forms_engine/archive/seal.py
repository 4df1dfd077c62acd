"""The seal (電子公印): a PAdES signature of the office over the whole file (ETSI EN 319 142-1), certifying that nothing
may change (DocMDP 1, ISO 32000-1 §12.8.2.2).  It is invisible: a visible signature field fails PDF/UA-1.

Certificate and key are files of ``settings.SEAL_DIR``: certificate.pem, key.pem, and where there are any chain.pem and
roots.pem; SEAL_CERTIFICATE, SEAL_KEY, SEAL_CHAIN and SEAL_TRUST_ROOTS name others.  Development makes its own on first
use.
"""

import io
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from asn1crypto import pem
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper, TimeStamper
from pyhanko_certvalidator import ValidationContext

FIELD = "Seal"
#: Baseline levels of PAdES: plain, with a timestamp, with all that validation needs later, with renewable timestamps.
LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
DEVELOPMENT_MARK = "開発用"
#: How long before its end a certificate is to be complained about: buying one takes weeks.
NOTICE = timedelta(days=60)
DEVELOPMENT_LIFE = timedelta(days=3650)


class SealMissing(Exception):
    """There is no certificate and key to seal with, or they cannot be used; the message says what is wrong."""


class ArchivalWriter(IncrementalPdfFileWriter):
    """Leaves the file a PDF 1.7, which PDF/A-3 is made of, where pyHanko would call it 2.0 for an elliptic curve."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        super().ensure_output_version(min(version, (1, 7)))


@dataclass(frozen=True)
class Files:
    """Where a seal's certificate (and those above it) and key are kept."""

    certificate: Path
    key: Path
    chain: Path
    roots: Path

    @property
    def exist(self) -> bool:
        return self.certificate.is_file() and self.key.is_file()


@dataclass(frozen=True)
class Seal:
    """A certificate with its key, and how it seals."""

    certificate: x509.Certificate
    signer: SimpleSigner
    roots: tuple[bytes, ...]
    level: str = LEVELS[0]
    timestamper: TimeStamper | None = None
    context: ValidationContext | None = None

    @property
    def name(self) -> str:
        """Whose seal it is and which: the holder, and the certificate's SHA-256."""
        return f"{holder(self.certificate.subject)} {self.certificate.fingerprint(hashes.SHA256()).hex()}"

    def put_on(self, pdf: bytes) -> bytes:
        """The file with the seal."""
        writer = ArchivalWriter(io.BytesIO(pdf))
        signing = PdfSigner(self._metadata(), self.signer, timestamper=self.timestamper)
        sealed: io.BytesIO = signing.sign_pdf(writer)
        return sealed.getvalue()

    def _metadata(self) -> PdfSignatureMetadata:
        return PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=MDPPerm.NO_CHANGES,
            name=holder(self.certificate.subject),
            signer_key_usage=set(),  # whether a use suits a seal is judged where it is verified
            embed_validation_info=self.level in LEVELS[2:],
            use_pades_lta=self.level == LEVELS[3],
            validation_context=self._fetching_context() if self.level in LEVELS[2:] else None,
        )

    def _fetching_context(self) -> ValidationContext:
        roots = [asn1.Certificate.load(root) for root in self.roots]
        return self.context or ValidationContext(trust_roots=roots, allow_fetching=True, revocation_mode="hard-fail")


def seal(pdf: bytes) -> bytes:
    """The file with this office's seal.  Raises SealMissing."""
    return current().put_on(pdf)


def current() -> Seal:
    """The seal of this office, as the settings and files now are.  Raises SealMissing."""
    files = configured()
    if not files.exist:
        files = _development_files()
    stamp = (files.certificate.stat().st_mtime_ns, files.key.stat().st_mtime_ns)
    return _opened(files, str(getattr(settings, "SEAL_PASSPHRASE", "")), _level(), _tsa_url(), stamp)


def configured() -> Files:
    """The files that the settings name, whether they exist or not."""
    return Files(
        certificate=_path("SEAL_CERTIFICATE", "certificate.pem"),
        key=_path("SEAL_KEY", "key.pem"),
        chain=_path("SEAL_CHAIN", "chain.pem"),
        roots=_path("SEAL_TRUST_ROOTS", "roots.pem"),
    )


def _path(setting: str, name: str) -> Path:
    return Path(getattr(settings, setting, "") or Path(settings.SEAL_DIR) / name)


def _tsa_url() -> str:
    return str(getattr(settings, "SEAL_TSA_URL", "") or "")


def _level() -> str:
    """As set; else with a timestamp where there is somebody to ask for one."""
    level = str(getattr(settings, "SEAL_LEVEL", "") or LEVELS[1 if _tsa_url() else 0])
    if level not in LEVELS or (level != LEVELS[0] and not _tsa_url()):
        raise SealMissing(f"SEAL_LEVEL must be one of {', '.join(LEVELS)}; all but the first need SEAL_TSA_URL")
    return level


@lru_cache(maxsize=4)
def _opened(files: Files, passphrase: str, level: str, tsa_url: str, stamp: tuple[int, int]) -> Seal:
    """Opened once per process, and again when a file was exchanged (``stamp``)."""
    try:
        certificate = x509.load_pem_x509_certificate(files.certificate.read_bytes())
        key = load_pem_private_key(files.key.read_bytes(), passphrase.encode() or None)
    except (OSError, ValueError, TypeError) as wrong:
        raise SealMissing(f"the seal's certificate or key cannot be read: {wrong}") from wrong
    if key.public_key() != certificate.public_key():
        raise SealMissing("the seal's key does not belong to its certificate")
    timestamper = HTTPTimeStamper(tsa_url) if tsa_url else None
    return Seal(certificate, _signer(files, passphrase), tuple(_roots(files)), level, timestamper)


def _signer(files: Files, passphrase: str) -> SimpleSigner:
    """Puts what stands between its certificate and a root into the signature; the root itself everybody has to have."""
    between = [one for one in map(asn1.Certificate.load, _chain(files)) if not one.self_issued]
    secret = passphrase.encode() or None
    return SimpleSigner.load(files.key, files.certificate, key_passphrase=secret, other_certs=between)


def _chain(files: Files) -> list[bytes]:
    return read_certificates(files.chain.read_bytes()) if files.chain.is_file() else []


def trust_roots() -> list[bytes]:
    """The certificates (DER) that a seal must lead up to for this office to trust it.  Raises SealMissing."""
    return list(current().roots)


def _roots(files: Files) -> list[bytes]:
    """roots.pem, else the self-signed ones of the chain, else the seal's own certificate."""
    if files.roots.is_file():
        return read_certificates(files.roots.read_bytes())
    own = read_certificates(files.certificate.read_bytes())
    return [one for one in _chain(files) if asn1.Certificate.load(one).self_issued] or own


def read_certificates(data: bytes) -> list[bytes]:
    """The certificates (DER) of a PEM or DER file.  Raises ValueError."""
    return [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]


def holder(name: x509.Name) -> str:
    """Organisation and common name, as people write them."""
    oids = (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME)
    return " ".join(str(attribute.value) for oid in oids for attribute in name.get_attributes_for_oid(oid))


def problems(at: datetime) -> list[str]:
    """What is wrong with this office's seal, or soon will be, in plain words for the operator."""
    try:
        found = current()
    except SealMissing as missing:
        return [str(missing)]
    end = found.certificate.not_valid_after_utc
    texts = []
    if at >= end or at < found.certificate.not_valid_before_utc:
        texts.append(f"the seal's certificate is not valid at present (valid until {end:%Y-%m-%d})")
    elif at >= end - NOTICE:
        texts.append(f"the seal's certificate ends on {end:%Y-%m-%d}")
    if _is_production() and DEVELOPMENT_MARK in found.name:
        texts.append("the seal is one for development")
    return texts


def _is_production() -> bool:
    return bool(getattr(settings, "PRODUCTION", False))


# --- a seal for development ------------------------------------------------------------------------------------------


def _development_files() -> Files:
    """A seal of this machine's own, made on first use; of several made at the same time, the first is everybody's."""
    if _is_production():
        raise SealMissing(f"no seal: {configured().certificate} and {configured().key} do not exist")
    folder = Path(settings.SEAL_DIR) / "development"
    if not folder.is_dir():
        _make_development(folder)
    return Files(*(folder / f"{name}.pem" for name in ("certificate", "key", "chain", "roots")))


def _make_development(folder: Path) -> None:
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = folder.with_name(f".{folder.name}-{secrets.token_hex(8)}")
    draft.mkdir(mode=0o700)
    _write_development(draft)
    try:
        draft.rename(folder)
    except OSError:  # somebody else's is there: a folder takes the place of an empty one only
        for path in draft.iterdir():
            path.unlink()
        draft.rmdir()


def _write_development(folder: Path) -> None:
    """The authority's key is thrown away: nothing else can ever be issued under it."""
    authority_key, key = (rsa.generate_private_key(public_exponent=65537, key_size=3072) for _ in range(2))
    authority = _certificate(f"{DEVELOPMENT_MARK}認証局", authority_key.public_key(), authority_key, None)
    own = _certificate(f"{DEVELOPMENT_MARK}電子公印（本番使用不可）", key.public_key(), authority_key, authority)
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    above = authority.public_bytes(Encoding.PEM)
    contents = {"certificate": own.public_bytes(Encoding.PEM), "key": secret, "chain": above, "roots": above}
    for name, content in contents.items():
        descriptor = os.open(folder / f"{name}.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)


def _certificate(
    name: str,
    public: rsa.RSAPublicKey,
    signing: rsa.RSAPrivateKey,
    issuer: x509.Certificate | None,
) -> x509.Certificate:
    subject = _subject(name)
    start = datetime.now(UTC) - timedelta(hours=1)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + DEVELOPMENT_LIFE)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(_usage(is_authority=issuer is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    )
    return builder.sign(signing, hashes.SHA256())


def _subject(name: str) -> x509.Name:
    organisation = f"{settings.MUNICIPALITY['name']}（{DEVELOPMENT_MARK}）"
    parts = ((NameOID.COUNTRY_NAME, "JP"), (NameOID.ORGANIZATION_NAME, organisation), (NameOID.COMMON_NAME, name))
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


def _usage(is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
