"""Ruby (ふりがな): readings above the kanji of the interface and of forms, for readers who ask for them.

Readings come from SudachiPy and its small dictionary (both Apache-2.0), in this process: no text leaves the house.  A
stencil is annotated once and kept, so a request pays nothing for it.  What people typed stands in slots, or in elements
marked ``data-typed``, and gets no ruby: a guessed reading of a name is a wrong name.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from threading import Lock
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from sudachipy import Dictionary, SplitMode

from forms_engine.languages import html_lang

RUBY_COOKIE = "kakanai_ruby"
#: Texts whose annotated form is kept.
TEXTS = 8192
KANJI = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〆"
RUN = re.compile(f"([{KANJI}][{KANJI}\ufe00-\ufe0f\U000e0100-\U000e01ef]*)")
READING = re.compile(r"[ぁ-ゖー]+")
KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
#: Words that the dictionary splits, and so reads, otherwise than an office does.
OFFICE: dict[str, str] = {
    "生年月日": "せいねんがっぴ",
    "開庁日": "かいちょうび",
    "取得日": "しゅとくび",
    "使用日": "しようび",
    "申請日": "しんせいび",
    "提出日": "ていしゅつび",
    "土日": "どにち",
    "日間": "にちかん",
    "注射済票": "ちゅうしゃずみひょう",
    "注射済証": "ちゅうしゃずみしょう",
    "姓名": "せいめい",
    "他の": "ほかの",
    "他人": "たにん",
    "一度": "いちど",
    "空のまま": "からのまま",
    "日本語": "にほんご",
    **{f"{word}方": f"{word}かた" for word in "のるたい"},
    **{f"{word}方{rest}": "" for word in "のるたい" for rest in "法針向式面"},  # left to the dictionary
}
KNOWN = re.compile("|".join(sorted(map(re.escape, OFFICE), key=len, reverse=True)))
#: A word whose reading the text gives itself: 予約（よやく）.
READ = re.compile(f"([{KANJI}]+（[ぁ-ゖー]+）)")
TAG = re.compile(r"""(<!--.*?-->|<(?:"[^"]*"|'[^']*'|[^'">])*>)""", re.DOTALL)
NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
LANG = re.compile(r'\slang="([^"]*)"')
SLOT = re.compile("(\x00[a-z_0-9]+\x00)")
#: Elements that hold no markup, or no text for reading, or readings already.
PLAIN = frozenset({"script", "style", "textarea", "option", "select", "title", "ruby", "template", "code"})
VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})

_is_on: ContextVar[bool] = ContextVar("ruby", default=False)
_one_at_a_time = Lock()


def is_on() -> bool:
    """Whether this request's reader wants readings."""
    return _is_on.get()


@contextmanager
def switched(on: bool) -> Iterator[None]:
    """Readings are on, or off, inside."""
    token = _is_on.set(on)
    try:
        yield
    finally:
        _is_on.reset(token)


def annotated(html: str) -> str:
    """HTML with readings in its Japanese text; attributes, controls, slots and what is marked stay as they are."""
    closing: list[str] = []
    return "".join(_piece(piece, closing) for piece in TAG.split(html))


def read_aloud(html: str) -> SafeString:
    """Our own HTML, which holds nothing that somebody typed, as this request's reader wants it."""
    return mark_safe(annotated(html) if is_on() else html)  # noqa: S308 - markup of ours, escaped when it was made


def _piece(piece: str, skipped: list[str]) -> str:
    """One tag or text; ``skipped`` are the open elements inside which nothing is annotated, outermost first."""
    if not piece.startswith("<"):
        return piece if skipped else "".join(_text(part) for part in SLOT.split(piece))
    found = NAME.match(piece)
    if found:
        _follow(found[1], found[2].lower(), piece, skipped)
    return piece


def _follow(slash: str, name: str, tag: str, skipped: list[str]) -> None:
    if slash:
        if skipped and skipped[-1] == name:
            skipped.pop()
    elif name not in VOID and not tag.endswith("/>") and (skipped or _is_skipped(name, tag)):
        skipped.append(name)


def _is_skipped(name: str, tag: str) -> bool:
    lang = LANG.search(tag)
    return name in PLAIN or "data-typed" in tag or (lang is not None and html_lang(lang[1]) != "ja")


def _text(text: str) -> str:
    return text if text.startswith("\x00") or not RUN.search(text) else with_readings(text)


@lru_cache(maxsize=TEXTS)
def with_readings(text: str) -> str:
    """Text, escaped as HTML, with a reading above each run of kanji.

    In an element of its own, for in a flexible box each reading would be laid out as an item.
    """
    words = "".join(_ruby(surface, reading) for surface, reading in _words(text))
    return f"<span data-ruby>{words}</span>" if words != text else text


def _words(text: str) -> Iterator[tuple[str, str]]:
    """The words of a text with their readings in hiragana; none for a word whose reading stands behind it."""
    for number, part in enumerate(READ.split(text)):
        if number % 2:
            yield part, ""
        else:
            yield from _read(part)


def _read(text: str) -> Iterator[tuple[str, str]]:
    if text.strip() == "名":  # the label beside 姓
        yield text, "めい"
        return
    at = 0
    for known in KNOWN.finditer(text):
        if OFFICE[known[0]]:
            yield from _analysed(text[at : known.start()])
            yield known[0], OFFICE[known[0]]
            at = known.end()
    yield from _analysed(text[at:])


def _analysed(text: str) -> Iterator[tuple[str, str]]:
    with _one_at_a_time:  # a tokenizer serves one thread at a time
        words = [(word.surface(), word.reading_form(), word.part_of_speech()) for word in _tokenizer().tokenize(text)]
    for surface, reading, kind in words:
        yield surface, "" if "人名" in kind else reading.translate(KATAKANA_TO_HIRAGANA)


@cache
def _tokenizer() -> Any:
    return Dictionary(dict="small").tokenizer(mode=SplitMode.C)


def _ruby(surface: str, reading: str) -> str:
    """「取り下げ」, とりさげ: a reading above 取 and 下, none above what is kana already."""
    if not RUN.search(surface) or not READING.fullmatch(reading):
        return surface
    runs = RUN.split(surface)
    pattern = "".join("(.+?)" if number % 2 else re.escape(_hiragana(run)) for number, run in enumerate(runs))
    found = re.fullmatch(pattern, reading)
    if found is None:
        return _one(surface, reading)
    readings = iter(found.groups())
    return "".join(_one(run, next(readings)) if number % 2 else run for number, run in enumerate(runs))


def _hiragana(text: str) -> str:
    return text.translate(KATAKANA_TO_HIRAGANA)


def _one(kanji: str, reading: str) -> str:
    return f"<ruby>{kanji}<rp>（</rp><rt>{reading}</rt><rp>）</rp></ruby>"
