"""A bank account to transfer to, with a helping hand for passbooks of Japan Post Bank, which print other numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from forms_engine.fields.control import Posted, Rows, Sheet, placed
from forms_engine.fields.group import Group
from schemas.yucho import BANK, transfer_account

SYMBOL, NUMBER = "~yucho_symbol", "~yucho_digits"


class TransferAccountGroup(Group):
    """Symbol and number are no answers: they are turned into branch, kind and account number, which are."""

    kind = "transfer_account"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        has_parts = {"bank_code", "branch_code", "account_number"} <= schema.get("properties", {}).keys()
        return schema.get("x-vocabulary") == "bank_account" and has_parts

    def typed(self, answer: Any, rows: Rows = ()) -> dict[str, list[str]]:
        name = placed(self.name, rows)
        return {**super().typed(answer, rows), f"{name}{SYMBOL}": [""], f"{name}{NUMBER}": [""]}

    def is_blank(self, posted: Posted, rows: Rows) -> bool:
        return not any(self._boxes(posted, rows)) and super().is_blank(posted, rows)

    def settle(self, posted: Posted, rows: Rows = ()) -> None:
        """Put what the passbook says into the boxes it stands for; what cannot be read stays where it was typed."""
        found = transfer_account(*self._boxes(posted, rows))
        name = placed(self.name, rows)
        if found:
            posted.texts |= {f"{name}/{key}": [text] for key, text in asdict(found).items()}
            posted.texts |= {f"{name}{SYMBOL}": [""], f"{name}{NUMBER}": [""]}
        super().settle(posted, rows)

    def _boxes(self, posted: Posted, rows: Rows) -> tuple[str, str]:
        name = placed(self.name, rows)
        return posted.first(f"{name}{SYMBOL}"), posted.first(f"{name}{NUMBER}")

    def inside(self, sheet: Sheet, rows: Rows) -> SafeString:
        members = super().inside(sheet, rows)
        if not sheet.is_whole(placed(self.pointer, rows)):
            return members
        return mark_safe(self._passbook(sheet, rows) + members)  # noqa: S308 - both were escaped where they were made

    def _passbook(self, sheet: Sheet, rows: Rows) -> SafeString:
        """The two boxes for what the passbook prints; open where what was typed could not be understood."""
        symbol, number = self._boxes(sheet.posted, rows)
        name = placed(self.name, rows)
        is_post_bank = sheet.posted.first(f"{name}/bank_code") == BANK
        context = {"name": name, "symbol": symbol, "number": number, "is_post_bank": is_post_bank}
        with override(self.question.asking.language):
            return render_to_string("fields/transfer_account.html", context)
