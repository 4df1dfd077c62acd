"""Every name of a person is drawn, and extracted, to the code point."""

import io
import subprocess

import pytest
from pypdf import PdfReader

from forms_engine.archive.document import draw
from forms_engine.archive.font import registered
from tests.forms_engine.archive.records import with_answers

NAMES = [
    "𠮷野",
    "葛\U000e0100城",
    "髙﨑",
    "渡邉\U000e0102",
    "㐂久",
    "𡈽屋",
    "①㈱㎡",
    "☑ はい",
    "が\u3099".replace("が", "か"),
]


def poppler(pdf: bytes) -> str:
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()


def pypdf(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.parametrize("extracted", [poppler, pypdf])
def test_names_are_extracted_exactly(extracted):
    text = extracted(draw(with_answers(*[("氏名", name) for name in NAMES])).pdf)
    for name in NAMES:
        assert name in text


def test_what_no_face_has_is_reported_and_still_extracted_as_itself():
    drawn = draw(with_answers(("氏名", "𮀀田")))
    assert drawn.missing == ("𮀀",)
    assert "𮀀田" in poppler(drawn.pdf)
    assert "要確認" in poppler(drawn.pdf)


def test_private_characters_have_no_meaning_and_are_reported():
    drawn = draw(with_answers(("氏名", "\ue000田")))
    assert drawn.missing == ("\ue000",)
    assert "〓田" in poppler(drawn.pdf)


def test_a_variant_that_no_face_has_is_reported_as_inexact():
    drawn = draw(with_answers(("氏名", "犬\U000e01e0")))
    assert (drawn.missing, drawn.inexact) == ((), ("犬\U000e01e0",))


def test_a_report_speaks_of_its_own_document_only():
    draw(with_answers(("氏名", "𮀀田")))
    assert draw(with_answers(("氏名", "山田"))).missing == ()


def test_fonts_are_opened_once():
    assert registered() is registered()


@pytest.mark.parametrize("text", ["\x00\x07", "\ud800", "\u200d\ufeff", "\U000e0100", "😀", "\uffff", "\t\x0b"])
def test_odd_characters_break_nothing(text):
    assert draw(with_answers(("氏名", text))).pdf.startswith(b"%PDF-1.7")
