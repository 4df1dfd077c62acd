"""Instruction on appeal (教示): what a person who is refused must be told in writing.

行政不服審査法 第82条第1項 (that review may be asked for, of whom, within what time: 第18条) and 行政事件訴訟法
第46条第1項 (who is sued, within what time: 第14条, and whether review comes first: 第8条).
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Remedy:
    """Who reviews the decision (審査庁), who is sued, who represents it there.

    ``appeal_first`` is for procedures whose statute demands review before a suit (審査請求前置).
    """

    authority: str
    defendant: str
    representative: str
    appeal_first: bool = False


def instruction(remedy: Remedy) -> tuple[str, ...]:
    """The paragraphs of the instruction, without numbers."""
    return (_review(remedy), _suit_after_review(remedy) if remedy.appeal_first else _suit(remedy))


def _review(remedy: Remedy) -> str:
    return (
        f"この処分に不服がある場合は、この処分があったことを知った日の翌日から起算して3か月以内に、{remedy.authority}に対して"
        "審査請求をすることができます。ただし、この処分の日の翌日から起算して1年を経過したときは、正当な理由がある場合を除き、"
        "審査請求をすることができません。"
    )


def _suit(remedy: Remedy) -> str:
    return (
        "この処分の取消しを求める訴えは、この処分があったことを知った日の翌日から起算して6か月以内に、"
        f"{_defendant(remedy)}提起することができます。審査請求をした場合は、"
        "その審査請求に対する裁決があったことを知った日の翌日から起算して6か月以内です。ただし、この処分（審査請求をした場合は裁決）の"
        "日の翌日から起算して1年を経過したときは、正当な理由がある場合を除き、訴えを提起することができません。"
    )


def _suit_after_review(remedy: Remedy) -> str:
    return (
        "この処分の取消しを求める訴えは、審査請求に対する裁決を経た後でなければ提起することができません。"
        f"訴えは、その裁決があったことを知った日の翌日から起算して6か月以内に、{_defendant(remedy)}提起することができます。"
        "ただし、裁決の日の翌日から起算して1年を経過したときは、正当な理由がある場合を除き、提起することができません。"
        "なお、審査請求をした日の翌日から起算して3か月を経過しても裁決がないとき、著しい損害を避けるため緊急の必要があるとき、"
        "その他裁決を経ないことについて正当な理由があるときは、裁決を待たずに提起することができます。"
    )


def _defendant(remedy: Remedy) -> str:
    return (
        f"{remedy.defendant}を被告として（訴訟において{remedy.defendant}を代表する者は{remedy.representative}です。）"
    )
