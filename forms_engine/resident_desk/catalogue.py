"""The procedures (手続き) that a resident can find and begin: the newest version of every form for residents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from forms_engine import charges
from forms_engine.definitions import FormVersion
from forms_engine.resident_desk.index import Index, folded
from forms_engine.spec import FormSpec
from schemas.pointers import escaped

#: Texts of a document that a search looks into, their translations too, and how much it means to be found there.
WEIGHTS = {"/title": 30, "/description": 4, "/procedure/reading": 25, "/procedure/description": 4}
WEIGHTS |= {"/procedure/audience": 3, "/procedure/legal_basis": 1}
LISTS = {"keywords": 12, "categories": 6, "life_events": 6, "needed": 2}
SINGLE = ("reading", "description", "audience", "legal_basis")


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
    def has_fee(self) -> bool:
        """Whether anything is known about a fee: said by the definition, or worked out from the answers."""
        return self.fee is not None or charges.field_of(self.spec) is not None

    @property
    def working_days(self) -> int | None:
        days: int | None = self.facts.get("period", {}).get("working_days")
        return days

    @property
    def needs_visit(self) -> bool:
        return self.facts.get("mode") == "prefill_then_visit"

    @property
    def is_for_residents(self) -> bool:
        return not self.spec.is_internal

    @property
    def needed(self) -> list[str]:
        return self._texts("needed")

    @property
    def categories(self) -> list[tuple[str, str]]:
        """Each category as it stands in the definition, by which it is asked for, and in the language."""
        return self._named("categories")

    @property
    def life_events(self) -> list[tuple[str, str]]:
        """Each life event as it stands in the definition, and in the language."""
        return self._named("life_events")

    def reason_for(self, life_event: str) -> str:
        """Why it is needed at the event that the definition names so; who may apply, where it does not say."""
        return self._text(f"/procedure/life_event_reasons/{escaped(life_event)}") or self.audience or self.description

    @property
    def pages(self) -> list[str]:
        """What will be asked, by the titles of the pages."""
        return [page.title for page in self.spec.edition(self.language).pages]

    @property
    def order(self) -> tuple[str, str]:
        """By which lists are sorted: as in a dictionary where the reading is known."""
        return folded(str(self.facts.get("reading", ""))) or "\uffff", self.key

    def _named(self, name: str) -> list[tuple[str, str]]:
        return list(zip(self.facts.get(name, []), self._texts(name), strict=True))

    def _texts(self, name: str) -> list[str]:
        return [self._text(f"/procedure/{name}/{number}") for number in range(len(self.facts.get(name, [])))]

    def _text(self, pointer: str) -> str:
        return self.spec.text(pointer, self.language)


def offered(language: str) -> list[Procedure]:
    """Everything a resident can begin today, in the order of a Japanese dictionary."""
    versions = FormVersion.objects.current().select_related("definition").defer("text")
    procedures = (Procedure(version, language) for version in versions)
    return sorted((one for one in procedures if one.is_for_residents), key=lambda procedure: procedure.order)


def found(procedures: Sequence[Procedure], search: str, category: str) -> tuple[list[Procedure], bool]:
    """Those that a search finds, best first, within the category if one is given; and whether they are only near."""
    within = [one for one in procedures if not category or category in dict(one.categories)]
    if not search:
        return within, False
    result = _index(tuple((one.version.pk, one.version.digest) for one in procedures)).search(search)
    by_key = {one.key: one for one in within}
    return [by_key[key] for key in result.keys if key in by_key], result.is_near


def categories(procedures: Iterable[Procedure]) -> dict[str, str]:
    """Every category once with its title, in the order in which they come."""
    return {key: title for procedure in procedures for key, title in procedure.categories}


@lru_cache(maxsize=4)
def _index(versions: tuple[tuple[int, str], ...]) -> Index:
    """The index of these versions: they never change, another set has another index."""
    found = FormVersion.objects.select_related("definition").in_bulk([pk for pk, _digest in versions])
    return Index.of({found[pk].definition.key: list(_searched(found[pk].document)) for pk, _digest in versions})


def _searched(document: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The texts that a search looks into, in every language, each with its weight."""
    procedure = document.get("procedure", {})
    yield str(document["title"]), WEIGHTS["/title"]
    yield str(document.get("description", "")), WEIGHTS["/description"]
    for name in SINGLE:
        yield str(procedure.get(name, "")), WEIGHTS[f"/procedure/{name}"]
    yield from ((word, weight) for name, weight in LISTS.items() for word in procedure.get(name, []))
    for texts in document.get("translations", {}).values():
        yield from ((text, weight) for pointer, text in texts.items() if (weight := _weight(pointer)))


def _weight(pointer: str) -> int:
    listed = (weight for name, weight in LISTS.items() if pointer.startswith(f"/procedure/{name}/"))
    return WEIGHTS.get(pointer, 0) or next(listed, 0)
