"""The instruction on appeal says what 行政不服審査法 82条 and 行政事件訴訟法 46条 ask for."""

from workflows.appeal import Remedy, instruction

CITY = Remedy("かかない市長", "かかない市", "かかない市長")
FIRST = Remedy("県審査会", "かかない市", "かかない市長", appeal_first=True)


def test_it_names_authority_period_and_limit_of_review():
    review, _ = instruction(CITY)
    assert "かかない市長に対して審査請求" in review
    assert "翌日から起算して3か月以内" in review and "1年を経過" in review


def test_it_names_defendant_representative_and_period_of_a_suit():
    _, suit = instruction(CITY)
    assert "かかない市を被告として" in suit and "代表する者はかかない市長" in suit
    assert "6か月以内" in suit and "裁決があったことを知った日" in suit


def test_where_review_comes_first_it_says_so_and_when_not():
    _, suit = instruction(FIRST)
    assert "裁決を経た後でなければ" in suit and "裁決を待たずに" in suit
