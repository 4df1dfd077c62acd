"""One line of text, with suggestions where the form offers some."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.control import Control

# Words of the shared vocabulary → autofill tokens (HTML Living Standard §4.10.18.7.1; WCAG 2.2 §1.3.5).
AUTOFILL: Mapping[tuple[str, str], str] = {
    ("person", "family_name"): "family-name",
    ("person", "given_name"): "given-name",
    ("person", "date_of_birth"): "bday",
    ("person", "sex"): "sex",
    ("address", "postal_code"): "postal-code",
    ("address", "prefecture"): "address-level1",
    ("address", "city"): "address-level2",
    ("address", "town"): "address-line1",
    ("address", "block"): "address-line2",
    ("address", "building"): "address-line3",
    ("contact", "phone"): "tel",
    ("contact", "email"): "email",
    ("corporation", "org_name"): "organization",
}
JAPANESE_WORDS = frozenset({"person", "address"})
WIDEST = 40


class Text(Control):
    """Names keep every character a person wrote; only format and vocabulary decide what is normalised."""

    @property
    def writing(self) -> str:  # type: ignore[override]
        if self.question.vocabulary == "address" and self.question.key == "block":
            return "block"
        return str(self.question.schema.get("format", "line"))

    @property
    def input_type(self) -> str:  # type: ignore[override]
        """A secret (writeOnly) is not shown to those who look over one's shoulder."""
        return "password" if self.question.schema.get("writeOnly") is True else "text"

    def context(self) -> dict[str, Any]:
        question, presentation = self.question, self.question.presentation
        is_foreign = question.vocabulary in JAPANESE_WORDS and question.asking.language == "en"
        return {
            "autocomplete": self.autocomplete(),
            "size": presentation.get("width") or self.width(),
            "suggestions": presentation.get("suggestions") or question.schema.get("examples") or (),
            "lang": "ja" if is_foreign else "",
            "unit": presentation.get("unit", ""),
        }

    def autocomplete(self) -> str:
        """The autofill token; only for what the applicant is asked about themselves."""
        return AUTOFILL.get((self.question.vocabulary, self.question.key), "") if self.question.is_own else "off"

    def width(self) -> int:
        """Characters expected, so that the width of the control tells it; 0 lets it fill the line."""
        longest = int(self.question.schema.get("maxLength", 0))
        return longest * 2 if longest * 2 <= WIDEST else 0
