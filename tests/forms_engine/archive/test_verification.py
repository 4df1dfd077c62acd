"""Whatever is done to a sealed file, verification says so; whatever it is given, it gives a report."""

import io
import json
import os
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from forms_engine.archive.content import DECISIONS, FORM, Enclosure, sha256
from forms_engine.archive.document import draw
from forms_engine.archive.verification import verify
from schemas.canonical import canonical
from tests.forms_engine.archive import records, seals
from tests.forms_engine.archive.records import OFFICE, attached, enclosing, record, submission

ROOT = seals.city()[0].der


def sealed(*enclosures: Enclosure) -> bytes:
    content = enclosing(*enclosures) if enclosures else records.dog()
    return seals.seal_of(*seals.city()[:2]).put_on(draw(content).pdf)


@pytest.fixture(scope="module")
def intact() -> bytes:
    return sealed()


def codes(data: bytes) -> list[str]:
    return [finding.code for finding in verify(data, [ROOT]).findings]


def inside(*, document: dict[str, Any] | None = None, decisions: Any = None, certificate: bytes | None = None) -> bytes:
    """A file of somebody who has the seal, in which one thing is not as it was."""
    own = submission()
    return sealed(
        record(document or own),
        record(OFFICE.chain(own) if decisions is None else decisions, DECISIONS),
        attached() if certificate is None else attached(certificate),
    )


def test_an_intact_file_is_told_with_who_and_what(intact):
    report = verify(intact, [ROOT])
    assert report.ok and report.seal is not None and report.receipt is not None
    assert report.seal.holder == "かかない市長之印"
    assert (report.receipt.number, report.receipt.revision) == ("R8-000123", 1)
    assert [(one.name, one.outcome) for one in report.decisions] == [("𠮷野 恵", "approved")] * 2


def test_the_report_reads_well_in_japanese_and_english(intact):
    lines = verify(intact, [ROOT]).lines()
    assert lines[0].startswith("確認できました")
    assert any("環境課 課長 𠮷野 恵　承認　令和8年11月21日" in line for line in lines)
    assert verify(intact, [ROOT]).lines("en")[0].startswith("Verified")
    assert verify(b"", [ROOT]).lines("en")[1].startswith("- This cannot be read")


@pytest.mark.parametrize("share", [0.02, 0.2, 0.4, 0.6, 0.8])
def test_a_changed_byte_is_found(intact, share):
    altered = bytearray(intact)
    altered[int(len(altered) * share)] ^= 1
    assert codes(bytes(altered))


def test_every_region_is_guarded(intact):
    for place in range(60, len(intact) - 10, len(intact) // 40):
        altered = bytearray(intact)
        altered[place] ^= 0x20  # of a hexadecimal digit, the case
        assert not verify(bytes(altered), [ROOT]).ok, place


def test_a_removed_decision_is_found():
    chain = OFFICE.chain(submission())
    assert codes(inside(decisions={**chain, "decisions": chain["decisions"][:1]})) == ["decisions_broken"]
    assert codes(inside(decisions={**chain, "decisions": chain["decisions"][1:]})) == ["decisions_broken"]


def test_a_decision_that_reads_otherwise_than_it_was_signed_is_found():
    chain = OFFICE.chain(submission())
    chain["decisions"][0]["outcome"] = "refused"
    assert codes(inside(decisions=chain)) == ["decisions_broken"]


def test_a_swapped_attachment_is_found():
    assert codes(inside(certificate=b"%PDF-1.4 another")) == ["attachment_missing", "attachment_unknown"]


def test_a_swapped_submission_is_found():
    assert codes(inside(document=submission(dog_name="ポチ"))) == ["submission_changed"]


def test_a_submission_that_is_not_canonical_is_found():
    spaced = Enclosure("submission.json", "application/json", json.dumps(submission()).encode(), "Source", "x")
    files = (spaced, record(OFFICE.chain(submission()), DECISIONS), attached())
    assert codes(sealed(*files)) == ["submission_damaged"]


def test_earlier_submissions_belong_to_the_file():
    first, second = submission(1), submission(2, dog_name="ポチ")
    files = [record(second), record(OFFICE.chain(first, second), DECISIONS), attached()]
    assert codes(sealed(*files)) == ["submission_missing"]
    assert codes(sealed(*files, record(first, "submission-r1.json"))) == []


def test_missing_decisions_are_found():
    assert codes(sealed(record(submission()), attached())) == ["decisions_missing"]


def test_a_file_that_nobody_submitted_is_found():
    extra = Enclosure("macro.js", "text/javascript", b"alert(1)", "Supplement", "x")
    files = (record(submission()), record(OFFICE.chain(submission()), DECISIONS), attached(), extra)
    assert codes(sealed(*files)) == ["attachment_unknown"]


def test_the_form_that_was_answered_belongs_to_the_file_and_no_other():
    def inside_with(title: str) -> list[str]:
        form = record({"title": title}, FORM)
        document = {**submission(), "form_digest": sha256(canonical({"title": "犬の登録申請書"}))}
        return codes(sealed(record(document), record(OFFICE.chain(document), DECISIONS), attached(), form))

    assert inside_with("犬の登録申請書") == []
    assert inside_with("猫の登録申請書") == ["attachment_unknown"]


@pytest.mark.parametrize("decisions", [[], 1, {}, {"decisions": 1}, {"decisions": [{}], "keys": {}, "head": ""}])
def test_decisions_of_any_shape_give_a_report(decisions):
    assert codes(inside(decisions=decisions))[0].startswith("decisions_")


@pytest.mark.parametrize("document", [{}, {"revision": 10**9}, {"revision": "1"}, {"revision": 1, "attachments": 3}])
def test_submissions_of_any_shape_give_a_report(document):
    assert codes(inside(document=document or {"a": 1}))


def test_a_missing_seal_is_found():
    assert codes(draw(records.dog()).pdf) == ["seal_missing"]


def test_a_strangers_seal_is_not_trusted():
    foreign = seals.seal_of(*seals.stranger()).put_on(draw(records.dog()).pdf)
    assert codes(foreign) == ["seal_untrusted"]
    assert not verify(foreign, [ROOT]).seal.is_trusted


def test_a_seal_out_of_date_without_a_timestamp_is_told():
    authority, _, _ = seals.city()
    past = seals.issue("旧市長之印", authority, start=authority.certificate.not_valid_before_utc - 2 * seals.YEAR)
    assert codes(seals.seal_of(authority, past).put_on(draw(records.dog()).pdf)) == ["seal_expired"]


def test_what_is_added_after_the_seal_is_found(intact):
    writer = IncrementalPdfFileWriter(io.BytesIO(intact))
    writer.root["/Added"] = writer.add_object(TextStringObject("added"))
    writer.update_root()
    stream = io.BytesIO()
    writer.write(stream)
    assert "appended" in codes(stream.getvalue())


def test_bytes_behind_the_end_are_found(intact):
    assert codes(intact + b"\n% something\n%%EOF\n")


def test_a_file_saved_again_by_another_program_is_found(intact):
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(intact)) as pdf:
        pdf.save(stream)
    assert codes(stream.getvalue())


def encrypted(data: bytes, password: str) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(stream, encryption=pikepdf.Encryption(owner="o", user=password))
    return stream.getvalue()


@pytest.mark.parametrize("password", ["", "secret"])
def test_a_protected_file_is_told(intact, password):
    assert codes(encrypted(intact, password)) == ["encrypted"]


def bomb() -> bytes:
    """A file inside that unpacks to more than anybody may keep."""
    stream = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        packed = zlib.compress(bytes(129 * 1024**2), 1)
        pdf.attachments["submission.json"] = pikepdf.AttachedFileSpec(pdf, b"x", filename="submission.json")
        content = pdf.attachments["submission.json"].obj.EF.F
        content.write(packed, filter=pikepdf.Name.FlateDecode)
        pdf.save(stream, compress_streams=False)
    return stream.getvalue()


def test_a_bomb_does_not_go_off():
    assert codes(bomb()) == ["too_large"]


GARBAGE: dict[str, Callable[[], bytes]] = {
    "nothing": bytes,
    "noise": lambda: os.urandom(20_000),
    "text": lambda: b"hello" * 1000,
    "a header alone": lambda: b"%PDF-1.7\n",
    "zeros": lambda: bytes(1_000_000),
    "nested": lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000,
    "json": lambda: canonical(submission()),
}


@pytest.mark.parametrize("kind", GARBAGE)
def test_garbage_gives_a_report(kind):
    assert not verify(GARBAGE[kind](), [ROOT]).ok


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_truncated_file_gives_a_report(intact, share):
    assert codes(intact[: int(len(intact) * share)])
