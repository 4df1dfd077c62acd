"""Bounds of a date (日付の範囲): not before today, not after a given day, not before another date of the form.

JSON Schema cannot say them, so each is a calculation (the days between the two) and a check that speaks where there are
too few. Whoever reads the form sees nothing but those; whoever edits it reads the bound back out of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from schemas.editing.draft import Draft
from schemas.editing.homes import Document, homes, homes_of
from schemas.editing.members import free, put
from schemas.editing.refusal import CommandRefused
from schemas.pointers import pointer

FACT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
#: The ends of what a date may be, and what a bound is held against besides a field: the day of the answer, a fixed day.
FROM, UNTIL = "from", "until"
TODAY, DAY = "today", "day"


@dataclass(frozen=True)
class Bound:
    """One end of what a date may be; `against` is TODAY, DAY or the key of another date, `days` how many days later."""

    field: str
    side: str
    against: str
    day: str = ""
    days: int = 0
    calculation: str = ""
    check: str = ""


def bound_date(draft: Draft, field: str, side: str, against: str = "", day: str = "", days: int | None = None) -> None:
    """Let a date of the form be no earlier (from) or no later (until) than something; without `against` it is free."""
    wanted = Bound(field, side, against, day if against == DAY else "", days or 0)
    _refuse_unfit(draft, wanted)
    before = bounds(draft.document, field).get(side)
    if before is not None:
        _drop(draft, before)
    if against:
        _add(draft, wanted, before)


def bounds(document: Document, field: str) -> dict[str, Bound]:
    """The bounds of a date by side."""
    return {one.side: one for one in every_bound(document) if one.field == field}


def every_bound(document: Document) -> Iterator[Bound]:
    """Every bound that the checks of a form hold."""
    calculations = document.get("calculations", {})
    for check in document.get("checks", ()):
        name, wanted = next(iter(check["when"].items()), ("", None))
        if len(check["when"]) == 1 and isinstance(wanted, Mapping) and set(wanted) == {"exclusiveMaximum"}:
            yield from _read(check, name, calculations.get(name), int(wanted["exclusiveMaximum"]))


def place_of(document: Document, bound: Bound) -> tuple[str, Any]:
    """Where a bound stands in the document, as a pointer, and what stands there: its check, which says all of it.

    For one that is not set: where its calculation would be given a name for people, and None.
    """
    for place, check in enumerate(document.get("checks", ())):
        if check["key"] == bound.check:
            return f"/checks/{place}", check
    return pointer(["x-titles", _names(document, bound)[0]]), None


def drop_bounds(draft: Draft, field: str) -> dict[str, Bound]:
    """Take the bounds of a date away, as when the date itself goes."""
    found = bounds(draft.document, field)
    for one in found.values():
        _drop(draft, one)
    return found


def told(document: Document) -> dict[str, str]:
    """What each bound says in its usual words, by its check; what a builder wrote in their place is left out."""
    said = {check["key"]: check["message"] for check in document.get("checks", ())}
    usual = {one.check: message(document, one) for one in every_bound(document)}
    return {key: text for key, text in usual.items() if said[key] == text}


def tell_anew(draft: Draft, before: Mapping[str, str]) -> list[str]:
    """Say bounds in their usual words again, after a field that they name got another title; gives what they say."""
    bound = {one.check: one for one in every_bound(draft.document)}
    checks = [check for check in draft.document.get("checks", ()) if check["key"] in before]
    for check in checks:
        check["message"] = message(draft.document, bound[check["key"]])
    return [check["message"] for check in checks]


def message(document: Document, bound: Bound) -> str:
    """What an applicant is told."""
    later = f"の{abs(bound.days)}日{'後' if bound.days > 0 else '前'}" if bound.days else ""
    end = "以降" if bound.side == FROM else "以前"
    return f"「{_title(document, bound.field)}」は、{_against(document, bound)}{later}{end}の日付を入力してください。"


def _against(document: Document, bound: Bound) -> str:
    if bound.against == TODAY:
        return "本日"
    if bound.against == DAY:
        day = date.fromisoformat(bound.day)
        return f"{day.year}年{day.month}月{day.day}日"
    return f"「{_title(document, bound.against)}」"


def _refuse_unfit(draft: Draft, wanted: Bound) -> None:
    if wanted.side not in (FROM, UNTIL):
        raise CommandRefused("edit_unknown_limit", {"field": wanted.side})
    if any(not _is_date(draft, key) for key in {wanted.field, wanted.against} - {TODAY, DAY, ""}):
        raise CommandRefused("edit_no_field", {"field": wanted.against})
    if wanted.against == wanted.field:
        raise CommandRefused("edit_bound_itself")
    if wanted.against == DAY and not _is_day(wanted.day):
        raise CommandRefused("edit_bound_day")


def _is_date(draft: Draft, key: str) -> bool:
    return all(home.properties[key].get("format") == "date" for home in draft.homes_of(key))


def _is_day(text: Any) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except (TypeError, ValueError):
        return False


def _add(draft: Draft, wanted: Bound, before: Bound | None) -> None:
    document, own = draft.document, {"var": f"/{wanted.field}"}
    other: Any = {TODAY: {"today": []}, DAY: wanted.day}.get(wanted.against, {"var": f"/{wanted.against}"})
    name, key = (before.calculation, before.check) if before else _names(document, wanted)
    days = {"days_between": [other, own] if wanted.side == FROM else [own, other]}
    document.setdefault("calculations", {})[name] = days
    fewest = wanted.days if wanted.side == FROM else -wanted.days
    check = {
        "key": key,
        "when": {name: {"exclusiveMaximum": fewest}},
        "message": message(document, wanted),
        "field": f"/{wanted.field}",
        "kind": "error",
    }
    document.setdefault("checks", []).append(check)
    words = f"{_title(document, wanted.field)}と{_against(document, wanted).strip('「」')}の間の日数"
    document.setdefault("x-titles", {})[name] = words


def _names(document: Document, wanted: Bound) -> tuple[str, str]:
    """Names of their own for the calculation and for the check."""
    stem = f"{wanted.field if FACT.match(wanted.field) else 'date'}_{wanted.side}"[:55].lower()
    taken = {name for home in homes(document) for name in home.properties} | {*document.get("facts", {})}
    checks = {check["key"] for check in document.get("checks", ())}
    return free(taken | {*document.get("calculations", {})}, stem), free(checks, stem)


def _drop(draft: Draft, bound: Bound) -> None:
    document = draft.document
    document["checks"] = [check for check in document["checks"] if check["key"] != bound.check]
    for holder, name in (("calculations", bound.calculation), ("x-titles", bound.calculation)):
        document.get(holder, {}).pop(name, None)
    for holder in ("checks", "calculations", "x-titles"):
        put(document, holder, document.get(holder) or None)


def _read(check: Mapping[str, Any], name: str, source: Any, fewest: int) -> Iterator[Bound]:
    ends = source.get("days_between") if isinstance(source, Mapping) else None
    field = str(check.get("field", "")).removeprefix("/")
    own = {"var": f"/{field}"}
    if not isinstance(ends, list) or len(ends) != 2 or own not in ends:
        return
    side = FROM if ends[1] == own else UNTIL
    other = ends[0] if side == FROM else ends[1]
    days = fewest if side == FROM else -fewest
    if other == {"today": []}:
        yield Bound(field, side, TODAY, "", days, name, check["key"])
    elif isinstance(other, str) and _is_day(other):
        yield Bound(field, side, DAY, other, days, name, check["key"])
    elif isinstance(other, Mapping) and list(other) == ["var"] and isinstance(other["var"], str):
        yield Bound(field, side, other["var"].removeprefix("/"), "", days, name, check["key"])


def _title(document: Document, key: str) -> str:
    found = homes_of(document, key)
    return str(found[0].properties[key].get("title", key)) if found else key
