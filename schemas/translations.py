"""Translations of a document: texts by language and by pointer into the same document, so no text is named twice.

A language is written as BCP 47 has it: ``en``, ``zh-Hans``, ``pt-BR``; ``ja-easy`` is やさしい日本語.  Japanese is the
document itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.pointers import escaped, lookup, pointer
from schemas.problems import Problem

LANGUAGE = re.compile(r"ja-easy|(?!ja$)[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
#: Members whose text people read, wherever they stand in a document; and lists of such texts.
READ = frozenset(
    {"title", "description", "help", "placeholder", "example", "unit", "message", "audience", "legal_basis", "fee"}
    | {"subject", "body", "text", "label", "payment"}
)
#: Where every member is a text, whatever it is called.
READ_MAPS = frozenset({"/x-titles", "/procedure/outcome_words", "/procedure/life_event_reasons"})
READ_LISTS = frozenset({"needed", "categories", "life_events", "x-enum-titles"})
#: Members that hold what machines read: answers, conditions, expressions.
UNREAD = frozenset(
    {"const", "enum", "default", "examples", "when", "calculations", "facts", "translations", "keywords"}
)
#: Members whose own members are named by the form's author: a field may well be called "title".
NAMED = frozenset(
    {"properties", "$defs", "patternProperties", "dependentSchemas", "presentation", "notices", "x-titles"}
)


@dataclass(frozen=True)
class Text:
    """One text of a document in one language: its pointer, its Japanese source, and how its translation stands.

    ``state`` is "present", "missing", "empty" (nothing but blanks) or "outdated" (the source was changed since).
    """

    pointer: str
    source: str
    language: str
    state: str


def translation_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Translations of texts that are not there, or into what is no language."""
    for language, texts in document.get("translations", {}).items():
        if not LANGUAGE.fullmatch(language):
            yield Problem(pointer(["translations", language]), "translation_language", {"language": language})
        for address in texts:
            if not address.startswith("/") or not isinstance(lookup(dict(document), address), str):
                at = pointer(["translations", language, address])
                yield Problem(at, "translation_of_nothing", {"address": address})


def text_of(document: Mapping[str, Any], address: str, language: str = "ja", fallback: str = "ja") -> str:
    """The text at a pointer in a language, else in another, else in Japanese; empty where there is none."""
    for wanted in (language, fallback):
        translated = document.get("translations", {}).get(wanted, {}).get(address)
        if translated:
            return str(translated)
    found = lookup(dict(document), address)
    return found if isinstance(found, str) else ""


def texts_of(document: Mapping[str, Any], address: str) -> dict[str, str]:
    """The text at a pointer in every language that has it, Japanese included."""
    own = {"ja": text_of(document, address)}
    others = document.get("translations", {})
    return own | {language: texts[address] for language, texts in others.items() if address in texts}


def languages_of(document: Mapping[str, Any]) -> list[str]:
    """The languages that a document has texts in, beside Japanese."""
    return [language for language, texts in document.get("translations", {}).items() if texts]


def sources(document: Any, at: str = "", is_named: bool = False) -> Iterator[tuple[str, str]]:
    """Every text of a document that people read, by pointer, in its order."""
    if isinstance(document, list):
        for index, inner in enumerate(document):
            yield from sources(inner, f"{at}/{index}")
    if not isinstance(document, Mapping):
        return
    for name, inner in document.items():
        place = f"{at}/{escaped(name)}"
        if isinstance(inner, str):
            yield from [(place, inner)] if (name in READ or at in READ_MAPS) and inner.strip() else ()
        elif name in READ_LISTS and not is_named:
            yield from ((f"{place}/{number}", text) for number, text in enumerate(inner) if isinstance(text, str))
        elif is_named or name not in UNREAD:
            yield from sources(inner, place, name in NAMED and not is_named)


def report(
    document: Mapping[str, Any], languages: Sequence[str], earlier: Sequence[Mapping[str, Any]] = ()
) -> Iterator[Text]:
    """How every text stands in each of these languages; ``earlier`` are older documents, newest first."""
    for language in languages:
        for address, source in sources(document):
            yield Text(address, source, language, _state(document, address, source, language, earlier))


def _state(
    document: Mapping[str, Any], address: str, source: str, language: str, earlier: Sequence[Mapping[str, Any]]
) -> str:
    translated = document.get("translations", {}).get(language, {}).get(address)
    if translated is None:
        return "present" if _has_easy_help(document, address, language) else "missing"
    if not translated.strip():
        return "empty"
    return "outdated" if _is_outdated(address, source, translated, language, earlier) else "present"


def _has_easy_help(document: Mapping[str, Any], address: str, language: str) -> bool:
    """Help in やさしい日本語 may stand beside the help itself, as "easy"."""
    beside = f"{address.removesuffix('/help')}/easy"
    return language == "ja-easy" and address.endswith("/help") and lookup(dict(document), beside, None) is not None


def _is_outdated(
    address: str, source: str, translated: str, language: str, earlier: Sequence[Mapping[str, Any]]
) -> bool:
    """Whether the source was changed after its translation was, which once stood beside another source."""
    for document in earlier:
        if document.get("translations", {}).get(language, {}).get(address) != translated:
            return False
        if lookup(dict(document), address) != source:
            return True
    return False
