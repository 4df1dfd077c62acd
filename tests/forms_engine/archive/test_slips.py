"""The receipt on paper says everything that a resident needs to come back."""

import io
from collections.abc import Callable

import pikepdf
import pytest

from forms_engine import submission
from forms_engine.applications import Application
from forms_engine.archive import slips
from tests.forms_engine.archive.test_font import poppler

LINK = "https://kakanai.example/resume/9250be70-db87-4af9-87b5-223ef72ce35c/YYHB-EQQA-9AMG-57A5/"


@pytest.mark.parametrize(
    ("language", "words", "tag"),
    [("ja", "受付票", "ja-JP"), ("en", "Access code", "en"), ("ja-easy", "どうなったか", "ja-JP")],
)
def test_receipt_says_number_code_and_what_comes_next(
    submitted: Callable[..., Application], language: str, words: str, tag: str
) -> None:
    application = submitted()
    pdf = slips.draw(slips.slip_of(application, language, LINK))
    text = poppler(pdf)
    for each in (str(application.receipt_number), application.access_code, words, "髙﨑"):
        assert each in text
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert str(file.Root.Lang) == tag
        assert file.Root.MarkInfo.Marked
        assert "/AF" not in file.Root


def test_receipt_is_drawn_alike_each_time(submitted: Callable[..., Application]) -> None:
    slip = slips.slip_of(submitted(), "ja", LINK)
    assert slips.draw(slip) == slips.draw(slip)


def test_receipt_leaves_out_what_was_left_blank(submitted: Callable[..., Application]) -> None:
    slip = slips.slip_of(submitted(), "ja", LINK)
    assert "団体登録番号" not in [row.label for one in slip.sections for row in one.rows]


def test_a_withdrawn_application_has_a_receipt_that_says_so(submitted: Callable[..., Application]) -> None:
    withdrawn = submission.withdraw(submitted())
    assert "結果：取下げ" in slips.slip_of(withdrawn, "ja", LINK).following


def test_a_draft_has_no_receipt(draft: Callable[..., Application]) -> None:
    with pytest.raises(ValueError, match="draft"):
        slips.slip_of(draft(), "ja", LINK)
