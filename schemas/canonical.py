"""The one byte form of a JSON document, so that its digest and its signature never depend on who wrote it."""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785


class Inexact(ValueError):
    """The document holds what JSON cannot carry exactly."""


def canonical(document: Any) -> bytes:
    """RFC 8785 (JCS) bytes: UTF-8, sorted keys, ECMAScript numbers.

    Raises Inexact for what JSON cannot carry exactly: NaN, infinities, integers beyond ±(2**53 - 1), lone
    surrogates.
    """
    try:
        return rfc8785.dumps(document)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, RecursionError) as error:
        raise Inexact(f"no canonical form: {error}") from error


def digest(document: Any) -> str:
    """SHA-256 of the canonical bytes, 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical(document)).hexdigest()
