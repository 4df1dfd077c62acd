"""JSON pointers (RFC 6901): the one way a field, an answer or a place in a definition is addressed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

MISSING = object()


def escaped(part: str) -> str:
    """One reference token as it stands in a pointer (RFC 6901 §3)."""
    return part.replace("~", "~0").replace("/", "~1")


def unescaped(token: str) -> str:
    """The name that a reference token stands for (RFC 6901 §4)."""
    return token.replace("~1", "/").replace("~0", "~")


def pointer(parts: Iterable[str | int]) -> str:
    """The pointer of a path; the empty path is the empty pointer, the whole document."""
    return "".join(f"/{escaped(str(part))}" for part in parts)


def parts(address: str) -> list[str]:
    """The path of a pointer. Raises ValueError for text that is no pointer."""
    if address and not address.startswith("/"):
        raise ValueError(f"not a JSON pointer: {address!r}")
    return [unescaped(token) for token in address.split("/")[1:]]


def lookup(document: Any, address: str, default: Any = MISSING) -> Any:
    """What stands at the pointer, or `default` (MISSING) when nothing does."""
    for part in parts(address):
        document = _step(document, part)
        if document is MISSING:
            return default
    return document


def _step(document: Any, part: str) -> Any:
    if isinstance(document, dict):
        return document.get(part, MISSING)
    if isinstance(document, list) and _is_index(part) and int(part) < len(document):
        return document[int(part)]
    return MISSING


def _is_index(part: str) -> bool:
    return part.isascii() and part.isdigit() and (part == "0" or not part.startswith("0")) and len(part) < 10


def leaves(document: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that is no object, with its pointer; arrays are walked, empty ones are leaves."""
    if isinstance(document, dict) and document:
        for name, value in document.items():
            yield from leaves(value, f"{at}/{escaped(name)}")
    elif isinstance(document, list) and document:
        for index, value in enumerate(document):
            yield from leaves(value, f"{at}/{index}")
    else:
        yield at, document
