"""The texts of a form in its other languages (ほかの言語): every text beside its translation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings as site
from django.utils.translation import gettext as _

from forms_engine.builder_desk.settings import LINE, TEXT, Setting
from forms_engine.languages import named
from schemas.pointers import escaped
from schemas.translations import languages_of, report, sources

Document = dict[str, Any]
#: Languages of many residents of Japan, offered beside those that the form has.
OFTEN = ("en", "ja-easy", "zh-hans", "vi", "ko", "pt-br", "ne", "id", "es")
LONG = 40


def languages(document: Document) -> list[tuple[str, str]]:
    """The languages of the interface and of the form, with their own names."""
    own = [code for code, _name in site.LANGUAGES if code != "ja"]
    return [(code, name_of(code)) for code in dict.fromkeys([*own, *languages_of(document)])]


def offered(document: Document) -> list[tuple[str, str]]:
    """Languages that could be added."""
    there = {code for code, _name in languages(document)}
    return [(code, name_of(code)) for code in map(_written, OFTEN) if code not in there]


def name_of(code: str) -> str:
    """A language as its speakers call it."""
    return dict(named([code]))[code]


def _written(code: str) -> str:
    """As BCP 47 writes it: zh-Hans, pt-BR."""
    first, _sign, rest = code.partition("-")
    if code == "ja-easy" or not rest:
        return code
    return f"{first}-{rest.title() if len(rest) == 4 else rest.upper()}"


def table(document: Document, language: str) -> list[Setting]:
    """Every text that people read, with its translation."""
    return [_setting(document, address, source, language, source) for address, source in sources(document)]


def missing(document: Document) -> dict[str, int]:
    """How many texts lack a translation, by language; of languages that the form has only."""
    counts: dict[str, int] = {}
    for text in report(document, languages_of(document)):
        counts[text.language] = counts.get(text.language, 0) + (text.state != "present")
    return counts


def title_texts(
    document: Document, schema: Mapping[str, Any], at: str, spoken: Sequence[tuple[str, str]]
) -> Iterator[Setting]:
    """The title of a field in every language."""
    for code, name in spoken if schema.get("title") else ():
        yield _setting(document, f"{at}/title", name, code)


def _setting(document: Document, address: str, label: str, language: str, source: str = "") -> Setting:
    value = document.get("translations", {}).get(language, {}).get(address, "")
    seen = f"/translations/{escaped(language)}/{escaped(address)}"
    kind = TEXT if len(source) > LONG or "\n" in source else LINE
    extra = {"language": language, "address": address}
    return Setting("translate", "text", label or _("文"), value, kind, seen=seen, extra=extra, source=source)
