"""The seal: accepted by validators that are not ours, made by whom the settings say, refused where there is none."""

import io
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import override_settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from forms_engine.archive import seal
from forms_engine.archive.document import draw
from forms_engine.archive.verification import USAGE, verify
from tests.forms_engine.archive import records, seals


@pytest.fixture(scope="module")
def drawn() -> bytes:
    return draw(records.dog()).pdf


@pytest.fixture
def seal_dir(tmp_path: Path):
    with override_settings(SEAL_DIR=tmp_path / "seal"):
        yield tmp_path / "seal"


def test_pyhanko_accepts_it(drawn):
    authority, own, _ = seals.city()
    reader = PdfFileReader(io.BytesIO(seals.seal_of(authority, own).put_on(drawn)))
    context = ValidationContext(trust_roots=[authority.asn1], allow_fetching=False)
    (signature,) = reader.embedded_signatures
    status = validate_pdf_signature(signature, context, key_usage_settings=USAGE)
    assert status.bottom_line and status.docmdp_ok
    assert signature.docmdp_level.name == "NO_CHANGES"


@pytest.mark.skipif(not (shutil.which("pdfsig") and shutil.which("certutil")), reason="pdfsig or certutil is missing")
def test_poppler_accepts_it(drawn, tmp_path):
    authority, own, _ = seals.city()
    (tmp_path / "root.pem").write_bytes(authority.pem)
    (tmp_path / "copy.pdf").write_bytes(seals.seal_of(authority, own).put_on(drawn))
    store = f"sql:{tmp_path}"
    subprocess.run(["certutil", "-N", "-d", store, "--empty-password"], check=True)
    root = ["-n", "city", "-t", "C,C,C", "-i", tmp_path / "root.pem"]
    subprocess.run(["certutil", "-A", "-d", store, *root], check=True)
    said = subprocess.run(
        ["pdfsig", "-nssdir", store, tmp_path / "copy.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert "Signature is Valid." in said and "Certificate is Trusted." in said
    assert "Total document signed" in said and "ETSI.CAdES.detached" in said


def test_qpdf_finds_nothing_wrong_in_a_sealed_file(drawn, tmp_path):
    authority, own, _ = seals.city()
    (tmp_path / "copy.pdf").write_bytes(seals.seal_of(authority, own).put_on(drawn))
    subprocess.run(["qpdf", "--check", tmp_path / "copy.pdf"], check=True, capture_output=True)


def test_it_stays_a_pdf_1_7(drawn):
    authority, own, _ = seals.city()
    reader = PdfFileReader(io.BytesIO(seals.seal_of(authority, own).put_on(drawn)))
    assert reader.input_version == (1, 7)


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_higher_levels_carry_a_timestamp_and_verify(drawn, level):
    authority, own, stamping = seals.city()
    report = verify(seals.seal_of(authority, own, level, stamping).put_on(drawn), [authority.der])
    assert report.ok, report.lines()
    assert report.seal is not None and report.seal.is_stamped


def test_the_files_of_the_settings_are_used(drawn, seal_dir):
    authority, own, _ = seals.city()
    seals.write(seal_dir, authority, own, passphrase="秘密")
    with override_settings(SEAL_PASSPHRASE="秘密"):
        assert verify(seal.seal(drawn), [authority.der]).ok
        assert seal.trust_roots() == [authority.der]
        assert seal.current().name.startswith("かかない市長之印 ")
        assert seal.problems(datetime.now(UTC)) == []


def test_a_wrong_passphrase_is_told_in_one_line(seal_dir):
    authority, own, _ = seals.city()
    seals.write(seal_dir, authority, own, passphrase="秘密")
    with pytest.raises(seal.SealMissing):
        seal.current()


def test_a_key_of_another_certificate_is_refused(seal_dir):
    authority, own, _ = seals.city()
    seals.write(seal_dir, authority, own)
    (seal_dir / "key.pem").write_bytes(authority.key_pem())
    with pytest.raises(seal.SealMissing, match="does not belong"):
        seal.current()


def test_an_exchanged_certificate_is_noticed(seal_dir):
    seals.write(seal_dir, *seals.city()[:2])
    first = seal.current().name
    seals.write(seal_dir, *seals.stranger())
    assert seal.current().name != first


def test_development_makes_its_own_and_says_so(drawn, seal_dir):
    sealed = seal.seal(drawn)
    assert "開発用" in seal.current().name
    assert verify(sealed).ok
    assert all(path.stat().st_mode & 0o077 == 0 for path in (seal_dir / "development").iterdir())
    assert seal.current().certificate.not_valid_after_utc > datetime.now(UTC) + timedelta(days=3000)


def test_processes_that_start_together_get_one_seal(seal_dir):
    with ThreadPoolExecutor(4) as pool:
        names = {future.result() for future in [pool.submit(lambda: seal.current().name) for _ in range(4)]}
    assert len(names) == 1
    assert [path.name for path in seal_dir.iterdir()] == ["development"]


def test_production_without_a_seal_refuses(seal_dir):
    with override_settings(PRODUCTION=True):
        with pytest.raises(seal.SealMissing, match="no seal"):
            seal.current()
        assert seal.problems(datetime.now(UTC))
    assert not seal_dir.exists()


def test_production_complains_about_a_seal_for_development(seal_dir):
    seal.current()
    for path in (seal_dir / "development").iterdir():
        path.rename(seal_dir / path.name)
    with override_settings(PRODUCTION=True):
        assert seal.problems(datetime.now(UTC)) == ["the seal is one for development"]


@pytest.mark.parametrize(("days", "said"), [(10, ""), (340, "ends on"), (400, "not valid at present")])
def test_the_end_of_a_certificate_is_told_in_time(seal_dir, days, said):
    seals.write(seal_dir, *seals.city()[:2])
    found = seal.problems(datetime.now(UTC) + timedelta(days=days))
    assert (said in found[0]) if said else found == []


@pytest.mark.parametrize(("level", "url"), [("B-X", ""), ("B-T", "")])
def test_a_level_that_cannot_be_reached_is_refused(seal_dir, level, url):
    with override_settings(SEAL_LEVEL=level, SEAL_TSA_URL=url), pytest.raises(seal.SealMissing, match="SEAL_LEVEL"):
        seal.current()
