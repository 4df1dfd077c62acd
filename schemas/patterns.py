"""Patterns: whether a regular expression can be trusted with what strangers type.

A backtracking matcher needs exponential time for a pattern that can read the same text in many ways inside a
repetition, like (a+)+ or (a|a)*. That is decided exactly, on the pattern's position automaton (Glushkov): it is unsafe
when some position can return to itself over one text in two ways. Repetitions with a large limit count as unlimited.
Two repetitions that can share one text, as in .*.*x, take a time that grows with its square, three with its cube: they
are refused too, where nothing limits them (Weber and Seidl: finite and polynomial degrees of ambiguity).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

# Nobody publishes types for the parser of patterns.
sre, _parser = import_module("re._constants"), import_module("re._parser")

# One of each kind of character; those that stand in the pattern itself are added.
SAMPLE = "aZ09 _-.@\t\n!あアー漢ｱ１Ａ　é"
# More copies than this of a repeated part are no different from many.
COPIES = 3
# A repetition with this limit adds a constant to the time, not another factor of the text's length.
SMALL = 1000
# Steps of the search for polynomial ambiguity; a pattern that needs more is no pattern that people wrote.
MOST_STEPS = 200_000
UNICODE_CLASSES = re.compile(r"(?<!\\)(?:\\\\)*\\[dDwWsSbB]")


def pattern_trouble(pattern: str) -> str | None:
    """The code of what is wrong with a pattern, None when it may be used."""
    try:
        parsed = _parser.parse(pattern)
    except (re.error, RecursionError, OverflowError):
        return "pattern_unreadable"
    if UNICODE_CLASSES.search(pattern):
        return "pattern_wide"
    try:
        return "pattern_slow" if _is_ambiguous(parsed) or _is_polynomial(parsed) else None
    except _Refused as refused:
        return str(refused)


def is_linear(pattern: str) -> bool:
    """Whether the time of a search grows with the text at most: it begins at the start of the text, in one way."""
    try:
        parsed = _parser.parse(pattern)
        is_anchored = bool(parsed) and parsed[0] == (sre.AT, sre.AT_BEGINNING)
        return is_anchored and not _is_ambiguous(parsed) and not _is_polynomial(parsed)
    except (re.error, RecursionError, OverflowError, _Refused):
        return False


class _Refused(Exception):
    """A construct that settles it: back references and looking behind, which other validators read differently and
    which cannot be bounded ("pattern_back"), or many repetitions of what may be empty ("pattern_slow")."""


@dataclass
class _Part:
    """A part of the pattern: in how many ways it matches the empty text, and its first and last positions."""

    nullable: int
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)


@dataclass
class _Automaton:
    """Positions with the characters they read, and which may follow which; a pair that stands twice is ambiguous."""

    alphabet: frozenset[str]
    reads: list[frozenset[str]] = field(default_factory=list)
    follows: list[list[int]] = field(default_factory=list)
    # Whether a limited repetition counts as an unlimited one, and how many repetitions surround the part being read.
    counts_limited: bool = True
    depth: int = 0

    def position(self, characters: frozenset[str]) -> _Part:
        self.reads.append(characters)
        self.follows.append([])
        return _Part(0, [len(self.reads) - 1], [len(self.reads) - 1])

    def link(self, before: list[int], after: list[int]) -> None:
        for place in before:
            self.follows[place].extend(after)

    def sequence(self, one: _Part, other: _Part) -> _Part:
        self.link(one.last, other.first)
        return _Part(
            min(2, one.nullable * other.nullable),
            [*one.first, *other.first * one.nullable],
            [*other.last, *one.last * other.nullable],
        )


def _is_ambiguous(parsed: Any) -> bool:
    automaton = _Automaton(frozenset(SAMPLE) | frozenset(_named(parsed)))
    _build(parsed, automaton)
    return any(_returns_twice(automaton, place) for place in range(len(automaton.reads)))


def _named(parsed: Any) -> Iterator[str]:
    """The characters that a pattern names, and the neighbours of its ranges."""
    for operator, argument in parsed:
        if operator in (sre.LITERAL, sre.NOT_LITERAL):
            yield chr(argument)
        elif operator is sre.RANGE:
            yield from (chr(code) for code in (argument[0], argument[1], min(argument[1] + 1, 0x10FFFF)))
        elif operator is sre.IN:
            yield from _named(argument)
        else:
            for inner in _inner(operator, argument):
                yield from _named(inner)


def _inner(operator: Any, argument: Any) -> list[Any]:
    if operator in REPEATS:
        return [argument[2]]
    if operator is sre.SUBPATTERN:
        return [argument[3]]
    if operator is sre.BRANCH:
        return list(argument[1])
    if operator in (sre.ASSERT, sre.ASSERT_NOT):
        return [argument[1]]
    return [argument] if operator is sre.ATOMIC_GROUP else []


REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def _build(parsed: Any, automaton: _Automaton) -> _Part:
    whole = _Part(1)
    for operator, argument in parsed:
        whole = automaton.sequence(whole, _piece(operator, argument, automaton))
    return whole


def _piece(operator: Any, argument: Any, automaton: _Automaton) -> _Part:
    if operator is sre.AT:
        return _Part(1)
    if operator in REPEATS:
        least, most, body = argument
        return _repeat(least, most, body, automaton)
    if operator is sre.BRANCH:
        return _branch([_build(inner, automaton) for inner in argument[1]])
    if operator in (sre.SUBPATTERN, sre.ATOMIC_GROUP):
        return _build(_inner(operator, argument)[0], automaton)
    if operator in CHARACTERS:
        return automaton.position(frozenset(filter(CHARACTERS[operator](argument), automaton.alphabet)))
    if operator in (sre.ASSERT, sre.ASSERT_NOT) and argument[0] > 0:
        return _ahead(argument[1], automaton)
    raise _Refused("pattern_back")


def _ahead(body: Any, automaton: _Automaton) -> _Part:
    """Looking ahead reads nothing. It is a match of its own, so it must be safe by itself, and be tried seldom."""
    if automaton.depth or _is_ambiguous(body) or _is_polynomial(body):
        raise _Refused("pattern_back" if automaton.depth else "pattern_slow")
    return _Part(1)


def _branch(parts: list[_Part]) -> _Part:
    return _Part(
        min(2, sum(part.nullable for part in parts)),
        [place for part in parts for place in part.first],
        [place for part in parts for place in part.last],
    )


def _repeat(least: int, most: Any, body: Any, automaton: _Automaton) -> _Part:
    optional = COPIES + 1 if most is sre.MAXREPEAT else most - least
    if not automaton.counts_limited and (most is not sre.MAXREPEAT and most <= SMALL):
        optional = min(optional, COPIES)
    automaton.depth += optional > 1
    always = [_build(body, automaton) for _ in range(min(least, COPIES))]
    perhaps = [_build(body, automaton) for _ in range(1 if optional > COPIES else optional)]
    automaton.depth -= optional > 1
    if any(part.nullable for part in (*always, *perhaps)) and least + optional > COPIES:
        raise _Refused("pattern_slow")
    if optional > COPIES:
        automaton.link(perhaps[0].last, perhaps[0].first)
    whole = _Part(1)
    for part in (*always, *map(_optional, perhaps)):
        whole = automaton.sequence(whole, part)
    return whole


def _optional(part: _Part) -> _Part:
    return _Part(min(2, part.nullable + 1), part.first, part.last)


def _any_of(items: Any) -> Callable[[str], bool]:
    negated = bool(items) and items[0][0] is sre.NEGATE
    tests = [CHARACTERS[operator](argument) for operator, argument in items if operator is not sre.NEGATE]
    return lambda character: any(test(character) for test in tests) != negated


def _category(name: Any) -> Callable[[str], bool]:
    """Classes such as \\d are refused before this; read as everything, they can only seem less safe than they are."""
    return lambda character: True


CHARACTERS: dict[Any, Callable[[Any], Callable[[str], bool]]] = {
    sre.LITERAL: lambda code: lambda character: ord(character) == code,
    sre.NOT_LITERAL: lambda code: lambda character: ord(character) != code,
    sre.RANGE: lambda ends: lambda character: ends[0] <= ord(character) <= ends[1],
    sre.ANY: lambda nothing: lambda character: character != "\n",
    sre.CATEGORY: _category,
    sre.IN: _any_of,
}


def _returns_twice(automaton: _Automaton, start: int) -> bool:
    """Whether one text leads from a position back to itself in two ways: two runs side by side, once apart."""
    reached = {(start, start, False)}
    waiting = [(start, start, False)]
    while waiting:
        one, other, apart = waiting.pop()
        for step in _steps(automaton, one, other, apart):
            if step == (start, start, True):
                return True
            if step not in reached:
                reached.add(step)
                waiting.append(step)
    return False


def _steps(automaton: _Automaton, one: int, other: int, apart: bool) -> Iterator[tuple[int, int, bool]]:
    for place, next_one in enumerate(automaton.follows[one]):
        for number, next_other in enumerate(automaton.follows[other]):
            if automaton.reads[next_one] & automaton.reads[next_other]:
                yield next_one, next_other, apart or one != other or place != number


def _is_polynomial(parsed: Any) -> bool:
    """Whether two unlimited repetitions can share a text: it repeats the first, leads on, repeats the second."""
    automaton = _Automaton(frozenset(SAMPLE) | frozenset(_named(parsed)), counts_limited=False)
    _build(parsed, automaton)
    reach = [_reachable(automaton, place) for place in range(len(automaton.reads))]
    loops = [place for place, reached in enumerate(reach) if place in reached]
    pairs = ((one, other) for one in loops for other in loops if other in reach[one] and one not in reach[other])
    budget = [MOST_STEPS]
    return any(_shares(automaton, one, other, budget) for one, other in pairs)


def _reachable(automaton: _Automaton, start: int) -> set[int]:
    reached: set[int] = set()
    waiting = [start]
    while waiting:
        new = set(automaton.follows[waiting.pop()]) - reached
        reached |= new
        waiting.extend(new)
    return reached


def _shares(automaton: _Automaton, one: int, other: int, budget: list[int]) -> bool:
    """Whether some text leads from `one` to itself, from `one` to `other`, and from `other` to itself."""
    waiting, goal = [(one, one, other)], (one, other, other)
    reached = set(waiting)
    while waiting:
        for step in _threefold(automaton, waiting.pop()):
            budget[0] -= 1
            if step == goal or budget[0] < 0:
                return True
            if step not in reached:
                reached.add(step)
                waiting.append(step)
    return False


def _threefold(automaton: _Automaton, places: tuple[int, int, int]) -> Iterator[tuple[int, int, int]]:
    first, middle, last = (set(automaton.follows[place]) for place in places)
    for one in first:
        for two in middle:
            shared = automaton.reads[one] & automaton.reads[two]
            if shared:
                yield from ((one, two, three) for three in last if automaton.reads[three] & shared)
