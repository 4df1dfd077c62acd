"""A statement that the resident agrees to or pledges: a checkbox that must be checked where it is required."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from forms_engine.fields.boolean import Boolean
from schemas.pointers import MISSING


class Consent(Boolean):
    """Only an explicit yes is an answer; an unchecked box is none, so it can never be taken for agreement."""

    kind = "consent"

    @classmethod
    def matches(cls, schema: Mapping[str, Any], presentation: Mapping[str, Any]) -> bool:
        is_consent = schema.get("x-vocabulary") == "consent" and schema.get("type") == "boolean"
        return schema.get("const") is True or is_consent

    @property
    def is_checkbox(self) -> bool:
        return True

    def blank(self) -> Any:
        return MISSING
