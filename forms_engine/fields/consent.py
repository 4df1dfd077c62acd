"""A statement that the resident agrees to or pledges: the whole text, and a box to be checked where it is required."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from forms_engine.fields.boolean import Boolean
from schemas.pointers import MISSING


class Consent(Boolean):
    """Only an explicit yes is an answer; an unchecked box is none, so it can never be taken for agreement."""

    kind = "consent"
    template = "fields/consent.html"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        is_consent = schema.get("x-vocabulary") == "consent" and schema.get("type") == "boolean"
        return schema.get("const") is True or is_consent

    @property
    def is_checkbox(self) -> bool:
        return True

    @cached_property
    def consent(self) -> Mapping[str, str]:
        """The text to agree to, in the question's language: version, title, text; nothing where the box says it all."""
        named = self.question.schema.get("x-consent")
        key = str(named.get("text", "")) if isinstance(named, Mapping) else ""
        return self.question.asking.consents.get(key, {})

    def context(self) -> dict[str, Any]:
        return super().context() | {"consent": self.consent}

    @cached_property
    def notes(self) -> str:
        return f"{super().notes} {self.name}~text".strip() if self.consent else super().notes

    def blank(self) -> Any:
        return MISSING
