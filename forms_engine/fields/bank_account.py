"""The leaves of a bank account: codes, number and the holder's name as transfer files have it (全銀協)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.text import Text

WIDTHS = {"bank-code": 6, "branch-code": 5, "account-number": 9, "bank-kana": 32}


class BankAccount(Text):
    """An account number of fewer than seven digits is filled with zeros on the left, as passbooks print it."""

    kind = "bank_account"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        return schema.get("format") in WIDTHS

    @property
    def input_mode(self) -> str:  # type: ignore[override]
        return "" if self.writing == "bank-kana" else "numeric"

    def understood(self, text: str) -> str:
        pads = self.writing == "account-number" and text.isascii() and text.isdigit()
        return text.zfill(7) if pads else text

    def width(self) -> int:
        return WIDTHS[self.writing]
