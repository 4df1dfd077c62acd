"""An edition: a form in one language, with every text of the form and of the shared vocabulary in it."""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from referencing import Registry
from referencing.jsonschema import DRAFT202012

from forms_engine.content import Block, Mention, blocks_of
from forms_engine.fields.question import Asking
from forms_engine.languages import interface
from schemas.consents import with_texts
from schemas.effective import Plan
from schemas.fragments import fragment
from schemas.pointers import escaped, lookup, parts
from schemas.possible import possible
from schemas.references import closed
from schemas.vocabulary import NAME, REGISTRY, vocabulary


@dataclass(frozen=True)
class Page:
    """One page (画面): its key in the address, its title, and the top-level fields it asks for.

    `entries` are the same fields in the same order, with the content that stands between them.
    """

    key: str
    title: str
    fields: tuple[str, ...]
    description: str = ""
    entries: tuple[str | Mention, ...] = ()


# Words whose leaves a browser may fill in, for the first field of each: the applicant is asked before anybody else.
FILLABLE = ("person", "address", "contact", "corporation")


@dataclass(frozen=True, eq=False)
class Edition:
    """`plan` gives the effective schema with translated titles; `controlling` are the pointers conditions look at.

    `language` is the one in which the interface speaks around the form's own texts.
    """

    language: str
    document: Mapping[str, Any]
    plan: Plan
    pages: tuple[Page, ...]
    presentation: Mapping[str, Mapping[str, Any]]
    controlling: frozenset[str]
    own: frozenset[str]
    content: Mapping[str, Block]

    @classmethod
    def of(cls, document: Mapping[str, Any], language: str) -> Edition:
        """The edition of a document."""
        localised = translated(with_texts(document), language)
        schema = closed(localised["schema"], _registry(language))
        fields = possible(document["schema"]).get("properties", {})
        pages = tuple(_pages(localised, fields))
        spoken = interface(language)
        presentation = dict(_presentation(localised, spoken))
        order = [key for one in pages for key in one.fields]
        own, controls = frozenset(_own(order, fields, presentation)), frozenset(controlling(schema))
        content = blocks_of(localised, language)
        return cls(spoken, localised, Plan(fragment(schema)), pages, presentation, controls, own, content)

    def blocks(self, page: Page) -> list[Block]:
        """The content of a page, for any answers."""
        return [self.content[entry.content] for entry in page.entries if isinstance(entry, Mention)]

    def asking(self, controlling: frozenset[str]) -> Asking:
        """What the questions of this edition share."""
        basis = str(self.document.get("procedure", {}).get("my_number_basis", ""))
        texts = self.document.get("consents", {})
        return Asking(self.language, self.presentation, controlling, self.own, basis, texts)


def translated(document: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A document with each translated text in the place of the Japanese one.

    What a further language lacks is said as the interface says its own words.
    """
    translations = document.get("translations", {})
    texts = {**translations.get(interface(language), {}), **translations.get(language, {})}
    if not texts:
        return dict(document)
    result = copy.deepcopy({key: value for key, value in document.items() if key != "translations"})
    for pointer, text in texts.items():
        *place, last = parts(pointer)
        holder = lookup(result, "".join(f"/{escaped(part)}" for part in place))
        if isinstance(holder, dict) and last in holder:
            holder[last] = text
        elif isinstance(holder, list) and last.isdigit() and int(last) < len(holder):
            holder[int(last)] = text
    return result


@cache
def _registry(language: str) -> Registry[Any]:
    """The vocabulary in a language."""
    words = translated(vocabulary(), language)
    names = {NAME, words.get("$id", NAME)}
    return REGISTRY.with_resources([(name, DRAFT202012.create_resource(words)) for name in sorted(names)]).crawl()


def _pages(document: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[Page]:
    """The pages of the document with fields that none names on the last; without pages, one for each group."""
    declared = document.get("pages") or list(_generated(document, fields))
    named = {key for page in declared for key in page["fields"] if isinstance(key, str)}
    rest = [key for key, schema in fields.items() if key not in named and not schema.get("readOnly")]
    for place, page in enumerate(declared):
        extra = rest if place == len(declared) - 1 else []
        entries = (*map(_entry, page["fields"]), *extra)
        asked = tuple(entry for entry in entries if isinstance(entry, str))
        yield Page(page["key"], page.get("title", ""), asked, page.get("description", ""), entries)


def _entry(entry: Any) -> str | Mention:
    return entry if isinstance(entry, str) else Mention(entry["content"])


def _generated(document: Mapping[str, Any], fields: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Groups each on its own page; what stands between them together."""
    loose: list[str] = []
    for key, schema in fields.items():
        if not schema.get("properties"):
            loose.append(key)
            continue
        if loose:
            yield {"key": f"page-{loose[0]}", "title": document.get("title", ""), "fields": loose}
        loose = []
        yield {"key": f"page-{key}", "title": schema.get("title", key), "fields": [key]}
    if loose or not fields:
        yield {"key": f"page-{loose[0] if loose else 'empty'}", "title": document.get("title", ""), "fields": loose}


def _presentation(document: Mapping[str, Any], language: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The presentation by pointer; やさしい日本語 has help of its own in "easy"."""
    for key, presentation in document.get("presentation", {}).items():
        easy = {"help": presentation["easy"]} if language == "ja-easy" and "easy" in presentation else {}
        address = key if key.startswith("/") else f"/{escaped(key)}"
        yield address.replace("/items/", "/*/"), {**presentation, **easy}


def _own(order: list[str], fields: Mapping[str, Any], presentation: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """The fields that ask about the applicant: the first of each word, unless the form says otherwise."""
    seen: set[str] = set()
    for key in order:
        word = fields.get(key, {}).get("x-vocabulary", "")
        is_off = presentation.get(f"/{escaped(key)}", {}).get("autocomplete") == "off"
        if word in FILLABLE and word not in seen and not is_off:
            seen.add(word)
            yield key


def controlling(schema: Any, at: str = "") -> Iterator[str]:
    """The pointers of the answers that decide which fields a schema (without references) has; rows are ``*``."""
    if not isinstance(schema, dict):
        return
    yield from _named(schema.get("if"), at) if "then" in schema or "else" in schema else ()
    for keyword in ("dependentRequired", "dependentSchemas"):
        yield from (f"{at}/{escaped(name)}" for name in schema.get(keyword, {}))
    for keyword in ("oneOf", "anyOf"):
        for branch in schema.get(keyword, ()):
            yield from _constant(branch, at)
            yield from controlling(branch, at)
    for inner, place in _inside(schema, at):
        yield from controlling(inner, place)


def _inside(schema: dict[str, Any], at: str) -> Iterator[tuple[Any, str]]:
    for name, inner in schema.get("properties", {}).items():
        yield inner, f"{at}/{escaped(name)}"
    for inner in (*schema.get("allOf", ()), *schema.get("dependentSchemas", {}).values()):
        yield inner, at
    for keyword in ("then", "else"):
        yield schema.get(keyword), at
    yield schema.get("items"), f"{at}/*"


def _named(condition: Any, at: str) -> Iterator[str]:
    """The answers that a condition looks at: the deepest places it names."""
    if not isinstance(condition, dict):
        return
    for name in condition.get("required", ()):
        if name not in condition.get("properties", {}):
            yield f"{at}/{escaped(name)}"
    for name, inner in condition.get("properties", {}).items():
        place = f"{at}/{escaped(name)}"
        yield from list(_named(inner, place)) or [place]
    members = [one for keyword in ("allOf", "anyOf", "oneOf") for one in condition.get(keyword, ())]
    for inner in (*members, condition.get("not")):
        yield from _named(inner, at)


def _constant(branch: Any, at: str) -> Iterator[str]:
    """The properties of an alternative that can tell it from the others."""
    properties = branch.get("properties", {}) if isinstance(branch, dict) else {}
    for name, inner in properties.items():
        if isinstance(inner, dict) and not {"const", "enum"}.isdisjoint(inner):
            yield f"{at}/{escaped(name)}"
