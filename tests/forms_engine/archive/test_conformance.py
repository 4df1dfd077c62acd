"""PDF/A-3a and PDF/UA-1, as far as tools that install with the project can tell; veraPDF where it is installed."""

import io
import itertools
import re
import shutil
import subprocess
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Name
from pikepdf.pdfa import validate_written

from forms_engine.archive import icc
from forms_engine.archive.document import draw
from tests.forms_engine.archive import records

#: pikepdf checks 3b and knows no extension schemas: what it says about level A and PDF/UA's own metadata.
EXPECTED = {"ISO_19005_3:6.6.2.3.1-1", "ISO_19005_3:6.6.4-3", "pikepdf:embedded-file"}


@pytest.fixture(params=[records.dog, records.refused], ids=["dog", "refused"])
def pdf(request: pytest.FixtureRequest) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(draw(request.param()).pdf)) as opened:
        yield opened


def elements(node: Any) -> Iterator[Any]:
    """Every element of the structure tree, in reading order."""
    for kid in node.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def kinds(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in elements(pdf.Root.StructTreeRoot)]


def test_pdfa_3b_validator_finds_only_what_it_does_not_know():
    report = validate_written(io.BytesIO(draw(records.refused()).pdf), "3b")
    assert {finding.rule for finding in report.findings} <= EXPECTED
    messages = [finding.message for finding in report.findings if finding.rule == "ISO_19005_3:6.6.4-3"]
    assert messages == ["pdfaid:conformance is 'A', expected 'B'"]


def test_headings_go_down_one_level_at_a_time(pdf):
    levels = [int(kind[2]) for kind in kinds(pdf) if re.fullmatch(r"/H\d", kind)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below <= above + 1 for above, below in itertools.pairwise(levels))


def test_headers_of_tables_say_what_they_head(pdf):
    headers = [element for element in elements(pdf.Root.StructTreeRoot) if str(element.S) == "/TH"]
    assert headers and all(header.A.Scope in (Name.Row, Name.Column) for header in headers)


def test_rows_of_a_table_are_of_one_length(pdf):
    for table in (element for element in elements(pdf.Root.StructTreeRoot) if str(element.S) == "/Table"):
        assert len({len(row.K) for row in table.K}) == 1


def test_figures_can_be_read_out(pdf):
    figures = [element for element in elements(pdf.Root.StructTreeRoot) if str(element.S) == "/Figure"]
    assert figures and all("電子印影" in str(figure.Alt) for figure in figures)
    assert all(len(figure.A.BBox) == 4 for figure in figures)


def test_everything_drawn_is_content_or_artifact(pdf):
    for page in pdf.pages:
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            depth += {"BDC": 1, "EMC": -1}.get(str(operator), 0)
            assert depth in (0, 1)
            assert depth or str(operator) not in ("Tj", "TJ", "S", "f", "f*", "B", "Do"), operands


def test_every_mark_has_its_element(pdf):
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    for index, page in enumerate(pdf.pages):
        marks = [
            int(operands[1].MCID)
            for operands, operator in pikepdf.parse_content_stream(page)
            if str(operator) == "BDC" and "/MCID" in operands[1]
        ]
        assert marks == list(range(len(numbers[2 * index + 1])))
        assert (page.StructParents, page.Tabs) == (index, Name.S)


def test_files_inside_are_associated_with_the_document(pdf):
    assert [str(file.UF) for file in pdf.Root.AF] == [
        "submission.json",
        "decisions.json",
        "attachment-01-注射済証明書.pdf",
    ]
    assert [str(file.AFRelationship) for file in pdf.Root.AF] == ["/Source", "/Source", "/Supplement"]


def test_metadata_claims_both_standards(pdf):
    text = pdf.Root.Metadata.read_bytes().decode()
    assert "<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>" in text
    assert "<pdfuaid:part>1</pdfuaid:part>" in text and "pdfaSchema" in text
    assert str(pdf.Root.Lang) == "ja-JP" and pdf.Root.ViewerPreferences.DisplayDocTitle


def test_colours_are_those_of_srgb():
    cms = pytest.importorskip("PIL.ImageCms", reason="Pillow reads colour profiles; it comes with the test extra")
    image = pytest.importorskip("PIL.Image")
    ours, theirs = cms.ImageCmsProfile(io.BytesIO(icc.srgb())), cms.ImageCmsProfile(cms.createProfile("sRGB"))
    for colour in [(10, 128, 250), (255, 255, 255), (0, 0, 0), (194, 33, 28)]:
        dot = image.new("RGB", (1, 1), colour)
        assert cms.profileToProfile(dot, ours, theirs).getpixel((0, 0)) == colour


@pytest.mark.skipif(shutil.which("verapdf") is None, reason="veraPDF is not installed")
@pytest.mark.parametrize("flavour", ["3a", "ua1"])
def test_verapdf_accepts(flavour, tmp_path):
    path = tmp_path / "copy.pdf"
    path.write_bytes(draw(records.refused()).pdf)
    checked = subprocess.run(["verapdf", "--flavour", flavour, path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout
