"""ECMA-262: patterns as the standard's authors mean them, in characters that every validator reads alike."""

from __future__ import annotations

import re

# ECMA-262 §22.2.2.9: what the standard's patterns mean by their classes, whatever the validator.
ASCII = {"d": "0-9", "w": "A-Za-z0-9_", "s": " \\t\\n\\r\\f\\v\u00a0\u3000\ufeff\u2028\u2029"}
PIECE = re.compile(r"\\.|\[|\]|[^\\\[\]]+", re.DOTALL)


def in_ascii(pattern: str) -> str:
    """The pattern with \\d, \\w, \\s and their opposites written as the characters that the standard means by them."""
    found, is_class = [], False
    for piece in PIECE.findall(pattern):
        if piece in "[]":
            is_class = piece == "[" or (is_class and piece != "]")
        found.append(_in_ascii(piece, is_class))
    return "".join(found)


def _in_ascii(piece: str, is_class: bool) -> str:
    letter = piece[1:] if piece.startswith("\\") else ""
    if letter in ASCII:
        return ASCII[letter] if is_class else f"[{ASCII[letter]}]"
    if letter and letter.lower() in ASCII and not is_class:
        return f"[^{ASCII[letter.lower()]}]"
    return piece
