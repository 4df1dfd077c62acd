"""Certificates to seal with and not to trust: a city's own authority, and a stranger's with the same names."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign import SimpleSigner
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from forms_engine.archive.seal import Seal

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Pair:
    """A certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    def key_pem(self, passphrase: str = "") -> bytes:
        kept = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, kept)

    @property
    def asn1(self) -> asn1.Certificate:
        return asn1.Certificate.load(self.der)

    @property
    def asn1_key(self) -> asn1_keys.PrivateKeyInfo:
        plain = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return asn1_keys.PrivateKeyInfo.load(plain)


def issue(name: str, issuer: Pair | None = None, *, start: datetime | None = None, stamps: bool = False) -> Pair:
    """A certificate for a year: of an authority, of a seal under one, or of a timestamp authority."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = start or datetime.now(UTC) - timedelta(days=1)
    signing = issuer.key if issuer else key
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + YEAR)
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
        .add_extension(usage(is_authority=issuer is None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
    )
    if stamps:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Pair(builder.sign(signing, hashes.SHA256()), key)


def usage(is_authority: bool) -> x509.KeyUsage:
    names = "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign"
    names += " crl_sign encipher_only decipher_only"
    held = {"key_cert_sign", "crl_sign"} if is_authority else {"digital_signature"}
    return x509.KeyUsage(**{name: name in held for name in names.split()})


@cache
def city() -> tuple[Pair, Pair, Pair]:
    """Authority, seal and timestamp authority of かかない市."""
    authority = issue("かかない市認証局")
    return authority, issue("かかない市長之印", authority), issue("時刻認証局", authority, stamps=True)


@cache
def stranger() -> tuple[Pair, Pair]:
    """The same names, by somebody else."""
    authority = issue("かかない市認証局")
    return authority, issue("かかない市長之印", authority)


def seal_of(authority: Pair, own: Pair, level: str = "B-B", stamping: Pair | None = None) -> Seal:
    store = SimpleCertificateStore()
    stamper = DummyTimeStamper(stamping.asn1, stamping.asn1_key, certs_to_embed=store) if stamping else None
    context = ValidationContext(
        trust_roots=[authority.asn1], crls=[revoked_by(authority)], allow_fetching=False, revocation_mode="hard-fail"
    )
    return Seal(own.certificate, SimpleSigner(own.asn1, own.asn1_key, store), (authority.der,), level, stamper, context)


def revoked_by(authority: Pair) -> asn1_crl.CertificateList:
    """A list of nothing revoked."""
    today = datetime.now(UTC)
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(authority.certificate.subject)
        .last_update(today - timedelta(hours=1))
        .next_update(today + timedelta(days=30))
        .add_extension(x509.CRLNumber(1), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.key.public_key()), critical=False)
    )
    made = builder.sign(authority.key, hashes.SHA256())
    return asn1_crl.CertificateList.load(made.public_bytes(Encoding.DER))


def write(folder: Path, authority: Pair, own: Pair, passphrase: str = "") -> Path:
    """The files that an operator puts into SEAL_DIR."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "certificate.pem").write_bytes(own.pem)
    (folder / "key.pem").write_bytes(own.key_pem(passphrase))
    (folder / "chain.pem").write_bytes(authority.pem)
    return folder
