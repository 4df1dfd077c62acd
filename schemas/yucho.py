"""Accounts of Japan Post Bank (ゆうちょ銀行): the passbook's symbol and number as other banks transfer to them.

A symbol of five digits and a number are turned into branch and account number as the bank publishes it
(振込用の店名・預金種目・口座番号): the branch is the second and third digit with 8 behind, or with 9 for a transfer
account (振替口座).
"""

from __future__ import annotations

from dataclasses import dataclass

from schemas.writing import normalise

BANK = "9900"


@dataclass(frozen=True)
class TransferAccount:
    """An account as `bank_account` of the vocabulary has it."""

    branch_code: str
    account_type: str
    account_number: str
    bank_code: str = BANK


def transfer_account(symbol: str, number: str) -> TransferAccount | None:
    """The account that a symbol (記号) and a number (番号) stand for, however they are written; None if they are none.

    A savings account (記号 1…, 番号 up to 8 digits that end in 1) loses that last digit; a transfer account (記号 0…,
    up to 6 digits) keeps its number. Both are filled with zeros on the left.
    """
    symbol, number = (normalise("digits", text) for text in (symbol, number))
    if not (_is_digits(symbol, 5, 5) and symbol[0] in "01"):
        return None
    middle = symbol[1:3]
    if symbol[0] == "1" and _is_digits(number, 2, 8) and number.endswith("1"):
        return TransferAccount(f"{middle}8", "ordinary", number[:-1].zfill(7))
    if symbol[0] == "0" and _is_digits(number, 1, 6):
        return TransferAccount(f"{middle}9", "checking", number.zfill(7))
    return None


def _is_digits(text: str, least: int, most: int) -> bool:
    return text.isascii() and text.isdigit() and least <= len(text) <= most
