"""Check digits of the two numbers that the state gives: a typing slip is found before anyone relies on the number."""

from __future__ import annotations


def is_my_number(text: str) -> bool:
    """個人番号: 12 ASCII digits with the check digit of 番号法施行令 第8条 (平成26年総務省令第85号 第5条)."""
    return _is_digits(text, 12) and int(text[-1]) == my_number_check_digit(text[:-1])


def my_number_check_digit(base: str) -> int:
    """The 12th digit that belongs to the first 11."""
    weights = [*range(2, 8), *range(2, 7)]
    rest = sum(int(digit) * weight for digit, weight in zip(reversed(base), weights, strict=True)) % 11
    return 0 if rest <= 1 else 11 - rest


def is_corporate_number(text: str) -> bool:
    """法人番号: 13 ASCII digits led by the check digit of 法人番号の指定等に関する省令 第2条."""
    return _is_digits(text, 13) and int(text[0]) == corporate_number_check_digit(text[1:])


def corporate_number_check_digit(base: str) -> int:
    """The leading digit that belongs to the 12 base digits."""
    return 9 - sum(int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(base))) % 9


def _is_digits(text: str, length: int) -> bool:
    return len(text) == length and text.isascii() and text.isdigit()
