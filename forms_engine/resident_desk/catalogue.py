"""The procedures (手続き) that a resident can find and begin: the newest version of every form for residents."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forms_engine.definitions import FormVersion
from forms_engine.spec import FormSpec

KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
#: Texts of a document that a search looks into, beside the keywords; their translations are looked into as well.
SEARCHED = ("/title", "/description", "/procedure/description", "/procedure/audience")
LISTS = ("keywords", "categories", "life_events")


@dataclass(frozen=True)
class Procedure:
    """One form as it is offered, with its texts in one language."""

    version: FormVersion
    language: str

    @property
    def spec(self) -> FormSpec:
        return self.version.spec

    @property
    def facts(self) -> dict[str, Any]:
        """What the definition says about the procedure."""
        return dict(self.version.document.get("procedure", {}))

    @property
    def key(self) -> str:
        return self.version.definition.key

    @property
    def title(self) -> str:
        return self._text("/title")

    @property
    def description(self) -> str:
        return self._text("/procedure/description") or self._text("/description")

    @property
    def audience(self) -> str:
        return self._text("/procedure/audience")

    @property
    def legal_basis(self) -> str:
        return self._text("/procedure/legal_basis")

    @property
    def fee(self) -> str | int | float | None:
        """An amount in yen, or words; None where the definition says nothing."""
        fee = self.facts.get("fee")
        return self._text("/procedure/fee") if isinstance(fee, str) else fee

    @property
    def working_days(self) -> int | None:
        days: int | None = self.facts.get("period", {}).get("working_days")
        return days

    @property
    def needs_visit(self) -> bool:
        return self.facts.get("mode") == "prefill_then_visit"

    @property
    def is_for_residents(self) -> bool:
        return self.facts.get("kind") != "internal" and self.facts.get("mode") != "internal"

    @property
    def needed(self) -> list[str]:
        return self._texts("needed")

    @property
    def topics(self) -> list[str]:
        """Categories and life events, by which procedures are sorted for finding."""
        return [*self._texts("categories"), *self._texts("life_events")]

    @property
    def pages(self) -> list[str]:
        """What will be asked, by the titles of the pages."""
        return [page.title for page in self.spec.edition(self.language).pages]

    def answers_to(self, words: Sequence[str]) -> bool:
        """Whether every word is found somewhere in the procedure's texts, in any language, in any kana."""
        return all(word in text for text in [" ".join(_searched(self.version.document))] for word in words)

    def _texts(self, name: str) -> list[str]:
        return [self._text(f"/procedure/{name}/{number}") for number in range(len(self.facts.get(name, [])))]

    def _text(self, pointer: str) -> str:
        return self.spec.text(pointer, self.language)


def offered(language: str) -> list[Procedure]:
    """Everything a resident can begin today."""
    versions = FormVersion.objects.current().select_related("definition").defer("text").order_by("definition__key")
    procedures = (Procedure(version, language) for version in versions)
    return [procedure for procedure in procedures if procedure.is_for_residents]


def found(procedures: Iterable[Procedure], search: str, topic: str) -> list[Procedure]:
    """Those that all words of the search are found in, and that stand under the topic, if one is given."""
    words = folded(search).split()
    return [each for each in procedures if each.answers_to(words) and (not topic or topic in each.topics)]


def topics(procedures: Iterable[Procedure]) -> list[str]:
    """Every topic once, in the order in which they come."""
    return list(dict.fromkeys(topic for procedure in procedures for topic in procedure.topics))


def folded(text: str) -> str:
    """Text as it is compared: width, case and the two kana make no difference."""
    return unicodedata.normalize("NFKC", text).casefold().translate(KATAKANA_TO_HIRAGANA)


def _searched(document: dict[str, Any]) -> Iterator[str]:
    yield folded(str(document["title"]))
    yield folded(str(document.get("description", "")))
    procedure = document.get("procedure", {})
    yield from (folded(str(procedure.get(name, ""))) for name in ("description", "audience"))
    yield from (folded(word) for name in LISTS for word in procedure.get(name, []))
    for texts in document.get("translations", {}).values():
        yield from (folded(text) for pointer, text in texts.items() if _is_searched(pointer))


def _is_searched(pointer: str) -> bool:
    return pointer in SEARCHED or any(pointer.startswith(f"/procedure/{name}/") for name in LISTS)
