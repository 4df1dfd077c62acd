"""Instruction on appeal (教示): what a person who is refused must be told in writing.

行政不服審査法 第82条第1項 (that review may be asked for, of whom, within what time: 第18条) and 行政事件訴訟法
第46条第1項 (who is sued, within what time: 第14条, and whether review comes first: 第8条).
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Remedy:
    """Who reviews the decision (審査庁), who is sued, who represents it there.

    ``appeal_first`` is for procedures whose statute demands review before a suit (審査請求前置).
    """

    authority: str
    defendant: str
    representative: str
    appeal_first: bool = False

    @classmethod
    def of_office(cls, appeal_first: bool = False) -> "Remedy":
        """Review by the mayor, or by whom the installation names in MUNICIPALITY["review_authority"]."""
        office = settings.MUNICIPALITY
        authority = office.get("review_authority", office["mayor"])
        return cls(authority, office["name"], office["mayor"], appeal_first)


def instruction(remedy: Remedy) -> tuple[str, ...]:
    """The paragraphs of the instruction, without numbers, in the current language; on documents that is Japanese."""
    names = {"authority": remedy.authority, "defendant": remedy.defendant, "representative": remedy.representative}
    return (_review() % names, (_suit_after_review() if remedy.appeal_first else _suit()) % names)


def _review() -> str:
    return _(
        "この処分に不服がある場合は、この処分があったことを知った日の翌日から起算して3か月以内に、%(authority)sに対して"
        "審査請求をすることができます。ただし、この処分の日の翌日から起算して1年を経過したときは、正当な理由がある場合を除き、"
        "審査請求をすることができません。"
    )


def _suit() -> str:
    return _(
        "この処分の取消しを求める訴えは、この処分があったことを知った日の翌日から起算して6か月以内に、"
        "%(defendant)sを被告として（訴訟において%(defendant)sを代表する者は%(representative)sです。）提起することができます。"
        "審査請求をした場合は、その審査請求に対する裁決があったことを知った日の翌日から起算して6か月以内です。"
        "ただし、この処分（審査請求をした場合は裁決）の日の翌日から起算して1年を経過したときは、"
        "正当な理由がある場合を除き、訴えを提起することができません。"
    )


def _suit_after_review() -> str:
    return _(
        "この処分の取消しを求める訴えは、審査請求に対する裁決を経た後でなければ提起することができません。"
        "訴えは、その裁決があったことを知った日の翌日から起算して6か月以内に、%(defendant)sを被告として"
        "（訴訟において%(defendant)sを代表する者は%(representative)sです。）提起することができます。"
        "ただし、裁決の日の翌日から起算して1年を経過したときは、正当な理由がある場合を除き、提起することができません。"
        "なお、審査請求をした日の翌日から起算して3か月を経過しても裁決がないとき、著しい損害を避けるため緊急の必要があるとき、"
        "その他裁決を経ないことについて正当な理由があるときは、裁決を待たずに提起することができます。"
    )
