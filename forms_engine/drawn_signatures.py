"""Drawn signatures (署名): a picture or a typed name, bound to the digest of all that it stands under.

Not the signature of a decision (workflows.signatures): it proves nothing by itself, as ink on paper does not, but it
says what was written when it was given.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from forms_engine.fields.drawn_signature import is_signature
from forms_engine.spec import FormSpec
from schemas import Problem
from schemas.canonical import digest
from schemas.pointers import escaped


def digest_of(spec: FormSpec, answers: Mapping[str, Any]) -> str:
    """SHA-256 over the RFC 8785 form of what is signed: every answer that a person gave, signatures left out."""
    left_out = {*_names(spec), *spec.calculations}
    return digest({name: answer for name, answer in answers.items() if name not in left_out})


def bound(spec: FormSpec, answers: Mapping[str, Any], settled: Mapping[str, Any]) -> dict[str, Any]:
    """The answers with each new signature bound to the settled answers; one that was bound before stays as it is."""
    fresh = [name for name in _names(spec) if _is_fresh(answers.get(name))]
    if not fresh:
        return dict(answers)
    signs = _digest_or_none(spec, settled)
    return {**answers, **{name: {**answers[name], "signs": signs} for name in fresh if signs}}


def _digest_or_none(spec: FormSpec, settled: Mapping[str, Any]) -> str | None:
    try:
        return digest_of(spec, settled)
    except ValueError:  # numbers that JSON does not carry exactly are refused at submission
        return None


def _is_fresh(answer: Any) -> bool:
    return isinstance(answer, Mapping) and "signs" not in answer


def problems(spec: FormSpec, settled: Mapping[str, Any]) -> list[Problem]:
    """Signatures that stand under something else than these answers."""
    given = [name for name in _names(spec) if isinstance(settled.get(name), Mapping)]
    signs = _digest_or_none(spec, settled) if given else None
    return [Problem(f"/{escaped(name)}", "signature_outdated") for name in given if settled[name].get("signs") != signs]


def pointers(spec: FormSpec) -> frozenset[str]:
    """The signatures of a form: whatever is corrected is signed again."""
    return frozenset(f"/{escaped(name)}" for name in _names(spec))


@lru_cache(maxsize=256)
def _names(spec: FormSpec) -> tuple[str, ...]:
    return tuple(name for name, schema in spec.fields.items() if is_signature(schema))
