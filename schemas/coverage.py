"""Coverage (網羅): which combinations of facts no row of a table covers, and which two rows both cover.

Rows tell values of a fact apart only at the constants and bounds that they name, so a few pieces of each fact stand for
all its values, and every combination of pieces is tried. What cannot be cut into pieces (patterns, lists, texts by
length) is left out, and said to be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from math import prod
from typing import Any

from schemas.coverage_pieces import Piece, cut
from schemas.coverage_words import sentence, spoken
from schemas.validation import is_valid

#: More combinations than this are not tried; more findings than this are not listed.
MOST_CELLS, MOST_FOUND = 20_000, 50

Cell = tuple[frozenset[int], ...]


@dataclass(frozen=True)
class Region:
    """Some combinations of facts: for each fact the pieces of it that belong to them; all its pieces mean any value."""

    pieces: Mapping[str, tuple[Piece, ...]]
    domains: Mapping[str, tuple[Piece, ...]]

    def message(self, language: str = "ja", titles: Mapping[str, str] | None = None) -> str:
        """「手数料: 1,000より大きい / 用途: 自家用」; `titles` as for schemas.conditions.explain."""
        return spoken(self.pieces, self.domains, language, titles or {})


@dataclass(frozen=True)
class Overlap:
    """Two rows, by their keys, that both hold in a region."""

    rows: tuple[str, str]
    region: Region


@dataclass(frozen=True)
class Coverage:
    """What was found. `left_out` are rows whose facts cannot be cut; `too_many` is the number of combinations if they
    were too many to try, 0 if all were tried; `is_cut` says that there is more than is listed."""

    gaps: tuple[Region, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    left_out: tuple[str, ...] = ()
    too_many: int = 0
    is_cut: bool = False

    def messages(self, language: str = "ja", titles: Mapping[str, str] | None = None) -> list[str]:
        """All of it, line by line; `titles` name facts, and rows by their keys."""
        known = titles or {}
        lines = [sentence("too_many", language, cells=self.too_many)] if self.too_many else []
        lines += [sentence("gap", language, where=gap.message(language, known)) for gap in self.gaps]
        for overlap in self.overlaps:
            first, second = (known.get(row, row) for row in overlap.rows)
            where = overlap.region.message(language, known)
            lines.append(sentence("overlap", language, first=first, second=second, where=where))
        left_out = "・".join(known.get(row, row) for row in self.left_out)
        lines += [sentence("left_out", language, rows=left_out)] if left_out else []
        return lines + ([sentence("is_cut", language)] if self.is_cut else [])


def coverage(rows: Sequence[Mapping[str, Any]], fields: Mapping[str, Any] | None = None) -> Coverage:
    """Gaps and overlaps of a table. `fields` are the schemas of the facts as the form has them, where known.

    A fact is taken to be given: where it is missing, no row that names it holds.
    """
    domains = _domains(rows, fields or {})
    left_out = tuple(row["key"] for row in rows if not set(row["when"]) <= domains.keys())
    analysed = [row for row in rows if row["key"] not in left_out]
    used = {name: domains[name] for name in domains if any(name in row["when"] for row in analysed)}
    cells = prod(len(pieces) for pieces in used.values())
    if cells > MOST_CELLS:
        return Coverage(left_out=left_out, too_many=cells)
    return _compared(analysed, used, left_out)


def _domains(rows: Sequence[Mapping[str, Any]], fields: Mapping[str, Any]) -> dict[str, tuple[Piece, ...]]:
    """The pieces of every fact that can be cut."""
    asked: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        for name, schema in row["when"].items():
            asked[name].append(schema)
    found = {name: cut(conditions, fields.get(name)) for name, conditions in asked.items()}
    return {name: pieces for name, pieces in found.items() if pieces}


def _compared(
    rows: Sequence[Mapping[str, Any]], domains: Mapping[str, tuple[Piece, ...]], left_out: tuple[str, ...]
) -> Coverage:
    bare: list[Cell] = []
    shared: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    reach = [(row["key"], _reach(row["when"], domains)) for row in rows]
    for cell in product(*(range(len(pieces)) for pieces in domains.values())):
        hit = [key for key, wanted in reach if all(part in want for part, want in zip(cell, wanted, strict=True))]
        place: Cell = tuple(frozenset({part}) for part in cell)
        if not hit:
            bare.append(place)
        for pair in combinations(hit, 2):
            shared[pair].append(place)
    gaps = _regions(bare, domains)
    overlaps = [Overlap(pair, region) for pair, cells in shared.items() for region in _regions(cells, domains)]
    is_cut = len(gaps) > MOST_FOUND or len(overlaps) > MOST_FOUND
    return Coverage(tuple(gaps[:MOST_FOUND]), tuple(overlaps[:MOST_FOUND]), left_out, is_cut=is_cut)


def _reach(condition: Mapping[str, Any], domains: Mapping[str, tuple[Piece, ...]]) -> list[frozenset[int]]:
    """Fact by fact, which pieces the condition takes."""
    return [
        frozenset(
            number
            for number, piece in enumerate(pieces)
            if name not in condition or is_valid(condition[name], piece.value)
        )
        for name, pieces in domains.items()
    ]


def _regions(cells: Iterable[Cell], domains: Mapping[str, tuple[Piece, ...]]) -> list[Region]:
    """The cells, joined to as few regions as joining fact by fact gives."""
    joined = set(cells)
    for place in range(len(domains)):
        joined = set(_joined(joined, place))
    ordered = sorted(joined, key=lambda cell: [sorted(part) for part in cell])
    return [_region(cell, domains) for cell in ordered]


def _joined(cells: Iterable[Cell], place: int) -> Iterator[Cell]:
    beside: dict[Cell, frozenset[int]] = defaultdict(frozenset)
    for cell in cells:
        beside[cell[:place] + cell[place + 1 :]] |= cell[place]
    for rest, part in beside.items():
        yield (*rest[:place], part, *rest[place:])


def _region(cell: Cell, domains: Mapping[str, tuple[Piece, ...]]) -> Region:
    parts = zip(domains.items(), cell, strict=True)
    return Region({name: tuple(pieces[number] for number in sorted(part)) for (name, pieces), part in parts}, domains)
