"""What a passbook of Japan Post Bank prints, and what a transfer needs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.formats import FORMAT_CHECKER
from schemas.yucho import TransferAccount, transfer_account


@pytest.mark.parametrize(
    ("symbol", "number", "account"),
    [
        ("11940", "12345671", TransferAccount("198", "ordinary", "1234567")),
        ("１１９４０", "１２３４－５６７１", TransferAccount("198", "ordinary", "1234567")),
        ("10170", "1231", TransferAccount("018", "ordinary", "0000123")),
        ("00120", "123456", TransferAccount("019", "checking", "0123456")),
        ("00120", "7", TransferAccount("019", "checking", "0000007")),
    ],
)
def test_symbol_and_number_are_turned_into_branch_and_account(
    symbol: str, number: str, account: TransferAccount
) -> None:
    assert transfer_account(symbol, number) == account


@pytest.mark.parametrize(
    ("symbol", "number"),
    [
        ("", ""),
        ("1194", "12345671"),
        ("21940", "12345671"),
        ("11940", "12345672"),
        ("11940", "1"),
        ("00120", "1234567"),
    ],
)
def test_what_no_passbook_prints_is_not_understood(symbol: str, number: str) -> None:
    assert transfer_account(symbol, number) is None


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 9999), st.integers(1, 9_999_999))
def test_every_savings_account_gives_what_the_formats_accept(symbol: int, number: int) -> None:
    found = transfer_account(f"1{symbol:04}", f"{number}1")
    assert found is not None and int(found.account_number) == number
    assert FORMAT_CHECKER.conforms(found.account_number, "account-number")
    assert FORMAT_CHECKER.conforms(found.branch_code, "branch-code")
