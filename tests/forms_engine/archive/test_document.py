"""The drawn copy: whatever was written fits on its pages, and reads like an official record."""

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace

import pytest

from forms_engine.archive.content import Content, enclosed_names, safe_name
from forms_engine.archive.document import BOTTOM, HEIGHT, LEFT, RIGHT, draw
from forms_engine.archive.pieces import LABEL
from forms_engine.archive.rehearsal import pages_filled
from tests.forms_engine.archive import records
from tests.forms_engine.archive.test_font import poppler

WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')
LONG = "使用の目的、日時及び人数を具体的に記載します。「使用者」は（代表者を含む。）条例を守ります。" * 150
COPIES: dict[str, Callable[[], Content]] = {
    "a dog": records.dog,
    "a refusal": records.refused,
    "long texts": lambda: records.with_answers(("説明", LONG), (LONG[:300], "x" * 5000), ("空", "")),
    "many rows": lambda: records.with_answers(*[(f"項目{n}", f"値{n}") for n in range(1000)]),
    "nothing": lambda: replace(records.with_sections([]), decisions=[], attachments=[], enclosures=[]),
    "many decisions": lambda: replace(
        records.dog(), decisions=[records.by_person("審査", "環境課 係長", "髙﨑 一郎", to_applicant=LONG)] * 30
    ),
}


@pytest.fixture(params=COPIES)
def copy(request: pytest.FixtureRequest) -> bytes:
    return draw(COPIES[request.param]()).pdf


def test_qpdf_finds_nothing_wrong(copy, tmp_path):
    path = tmp_path / "copy.pdf"
    path.write_bytes(copy)
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_nothing_that_was_written_is_lost():
    text = poppler(draw(COPIES["long texts"]()).pdf).replace("\n", "")
    assert text.count("使用の目的、日時及び人数を") >= 140
    assert text.count("x") >= 5000


def test_every_row_of_a_long_table_is_there():
    text = poppler(draw(COPIES["many rows"]()).pdf)
    assert all(f"項目{number}" in text for number in range(1000))


def test_boxes_grow_so_that_no_word_leaves_its_column_or_the_page():
    rows = [
        ("説明", "長い文章です。" * 570),
        ("番地" * 40, "a" * 60),
        *[(f"世帯員{n}", "葛󠄀城　髙﨑 𠮷野" * 9) for n in range(40)],
    ]
    boxed = subprocess.run(
        ["pdftotext", "-bbox", "-", "-"], input=draw(records.with_answers(*rows)).pdf, capture_output=True, check=True
    )
    words = [
        (float(one[1]), float(one[2]), float(one[3]), float(one[4]), one[5])
        for one in WORD.finditer(boxed.stdout.decode())
    ]
    assert len(words) > 1000
    for left, top, right, bottom, word in words:
        assert left >= LEFT - 1 and right <= RIGHT + 1 and 0 < top < bottom < HEIGHT, word
        if "長い文章" in word or "aaa" in word or "葛" in word:
            assert left >= LEFT + LABEL and bottom <= HEIGHT - BOTTOM, word


def test_no_heading_stands_alone_at_the_foot_of_a_page():
    for count in range(15, 32):
        pages = poppler(draw(records.with_answers(*[("項目", "値")] * count)).pdf).split("\f")
        headed = [page for page in pages if re.search(r"^決裁$", page, re.MULTILINE)]
        assert len(headed) == 1 and "規則による自動処理" in headed[0], count


def test_the_same_content_gives_the_same_bytes():
    assert draw(records.dog()).pdf == draw(records.dog()).pdf


def test_pages_say_which_they_are():
    text = poppler(draw(records.refused()).pdf)
    assert "1 / 2" in text and "2 / 2" in text


def test_a_refusal_gives_reasons_and_the_instruction_on_appeal():
    text = poppler(draw(records.refused()).pdf).replace("\n", "")
    assert "不承認の理由" in text and "条例第5条第2項" in text
    assert "知った日の翌日から起算して3か月以内に、かかない市長に対して審査請求" in text
    assert "かかない市を被告として" in text


def test_a_rule_is_explained_in_words():
    assert "狂犬病予防注射をした日は条件のとおりです" in poppler(draw(records.dog()).pdf).replace("\n", "")


def test_a_void_decision_bears_no_stamp():
    line = replace(records.by_person("審査", "環境課 係長", "髙﨑 一郎"), is_void=True)
    text = poppler(draw(replace(records.dog(), decisions=[line])).pdf)
    assert "差戻しにより効力を失いました" in text


def test_two_pages_are_drawn_in_no_time():
    draw(records.dog())
    times = []
    for _ in range(5):
        start = time.process_time()  # of this process: a busy machine is not a slow program
        draw(records.dog())
        times.append(time.process_time() - start)
    assert min(times) < 0.05


def test_attachments_get_safe_names_of_their_own():
    names = enclosed_names([{"name": "../../etc/passwd"}, {"name": "写し.pdf"}, {"name": "写し.pdf"}])
    assert len(set(names)) == 3
    assert not any("/" in name or ".." in name.replace("..", "", 0)[:3] for name in names)


def test_a_safe_name_keeps_its_ending_and_is_short():
    assert safe_name("あ" * 300 + ".pdf").endswith(".pdf")
    assert len(safe_name("あ" * 300 + ".pdf")) < 90
    assert safe_name("") == "file"


def test_pages_that_an_answer_fills_are_as_many_as_are_drawn():
    """Beside the page that the rest of the copy takes anyway."""
    for length in (100, 1500, 4000):
        drawn = draw(records.with_answers(("説明", "字" * length))).pdf
        full = sum("字" * 30 in page for page in poppler(drawn).split("\f"))
        assert full - 1 <= pages_filled(length) <= full
    assert pages_filled(10**12) > 10**8
