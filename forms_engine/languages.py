"""Languages (言語): that of the interface, which comes in three, and that of a form, which its author may add to.

A form may be translated into any language.  Where the reader's language is one that the interface does not have, its
own words (buttons, errors) come in やさしい日本語, or in what FALLBACK_LANGUAGE says.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import get_language

from schemas.translations import LANGUAGE

LONGEST = 10

#: Keeps a further language, beside Django's own cookie, which keeps the interface's.
LANGUAGES_COOKIE = "kakanai_form_language"

_chosen: ContextVar[str] = ContextVar("chosen_language", default="")


def interface(language: str) -> str:
    """The language in which the interface's own words are said to a reader of this one."""
    return language if language in dict(settings.LANGUAGES) else str(settings.FALLBACK_LANGUAGE)


def current() -> str:
    """The language in which this request's forms are shown."""
    return _chosen.get() or get_language() or str(settings.LANGUAGE_CODE)


def is_language(code: str) -> bool:
    """Whether this is written as a language is: somebody may send anything."""
    return len(code) <= LONGEST and (code in dict(settings.LANGUAGES) or bool(LANGUAGE.fullmatch(code)))


@contextmanager
def chosen(language: str) -> Iterator[None]:
    """Forms are shown in this language inside; the interface is the caller's to activate."""
    token = _chosen.set(language)
    try:
        yield
    finally:
        _chosen.reset(token)


def named(languages: Iterable[str]) -> list[tuple[str, str]]:
    """Code and own name of the interface's languages, then of these others."""
    own = dict(settings.LANGUAGES)
    others = {code: name_of(code) for code in languages if code not in own}
    return [*own.items(), *others.items()]


def name_of(language: str) -> str:
    """What a language calls itself; its code where nobody told us."""
    known = {"tl": "Tagalog", "fil": "Filipino", **{code: info.get("name_local") for code, info in LANG_INFO.items()}}
    name = known.get(language.lower()) or known.get(language.partition("-")[0]) or language
    return unicodedata.normalize("NFC", name)


def html_lang(language: str) -> str:
    """The value of the attribute ``lang`` (BCP 47): やさしい日本語 is Japanese."""
    return "ja" if language == "ja-easy" else language
