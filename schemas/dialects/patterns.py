"""Patterns of other engines, in the one way of writing that means the same everywhere (ECMA-262 to plain sets)."""

from __future__ import annotations

import re
from typing import Any

from schemas.patterns import pattern_trouble

SPACE = r" \t\n\r\f\x0b\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
CLASSES = {"d": "0-9", "w": "A-Za-z0-9_", "s": SPACE}
# What JavaScript lets a pattern escape although nothing needs it; Python refuses some of it.
NEEDLESS = re.compile(r"[\"'/:;,<>@!%&=~`_ -]")


def portable(pattern: str) -> tuple[dict[str, Any], str | None]:
    """Keywords that say exactly what the pattern says in ECMA-262, or the code of why that cannot be said.

    Look-aheads that begin a pattern become keywords of their own: ^(?!a)b is "b and not a".
    """
    heads, rest = _looks(pattern)
    written = {text: _plain(text) for text in (rest, *(text for _, text in heads))}
    trouble = next((found for text in written.values() if (found := pattern_trouble(text))), None)
    if trouble:
        return {}, trouble
    keywords: dict[str, Any] = {"pattern": written[rest]} if rest not in ("", "^") or not heads else {}
    extra = [{"pattern": written[text]} if wanted else {"not": {"pattern": written[text]}} for wanted, text in heads]
    # A number beside a negated pattern would match nothing of it; only texts are meant.
    texts = [one if "pattern" in one else {"anyOf": [{"not": {"type": "string"}}, one]} for one in extra]
    return {**keywords, **({"allOf": texts} if texts else {})}, None


def _looks(pattern: str) -> tuple[list[tuple[bool, str]], str]:
    """The look-aheads at the start of an anchored pattern, each as wanted or not with its text, and what follows."""
    if not pattern.startswith("^") or _has_alternatives(pattern):
        return [], pattern
    found, rest = [], pattern[1:]
    while rest.startswith(("(?=", "(?!")):
        end = _closing(rest)
        if end < 0:
            return [], pattern
        inner = rest[3:end]
        found.append((rest[2] == "=", f"^(?:{inner})" if "|" in inner else f"^{inner}"))
        rest = rest[end + 1 :]
    return found, f"^{rest}"


def _has_alternatives(pattern: str) -> bool:
    depth = 0
    for _place, character, inside in _characters(pattern):
        depth += 0 if inside else (character == "(") - (character == ")")
        if character == "|" and not inside and depth == 0:
            return True
    return False


def _closing(text: str) -> int:
    depth = 0
    for place, character, inside in _characters(text):
        depth += 0 if inside else (character == "(") - (character == ")")
        if depth == 0:
            return place
    return -1


def _characters(text: str) -> list[tuple[int, str, bool]]:
    """Every character that is not escaped, with its place and whether it stands in a set."""
    found, inside, place = [], False, 0
    while place < len(text):
        if text[place] == "\\":
            place += 2
            continue
        if text[place] == "[" and not inside:
            inside = True
        elif text[place] == "]":
            inside = False
        found.append((place, text[place], inside))
        place += 1
    return found


def _plain(text: str) -> str:
    """The pattern with its classes written out and without needless escapes."""
    written, inside, place = "", False, 0
    while place < len(text):
        pair = text[place : place + 2]
        if text[place] == "\\" and len(pair) == 2:
            written += _escape(pair[1], inside)
            place += 2
            continue
        if text[place] == "[" and not inside:
            inside = True
        elif text[place] == "]":
            inside = False
        elif text[place] == "[":
            written += "\\"
        written += text[place]
        place += 1
    return written


def _escape(letter: str, inside: bool) -> str:
    if letter in CLASSES:
        return CLASSES[letter] if inside else f"[{CLASSES[letter]}]"
    if letter.lower() in CLASSES and not inside:
        return f"[^{CLASSES[letter.lower()]}]"
    if NEEDLESS.match(letter) and not (inside and letter == "-"):
        return letter
    return f"\\{letter}"
