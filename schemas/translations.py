"""Translations of a document: texts by language and by pointer into the same document, so no text is named twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schemas.pointers import lookup, pointer
from schemas.problems import Problem


def translation_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Translations of texts that are not there."""
    for language, texts in document.get("translations", {}).items():
        for address in texts:
            if not address.startswith("/") or not isinstance(lookup(dict(document), address), str):
                at = pointer(["translations", language, address])
                yield Problem(at, "translation_of_nothing", {"address": address})


def text_of(document: Mapping[str, Any], address: str, language: str = "ja") -> str:
    """The text at a pointer in a language; the Japanese text where there is no translation, else empty."""
    translated = document.get("translations", {}).get(language, {}).get(address)
    if translated:
        return str(translated)
    found = lookup(dict(document), address)
    return found if isinstance(found, str) else ""


def texts_of(document: Mapping[str, Any], address: str) -> dict[str, str]:
    """The text at a pointer in every language that has it, Japanese included."""
    own = {"ja": text_of(document, address)}
    others = document.get("translations", {})
    return own | {language: texts[address] for language, texts in others.items() if address in texts}
