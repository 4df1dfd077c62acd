"""Controlling answers (分かれ目): which answers decide about fields, checks and routes, and the values that matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from schemas.alternatives import choices
from schemas.coverage_pieces import OTHER_TEXT, cut
from schemas.examples import LEFT_OUT, days
from schemas.pointers import escaped, parts
from schemas.possible import possible
from schemas.references import closed
from schemas.specimens import FIRST_YEAR
from schemas.validation import is_valid
from schemas.variables import variables

Document = Mapping[str, Any]
#: Values of one answer that are tried; what has more (a prefecture) is tried with some.
MOST_VALUES = 15
BOUNDS = frozenset({"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "const", "enum"})
#: Numbers that stand for small and large, where only a calculation says what matters.
SIZES = (0, 1, 2, 3, 5, 10, 31, 100, 1000, 10_000, 1_000_000)
YEARS = (1, 6, 15, 18, 20, 40, 65, 75)


def turning_points(document: Document, conditions: Iterable[Mapping[str, Any]], today: date) -> dict[str, list[Any]]:
    """By pointer (rows are ``*``) of an answer, the values that something in the form or in ``conditions`` turns on.

    ``conditions`` are those of routes and tables. A number is tried at each bound and on both sides of it; LEFT_OUT is
    no answer.  Facts that the office verifies are named as they are, without a slash.
    """
    form, calculations = possible(dict(document["schema"])), document.get("calculations", {})
    asked: dict[str, list[Any]] = {}
    for at, schema in _of_schema(closed(document["schema"]), ""):
        asked.setdefault(at, []).append(schema)
    for condition in (*conditions, *(one["when"] for one in document.get("checks", ()))):
        for name, schema in condition.items():
            asked.setdefault(name if name.startswith("/") else f"/{escaped(name)}", []).append(schema)
    found: dict[str, list[Any]] = {name: [True, False] for name in document.get("facts", {})}
    for at, schemas in asked.items():
        if at.strip("/") not in calculations and (field := _field(form, at)) is not None:
            found[at] = _values(schemas, field, today)
    for at, literals in _behind(asked, document, form).items():
        field = _field(form, at)
        if field is not None and not field.get("readOnly"):
            found[at] = _merged(found.get(at, []), _values(literals, field, today))
    return {at: values for at, values in found.items() if len(values) > 1}


def behind(document: Document, names: Iterable[str]) -> set[str]:
    """The pointers of the answers from which facts of these names come, the facts' own among them."""
    asked: dict[str, list[Any]] = {name if name.startswith("/") else f"/{escaped(name)}": [] for name in names}
    return {*asked, *names, *_behind(asked, document, possible(dict(document["schema"])))}


def _behind(asked: Mapping[str, Any], document: Document, form: Mapping[str, Any]) -> dict[str, list[Any]]:
    """The answers from which the calculated facts come that something looks at, with what they are compared to."""
    calculations, found = document.get("calculations", {}), dict[str, list[Any]]()
    for name, source in calculations.items():
        if f"/{escaped(name)}" not in asked:
            continue
        read = list(variables(source, calculations))
        sources = [source, *(calculations[one.strip("/")] for one in read if one.strip("/") in calculations)]
        literals = [{"const": value} for one in sources for value in _literals(one)]
        for at in read:
            for place in _places(at if at.startswith("/") else f"/{at}", form):
                found.setdefault(place, []).extend(literals)
    return found


def _literals(expression: Any) -> Iterator[Any]:
    """The constants of an expression."""
    if isinstance(expression, Mapping):
        yield from (one for name, inner in expression.items() if name != "var" for one in _literals(inner))
    elif isinstance(expression, list):
        yield from (one for inner in expression for one in _literals(inner))
    elif isinstance(expression, str | int | float):
        yield expression


def _places(at: str, form: Mapping[str, Any]) -> list[str]:
    """Where a variable may point to: from the whole form, or from a row of a list."""
    if _field(form, at) is not None:
        return [at]
    lists = [key for key, field in form["properties"].items() if field.get("type") == "array"]
    return [row for key in lists if _field(form, row := f"/{escaped(key)}/*{at}") is not None]


def _field(form: Mapping[str, Any], at: str) -> Mapping[str, Any] | None:
    """What the form says of an answer; None if it asks for none there."""
    here: Any = form
    for part in parts(at):
        here = here.get("items", {}) if part == "*" else here.get("properties", {}).get(part)
        if not isinstance(here, Mapping):
            return None
    return here


def _values(conditions: list[Any], field: Mapping[str, Any], today: date) -> list[Any]:
    """The values of one answer that are tried, no answer among them."""
    kind = field.get("type")
    if kind == "array":
        return _lists(field)
    simple = [one for one in conditions if isinstance(one, Mapping) and _is_about(one, field)]
    found = [value for value, _title in choices(dict(field))]
    if not found and kind == "boolean":
        found = [True, False]
    elif not found and field.get("format") == "date":
        dates = [one["const"] for one in simple if "const" in one]
        found = [*dates, *days(today), *(_years_ago(today, number) for number in YEARS)]
    elif not found and field.get("format") in ("month", "year-month"):
        found = [day[:7] for day in days(today)]
    elif not found:
        pieces = cut(simple, dict(field))
        found = [piece.value for piece in pieces if piece.value != OTHER_TEXT]
        if kind == "integer":
            found += [piece.value + one for piece in pieces if piece.is_point for one in (-1, 1)]
        if kind in ("integer", "number") and not any(map(_has_bound, simple)):
            years = [today.year - back for back in range(-1, 7)] if field.get("minimum", 0) >= FIRST_YEAR else []
            found = [*found, *years, *SIZES]
    return [*[one for one in _distinct(found) if is_valid(field, one)][:MOST_VALUES], LEFT_OUT]


def _is_about(condition: Mapping[str, Any], field: Mapping[str, Any]) -> bool:
    """Whether a constant is one that the field could have."""
    return "const" not in condition or is_valid(field, condition["const"])


def _merged(one: list[Any], other: list[Any]) -> list[Any]:
    """Both without what is there twice; no answer stands last."""
    lists = [value for value in (*one, *other) if isinstance(value, list)]
    return [*_distinct([value for value in (*one, *other) if value is not LEFT_OUT]), *lists[: len(one)], LEFT_OUT]


def _years_ago(today: date, number: int) -> str:
    return (today - timedelta(days=number * 365 + number // 4)).isoformat()


def _has_bound(schema: Mapping[str, Any]) -> bool:
    return not BOUNDS.isdisjoint(schema)


def _lists(field: Mapping[str, Any]) -> list[Any]:
    """Lists of one choice each and of all, or no list."""
    items = field.get("items", {})
    offered = [value for value, _title in choices(dict(items))] if isinstance(items, Mapping) else []
    return [*([value] for value in offered[:MOST_VALUES]), offered, LEFT_OUT] if offered else []


def _distinct(values: Iterable[Any]) -> list[Any]:
    kept: dict[tuple[type, Any], Any] = {}
    for value in values:
        if not isinstance(value, dict | list):
            kept.setdefault((bool if isinstance(value, bool) else type(None), value), value)
    return list(kept.values())


def _of_schema(schema: Any, at: str) -> Iterator[tuple[str, Any]]:
    """Each answer that decides which fields there are, with the condition on it."""
    if not isinstance(schema, Mapping):
        return
    if "then" in schema or "else" in schema:
        yield from _of_condition(schema.get("if"), at)
    for word in ("dependentRequired", "dependentSchemas"):
        yield from ((f"{at}/{escaped(name)}", True) for name in schema.get(word, {}))
    for branch in (*schema.get("oneOf", ()), *schema.get("anyOf", ())):
        yield from _constants(branch, at)
        yield from _of_schema(branch, at)
    for inner, place in _inside(schema, at):
        yield from _of_schema(inner, place)


def _inside(schema: Mapping[str, Any], at: str) -> Iterator[tuple[Any, str]]:
    yield from ((inner, f"{at}/{escaped(name)}") for name, inner in schema.get("properties", {}).items())
    yield from ((inner, at) for inner in (*schema.get("allOf", ()), *schema.get("dependentSchemas", {}).values()))
    yield from ((schema.get(word), at) for word in ("then", "else"))
    yield schema.get("items"), f"{at}/*"


def _of_condition(condition: Any, at: str) -> Iterator[tuple[str, Any]]:
    """The answers that a condition names, the deepest ones, with what it says of them."""
    if not isinstance(condition, Mapping):
        return
    for name, inner in condition.get("properties", {}).items():
        place = f"{at}/{escaped(name)}"
        deeper = list(_of_condition(inner, place))
        yield from deeper or [(place, inner)]
    named = condition.get("properties", {})
    yield from ((f"{at}/{escaped(name)}", True) for name in condition.get("required", ()) if name not in named)
    for inner in (*(one for word in ("allOf", "anyOf", "oneOf") for one in condition.get(word, ())),):
        yield from _of_condition(inner, at)
    yield from _of_condition(condition.get("not"), at)


def _constants(branch: Any, at: str) -> Iterator[tuple[str, Any]]:
    """What tells an alternative from the others."""
    properties = branch.get("properties", {}) if isinstance(branch, Mapping) else {}
    for name, inner in properties.items():
        if isinstance(inner, Mapping) and not {"const", "enum"}.isdisjoint(inner):
            yield f"{at}/{escaped(name)}", {key: inner[key] for key in ("const", "enum") if key in inner}
