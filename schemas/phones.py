"""Telephone numbers as they are shown and stored: of Japan in the national form, of elsewhere with their country.

The one door to phonenumbers, which knows the numbering plans.
"""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat

NUMBER = re.compile(r"\+?[0-9()\-. ]{3,24}")
EXTENSION = re.compile(r"\s*(?:\(?内線?|ext\.?|extension|x|#)\s*[:.]?\s*([0-9]{1,7})\s*\)?$", re.IGNORECASE)
HERE, HERE_CODE = "JP", 81


def display(text: str) -> str:
    """The display form of a number in half width: 03-1234-5678, 03-1234-5678 内線12, +1 650-253-0000.

    Empty for what is no number of any numbering plan.
    """
    extension = EXTENSION.search(text)
    shown = _number(text[: extension.start()] if extension else text)
    return f"{shown} 内線{extension[1]}" if shown and extension else shown


def _number(text: str) -> str:
    if not NUMBER.fullmatch(text):
        return ""
    try:
        parsed = phonenumbers.parse(text, HERE)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(parsed):
        return ""
    is_here = parsed.country_code == HERE_CODE
    return phonenumbers.format_number(
        parsed, PhoneNumberFormat.NATIONAL if is_here else PhoneNumberFormat.INTERNATIONAL
    )
