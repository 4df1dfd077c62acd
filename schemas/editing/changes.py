"""Changes (変更): what differs between two JSON documents, so that either can be made from the other, byte for byte.

The order of members counts: it is the order in which questions are asked.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from schemas.pointers import escaped, parts

Json = Any
Members = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One place at which two documents differ; `kind` says how `before` and `after` are to be read.

    "value": what stands at the pointer. "members": an object's names in order, and the values of those that only one of
    the two has. "entries": what stands in a list from `start` on, as far as the two differ.
    """

    at: str
    kind: str
    before: Json
    after: Json
    start: int = 0

    def reversed(self) -> Change:
        return Change(self.at, self.kind, self.after, self.before, self.start)

    def as_json(self) -> list[Json]:
        """The change as a JSON array; Change(*array) is the way back."""
        return [self.at, self.kind, self.before, self.after, self.start]


def changes(before: Json, after: Json, at: str = "") -> list[Change]:
    """What makes `after` of `before`, the outer places first."""
    if isinstance(before, dict) and isinstance(after, dict):
        return list(_of_objects(before, after, at))
    if isinstance(before, list) and isinstance(after, list):
        return list(_of_lists(before, after, at))
    return [] if _is_same(before, after) else [Change(at, "value", before, after)]


def _is_same(before: Json, after: Json) -> bool:
    """Whether they are written alike: the order of members counts, and 0.0 and -0.0 are two numbers."""
    return type(before) is type(after) and repr(before) == repr(after)


def applied(document: Json, made: Iterable[Change]) -> Json:
    """The document with the changes made, in their order; the given one stays as it is."""
    whole = [copy.deepcopy(document)]
    for change in made:
        _put(whole, ["0", *parts(change.at)], change)
    return whole[0]


def reversed_changes(made: Sequence[Change]) -> list[Change]:
    """What takes the changes back."""
    return [change.reversed() for change in reversed(made)]


def _of_objects(before: Members, after: Members, at: str) -> Iterator[Change]:
    if list(before) != list(after):
        gone = {name: before[name] for name in before if name not in after}
        come = {name: after[name] for name in after if name not in before}
        yield Change(at, "members", [list(before), gone], [list(after), come])
    for name in before:
        if name in after and not _is_same(before[name], after[name]):
            yield from changes(before[name], after[name], f"{at}/{escaped(name)}")


def _of_lists(before: list[Json], after: list[Json], at: str) -> Iterator[Change]:
    start = _alike(before, after)
    end = min(_alike(before[::-1], after[::-1]), min(len(before), len(after)) - start)
    old, new = before[start : len(before) - end], after[start : len(after) - end]
    if len(old) != len(new):
        yield Change(at, "entries", old, new, start)
        return
    for place, (one, other) in enumerate(zip(old, new, strict=True), start):
        yield from changes(one, other, f"{at}/{place}")


def _alike(before: list[Json], after: list[Json]) -> int:
    """How many entries two lists begin with in common."""
    place = 0
    while place < min(len(before), len(after)) and _is_same(before[place], after[place]):
        place += 1
    return place


def _put(holder: Any, path: list[str], change: Change) -> None:
    for part in path[:-1]:
        holder = holder[int(part) if isinstance(holder, list) else part]
    last: Any = int(path[-1]) if isinstance(holder, list) else path[-1]
    holder[last] = _changed(holder.get(last) if isinstance(holder, dict) else holder[last], change)


def _changed(value: Any, change: Change) -> Any:
    if change.kind == "members":
        names, come = change.after
        known = {**value, **copy.deepcopy(come)}
        return {name: known[name] for name in names}
    if change.kind == "entries":
        rest = value[change.start + len(change.before) :]
        return [*value[: change.start], *copy.deepcopy(change.after), *rest]
    return copy.deepcopy(change.after)
