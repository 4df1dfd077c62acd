"""Addresses that a form may send people to, and the pictures that it may carry in itself."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

#: The web only encrypted; pages of this site; mail and telephone.
LINK = re.compile(r"https://[^\s/@\\]+(?:/\S*)?|/(?![/\\])\S*|mailto:[^\s@]+@[^\s@]+|tel:[+0-9-]+")
WRITTEN = re.compile(r"\[[^\]\n]*\]\(([^)\s]*)[^)]*\)")
PICTURE = re.compile(r"data:(image/png|image/jpeg);base64,([A-Za-z0-9+/=]+)")
BEGINNINGS = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff"}
LARGEST_PICTURE = 500_000


def is_link(address: str) -> bool:
    """Whether a form may link to it; scripts, files and unencrypted pages are none."""
    return LINK.fullmatch(address) is not None


def links_in(text: str) -> Iterator[str]:
    """The addresses written as [label](address) in a text."""
    yield from WRITTEN.findall(text)


def picture(text: str) -> tuple[str, bytes] | None:
    """Media type and bytes of a picture packed into a form ("data:image/png;base64,…"); None for anything else.

    Only PNG and JPEG whose first bytes say so too, up to LARGEST_PICTURE bytes: SVG could carry scripts.
    """
    match = PICTURE.fullmatch(text)
    if match is None:
        return None
    try:
        data = base64.b64decode(match[2], validate=True)
    except binascii.Error:
        return None
    fits = data.startswith(BEGINNINGS[match[1]]) and len(data) <= LARGEST_PICTURE
    return (match[1], data) if fits else None
