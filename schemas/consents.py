"""Consents (同意): the texts that people agree to, each in a version, and which of them answers agree to.

A field refers to a text: ``"x-consent": {"text": "privacy"}``. The text stands in the form's ``consents``; one that the
form does not have is that of the shared vocabulary. A published form holds all of its texts, so that what somebody
agreed to never changes afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.canonical import digest
from schemas.pointers import escaped, pointer
from schemas.problems import Problem
from schemas.translations import texts_of
from schemas.vocabulary import vocabulary

SHARED = "x-consents"
TEXTS = ("title", "text")


@dataclass(frozen=True)
class Given:
    """One consent that answers give: at which field, to which version of which text, and the digest of that text."""

    field: str
    text: str
    version: str
    sha256: str

    def document(self) -> dict[str, str]:
        """As it stands in what was submitted."""
        return {"field": self.field, "text": self.text, "version": self.version, "sha256": self.sha256}


def with_texts(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document with every text that its fields refer to, in every language there is; texts of its own stay."""
    own = document.get("consents", {})
    shared = vocabulary()[SHARED]
    wanted = [key for key in dict.fromkeys(_named(document.get("schema"))) if key not in own and key in shared]
    if not wanted:
        return dict(document)
    taken = {key: dict(shared[key]) for key in wanted}
    return {**document, "consents": {**own, **taken}, "translations": _translations(document, wanted)}


def _named(schema: Any) -> Iterator[str]:
    """The keys of the texts that a schema refers to; what comes from the vocabulary refers to one too."""
    if isinstance(schema, Mapping):
        if isinstance(schema.get("x-consent"), Mapping):
            yield str(schema["x-consent"].get("text", ""))
        elif str(schema.get("$ref", "")).endswith("#/$defs/consent"):
            yield str(vocabulary()["$defs"]["consent"]["x-consent"]["text"])
        for inner in schema.values():
            yield from _named(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from _named(inner)


def _translations(document: Mapping[str, Any], keys: list[str]) -> dict[str, Any]:
    """The document's translations with those of texts taken from the vocabulary."""
    found = {language: dict(texts) for language, texts in document.get("translations", {}).items()}
    for language, texts in vocabulary()["translations"].items():
        taken = {f"/consents/{key}/{part}": texts.get(f"/{SHARED}/{key}/{part}") for key in keys for part in TEXTS}
        known = {address: text for address, text in taken.items() if text}
        found[language] = {**known, **found.get(language, {})}
    return found


def digest_of(document: Mapping[str, Any], key: str) -> str:
    """SHA-256 over the RFC 8785 form of a text: its version, and title and text in every language."""
    texts = {part: texts_of(document, f"/consents/{escaped(key)}/{part}") for part in TEXTS}
    return digest({"version": document["consents"][key]["version"], **texts})


def versions_of(document: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Version and digest of each text by its key."""
    texts = document.get("consents", {})
    return {key: (str(text["version"]), digest_of(document, key)) for key, text in texts.items()}


def given(versions: Mapping[str, tuple[str, str]], standing: Any, answers: Any) -> list[Given]:
    """The consents that these answers give to texts (see versions_of); `standing` is the effective schema for them."""
    return [Given(at, key, *versions[key]) for at, key in _agreed(standing, answers, "") if key in versions]


def _agreed(schema: Any, answer: Any, at: str) -> Iterator[tuple[str, str]]:
    if not isinstance(schema, Mapping):
        return
    if answer is True and isinstance(schema.get("x-consent"), Mapping):
        yield at, str(schema["x-consent"].get("text", ""))
    for name, inner in schema.get("properties", {}).items():
        if isinstance(answer, Mapping) and name in answer:
            yield from _agreed(inner, answer[name], f"{at}/{escaped(name)}")


def consent_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Fields that ask to agree to a text which is nowhere."""
    known = with_texts(document).get("consents", {})
    for key in dict.fromkeys(_named(document.get("schema"))):
        if key not in known:
            yield Problem("/schema", "consent_text_missing", {"text": key})


def unversioned(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Problem]:
    """Texts that were changed since the document before without a version of their own."""
    for key, consent in after.get("consents", {}).items():
        old = before.get("consents", {}).get(key)
        if old and old["version"] == consent["version"] and digest_of(before, key) != digest_of(after, key):
            at = pointer(["consents", key, "version"])
            yield Problem(at, "consent_unversioned", {"title": consent["title"], "version": consent["version"]})
