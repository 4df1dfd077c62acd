"""Coverage in words: combinations of facts as people say them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from schemas.coverage_pieces import Piece
from schemas.wording import OR, in_words

OTHER = {"ja": "そのほか", "en": "anything else"}
ANY = {"ja": "どの事実でも", "en": "whatever the facts"}
SENTENCES = {
    "gap": {"ja": "どの行にも当てはまりません: {where}", "en": "No row covers: {where}"},
    "overlap": {
        "ja": "「{first}」と「{second}」の両方に当てはまります: {where}",
        "en": "Both “{first}” and “{second}” cover: {where}",
    },
    "left_out": {
        "ja": "「{rows}」は条件を場合分けできないため、調べていません",
        "en": "Not examined, because its conditions cannot be divided into cases: {rows}",
    },
    "too_many": {
        "ja": "組み合わせが{cells:,}通りあるため、調べていません。条件に使う事実を減らすと調べられます",
        "en": "Not examined: there are {cells:,} combinations. Use fewer facts in the conditions",
    },
    "is_cut": {"ja": "ほかにもあります。まずここまでを直してください", "en": "There are more. Mend these first"},
}


def sentence(kind: str, language: str, **slots: Any) -> str:
    """One line for a builder."""
    return SENTENCES[kind].get(language, SENTENCES[kind]["ja"]).format(**slots)


def spoken(
    pieces: Mapping[str, Sequence[Piece]],
    domains: Mapping[str, Sequence[Piece]],
    language: str,
    titles: Mapping[str, str],
) -> str:
    """Fact by fact; one that may be anything is not mentioned."""
    said = [
        f"{titles.get(name, name)}: {_fact(name, part, domains[name], language, titles)}"
        for name, part in pieces.items()
        if len(part) < len(domains[name])
    ]
    return " / ".join(said) or ANY.get(language, ANY["ja"])


def _fact(name: str, part: Sequence[Piece], domain: Sequence[Piece], language: str, titles: Mapping[str, str]) -> str:
    runs = _runs([domain.index(piece) for piece in part])
    texts = [text for run in runs for text in _run([domain[place] for place in run], name, language, titles)]
    return OR.get(language, OR["ja"]).join(texts)


def _runs(places: Sequence[int]) -> list[list[int]]:
    """Numbers that follow each other, together."""
    found: list[list[int]] = []
    for place in places:
        if found and found[-1][-1] == place - 1:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _run(run: Sequence[Piece], name: str, language: str, titles: Mapping[str, str]) -> Iterator[str]:
    if run[0].kind == "line":
        yield in_words(_limits(run[0], run[-1]), language, name, titles)
        return
    for piece in run:
        is_other = piece.kind == "other"
        yield OTHER.get(language, OTHER["ja"]) if is_other else in_words({"const": piece.value}, language, name, titles)


def _limits(first: Piece, last: Piece) -> dict[str, Any]:
    """A part of the line as a condition says it."""
    if first is last and first.is_point:
        return {"const": first.value}
    low = {"minimum" if first.is_point else "exclusiveMinimum": first.low} if first.low is not None else {}
    high = {"maximum" if last.is_point else "exclusiveMaximum": last.high} if last.high is not None else {}
    return low | high
