"""Prefill (自動転記): first answers to a form from what is known already, matched by meaning.

An answer means what the shared vocabulary calls it (``x-vocabulary``) and whose it is: its role, which is the name of
its field or, where the schema says so, its ``x-role``.  Labels are never looked at.  Between two applications on one
form, a field that the vocabulary does not know means what stands at the same place.  Pure: whoever has answers – an
earlier application, a card, a register, a visit at the counter – offers them here.
"""

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from schemas.my_numbers import without_references
from schemas.pointers import escaped

#: What is given anew each time: a consent or a signature is for one application, a file is kept with it, whether
#: somebody acts for another is about it; My Number must not travel (番号法 第20条: 収集等の制限).
NEVER = frozenset({"consent", "file", "my_number", "my_number_reference", "signature", "drawn_signature", "agent"})


#: Types of single answers, and what stands for the vocabulary where an answer is known by its place alone.
SINGLE, SAME_PLACE = frozenset({"string", "number", "integer", "boolean"}), ""


@dataclass(frozen=True)
class Meaning:
    """What an answer is and whose: two fields with the same meaning ask for the same thing."""

    vocabulary: str
    role: str


@dataclass(frozen=True)
class Match:
    """An answer that can be taken over: where it stood, where it goes, what it is."""

    source: str
    target: str
    meaning: Meaning
    answer: Any


def matches(
    known: Mapping[str, Any], answers: Mapping[str, Any], wanted: Mapping[str, Any], is_same_form: bool = False
) -> list[Match]:
    """What of ``answers`` to the schema ``known`` can be taken over into the schema ``wanted``, in the latter's order.

    Both are schemas of objects with references resolved (``Plan.resolved``, ``possible``).  Only members that the
    wanted field asks for are taken, and nothing of NEVER.
    """
    have: dict[Meaning, tuple[str, Any]] = {}
    for meaning, pointer, _schema, answer in _meaning_something(known, without_references(answers), "", is_same_form):
        have.setdefault(meaning, (pointer, answer))
    found = (_match(have, *field) for field in _meaning_something(wanted, None, "", is_same_form))
    return [match for match in found if match is not None]


def _match(
    have: Mapping[Meaning, tuple[str, Any]], meaning: Meaning, target: str, schema: Mapping[str, Any], _answer: Any
) -> Match | None:
    if meaning not in have:
        return None
    source, answer = have[meaning]
    kept = _kept(schema, answer)
    return None if kept in (None, "", {}, []) else Match(source, target, meaning, kept)


def taken(chosen: Iterable[Match]) -> dict[str, Any]:
    """The answers of a new draft that these matches make."""
    result: dict[str, Any] = {}
    for match in chosen:
        *parents, last = match.target.split("/")[1:]
        place = result
        for part in parents:
            place = place.setdefault(part, {})
        place[last] = copy.deepcopy(match.answer)
    return result


def leaves(answer: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    """Every single answer inside one, with its pointer."""
    if isinstance(answer, Mapping):
        for name, inner in answer.items():
            yield from leaves(inner, f"{pointer}/{escaped(name)}")
    else:
        yield pointer, answer


def _meaning_something(
    schema: Mapping[str, Any], answers: Any, at: str, is_same_form: bool
) -> Iterator[tuple[Meaning, str, Mapping[str, Any], Any]]:
    """The fields that the vocabulary names, also those inside groups; rows of tables belong to nobody in particular.

    On the same form, the other single answers as well.
    """
    for name, field in schema.get("properties", {}).items():
        if not isinstance(field, Mapping) or _is_never(field):
            continue
        pointer = f"{at}/{escaped(name)}"
        answer = answers.get(name) if isinstance(answers, Mapping) else None
        if field.get("x-vocabulary"):
            yield Meaning(field["x-vocabulary"], str(field.get("x-role", name))), pointer, field, answer
        elif is_same_form and field.get("type") in SINGLE:
            yield Meaning(SAME_PLACE, pointer), pointer, field, answer
        else:
            yield from _meaning_something(field, answer, pointer, is_same_form)


def _is_never(field: Mapping[str, Any]) -> bool:
    """Whether answers to the field stay where they were given."""
    named = (field.get("x-vocabulary"), field.get("x-kind"), field.get("format"))
    is_kept_out = any(str(name).replace("-", "_") in NEVER for name in named if name)
    return is_kept_out or bool(field.get("readOnly") or field.get("writeOnly"))


def _kept(schema: Mapping[str, Any], answer: Any) -> Any:
    """The answer without members that the schema does not ask for, and without what is never taken."""
    if not isinstance(answer, Mapping):
        return None if isinstance(answer, list) else copy.deepcopy(answer)
    fields = schema.get("properties", {})
    asked = {name: one for name, one in answer.items() if name in fields and not _is_never(fields[name])}
    kept = {name: _kept(fields[name], one) for name, one in asked.items()}
    return {name: one for name, one in kept.items() if one is not None}
