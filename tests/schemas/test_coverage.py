"""A builder sees which cases no rule covers and which two rules both do: held against trying every value."""

from itertools import combinations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.conditions import holds
from schemas.coverage import MOST_CELLS, coverage
from schemas.validation import is_valid

FIELDS: dict[str, Any] = {
    "fee": {"type": "integer", "minimum": 0, "maximum": 6},
    "kind": {"type": "string", "enum": ["dog", "cat", "bird"]},
    "paid": {"type": "boolean"},
}
DOMAINS: dict[str, list[Any]] = {"fee": list(range(7)), "kind": ["dog", "cat", "bird"], "paid": [True, False]}
WORDS = st.sampled_from(["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const"])
NUMBERS = st.one_of(
    st.dictionaries(WORDS, st.integers(-1, 7), min_size=1, max_size=2),
    st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True).map(lambda values: {"enum": values}),
    st.integers(0, 6).map(lambda value: {"not": {"const": value}}),
)
KINDS = st.lists(st.sampled_from(DOMAINS["kind"]), min_size=1, max_size=2, unique=True).map(lambda each: {"enum": each})
PAID = st.booleans().map(lambda each: {"const": each})
CONDITIONS = st.fixed_dictionaries({}, optional={"fee": NUMBERS, "kind": KINDS, "paid": PAID}).filter(bool)
TABLES = st.lists(CONDITIONS, min_size=1, max_size=4).map(
    lambda found: [{"key": f"r{number}", "when": when} for number, when in enumerate(found)]
)


def everything() -> list[dict[str, Any]]:
    return [dict(zip(DOMAINS, values, strict=True)) for values in product(*DOMAINS.values())]


def lies_in(facts: dict[str, Any], region: Any) -> bool:
    return all(any(_stands_for(piece, facts[name]) for piece in part) for name, part in region.pieces.items())


def _stands_for(piece: Any, value: Any) -> bool:
    if piece.kind != "line":
        return type(piece.value) is type(value) and piece.value == value
    if piece.is_point:
        return bool(piece.low == value)
    return (piece.low is None or value > piece.low) and (piece.high is None or value < piece.high)


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_gaps_are_exactly_what_no_row_covers(rows: list[dict[str, Any]]) -> None:
    found = coverage(rows, FIELDS)
    assert not found.left_out and not found.too_many and not found.is_cut
    for facts in everything():
        is_bare = not any(holds(row["when"], facts) for row in rows)
        assert is_bare == any(lies_in(facts, gap) for gap in found.gaps)


@given(TABLES)
@settings(max_examples=150, deadline=None)
def test_overlaps_are_exactly_what_two_rows_cover(rows: list[dict[str, Any]]) -> None:
    found = coverage(rows, FIELDS)
    for facts, (one, two) in product(everything(), combinations(rows, 2)):
        both = holds(one["when"], facts) and holds(two["when"], facts)
        named = [each.region for each in found.overlaps if each.rows == (one["key"], two["key"])]
        assert both == any(lies_in(facts, region) for region in named)


def test_it_is_said_in_words() -> None:
    rows = [{"key": "small", "when": {"fee": {"maximum": 1000}}}, {"key": "large", "when": {"fee": {"minimum": 1000}}}]
    found = coverage(rows, {"fee": {"type": "integer", "minimum": 0}})
    titles = {"fee": "手数料", "small": "少額", "large": "高額"}
    assert found.messages("ja", titles) == ["「少額」と「高額」の両方に当てはまります: 手数料: 「1,000」"]
    found = coverage(rows[:1], {"fee": {"type": "integer", "minimum": 0}})
    assert found.messages("ja", titles) == ["どの行にも当てはまりません: 手数料: 1,000より大きい"]
    assert found.messages("en", {"fee": "Fee"}) == ["No row covers: Fee: more than 1,000"]


def test_values_that_no_row_names_are_something_else() -> None:
    found = coverage([{"key": "dog", "when": {"kind": {"const": "dog"}}}])
    assert found.messages() == ["どの行にも当てはまりません: kind: そのほか"]


def test_what_cannot_be_cut_is_left_out_and_said() -> None:
    rows = [{"key": "named", "when": {"name": {"pattern": "^A"}}}, {"key": "paid", "when": {"paid": {"const": True}}}]
    found = coverage(rows)
    assert found.left_out == ("named",)
    assert "調べていません" in found.messages()[-1]


def test_too_many_combinations_are_not_tried() -> None:
    rows = [{"key": "all", "when": {f"f{number}": {"maximum": 1} for number in range(12)}}]
    found = coverage(rows)
    assert found.too_many > MOST_CELLS and not found.gaps
    assert "531,441" in found.messages("en")[0]


def test_each_piece_stands_for_values_that_the_field_allows() -> None:
    found = coverage([{"key": "r", "when": {"fee": {"maximum": 3}}}], FIELDS)
    pieces = [piece for gap in found.gaps for piece in gap.pieces["fee"]]
    assert pieces and all(is_valid(FIELDS["fee"], piece.value) for piece in pieces)
